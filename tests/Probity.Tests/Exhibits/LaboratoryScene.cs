using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Exhibits;

/// <summary>A unit that seizes packages and gives them to analysts: in its own laboratory there is one more, and another one in another laboratory.</summary>
internal static class LaboratoryScene
{
    public static readonly (Role, Guid)[] Others = [(Role.Analyst, StaffHost.Unit), (Role.Analyst, StaffHost.OtherUnit)];

    public static readonly Guid Officer = StaffHost.Of(Role.Officer), Analyst = StaffHost.Of(Role.Analyst), Colleague = StaffHost.Other(0), Elsewhere = StaffHost.Other(1);

    /// <summary>A case with so many packages of powder, each an exhibit whose seal is S- and its number.</summary>
    public static async Task<(Guid Case, IReadOnlyList<Guid> Exhibits)> SeizeAsync(StaffHost host, int count)
    {
        var opened = await PostAsync(host, Officer, "/api/cases", new { key = Guid.NewGuid(), unit = StaffHost.Unit, offence = "060121", summary = "Packages in a suitcase." });
        var matter = opened.GetProperty("caseId").GetGuid();
        await host.UntilAsync(r => r.Stream.Value == matter && r.Event is SeatDrawn);
        var items = Enumerable.Range(1, count).Select(n => (object)new
        {
            kind = "drug", substance = "cocaine-hcl", description = "White powder.", packages = new object[] { new { number = 1, seal = $"S-{n}" } },
        }).ToArray();
        var seized = await PostAsync(host, Officer, $"/api/exhibits/cases/{matter}/seizures", new { of = new { country = "CPV", place = "airport", transport = "airplane" }, items });
        foreach (var view in (string[])["docket", "exhibits"]) await host.CaughtUpAsync(view);
        return (matter, [.. seized.GetProperty("exhibits").EnumerateArray().Select(e => e.GetGuid())]);
    }

    /// <summary>The officer gives it to an analyst, who may take it.</summary>
    public static async Task SubmitAsync(StaffHost host, Guid exhibit, int number, Guid analyst, bool taken = true)
    {
        object[] seals = [new { number = 1, seal = $"S-{number}" }];
        var transfer = Guid.NewGuid();
        await PostAsync(host, Officer, $"/api/exhibits/{exhibit}/releases", new { half = Guid.NewGuid(), transfer, to = analyst, purpose = "laboratory", authority = "REQ-1", seals });
        if (taken) await PostAsync(host, analyst, $"/api/exhibits/{exhibit}/receipts", new { half = Guid.NewGuid(), transfer, from = Officer, seals });
        await host.CaughtUpAsync("exhibits");
    }

    public static async Task<Guid> ReportAsync(StaffHost host, Guid exhibit, Guid analyst)
    {
        var analysis = Guid.NewGuid();
        await PostAsync(host, analyst, $"/api/exhibits/{exhibit}/analyses", new { analysis, substance = "cocaine-hcl", methods = "GC-MS" });
        await host.CaughtUpAsync("exhibits");
        return analysis;
    }

    public static async Task ReviewAsync(StaffHost host, Guid exhibit, Guid analysis, Guid by, bool agrees = true)
    {
        await PostAsync(host, by, $"/api/exhibits/{exhibit}/analyses/{analysis}/review", new { agrees, reasons = agrees ? null : "The spectrum is of another sample." });
        await host.CaughtUpAsync("exhibits");
    }

    static async Task<JsonElement> PostAsync(StaffHost host, Guid person, string path, object body)
    {
        using var browser = await host.SignedInAsync(person);
        var answer = await browser.PostJsonAsync(path, body);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
