using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Tests.Access;
using Probity.Tests.Reports;

namespace Probity.Tests.Journeys;

/// <summary>What a report says of somebody is looked into: an inquiry is opened from it, an investigator says what was found, and an overseer answers.</summary>
[Collection("First browser")]
public sealed class MatterJourneys(Browser browser)
{
    public static TheoryData<int, string> Screens => Environment.GetEnvironmentVariable("PROBITY_PICTURES") is null ? new() { { 390, "es" } } : new() { { 390, "es" }, { 1280, "en" }, { 390, "pt" } };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task From_a_report_to_what_was_found(int width, string language)
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity);
        await using var visit = await browser.Open(host, width, language: language);
        var (page, name) = (visit.Page, $"{language}-{width}");
        var report = await reports.SendAsync("one");
        var program = await reports.SignedInAsync(UnlockedReports.Integrity);
        await ReportPagesTests.InHandAsync(program, report);
        Assert.True((await program.PostJsonAsync($"/api/reports/{report:D}/protection", new { key = Guid.NewGuid(), person = StaffHost.Of(Role.Officer) })).IsSuccessStatusCode);

        await visit.SignInAsync(host, Role.Integrity);
        await UnlockedReports.UnlockAsync(page);
        await visit.LookAtAsync("/matters", $"matters-none-{name}");
        await visit.LookAtAsync("/matters/new", $"matters-new-{name}");
        await page.GotoAsync($"/reports/{report:D}/matters");
        await page.Locator("main form button").ClickAsync();
        Assert.NotEqual(0, await page.Locator(".pb-error-summary a").CountAsync());
        await visit.LookAsync($"matters-refused-{name}");
        await page.FillAsync("#accused", "Quilombo Officer");
        await page.CheckAsync("input[name=kind][value=evidenceTheft]");
        await page.FillAsync("textarea[name=words]", "Two packages are missing from the store.");
        await page.SelectOptionAsync("#investigator", StaffHost.Of(Role.Investigator).ToString("D"));
        await page.CheckAsync($"input[name=people][value='{StaffHost.Of(Role.Overseer):D}']");
        await page.Locator("main form button").ClickAsync();
        // The report protects whom it is about: it is said, and asked why it is no punishment.
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#knows']").CountAsync());
        await visit.LookAsync($"matters-protects-{name}");
        await page.CheckAsync("#knows");
        await page.FillAsync("#why", "Another witness named the store before.");
        await page.Locator("main form button").ClickAsync();
        await visit.LookAsync($"matters-of-report-{name}");
        var record = await host.RecordAsync();
        var (matter, allegation) = (record.Single(r => r.Event is MatterOpened).Stream.Value, record.Select(r => r.Event).OfType<AllegationMade>().Single().Id);
        var address = $"/matters/{matter:D}";

        await visit.SignInAsync(host, Role.Investigator);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{address}']").ClickAsync();
        await visit.LookAsync($"matter-investigator-{name}");
        await OpenAsync("/state");
        await page.CheckAsync($"input[name='finding-{allegation:N}'][value=substantiated]");
        await page.FillAsync($"textarea[name='reason-{allegation:N}']", "The camera shows it.");
        await page.Locator("form[action$='/state'] button").ClickAsync();
        await visit.LookAtAsync("/matters", $"matters-list-{name}");

        await visit.SignInAsync(host, Role.Overseer);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{address}']").ClickAsync();
        await visit.LookAsync($"matter-overseer-{name}");
        await OpenAsync("/answer");
        await page.CheckAsync("input[name=agrees][value=yes]");
        await page.Locator("form[action$='/answer'] button").ClickAsync();
        await visit.LookAsync($"matter-ended-{name}");

        await visit.SignInAsync(host, Role.Integrity);
        await UnlockedReports.UnlockAsync(page);
        await visit.LookAtAsync($"/reports/{report:D}", $"matters-report-{name}");
        await visit.LookAtAsync("/reports/exchange", $"exchange-{name}");
        await visit.LookAtAsync("/reports/figures", $"matters-figures-{name}");

        async Task OpenAsync(string form)
        {
            if (await page.Locator($"details:not([open]):has(form[action$='{form}'])").CountAsync() > 0) await page.Locator($"details:has(form[action$='{form}']) > summary").ClickAsync();
        }
    }
}
