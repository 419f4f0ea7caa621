using Probity.Access.Contract;
using Probity.Tests.Access;
using Probity.Tests.Reports;

namespace Probity.Tests.Journeys;

/// <summary>Somebody of integrity opens a report on a phone, forgets a word, answers its source, and assesses it; a second person agrees to the closing.</summary>
[Collection("Second browser")]
public sealed class ReportJourneys(Browser browser)
{
    public static TheoryData<int, string> Screens => Environment.GetEnvironmentVariable("PROBITY_PICTURES") is null ? new() { { 390, "es" } } : new() { { 390, "es" }, { 1280, "en" }, { 390, "pt" } };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_report_is_answered_assessed_and_closed_by_two_without_script(int width, string language)
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        await using var visit = await browser.Open(host, width, language: language);
        var (page, name) = (visit.Page, $"{language}-{width}");
        await visit.SignInAsync(host, Role.Integrity);
        await visit.LookAtAsync("/reports", $"reports-locked-{name}");

        await visit.LookAtAsync($"/reports/{Guid.NewGuid():D}", $"report-locked-{name}");
        await UnlockedReports.UnlockAsync(page);
        var report = await reports.SendAsync("one", kept: new Probity.Sealing.MustNotSee([StaffHost.OtherUnit], [], ["Pedro Muestra"]));
        for (var i = 0; i < 4; i++) await reports.SendAsync($"flood {i}", "Buy now.", alike: 3 + i);
        await visit.LookAtAsync("/reports", $"reports-list-{name}");
        await page.Locator($"a[href='/reports/{report:D}']").ClickAsync();
        await visit.LookAsync($"reports-new-{name}");
        await FillAsync("acknowledge", ("message", "Ok"));
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#acknowledge-message']").CountAsync());
        await visit.LookAsync($"reports-refused-{name}");
        await FillAsync("acknowledge", ("message", "We have read what you wrote."));
        await OpenAsync("triage");
        await page.Locator("form[action$='/triage'] button").ClickAsync();
        // All that is missing is said at once.
        Assert.Equal(4, await page.Locator(".pb-error-summary a[href^='#triage-']").CountAsync());
        await visit.LookAsync($"reports-triage-refused-{name}");
        foreach (var (field, value) in new[] { ("verdict", "notWrongdoing"), ("urgency", "soon"), ("risk", "high") }) await page.CheckAsync($"input[name=triage-{field}][value={value}]");
        await page.FillAsync("#triage-protection", "Moved to another shift.");
        await page.FillAsync("#triage-words", "A question about the rules, not about a person.");
        await visit.LookAsync($"reports-triage-{name}");
        await page.Locator("form[action$='/triage'] button").ClickAsync();
        await FillAsync("take");
        await visit.LookAtAsync($"/reports/{report:D}/matters", $"reports-matters-{name}");
        await visit.LookAtAsync($"/reports/{report:D}/erasure", $"reports-erasure-{name}");
        await page.GotoAsync($"/reports/{report:D}");
        await OpenAsync("close");
        await page.CheckAsync("input[name=close-reason][value=notWrongdoing]");
        await FillAsync("close", ("words", "It asks how containers are chosen."), ("message", "It was a question; here is the answer."));
        host.Clock.Now += TimeSpan.FromDays(6);

        await visit.SignInAsync(host, UnlockedReports.SecondIntegrity);
        await UnlockedReports.UnlockAsync(page);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='/reports/{report:D}']").ClickAsync();
        await visit.LookAsync($"reports-closing-{name}");
        await OpenAsync("answer");
        await page.CheckAsync("input[name=answer-agrees][value=yes]");
        await page.Locator("form[action$='/answer'] button").ClickAsync();
        Assert.Equal(0, await page.Locator("form[action$='/answer']").CountAsync());
        await visit.LookAsync($"reports-closed-{name}");
        await FillAsync("aside", ("words", "A cousin works at that gate."));
        // One press by itself is none.
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#aside-final']").CountAsync());
        await OpenAsync("reopen");
        await visit.LookAsync($"reports-aside-{name}");
        await visit.LookAtAsync("/reports?show=closed", $"reports-list-closed-{name}");
        await visit.LookAtAsync("/reports/figures", $"reports-figures-{name}");
        await visit.LookAtAsync("/reports/answered", $"reports-answered-{name}");

        await visit.SignInAsync(host, Role.Overseer);
        await UnlockedReports.UnlockAsync(page);
        await visit.LookAtAsync("/reports?show=others", $"reports-others-{name}");
        Assert.Equal(4, await page.Locator("main table a[href^='/reports/']").CountAsync());

        async Task OpenAsync(string form)
        {
            if (await page.Locator($"details#{form}[open]").CountAsync() == 0) await page.Locator($"details#{form} > summary").ClickAsync();
        }

        async Task FillAsync(string form, params (string Field, string Text)[] typed)
        {
            await OpenAsync(form);
            foreach (var (field, text) in typed) await page.FillAsync($"#{form}-{field}", text);
            await page.Locator($"form[action$='/{form}'] button").ClickAsync();
        }
    }
}
