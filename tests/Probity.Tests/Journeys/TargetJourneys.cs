using Probity.Access.Contract;
using Probity.Interdiction.ViewingTargets;
using Probity.Tests.Access;

namespace Probity.Tests.Journeys;

/// <summary>A container at night, on a phone: selected, examined and released, and a second person agrees.</summary>
[Collection("Second browser")]
public sealed class TargetJourneys(Browser browser)
{
    [Theory]
    [InlineData(390, "pt", true), InlineData(1280, "en", false)]
    public async Task An_officer_decides_and_another_signs(int width, string language, bool script)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var page = visit.Page;
        var name = $"{language}-{width}";

        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync("/interdiction");
        await visit.Picture($"targets-none-{name}");
        await page.Locator("main a[href='/interdiction/new']").First.ClickAsync();
        await page.Locator("main form button").ClickAsync();
        Assert.True(await page.Locator(".pb-error-summary a").CountAsync() >= 4);
        await page.CheckAsync("input[name=kind][value=container]");
        await page.FillAsync("#reference", "CSQU 305438-4");
        await page.FillAsync("#port", "BRSSZ");
        await page.FillAsync("#arrival", "2026-03-02T04:30");
        await page.FillAsync("#score", "85");
        await page.CheckAsync("input[name=source][value=profile]");
        await page.FillAsync("#rules", "New shipper\nSeal changed on the way");
        await page.Locator("main form button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#reference']").CountAsync());
        await page.FillAsync("#reference", "CSQU 305438-3");
        await visit.LookAsync($"target-new-{name}");
        await page.Locator("main form button").ClickAsync();
        await visit.Picture($"target-undecided-{name}");
        var path = new Uri(page.Url).AbsolutePath;

        await page.Locator("form[action$='/select'] button").ClickAsync();
        await page.CheckAsync("input[name=kind][value=scan]");
        await page.CheckAsync("input[name=result][value=nothing]");
        await visit.Picture($"target-inspect-{name}");
        await page.Locator("form[action$='/inspect'] button").ClickAsync();
        await page.Locator("form[action$='/release'] button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#reason']").CountAsync());
        await page.FillAsync("#reason", "The scan shows nothing but boxes of fish.");
        await page.Locator("form[action$='/release'] summary").ClickAsync();
        await visit.LookAsync($"target-release-{name}");
        await page.Locator("form[action$='/release'] button").ClickAsync();
        await visit.Picture($"target-waiting-{name}");

        await visit.SignInAsync(host, Role.Commander);
        await host.CaughtUpAsync(TargetsView.ViewName);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{path}']").ClickAsync();
        await visit.LookAsync($"target-second-{name}");
        await page.Locator("form[action$='/answer'] button[value=yes]").ClickAsync();
        await visit.Picture($"target-released-{name}");
        Assert.Equal(0, await page.Locator("form[action*='/interdiction/']").CountAsync());
        await host.CaughtUpAsync(TargetsView.ViewName);
        await visit.LookAtAsync("/interdiction?kind=container", $"targets-list-{name}");
        await visit.LookAtAsync("/interdiction/thresholds", $"thresholds-{name}");
        await using var other = await browser.Open(host, width, script: script, language: language);
        await other.SignInAsync(host, Role.Integrity);
        await other.LookAtAsync("/interdiction/overrides", $"overrides-few-{name}");
        other.AssertQuiet();
    }

    [Theory]
    [InlineData(390, "es", true)]
    public async Task A_source_is_paid_and_two_sign(int width, string language, bool script)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync("/sources");
        await page.Locator("main a[href='/sources/new']").First.ClickAsync();
        await page.FillAsync("#code", "F-0417");
        await page.FillAsync("#amount", "150,50");
        await page.FillAsync("#currency", "USD");
        await page.FillAsync("#paid", "2026-03-02");
        await page.CheckAsync("input[name=purpose][value=reward]");
        await page.SelectOptionAsync("#second", StaffHost.Of(Role.Commander).ToString("D"));
        await visit.LookAsync($"payment-new-{language}-{width}");
        await page.Locator("main form button").ClickAsync();
        var path = new Uri(page.Url).AbsolutePath;
        await visit.SignInAsync(host, Role.Commander);
        await page.GotoAsync(path);
        await visit.LookAsync($"payment-sign-{language}-{width}");
        await page.Locator("form[action$='/sign'] button[value=yes]").ClickAsync();
        // Who signed too takes the receipt.
        await page.FillAsync("#code", "F-0417");
        await page.Locator("form[action$='/receipt'] button").ClickAsync();
        await visit.Picture($"payment-done-{language}-{width}");
        Assert.Equal(0, await page.Locator("form[action*='/sources/']").CountAsync());
        await visit.SignInAsync(host, Role.Integrity);
        await host.CaughtUpAsync("source-payments");
        await page.GotoAsync("/sources");
        await visit.Picture($"payments-{language}-{width}");
        await visit.LookAtAsync("/sources/totals", $"totals-{language}-{width}");
        visit.AssertQuiet();
    }
}
