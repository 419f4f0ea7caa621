using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cli.Hosting;
using Probity.Cli.Sample;
using Probity.Intake;
using Probity.Reports.Exchanging;
using Probity.Tests.Access;

namespace Probity.Tests.Journeys;

/// <summary>
/// The whole way of a report, over the real exchange: a source without script writes it and keeps its code, somebody of integrity reads it and answers, the source comes back, adds to it and sends a file.
/// </summary>
[Collection("First browser")]
public sealed class ChannelJourneys(Browser browser)
{
    public static TheoryData<int, string> Screens => Environment.GetEnvironmentVariable("PROBITY_PICTURES") is null ? new() { { 390, "pt" } } : new() { { 390, "pt" }, { 1280, "en" }, { 390, "es" } };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_report_is_written_without_script_read_answered_and_added_to(int width, string language)
    {
        await using var host = await StaffHost.StartAsync();
        await using var intake = await DemoIntake.StartAsync(host.DataFolder, 0, CancellationToken.None);
        await SampleReports.MakeKeysAsync(host.Services, CancellationToken.None);
        var pages = $"http://localhost:{IntakeServer.PagesOf(intake).Port}";
        var name = $"{language}-{width}";

        await using var source = await browser.Open(width, script: false, language: language, address: pages);
        var page = source.Page;
        await source.LookAtAsync("/", $"channel-start-{name}");
        await page.Locator("ul.ways a").First.ClickAsync();
        await page.FillAsync("#what", "The head of the watch took an envelope. His name is \u202Enaoj\u202C.");
        await page.CheckAsync($"input[name=unit][value='{StaffHost.OtherUnit}']");
        await source.LookAsync($"channel-form-{name}");
        // Another language, and back: what was typed and ticked is there.
        foreach (var tongue in (string[])[language == "en" ? "es" : "en", language])
        {
            await page.Locator($"header button[lang={tongue}]").ClickAsync();
            Assert.Equal($"/{tongue}/form/1", new Uri(page.Url).AbsolutePath);
            Assert.StartsWith("The head of the watch took an envelope.", await page.InputValueAsync("#what"), StringComparison.Ordinal);
            Assert.True(await page.IsCheckedAsync($"input[name=unit][value='{StaffHost.OtherUnit}']"));
            await source.LookAsync($"channel-form-in-{tongue}-{name}");
        }

        // Enter in a field sends it; and what browsers say of a form of our own.
        var sent = await page.RunAndWaitForRequestAsync(() => page.PressAsync("#when", "Enter"), request => request.Method == "POST");
        var headers = await sent.AllHeadersAsync();
        Assert.Equal(("null", "same-origin"), (headers["origin"], headers["sec-fetch-site"]));
        await page.Locator(".code").WaitForAsync();
        var words = await page.Locator(".code li").AllInnerTextsAsync();
        Assert.Equal(8, words.Count);
        await source.LookAsync($"channel-code-{name}");
        await page.FillAsync("#words", $"{words[2]} {words[6]}");
        await page.Locator("main form button").ClickAsync();
        await source.LookAsync($"channel-mine-{name}");
        await page.Locator("a[href$='/file']").ClickAsync();
        await page.SetInputFilesAsync("#file", new Microsoft.Playwright.FilePayload { Name = "quay.txt", MimeType = "text/plain", Buffer = "Gate four"u8.ToArray() });
        await page.Locator("main form button").ClickAsync();
        await source.LookAsync($"channel-file-{name}");
        source.AssertQuiet();

        await FetchAsync();
        await using var staff = await browser.Open(host, width, language: language);
        await staff.SignInAsync(host, Role.Integrity);
        // Whoever is over a unit that was ticked has nothing of it; integrity stands beside.
        await UnlockAsync(staff);
        await staff.LookAtAsync("/reports", $"channel-queue-{name}");
        await staff.Page.Locator("main a[href^='/reports/'][href*='-']").First.ClickAsync();
        Assert.Equal(1, await staff.Page.GetByText("The head of the watch took an envelope.").CountAsync());
        Assert.NotEqual(0, await staff.Page.GetByText("(.txt)").CountAsync());
        await staff.LookAsync($"channel-report-{name}");
        await staff.Page.Locator("details#acknowledge > summary").ClickAsync();
        await staff.Page.FillAsync("#acknowledge-message", "I have read it. Which gate?");
        await staff.Page.Locator("form[action$='/acknowledge'] button").ClickAsync();
        await FetchAsync();

        await using var later = await browser.Open(width, language: language, address: pages);
        await later.LookAtAsync($"/{language}/back", $"channel-back-{name}");
        await later.Page.FillAsync("#words", string.Join(' ', words).ToUpperInvariant());
        await later.Page.Locator("main form button").ClickAsync();
        Assert.Equal(1, await later.Page.GetByText("I have read it. Which gate?").CountAsync());
        await later.LookAsync($"channel-answered-{name}");
        await later.Page.FillAsync("#message", "Gate four.");
        await later.Page.Locator("main form button").ClickAsync();
        foreach (var path in (string[])["", "form/3", "about", "clerk", "clerk/2", "file", "large"]) await later.LookAtAsync($"/{language}/{path}", $"channel-{path.Replace('/', '-')}-{name}");
        await later.Page.GotoAsync($"/{language}/form/3");
        await later.Page.Locator("main form button").ClickAsync();
        Assert.Equal(1, await later.Page.Locator(".fault a[href='#what']").CountAsync());
        await later.LookAsync($"channel-refused-{name}");
        await FetchAsync();
        await staff.Page.ReloadAsync();
        Assert.Equal(1, await staff.Page.GetByText("Gate four.", new() { Exact = true }).CountAsync());
        Assert.Equal(2, await staff.Page.Locator("dd mark").CountAsync());
        await staff.LookAsync($"channel-unseen-{name}");

        // Somebody takes what the source added out of the files of the node, and then all of it.
        Edit("DELETE FROM deposits WHERE idx = (SELECT max(idx) FROM deposits)");
        await staff.Page.ReloadAsync();
        Assert.Equal(1, await staff.Page.Locator(".pb-notification-banner").CountAsync());
        await staff.LookAsync($"channel-broken-some-{name}");
        Edit("DELETE FROM deposits");
        await staff.Page.ReloadAsync();
        await staff.LookAsync($"channel-broken-{name}");
        await staff.LookAtAsync("/reports", $"channel-broken-list-{name}");

        void Edit(string statement)
        {
            using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Probity.Storage.NodeFolder.At(host.DataFolder).ReportsFile};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }

