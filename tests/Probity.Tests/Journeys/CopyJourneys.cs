using Probity.Access.Contract;
using Probity.Exports.Contract;
using Probity.Tests.Access;
using Probity.Tests.Exports;

namespace Probity.Tests.Journeys;

/// <summary>Copies of cases, taken and seen through the pages.</summary>
[Collection("First browser")]
public sealed class CopyJourneys(Browser browser)
{
    [Theory]
    [InlineData(1280, "en"), InlineData(390, "pt")]
    public async Task A_copy_is_asked_for_saved_and_seen_by_who_watches(int width, string language)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width, language: language);
        var page = visit.Page;
        var (matter, number) = await CopyPagesTests.SeizedAsync(host);

        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync($"/cases/{matter}");
        await page.Locator($"a[href='/cases/{matter}/copies']").First.ClickAsync();
        await visit.LookAsync($"copies-{width}");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary").CountAsync());
        await visit.LookAsync($"copies-missing-{width}");
        await page.Locator("[name=format][value=caseJsonLd]").CheckAsync();
        await page.Locator("[name=purpose]").FillAsync("Procuradoria da Praia, pedido 17/2026");
        await page.Locator("[name=names]").CheckAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => page.Locator("main form button[type=submit]").Last.ClickAsync());
        Assert.Equal($"{number}.case.jsonld", file.SuggestedFilename);
        Assert.Contains("ProvenanceRecord", await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Single(await host.RecordAsync(), r => r.Event is CaseExported { Names: true });

        await visit.SignInAsync(host, Role.Overseer);
        await visit.LookAtAsync($"/cases/{matter}/copies", $"copies-taken-{width}");
        Assert.Contains("pedido 17/2026", await page.ContentAsync(), StringComparison.Ordinal);
        await host.CaughtUpAsync("docket");
        await visit.LookAtAsync("/exports", $"copies-many-{width}");
        await page.Locator("[name=format][value=idsCsv]").CheckAsync();
        await page.Locator("[name=purpose]").FillAsync("UNODC, 2026");
        file = await page.RunAndWaitForDownloadAsync(() => page.Locator("main form button[type=submit]").Last.ClickAsync());
        Assert.Equal("cases.ids.csv", file.SuggestedFilename);
        await visit.LookAtAsync("/exports", $"copies-many-taken-{width}");
    }
}
