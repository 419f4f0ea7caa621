using Probity.Access.Contract;
using Probity.People.Clearing;
using Probity.Reports.Viewing;
using Probity.Tests.Access;
using Probity.Tests.People;
using Probity.Tests.Reports;

namespace Probity.Tests.Journeys;

/// <summary>Whom a report protects is named on a phone; a post would end and a clearance would be withdrawn; those who read the report see it, and each is cleared after three days.</summary>
[Collection("Third browser")]
public sealed class HeldJourneys(Browser browser)
{
    public static TheoryData<int, string> Screens => Environment.GetEnvironmentVariable("PROBITY_PICTURES") is null ? new() { { 390, "pt" } } : new() { { 390, "pt" }, { 1280, "en" }, { 390, "es" } };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Whom_a_report_protects_is_not_put_out_unseen(int width, string language)
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        await using var visit = await browser.Open(host, width, language: language);
        var (page, name, officer) = (visit.Page, $"{language}-{width}", StaffHost.Of(Role.Officer));
        var report = await reports.SendAsync("one");
        var (clearance, list, person) = (await VettingPagesTests.ClearAsync(host, Role.Officer), $"/reports/{report:D}/protection", $"/people/{officer:D}");

        await visit.SignInAsync(host, Role.Integrity);
        await UnlockedReports.UnlockAsync(page);
        await visit.LookAtAsync(list, $"protection-none-{name}");
        await page.SelectOptionAsync("#person", officer.ToString("D"));
        await page.Locator($"form[action='{list}/add'] button").ClickAsync();
        await visit.LookAsync($"protection-one-{name}");
        await page.Locator($"form[action='{list}/remove'] button").ClickAsync();
        await visit.LookAsync($"protection-off-{name}");
        // Whoever was taken off is put back in one press.
        await page.Locator($"form[action='{list}/add']:has(input[type=hidden][name=person]) button").ClickAsync();
        Assert.Equal(1, await page.Locator($"form[action='{list}/remove'] button").CountAsync());

        await visit.SignInAsync(host, Role.Commander);
        await page.GotoAsync(person);
        await page.FillAsync($"#end-{StaffHost.PostingOf(Role.Officer):D}", "The shift is made smaller.");
        await page.Locator("form[action$='/end'] button").ClickAsync();
        await visit.LookAsync($"held-end-asked-{name}");

        await visit.SignInAsync(host, Role.Vetting);
        await page.GotoAsync(clearance);
        if (await page.Locator("details[open] form[action$='/open']").CountAsync() == 0) await page.Locator("details:has(form[action$='/open']) > summary").ClickAsync();
        await page.Locator("form[action$='/open'] textarea").FillAsync("The accounts do not add up.");
        await page.Locator("form[action$='/open'] button").ClickAsync();
        await visit.LookAsync($"held-clearance-{name}");
        var held = HeldActPlace.Of(officer, (await host.RecordAsync()).Select(r => r.Event).OfType<ActHeld>().Last().Act);
        await host.CaughtUpAsync(HeldView.ViewName);
        await host.CaughtUpAsync(ReportView.ViewName);

        await visit.SignInAsync(host, Role.Integrity);
        await visit.LookAtAsync("/", $"held-first-locked-{name}");
        await visit.LookAtAsync(held, $"held-locked-{name}");
        await UnlockedReports.UnlockAsync(page);
        await page.GotoAsync("/");
        Assert.Equal(1, await page.Locator($".step a[href='{held}']").CountAsync());
        await page.Locator($".step a[href='{list}']").First.ClickAsync();
        await visit.LookAsync($"protection-acts-{name}");
        await visit.LookAtAsync(held, $"held-waits-{name}");
        Assert.Equal(0, await page.Locator("button[value=yes]").CountAsync());
        await visit.LookAtAsync(person, $"held-person-{name}");

        host.Clock.Now += HeldActs.Hold;
        await visit.SignInAsync(host, Role.Integrity);
        await UnlockedReports.UnlockAsync(page);
        await page.GotoAsync(held);
        await page.Locator("button[value=yes]").ClickAsync();
        // Why it has nothing to do with the report is asked for.
        Assert.Equal(1, await page.Locator(".pb-error-summary a").CountAsync());
        await visit.LookAsync($"held-why-{name}");
        await page.Locator("textarea[name=why]").FillAsync("The accounts were asked about before the report came.");
        await page.Locator("button[value=yes]").ClickAsync();
        await visit.LookAtAsync(held, $"held-cleared-{name}");
        await visit.LookAtAsync(list, $"protection-cleared-{name}");
    }
}
