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

    static async Task OkAsync(Task<HttpResponseMessage> sent)
    {
        var answer = await sent;
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }
}