        async Task FetchAsync() => Assert.True(await host.Services.GetRequiredService<IntakeExchange>().RunOnceAsync(CancellationToken.None));
    }

    /// <summary>Large files go in parts, with a script, and a recording would: nothing of it is needed.</summary>
    [Fact]
    public async Task A_large_file_goes_in_parts_where_scripts_are_on()
    {
        await using var host = await StaffHost.StartAsync();
        await using var intake = await DemoIntake.StartAsync(host.DataFolder, 0, CancellationToken.None);
        await SampleReports.MakeKeysAsync(host.Services, CancellationToken.None);
        await using var source = await browser.Open(390, language: "en", address: $"http://localhost:{IntakeServer.PagesOf(intake).Port}");
        var page = source.Page;
        await page.GotoAsync("/en/form/7");
        await page.FillAsync("#what", "Something.");
        await page.Locator("main form button").ClickAsync();
        var words = await page.Locator(".code li").AllInnerTextsAsync();
        await page.FillAsync("#words", $"{words[2]} {words[6]}");
        await page.Locator("main form button").ClickAsync();
        await page.GotoAsync("/en/large");
        await page.SetInputFilesAsync("#file", new Microsoft.Playwright.FilePayload { Name = "long.bin", MimeType = "application/octet-stream", Buffer = new byte[700_000] });
        await page.Locator("#send").ClickAsync();
        await page.GetByText("“long.bin” is sealed and kept.").WaitForAsync();
        source.AssertQuiet();
        Assert.Single(Directory.EnumerateFiles(Path.Combine(DemoIntake.FolderOf(host.DataFolder), "files")));
    }

    static async Task UnlockAsync(Visit staff)
    {
        await staff.Page.GotoAsync("/reports/key");
        await staff.Page.FillAsync("#open", SampleReports.Passphrase);
        await staff.Page.Locator("form[action$='/unlock'] button").ClickAsync();
    }
}
