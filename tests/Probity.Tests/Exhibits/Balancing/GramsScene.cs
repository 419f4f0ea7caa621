using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Exhibits.Balancing;

/// <summary>A unit that has seized six packages of cocaine; in the store one of them is lighter than it was.</summary>
internal static class GramsScene
{
    static readonly Guid Officer = StaffHost.Of(Role.Officer), Custodian = StaffHost.Of(Role.Custodian), Commander = StaffHost.Of(Role.Commander);

    public static async Task<(Guid Case, IReadOnlyList<Guid> Exhibits)> PlayAsync(StaffHost host)
    {
        await PostAsync(host, Commander, "/api/exhibits/balances", new { unit = StaffHost.Unit, serial = "BAL-1", capacity = "30000", uncertainty = "0.5", calibrationDue = "2027-02-01", certificate = "CAL-7" });
        await PostAsync(host, Commander, "/api/exhibits/locations", new { unit = StaffHost.Unit, name = "Vault 1", @class = "vault", dualLock = true, camera = true, alarm = true });
        var opened = await PostAsync(host, Officer, "/api/cases", new { key = Guid.NewGuid(), unit = StaffHost.Unit, offence = "060121", summary = "Packages in a suitcase." });
        var matter = opened.GetProperty("caseId").GetGuid();
        await host.UntilAsync(r => r.Stream.Value == matter && r.Event is SeatDrawn);
        var items = Enumerable.Range(1, 6).Select(n => (object)new
        {
            kind = "drug", substance = "cocaine-hcl", description = "White powder.", packages = new object[] { new { number = 1, seal = $"S-{n}" } },
        }).ToArray();
        var seized = await PostAsync(host, Officer, $"/api/exhibits/cases/{matter}/seizures", new { of = new { country = "CPV", place = "airport", transport = "airplane" }, items });
        IReadOnlyList<Guid> exhibits = [.. seized.GetProperty("exhibits").EnumerateArray().Select(e => e.GetGuid())];
        var store = await new RecordSession(host.Log).FoldAsync<Store>(Store.Stream);
        var (balance, vault) = (store.Balances.Keys.Single(), store.Locations.Keys.Single());
        foreach (var (exhibit, n) in exhibits.Select((e, at) => (e, at + 1)))
        {
            await WeighAsync(host, exhibit, Officer, $"{1_000 + n}.5", balance);
            host.Clock.Now += TimeSpan.FromMinutes(1);
            object[] seals = [new { number = 1, seal = $"S-{n}" }];
            var transfer = Guid.NewGuid();
            await PostAsync(host, Officer, $"/api/exhibits/{exhibit}/releases", new { half = Guid.NewGuid(), transfer, to = Custodian, purpose = "store", seals });
            await PostAsync(host, Custodian, $"/api/exhibits/{exhibit}/receipts", new { half = Guid.NewGuid(), transfer, from = Officer, location = vault, seals });
            await WeighAsync(host, exhibit, Custodian, n == 3 ? "965.1" : $"{1_000 + n}.3", balance);
        }

        // Somebody else looks at it next: what they see comes from the lists.
        foreach (var view in (string[])["docket", "exhibits"]) await host.CaughtUpAsync(view);
        return (matter, exhibits);
    }

    public static Task WeighAsync(StaffHost host, Guid exhibit, Guid by, string mass, Guid balance) => PostAsync(
        host, by, $"/api/exhibits/{exhibit}/weighings", new { act = Guid.NewGuid(), package = 1, kind = "grossSealed", mass, balance, moment = "intake", witness = Commander });

    static async Task<JsonElement> PostAsync(StaffHost host, Guid person, string path, object body)
    {
        var answer = await (await host.SignedInAsync(person)).PostJsonAsync(path, body);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
