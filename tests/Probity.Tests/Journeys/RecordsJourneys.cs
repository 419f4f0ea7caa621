using Probity.Access.Contract;
using Probity.Records.Contract;
using Probity.Tests.Access;
using Probity.Tests.Records;

namespace Probity.Tests.Journeys;

/// <summary>Erasing somebody's data in a real browser: asked for, held, released, agreed to, gone.</summary>
[Collection("Third browser")]
public sealed class RecordsJourneys(Browser browser)
{
    [Theory]
    [InlineData(1280, "en", true), InlineData(390, "pt", true), InlineData(390, "es", false)]
    public async Task Two_people_erase_a_third_ones_data(int width, string language, bool script)
    {
        await using var host = await StaffHost.StartAsync();
        var id = await (await host.SignedInAsync(Role.Administrator)).MadeAsync("/api/people", new { name = "Quilombo Antigo" });
        var path = $"/records/people/{id}";
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var page = visit.Page;

        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync($"/people/{id}");
        await page.Locator($"main a[href='{path}']").ClickAsync();
        await page.Locator("form[action$='/erase'] button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#basis']").CountAsync());
        await page.FillAsync("#basis", "Law 7, article 5");
        await page.FillAsync("#reason", "Left two years ago.");
        await visit.LookAsync($"records-ask-{language}-{width}");
        await page.Locator("form[action$='/erase'] button").ClickAsync();
        Assert.Equal(0, await page.Locator("form[action$='/erase'], form[action$='/approve']").CountAsync());

        await visit.SignInAsync(host, Role.Overseer);
        await host.CaughtUpAsync("erasures");
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{path}']").ClickAsync();
        await page.FillAsync("#holdBasis", "Order 12/2026");
        await page.FillAsync("#holdReason", "Wanted as a witness.");
        await page.Locator("form[action$='/hold'] button").ClickAsync();
        await page.Locator("form[action$='/approve'] button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary").CountAsync());
        await visit.LookAsync($"records-held-{language}-{width}");
        await page.Locator("input[name=release]").FillAsync("It is over.");
        await page.Locator("form[action$='/release'] button").ClickAsync();
        await page.Locator("form[action$='/approve'] button").ClickAsync();
        await host.UntilAsync(r => r.Event is ErasureFinished done && done.Subject == id);
        await page.GotoAsync(path);
        await visit.LookAsync($"records-erased-{language}-{width}");
        await host.CaughtUpAsync("erasures");
        await page.GotoAsync("/records");
        await visit.LookAsync($"records-list-{language}-{width}");
        Assert.DoesNotContain("Antigo", await page.ContentAsync());
    }

    [Theory]
    [InlineData(1280, "en"), InlineData(390, "pt")]
    public async Task A_case_is_kept_while_somebody_has_its_exhibits(int width, string language)
    {
        await using var host = await StaffHost.StartAsync();
        var id = await RecordsPagesTests.ClosedAsync(host, 2);
        await using var visit = await browser.Open(host, width, language: language);
        await visit.SignInAsync(host, Role.Integrity);
        await visit.LookAtAsync($"/records/cases/{id}", $"records-things-{language}-{width}");
        Assert.Equal(0, await visit.Page.Locator("form[action$='/erase']").CountAsync());
        Assert.Equal(2, await visit.Page.Locator("main .pb-inset-text").CountAsync());
    }
}
