using Probity.Access.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Journeys;

/// <summary>Somebody leaves: asked for on their page, agreed to from the first screen, and gone when the day has come.</summary>
[Collection("Second browser")]
public sealed class LeavingJourneys(Browser browser)
{
    [Fact]
    public async Task Two_people_end_a_service_and_the_day_does_the_rest()
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, 1280, script: true, language: "es");
        var page = visit.Page;
        var address = $"/people/{StaffHost.Of(Role.Officer):D}/leaving";

        await visit.SignInAsync(host, Role.Administrator);
        await visit.LookAtAsync("/people/leavers", "leavers-none");
        await page.GotoAsync($"/people/{StaffHost.Of(Role.Officer):D}");
        await page.Locator($"main a[href='{address}']").ClickAsync();
        await page.Locator($"form[action='{address}/ask'] button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#kind']").CountAsync());
        await page.CheckAsync("input[name=kind][value=Retired]");
        await page.FillAsync("#day", "7");
        await page.FillAsync("#day-month", "3");
        await page.FillAsync("#day-year", "2026");
        await page.FillAsync("#reason", "Treinta años de servicio.");
        await visit.LookAsync("leaving-ask");
        await page.Locator($"form[action='{address}/ask'] button").ClickAsync();
        await visit.LookAsync("leaving-asked");

        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{address}']").ClickAsync();
        await visit.LookAsync("leaving-answer");
        // Three days later at the earliest.
        host.Clock.Now += HeldActs.Hold;
        await visit.SignInAsync(host, Role.Integrity);
        await visit.LookAtAsync(address, "leaving-agree");
        await page.Locator($"form[action='{address}/answer'] button[value=yes]").ClickAsync();
        await visit.SignInAsync(host, Role.Officer);
        await visit.LookAtAsync("/", "leaving-own");

        host.Clock.Now = new DateTimeOffset(2026, 3, 7, 8, 0, 0, TimeSpan.Zero);
        await page.GotoAsync("/demo/sign-in/" + host.DemoToken(Role.Officer));
        Assert.Equal(1, await page.Locator(".pb-error-summary").CountAsync());

        // On a telephone.
        await using var other = await browser.Open(host, 390, script: true, language: "pt");
        await other.SignInAsync(host, Role.Administrator);
        await other.Page.GotoAsync("/");
        await other.Page.Locator($".step a[href='{address}']").ClickAsync();
        await other.LookAsync("leaving-left-390");
        await other.Page.Locator($"form[action='{address}/carry-out'] button").ClickAsync();
        await other.LookAsync("leaving-gone-390");
        await other.LookAtAsync("/people/leavers", "leavers-390");
        other.AssertQuiet();
    }
}
