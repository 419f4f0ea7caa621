using Probity.Access.Contract;
using Probity.Protection.Viewing;
using Probity.Tests.Access;
using Probity.Tests.Protection;

namespace Probity.Tests.Journeys;

/// <summary>An officer records a threat on a phone and sees whom to telephone; who is on duty has it in hand; a commander who is named sees nothing.</summary>
[Collection("Second browser")]
public sealed class ProtectionJourneys(Browser browser)
{
    public static TheoryData<int, string> Screens => Environment.GetEnvironmentVariable("PROBITY_PICTURES") is null ? new() { { 390, "es" } } : new() { { 390, "es" }, { 1280, "en" }, { 390, "pt" } };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_threat_is_recorded_on_a_phone_and_somebody_has_it_in_hand(int width, string language)
    {
        await using var host = await StaffHost.StartAsync();
        await ProtectionPagesTests.OnDutyAsync(host, StaffHost.Of(Role.Investigator));
        await using var visit = await browser.Open(host, width, language: language);
        var (page, name) = (visit.Page, $"{language}-{width}");

        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync("/");
        await visit.LookAsync($"protection-home-{name}");
        await page.Locator("main a[href='/protection/record']").ClickAsync();
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#kind']").CountAsync());
        await page.CheckAsync("input[name=kind][value=threat]");
        await page.CheckAsync("input[name=violent]");
        await page.SelectOptionAsync("#place", "home");
        await page.FillAsync("#told", "They said that they know where I live.");
        await page.FillAsync("#people", "Quilombo Commander");
        await visit.LookAsync($"protection-record-{name}");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.Equal(1, await page.Locator("a[href='tel:+5075550100']").CountAsync());
        await visit.LookAsync($"protection-recorded-{name}");
        var path = new Uri(page.Url).AbsolutePath;

        await visit.SignInAsync(host, Role.Investigator);
        await host.CaughtUpAsync(ProtectionView.ViewName);
        await page.GotoAsync("/");
        await visit.Picture($"protection-step-{name}");
        await page.Locator($".step a[href='{path}']").ClickAsync();
        await visit.LookAsync($"protection-alert-{name}");
        await page.Locator("form[action$='/acknowledge'] button").ClickAsync();
        Assert.Equal(0, await page.Locator("form[action$='/acknowledge']").CountAsync());
        await page.Locator("details:has(form[action$='/plan']) > summary").ClickAsync();
        await page.CheckAsync("input[name=level][value=high]");
        await page.FillAsync("#danger", "They know where the family lives.");
        await page.Locator("form[action$='/plan'] button").ClickAsync();
        await page.Locator("details:has(form[action$='/measure']) > summary").ClickAsync();
        await page.FillAsync("#measure-what", "A car takes the child to school.");
        await page.SelectOptionAsync("#measure-owner", StaffHost.Of(Role.Investigator).ToString("D"));
        await page.FillAsync("#measure-day", "2026-03-05");
        await page.Locator("form[action$='/measure'] button").ClickAsync();
        await visit.LookAsync($"protection-plan-{name}");
        var plan = new Uri(page.Url).AbsolutePath;
        await page.Locator("form[action$='/activate'] button").ClickAsync();
        await visit.LookAtAsync($"{plan}/place", $"protection-place-{name}");

        await visit.SignInAsync(host, Role.Integrity);
        await host.CaughtUpAsync(ProtectionView.ViewName);
        await visit.LookAtAsync("/protection/approaches", $"protection-list-{name}");
        Assert.Equal(1, await page.Locator($"main a[href='{path}']").CountAsync());
        await visit.LookAtAsync("/protection/trend", $"protection-trend-{name}");
        await visit.LookAtAsync("/protection/duty", $"protection-duty-{name}");
        await visit.LookAtAsync("/protection/plans", $"protection-plans-{name}");
        await visit.LookAtAsync("/protection/count", $"protection-count-{name}");

        // The commander is named and stands over the officer: neither in a step nor in a list, and there is no such page. What was refused is a complaint of the browser's.
        await using var other = await browser.Open(host, width, language: language);
        await other.SignInAsync(host, Role.Commander);
        await other.Page.GotoAsync("/");
        Assert.Equal(0, await other.Page.Locator($"a[href='{path}']").CountAsync());
        await other.LookAtAsync("/protection", $"protection-none-{name}");
        Assert.Equal(0, await other.Page.Locator($"a[href='{path}']").CountAsync());
        other.AssertQuiet();
        Assert.Equal(404, (await other.Page.GotoAsync(path))!.Status);
    }
}
