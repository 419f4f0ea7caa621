using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Procedures.Checking;
using Probity.Tests.Access;
using Probity.Tests.Procedures.Checking;

namespace Probity.Tests.Journeys;

/// <summary>Somebody's own register held against a procedure, through the pages alone, on the real server.</summary>
[Collection("Third browser")]
public sealed class CheckJourneys(Browser browser)
{
    [Theory]
    [InlineData(1280, true, "en"), InlineData(390, false, "es")]
    public async Task A_register_is_held_against_a_drawing(int width, bool script, string language)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/check");
        await visit.LookAsync($"check-1-start-{width}-{language}");
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
        await visit.Picture($"check-2-columns-{width}-{language}");
        await page.SelectOptionAsync("#form", "iso");
        await SendAsync(page);
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#form']").CountAsync());
        await visit.LookAsync($"check-2-refused-{width}-{language}");
        await page.SelectOptionAsync("#form", "d/M/yyyy H:mm");
        await SendAsync(page);

        Assert.EndsWith("/procedure", page.Url, StringComparison.Ordinal);
        await visit.LookAsync($"check-3-procedure-{width}-{language}");
        await page.CheckAsync("[name=procedure][value=file]");
        await SendAsync(page);
        await UploadAsync(page, "#file", "bad.bpmn", "<definitions"u8.ToArray());
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#file']").CountAsync());
        await visit.Picture($"check-3-refused-{width}-{language}");
        await UploadAsync(page, "#file", "sop.bpmn", Registers.Bpmn);

        Assert.EndsWith("/order", page.Url, StringComparison.Ordinal);
        await page.SetInputFilesAsync("#rules", new FilePayload { Name = "rules.yaml", MimeType = "text/yaml", Buffer = Registers.Rules });
        await visit.LookAsync($"check-4-order-{width}-{language}");
        await SendAsync(page);
        await FoundAsync(page);
        await visit.LookAsync($"check-5-found-{width}-{language}");
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

    [Theory]
    [InlineData(390, true, "en"), InlineData(1280, false, "pt")]
    public async Task A_workbook_is_held_against_a_table_that_is_typed(int width, bool script, string language)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Commander);
        await page.GotoAsync("/check");
        await UploadAsync(page, "#register", "casos.xlsx", Registers.Xlsx);
        Assert.Equal("iso", await page.InputValueAsync("#form"));
        Assert.Equal("Cargo", await page.InputValueAsync("#role"));
        await SendAsync(page);
        await page.CheckAsync("[name=procedure][value=table]");
        await SendAsync(page);
        Assert.Equal(6, await page.Locator("fieldset.typed").CountAsync());
        await page.Locator("button[name=add]").ClickAsync();
        Assert.Equal(10, await page.Locator("fieldset.typed").CountAsync());
        foreach (var (row, step, who, within) in new[] { (1, "Seize", "Officer", ""), (2, "Weigh", "Custodian", "soon"), (3, "Store", "Custodian", ""), (4, "Report", "Officer", "1 day") })
        {
            await page.FillAsync($"#step-{row}", step);
            await page.FillAsync($"#who-{row}", who);
            await page.FillAsync($"#within-{row}", within);
        }

        await SendAsync(page);
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#within-2']").CountAsync());
        Assert.Equal("Custodian", await page.InputValueAsync("#who-3"));
        await visit.LookAsync($"check-6-typed-{width}-{language}");
        await page.FillAsync("#within-2", "2 h");
        await SendAsync(page);
        Assert.EndsWith("/order", page.Url, StringComparison.Ordinal);
        await visit.Picture($"check-7-order-{width}-{language}");
        await SendAsync(page);
        await FoundAsync(page);
        await visit.LookAsync($"check-8-found-{width}-{language}");
        Assert.Equal(2, await page.Locator("main img").CountAsync());
        Assert.Contains("1 day", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.GotoAsync("/check");
        await visit.Picture($"check-9-open-{width}-{language}");
        Assert.Equal(1, await page.Locator(".empty a.pb-button").CountAsync());
    }

    [Theory]
    [InlineData(390, true, "es"), InlineData(1280, false, "en")]
    public async Task Work_shows_how_far_it_is_and_why_it_failed(int width, bool script, string language)
    {
        await using var host = await StaffHost.StartAsync(check: new CheckLimits { AtOnce = 1, Work = TimeSpan.Zero });
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/check");
        await UploadAsync(page, "#register", "casos.csv", Registers.Csv);
        await SendAsync(page);
        await page.CheckAsync("[name=procedure][value=file]");
        await SendAsync(page);
        await UploadAsync(page, "#file", "sop.bpmn", Registers.Bpmn);
        var turns = host.Services.GetRequiredService<CheckDesk>().Turns;
        await turns.WaitAsync();
        await SendAsync(page);
        await page.Locator("progress").WaitForAsync();
        // The page asks for itself anew every few seconds: unanswered, it stands still while it is looked at.
        await page.RouteAsync(page.Url, _ => Task.CompletedTask);
        await visit.LookAsync($"check-10-progress-{width}-{language}");
        await page.UnrouteAsync(page.Url);
        await page.Locator("form[action$='/result'] button").ClickAsync();
        Assert.EndsWith("/order", page.Url, StringComparison.Ordinal);
        turns.Release();
        await SendAsync(page);
        await page.Locator("main .pb-error-summary").WaitForAsync();
        await visit.LookAsync($"check-11-failed-{width}-{language}");
    }

    [Fact]
    public async Task A_file_that_is_no_register_is_refused_at_its_field()
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, 390, script: false, language: "es");
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync("/check");
        foreach (var (name, bytes) in new[]
        {
            ("old.xls", (byte[])[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]]), ("list.json", "[1, 2]"u8.ToArray()), ("empty.csv", []),
            ("picture.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13]), ("cut.xlsx", Registers.Xlsx[..400]), ("cut.gz", [0x1F, 0x8B, 8, 0, 1]),
            ("objects.sqlite", [.. "SQLite format 3\0"u8, .. new byte[200]]), ("objects.json", "{\"objectTypes\": []}"u8.ToArray()),
        })
        {
            await UploadAsync(page, "#register", name, bytes);
            Assert.True(await page.Locator(".pb-error-summary a[href='#register']").CountAsync() == 1, name);
            Assert.Equal("/check", new Uri(page.Url).AbsolutePath);
            Assert.DoesNotContain("--", await page.Locator(".pb-error-summary").InnerTextAsync(), StringComparison.Ordinal);
        }

        await visit.Picture("check-refused-390-es");
    }

    static async Task UploadAsync(IPage page, string field, string name, byte[] bytes)
    {
        await page.SetInputFilesAsync(field, new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = bytes });
        await SendAsync(page);
    }

    static Task SendAsync(IPage page) => page.Locator("main form:has([name=__RequestVerificationToken]) button.pb-button:not(.pb-button--secondary)").First.ClickAsync();

    // The page looks again by itself until there is a result.
    static Task FoundAsync(IPage page) => page.Locator("#result").WaitForAsync();
}
