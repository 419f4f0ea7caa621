using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Tests.Access;
using Probity.Tests.Exhibits.Balancing;

namespace Probity.Tests.Journeys;

/// <summary>Every gram, from the officer's exhibit to the account that anybody reads, through the pages.</summary>
[Collection("Third browser")]
public sealed class GramsJourneys(Browser browser)
{
    // The wide page has nothing that the narrow one has not: it is gone through where pictures are wanted.
    public static TheoryData<int, string> Screens => Environment.GetEnvironmentVariable("PROBITY_PICTURES") is null ? new() { { 390, "es" } } : new() { { 390, "es" }, { 1280, "en" } };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task From_an_exhibit_that_does_not_add_up_to_the_account_that_everybody_sees(int width, string language)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width, language: language);
        var (page, end) = (visit.Page, $"-{width}");
        var (matter, exhibits) = await GramsScene.PlayAsync(host);
        await host.CaughtUpAsync("exhibits");

        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync($"/exhibits/{exhibits[2]}");
        await page.Locator($"a[href='/exhibits/{exhibits[2]}/grams']").ClickAsync();
        Assert.Equal(1, await page.Locator("svg[role=img]").CountAsync());
        await visit.LookAsync("grams-exhibit" + end);
        await visit.LookAtAsync($"/exhibits/{exhibits[0]}/grams", "grams-exhibit-fits" + end);
        await page.GotoAsync($"/cases/{matter}/exhibits");
        await page.Locator($"a[href='/cases/{matter}/grams']").ClickAsync();
        await visit.LookAsync("grams-case" + end);

        await visit.SignInAsync(host, Role.Commander);
        await page.GotoAsync("/exhibits");
        await page.Locator("a[href='/exhibits/grams']").ClickAsync();
        await visit.LookAsync("grams-unit-commander" + end);
        Assert.Equal(0, await page.Locator("form[action='/exhibits/grams/publish']").CountAsync());

        await visit.SignInAsync(host, Role.Integrity);
        await visit.LookAtAsync("/exhibits/grams", "grams-unit" + end);
        await page.Locator("form[action='/exhibits/grams/publish'] button").ClickAsync();
        await visit.LookAsync("grams-published" + end);
        var published = (await host.RecordAsync()).Single(r => r.Event is BalancePublished);

        await page.Context.ClearCookiesAsync();
        await visit.LookAtAsync("/", "grams-home" + end);
        await page.Locator(".row a[href='/grams']").ClickAsync();
        await visit.LookAsync("grams-units" + end);
        await page.Locator("main a[href^='/grams/']").First.ClickAsync();
        await visit.LookAsync("grams-public" + end);
        Assert.Equal(0, await page.Locator("main form").CountAsync());

        await visit.SignInAsync(host, Role.Monitor);
        await page.GotoAsync($"/grams/{((BalancePublished)published.Event!).Unit}/{published.Index}");
        await page.Locator("main form button").ClickAsync();
        Assert.Contains(await host.RecordAsync(), r => r.Event is BalanceChecked { SameRoot: true, SameFigures: true });
        await visit.LookAsync("grams-checked" + end);
    }
}
