using System.Net;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Exhibits;

/// <summary>Whoever works a case cannot keep what does not fit from being answered by naming all of the integrity office: it goes to the overseer at once.</summary>
public sealed class DiscrepancyLeftTests
{
    [Fact]
    public async Task What_nobody_of_the_integrity_office_may_answer_is_told_to_the_overseer_who_answers()
    {
        await using var host = await StaffHost.StartAsync(more: (Role.Overseer, StaffHost.Agency));
        var (matter, exhibits) = await LaboratoryScene.SeizeAsync(host, 1);
        using var officer = await host.SignedInAsync(Role.Officer);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        using var integrity = await host.SignedInAsync(Role.Integrity);
        using var overseer = await host.SignedInAsync(Role.Overseer);
        using var second = await host.SignedInAsync(StaffHost.Other(0));
        object[] seals = [new { number = 1, seal = "S-1" }];
        var transfer = Guid.NewGuid();
        await OkAsync(officer.PostJsonAsync($"/api/exhibits/{exhibits[0]}/releases", new { half = Guid.NewGuid(), transfer, to = StaffHost.Of(Role.Custodian), purpose = "store", seals }));
        await OkAsync(custodian.PostJsonAsync($"/api/exhibits/{exhibits[0]}/receipts", new { half = Guid.NewGuid(), transfer, from = StaffHost.Of(Role.Officer), seals, discrepancy = "The bag is torn." }));
        var page = "/discrepancies/" + (await host.RecordAsync()).Single(r => r.Event is DiscrepancyFound).Stream.Value.ToString("D");
        await ToldAsync(integrity, true);
        await ToldAsync(overseer, false);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AnswerAsync(overseer, true)).StatusCode);

        await OkAsync(officer.PostJsonAsync($"/api/cases/{matter}/parties", new { party = new { role = "witness", name = "Somebody", person = StaffHost.Of(Role.Integrity) }, reason = "They were seen with the carrier." }));
        await host.CaughtUpAsync("docket");
        await ToldAsync(overseer, true);
        Assert.Contains("So you answer as the overseer", await overseer.TextAsync(page + "?lang=en"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AnswerAsync(integrity, true)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await AnswerAsync(overseer, false)).StatusCode);
        // Nobody is their own second person.
        await host.CaughtUpAsync("exhibits");
        await ToldAsync(overseer, false);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AnswerAsync(overseer, true)).StatusCode);
        await ToldAsync(second, true);
        Assert.Equal(HttpStatusCode.SeeOther, (await AnswerAsync(second, true)).StatusCode);

        async Task ToldAsync(Browser browser, bool told)
        {
            await host.CaughtUpAsync("exhibits");
            Assert.Equal(told, (await browser.TextAsync("/?lang=en")).Contains(page, StringComparison.Ordinal));
        }

        async Task<HttpResponseMessage> AnswerAsync(Browser browser, bool yes) =>
            await browser.PostAsync(page, await browser.TextAsync("/discrepancies"), new() { ["answer"] = yes ? "yes" : "no", ["reasons"] = "The bag was torn before it was sealed." });
    }

    [Fact]
    public async Task What_nobody_may_settle_because_all_others_were_named_is_told_to_the_overseer_who_lets_somebody_back()
    {
        await using var host = await StaffHost.StartAsync(more: (Role.Overseer, StaffHost.Agency));
        var (matter, exhibits) = await LaboratoryScene.SeizeAsync(host, 1);
        using var officer = await host.SignedInAsync(Role.Officer);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        using var overseer = await host.SignedInAsync(Role.Overseer);
        using var second = await host.SignedInAsync(StaffHost.Other(0));
        object[] seals = [new { number = 1, seal = "S-1" }];
        var transfer = Guid.NewGuid();
        await OkAsync(officer.PostJsonAsync($"/api/exhibits/{exhibits[0]}/releases", new { half = Guid.NewGuid(), transfer, to = StaffHost.Of(Role.Custodian), purpose = "store", seals }));
        await OkAsync(custodian.PostJsonAsync($"/api/exhibits/{exhibits[0]}/receipts", new { half = Guid.NewGuid(), transfer, from = StaffHost.Of(Role.Officer), seals, discrepancy = "The bag is torn." }));
        var page = "/discrepancies/" + (await host.RecordAsync()).Single(r => r.Event is DiscrepancyFound).Stream.Value.ToString("D");
        foreach (var person in new[] { StaffHost.Of(Role.Integrity), StaffHost.Other(0) })
            await OkAsync(officer.PostJsonAsync($"/api/cases/{matter}/parties", new { party = new { role = "subject", name = "Somebody", person }, reason = "They were seen with the carrier." }));
        await host.CaughtUpAsync("docket");
        Assert.Equal(HttpStatusCode.SeeOther, (await overseer.PostAsync(page, await overseer.TextAsync("/discrepancies"), new() { ["answer"] = "no", ["reasons"] = "The bag was torn before it was sealed." })).StatusCode);
        await host.CaughtUpAsync("exhibits");
        var back = $"href=\"/cases/{matter}/parties/end\"";
        Assert.Contains(back, await overseer.TextAsync("/?lang=en"), StringComparison.Ordinal);
        var shown = await overseer.TextAsync(page);
        Assert.Contains("nobody is left to settle it", shown, StringComparison.Ordinal);
        Assert.Contains(back, shown, StringComparison.Ordinal);

        // Once somebody is back, it is theirs to settle.
        var form = await overseer.TextAsync($"/cases/{matter}/parties/end");
        // The newest of those named: the other overseer.
        var number = int.Parse(System.Text.RegularExpressions.Regex.Matches(form, "name=\"number\"[^>]*value=\"([0-9]+)\"|value=\"([0-9]+)\"[^>]*name=\"number\"").Max(m => m.Groups[1].Value + m.Groups[2].Value)!, System.Globalization.CultureInfo.InvariantCulture);
        await OkAsync(overseer.PostJsonAsync($"/api/cases/{matter}/parties/end", new { number, reason = "Nobody saw them there." }));
        await host.CaughtUpAsync("docket");
        Assert.DoesNotContain(back, await overseer.TextAsync("/?lang=en"), StringComparison.Ordinal);
        Assert.DoesNotContain("no-second", await overseer.TextAsync(page), StringComparison.Ordinal);
        Assert.Contains(page, await second.TextAsync("/?lang=en"), StringComparison.Ordinal);
    }

    static async Task OkAsync(Task<HttpResponseMessage> sent)
    {
        var answer = await sent;
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }
}
