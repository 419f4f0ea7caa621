using System.Net;
using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Risk.Indicators;
using Probity.Tests.Access;

namespace Probity.Tests.Journeys;

/// <summary>Law and practice: integrity states an indicator, an overseer agrees, and anybody reads the band and the picture.</summary>
[Collection("First browser")]
public sealed class IndicatorJourneys(Browser browser)
{
    const string Address = "/risk/indicators", Vetted = Address + "/staff-vetted", Evidence = "31 de 60 avaliados";

    [Theory]
    [InlineData(390, "pt", true), InlineData(1280, "en", false), InlineData(1280, "es", true)]
    public async Task An_indicator_is_stated_agreed_to_and_read_by_everybody(int width, string language, bool script)
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Overseer, StaffHost.Agency), (Role.Integrity, StaffHost.Agency)]);
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var (page, name) = (visit.Page, $"{language}-{width}");
        string Said(string key) => Visit.In(language, () => IndicatorText.Of(key));

        await visit.LookAtAsync(Address, $"indicators-none-{name}");
        Assert.Equal((1, 0), (await page.Locator("main .empty").CountAsync(), await page.Locator("main svg, main table a").CountAsync()));

        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/risk");
        await page.Locator($"main a[href='{Address}']").ClickAsync();
        await page.Locator($"main a[href='{Vetted}']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Said("state.do") }).ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#law']").CountAsync());
        await visit.LookAsync($"indicator-refused-{name}");
        await page.GetByLabel(Said("law"), new() { Exact = true }).SelectOptionAsync("75");
        await page.GetByRole(AriaRole.Button, new() { Name = Said("state.do") }).ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#practice']").CountAsync());
        await page.GetByLabel(Said("source"), new() { Exact = true }).FillAsync("Lei 12/2025, artigo 4.º");
        await page.GetByLabel(Said("practice"), new() { Exact = true }).SelectOptionAsync("50");
        await page.GetByLabel(Said("evidence"), new() { Exact = true }).FillAsync(Evidence);
        await page.GetByRole(AriaRole.Button, new() { Name = Said("state.do") }).ClickAsync();
        Assert.Equal(0, await page.Locator(".pb-error-summary").CountAsync());
        await visit.LookAsync($"indicator-stated-{name}");

        // What waits is nobody's but theirs.
        await using var anybody = await browser.Open(host, width, script: script, language: language);
        await anybody.Page.GotoAsync(Address);
        Assert.DoesNotContain("12/2025", await anybody.Page.ContentAsync(), StringComparison.Ordinal);

        await visit.SignInAsync(host, Role.Overseer);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{Vetted}']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Said("answer.do") }).ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#answer']").CountAsync());
        await visit.LookAsync($"indicator-answer-{name}");
        await page.GetByLabel(Said("answer.yes"), new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = Said("answer.do") }).ClickAsync();
        Assert.Equal(1, await page.Locator("main svg[role=img]").CountAsync());
        await visit.LookAsync($"indicator-agreed-{name}");

        // One of four makes no band, two do.
        await anybody.LookAtAsync(Address, $"indicators-one-{name}");
        Assert.Equal((1, 0), (await anybody.Page.Locator("main svg[role=img]").CountAsync(), await anybody.Page.GetByText("A (88)").CountAsync()));
        await AgreeAsync(host, "staff-declare");
        await anybody.LookAtAsync(Address, $"indicators-public-{name}");
        await AssertReadAsync(anybody.Page);
        anybody.AssertQuiet();

        await using var monitor = await browser.Open(host, width, script: script, language: language);
        await monitor.SignInAsync(host, Role.Monitor);
        await monitor.Page.GotoAsync("/risk");
        await monitor.Page.Locator($"main a[href='{Address}']").ClickAsync();
        await monitor.LookAsync($"indicators-monitor-{name}");
        await AssertReadAsync(monitor.Page);
        monitor.AssertQuiet();
        Assert.Equal(403, (await monitor.Page.GotoAsync(Vetted))!.Status);

        async Task AssertReadAsync(IPage read)
        {
            var text = await read.Locator("main").InnerTextAsync();
            Assert.Contains("A (88)", text, StringComparison.Ordinal);
            Assert.Contains("D (38)", text, StringComparison.Ordinal);
            Assert.Contains("12/2025", text, StringComparison.Ordinal);
            Assert.Equal(1, await read.GetByRole(AriaRole.Img, new() { Name = Visit.In(language, () => IndicatorText.Say("picture-alt", 75, 50)), Exact = true }).CountAsync());
            // Of what was never stated nothing is said, not even that the evidence is not enough.
            Assert.Equal(3, await read.Locator("main tbody tr", new() { HasText = Said("mark.none") }).First.Locator("td", new() { HasText = "–" }).CountAsync());
            Assert.DoesNotContain(Said("not-enough"), text, StringComparison.Ordinal);
            Assert.DoesNotContain(Evidence, text, StringComparison.Ordinal);
            Assert.Equal(0, await read.Locator($"main a[href^='{Address}/']").CountAsync());
        }
    }

    static async Task AgreeAsync(StaffHost host, string indicator)
    {
        var (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        var stated = await integrity.PostJsonAsync($"/api/risk/indicators/{indicator}", new { law = 100, lawSource = "Lei 3/2024, artigo 9.º", practice = 25, evidence = "12 de 60 declararam" });
        Assert.Equal(HttpStatusCode.OK, stated.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await overseer.PostJsonAsync($"/api/risk/indicators/{indicator}/answer", new { number = 1, agree = true })).StatusCode);
    }
}
