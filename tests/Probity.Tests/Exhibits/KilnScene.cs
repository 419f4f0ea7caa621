using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Exhibits;

/// <summary>A package that was seized, weighed and stored, through the API of a real server; with who analyses it and who sees it burn.</summary>
internal static class KilnScene
{
    public static readonly (Role, Guid)[] Others = [(Role.Analyst, StaffHost.Unit), (Role.Monitor, StaffHost.OtherUnit), (Role.Prosecutor, StaffHost.OtherUnit)];

    public static readonly Guid Custodian = StaffHost.Of(Role.Custodian), Commander = StaffHost.Of(Role.Commander), Analyst = StaffHost.Of(Role.Analyst), Reviewer = StaffHost.Other(0);

    /// <summary>An exhibit of one package in the vault: the pages of that have a journey of their own.</summary>
    public static async Task<(Guid Exhibit, Guid Balance)> StoredAsync(StaffHost host)
    {
        await PostAsync(host, Commander, "/api/exhibits/balances", new { unit = StaffHost.Unit, serial = "BAL-1", capacity = "30000", uncertainty = "0.1", calibrationDue = "2027-02-01", certificate = "CAL-7" });
        await PostAsync(host, Commander, "/api/exhibits/locations", new { unit = StaffHost.Unit, name = "Vault 1", @class = "vault", dualLock = true, camera = true, alarm = true });
        var officer = StaffHost.Of(Role.Officer);
        var opened = await PostAsync(host, officer, "/api/cases", new { key = Guid.NewGuid(), unit = StaffHost.Unit, offence = "060121", summary = "A package in a suitcase." });
        var matter = opened.GetProperty("caseId").GetGuid();
        await host.UntilAsync(r => r.Stream.Value == matter && r.Event is SeatDrawn);
        object[] packages = [new { number = 1, seal = "S-1" }];
        var seized = await PostAsync(host, officer, $"/api/exhibits/cases/{matter}/seizures", new
        {
            of = new { country = "CPV", place = "airport", transport = "airplane" },
            items = new object[] { new { kind = "drug", substance = "cocaine-hcl", description = "White powder.", packages } },
        });
        var exhibit = seized.GetProperty("exhibits")[0].GetGuid();
        var store = await new RecordSession(host.Log).FoldAsync<Store>(Store.Stream);
        await WeighAsync(host, exhibit, officer, store.Balances.Keys.Single());
        await PassAsync(host, exhibit, officer, Custodian, "store", "S-1", store.Locations.Keys.Single());
        await host.CaughtUpAsync("exhibits");
        return (exhibit, store.Balances.Keys.Single());
    }

    /// <summary>What the prosecutor orders and the overseer signs: the case has come no further, so the seat is given by hand.</summary>
    public static async Task<Guid> OrderAsync(StaffHost host, Guid exhibit)
    {
        var (matter, order) = ((await ExhibitAsync(host, exhibit)).Case, Guid.NewGuid());
        await PostAsync(host, StaffHost.Of(Role.Integrity), $"/api/cases/{matter}/assignment", new { seat = "prosecutor", person = StaffHost.Of(Role.Prosecutor), reason = "Somebody has to order what becomes of it." });
        await PostAsync(host, StaffHost.Of(Role.Overseer), $"/api/cases/{matter}/assignment/approval", new { seat = "prosecutor", approve = true });
        await PostAsync(host, StaffHost.Of(Role.Prosecutor), $"/api/cases/{matter}/exhibit-orders/proposed", new
        {
            order, kind = "destroy", exhibits = new[] { exhibit }, reference = "Order 3/2026", ordered = "2026-03-02", reasons = "The store is full of it.", legalBasis = "Law 1, article 9",
        });
        await PostAsync(host, StaffHost.Of(Role.Overseer), $"/api/cases/{matter}/exhibit-orders/{order}/signature", new { agrees = true });
        return order;
    }

    public static async Task WeighAsync(StaffHost host, Guid exhibit, Guid by, Guid balance, string mass = "1000", string moment = "seizure", string kind = "net")
    {
        var act = Guid.NewGuid();
        await PostAsync(host, by, $"/api/exhibits/{exhibit}/weighings", new { act, package = 1, kind, mass, balance, moment, witness = Commander });
        await PostAsync(host, Commander, $"/api/exhibits/{exhibit}/acts/{act}/countersignature", new { });
    }

    public static async Task RetestAsync(StaffHost host, Guid exhibit, Guid balance)
    {
        var act = Guid.NewGuid();
        await PostAsync(host, Custodian, $"/api/exhibits/{exhibit}/samples", new
        {
            act, package = 1, mass = "2.5", balance, newSeal = "S-3", sampleSeal = "M-2", plan = "ST/NAR/38", units = 1, tested = 1, witness = Commander,
        });
        await PostAsync(host, Commander, $"/api/exhibits/{exhibit}/acts/{act}/countersignature", new { });
        var sample = (await ExhibitAsync(host, exhibit)).Samples[^1].Id;
        await PassAsync(host, sample, Custodian, Analyst, "laboratory", "M-2", null);
        var analysis = Guid.NewGuid();
        await PostAsync(host, Analyst, $"/api/exhibits/{sample}/analyses", new { analysis, substance = "cocaine-hcl", methods = "GC-MS" });
        await PostAsync(host, Reviewer, $"/api/exhibits/{sample}/analyses/{analysis}/review", new { agrees = true });
    }

    public static async Task PassAsync(StaffHost host, Guid exhibit, Guid from, Guid to, string purpose, string seal, Guid? location)
    {
        object[] seals = [new { number = 1, seal }];
        var transfer = Guid.NewGuid();
        await PostAsync(host, from, $"/api/exhibits/{exhibit}/releases", new { half = Guid.NewGuid(), transfer, to, purpose, authority = "REQ-18", seals });
        await PostAsync(host, to, $"/api/exhibits/{exhibit}/receipts", new { half = Guid.NewGuid(), transfer, from, location, seals });
    }

    public static async Task<JsonElement> PostAsync(StaffHost host, Guid person, string path, object body)
    {
        var answer = await (await host.SignedInAsync(person)).PostJsonAsync(path, body);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<Exhibit> ExhibitAsync(StaffHost host, Guid id) => await new RecordSession(host.Log).FoldAsync<Exhibit>(new StreamId(id));
}
