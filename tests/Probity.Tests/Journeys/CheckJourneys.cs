using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Tests.Access;
using Probity.Tests.Procedures.Checking;

namespace Probity.Tests.Journeys;

/// <summary>Somebody's own register held against a procedure, through the pages alone, on the real server.</summary>
[Collection("Browser")]
public sealed class CheckJourneys(Browser browser)
{
    [Theory]
    [InlineData(1280, true, "en"), InlineData(390, false, "es"), InlineData(390, true, "pt")]
    public async Task A_register_is_held_against_a_drawing(int width, bool script, string language)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(width, script: script, language: language, address: host.Address.ToString().TrimEnd('/'));
        var page = visit.Page;
        await page.GotoAsync("/demo/sign-in/" + host.DemoToken(Role.Integrity));
        await page.GotoAsync("/check");
        await LookAsync(visit, script, $"check-1-start-{width}-{language}");
        await page.Locator("form[action='/check'] button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#register']").CountAsync());

        await UploadAsync(page, "#register", "casos <2026>.csv", Registers.Csv);
        Assert.EndsWith("/columns", page.Url, StringComparison.Ordinal);
        Assert.Contains("casos <2026>.csv", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("Nº caso", await page.InputValueAsync("#case"));
        Assert.Equal("Paso", await page.InputValueAsync("#activity"));
        Assert.Equal("Fecha", await page.InputValueAsync("#time"));
        Assert.Equal("d/M/yyyy H:mm", await page.InputValueAsync("#form"));
        Assert.Equal("Agente", await page.InputValueAsync("#person"));
        await LookAsync(visit, script, $"check-2-columns-{width}-{language}");
        await page.SelectOptionAsync("#form", "iso");
        await SendAsync(page);
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#form']").CountAsync());
        await LookAsync(visit, script, $"check-2-refused-{width}-{language}");
        await page.SelectOptionAsync("#form", "d/M/yyyy H:mm");
        await SendAsync(page);

        Assert.EndsWith("/procedure", page.Url, StringComparison.Ordinal);
        await LookAsync(visit, script, $"check-3-procedure-{width}-{language}");
        await page.CheckAsync("[name=procedure][value=file]");
        await SendAsync(page);
        await UploadAsync(page, "#file", "bad.bpmn", "<definitions"u8.ToArray());
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#file']").CountAsync());
        await LookAsync(visit, script, $"check-3-refused-{width}-{language}");
        await UploadAsync(page, "#file", "sop.bpmn", Registers.Bpmn);

        Assert.EndsWith("/order", page.Url, StringComparison.Ordinal);
        await page.SetInputFilesAsync("#rules", new FilePayload { Name = "rules.yaml", MimeType = "text/yaml", Buffer = Registers.Rules });
        await LookAsync(visit, script, $"check-4-order-{width}-{language}");
        await SendAsync(page);
        await FoundAsync(page);
        await LookAsync(visit, script, $"check-5-found-{width}-{language}");
        var text = await page.Locator("main").InnerTextAsync();
        Assert.Contains("C-3", text, StringComparison.Ordinal);
        Assert.Contains("3", await page.Locator("#result").InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(Registers.Marker, text, StringComparison.Ordinal);
        if (script) Assert.True(await page.EvaluateAsync<bool>("document.querySelector('main img').naturalWidth > 100"));
        await page.Locator("form.check__end button").ClickAsync();
        Assert.Equal("/check", new Uri(page.Url).AbsolutePath);
        Assert.Equal(1, await page.Locator(".pb-notification-banner").CountAsync());
        Assert.All(visit.Requests, url => Assert.StartsWith(host.Address.ToString(), url, StringComparison.Ordinal));
    }

    static async Task UploadAsync(IPage page, string field, string name, byte[] bytes)
    {
        await page.SetInputFilesAsync(field, new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = bytes });
        await SendAsync(page);
    }

    static Task SendAsync(IPage page) => page.Locator("main form:has([name=__RequestVerificationToken]) button.pb-button:not(.pb-button--secondary)").First.ClickAsync();

    // The page looks again by itself until there is a result.
    static Task FoundAsync(IPage page) => page.Locator("#result").WaitForAsync();

    static async Task LookAsync(Visit visit, bool script, string name)
    {
        Assert.Single(await visit.Page.Locator("h1").AllAsync());
        await visit.Picture(name);
        if (!script) return;
        var overflow = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
        Assert.True(overflow <= 0, $"{name} is {overflow} pixels too wide.");
        var found = await visit.Page.RunAxe().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(found.Violations.Select(v => $"{name} {v.Id}: {string.Join("; ", v.Nodes.Select(n => n.Html))}"));
    }
}
