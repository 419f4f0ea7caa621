using Probity.Access.Contract;
using Probity.People.Revetting;
using Probity.Tests.Access;
using Probity.Tests.People;

namespace Probity.Tests.Journeys;

/// <summary>A draw from the next step of integrity to the invitation of whoever was drawn, and an entry of the barred list by two people.</summary>
[Collection("Second browser")]
public sealed class RevettingJourneys(Browser browser)
{
    [Fact]
    public async Task Integrity_draws_vetting_begins_and_two_bar()
    {
        await using var host = await StaffHost.StartAsync();
        foreach (var role in (Role[])[Role.Officer, Role.Custodian]) await MarkPostTests.MarkAsync(host, StaffHost.PostOf(role));
        var gone = await (await host.SignedInAsync(Role.Administrator)).MadeAsync("/api/people", new { name = "Évora Quilombo Antes" });
        await using var visit = await browser.Open(host, 1280, script: false, language: "es");
        var page = visit.Page;

        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/");
        await page.Locator(".step a[href='/vetting/draws']").ClickAsync();
        await visit.LookAsync("draws-due-es-1280");
        await page.Locator("main form[action='/vetting/draws'] button").ClickAsync();
        Assert.EndsWith("/vetting/draws/2026-Q1", page.Url, StringComparison.Ordinal);
        await page.Locator("main summary").ClickAsync();
        await visit.LookAsync("draw-es-1280");
        Assert.Equal(0, await page.Locator("main a[href^='/vetting/new']").CountAsync());

        await visit.SignInAsync(host, Role.Vetting);
        await host.CaughtUpAsync(LotView.ViewName);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='/vetting/new?person={StaffHost.Of(Role.Officer):D}']").ClickAsync();
        await page.CheckAsync("input[name=level][value=sensitive]");
        await page.Locator("main form button").ClickAsync();
        await host.CaughtUpAsync(LotView.ViewName);
        await page.GotoAsync("/vetting/draws/2026-Q1");
        Assert.Equal(1, await page.Locator("main td a[href^='/vetting/']").CountAsync());

        await page.GotoAsync("/vetting/barred?q=evora");
        await page.Locator($"main a[href='/vetting/barred/new?person={gone:D}']").ClickAsync();
        await page.CheckAsync("input[name=reason][value=leftUnderInvestigation]");
        await page.Locator("main form button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#notified']").CountAsync());
        await page.FillAsync("#notified", "2026-03-01");
        await visit.LookAsync("bar-new-es-1280");
        await page.Locator("main form button").ClickAsync();
        await visit.SignInAsync(host, Role.Overseer);
        await page.GotoAsync("/");
        await page.Locator(".step a[href^='/vetting/barred/']").ClickAsync();
        await page.CheckAsync("input[name=answer][value=yes]");
        await page.Locator("main form button").ClickAsync();
        await (await host.SignedInAsync(Role.Administrator)).MadeAsync("/api/people", new { name = "Evora Quilombo Antes" });
        await visit.SignInAsync(host, Role.Vetting);
        await page.GotoAsync("/vetting/barred");
        Assert.Equal(2, await page.Locator("main form[action='/vetting/barred/match'] button").CountAsync());
        var entry = await page.Locator("main th a[href^='/vetting/barred/']").First.GetAttributeAsync("href");

        await using var phone = await browser.Open(host, 390, script: true, language: "pt");
        await phone.SignInAsync(host, Role.Vetting);
        await phone.LookAtAsync("/vetting/draws", "draws-pt-390");
        await phone.LookAtAsync("/vetting/draws/2026-Q1", "draw-pt-390");
        await phone.LookAtAsync("/vetting/barred?q=quilombo", "barred-pt-390");
        await phone.LookAtAsync(entry!, "bar-pt-390");
        phone.AssertQuiet();
    }
}
