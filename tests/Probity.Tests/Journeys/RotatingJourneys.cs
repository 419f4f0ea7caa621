using Probity.Access.Contract;
using Probity.Tests.Access;
using Probity.Tests.People;

namespace Probity.Tests.Journeys;

/// <summary>The time in a sensitive post on a phone: the holder reads it, the commander asks for longer, and an overseer from outside the unit agrees.</summary>
[Collection("Second browser")]
public sealed class RotatingJourneys(Browser browser)
{
    [Fact]
    public async Task A_time_that_ends_is_extended_once()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Overseer, StaffHost.OtherUnit)]);
        await TenureTests.ChooseAsync(host);
        foreach (var role in (Role[])[Role.Officer, Role.Custodian]) await MarkPostTests.MarkAsync(host, StaffHost.PostOf(role));
        host.Clock.Now = host.Clock.Now.AddMonths(35);
        await using var visit = await browser.Open(host, 390, script: false, language: "pt");
        var page = visit.Page;

        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync("/");
        await page.Locator(".step a[href='/postings']").First.ClickAsync();
        await visit.LookAsync("postings-own-pt-390");

        await visit.SignInAsync(host, Role.Commander);
        await page.GotoAsync("/postings");
        await page.SelectOptionAsync("select[name=who]", new[] { $"{StaffHost.Of(Role.Officer):D} {StaffHost.PostOf(Role.Officer):D}" });
        await page.FillAsync("input[name=months]", "12");
        await page.FillAsync("textarea[name=reason]", "Ainda ninguém tem credencial para o posto.");
        await page.Locator("main form[action='/postings/extend'] button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#months']").CountAsync());
        await visit.LookAsync("postings-refused-pt-390");
        await page.FillAsync("input[name=months]", "3");
        await page.Locator("main form[action='/postings/extend'] button").ClickAsync();
        Assert.Equal(0, await page.Locator(".pb-error-summary").CountAsync());

        await visit.SignInAsync(host, StaffHost.Other(0));
        await page.GotoAsync("/");
        await page.Locator(".step a[href='/postings']").First.ClickAsync();
        await visit.LookAsync("postings-overseer-pt-390");
        await page.Locator("main form[action='/postings/answer'] button[value=yes]").ClickAsync();
        Assert.Equal(0, await page.Locator("main form[action='/postings/answer']").CountAsync());
    }
}
