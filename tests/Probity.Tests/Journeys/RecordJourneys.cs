using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cli.Hosting;
using Probity.Ledger;
using Probity.Storage;
using Probity.Tests.Access;
using Probity.Tests.Shared;

namespace Probity.Tests.Journeys;

/// <summary>The record's page, the guide and the receipts, in a real browser.</summary>
[Collection("First browser")]
public sealed class RecordJourneys(Browser browser)
{
    [Fact]
    public async Task The_record_and_the_guide_are_accessible_narrow_and_in_three_languages()
    {
        await using var confirmed = await ConfirmedHost.StartAsync();
        await using var alone = await StaffHost.StartAsync();
        confirmed.Staff.Clock.Now += TimeSpan.FromHours(2);
        foreach (var (width, language) in new[] { (1280, "en"), (390, "es"), (390, "pt") })
        {
            await using var visit = await browser.Open(confirmed.Staff, width, language: language);
            await visit.LookAtAsync("/", $"home-confirmed-{width}-{language}");
            await visit.LookAtAsync("/record", $"record-confirmed-{width}-{language}");
            await visit.LookAtAsync("/record/guide", $"guide-{width}-{language}");
            visit.AssertQuiet();
            await using var lonely = await browser.Open(alone, width, language: language);
            await lonely.LookAtAsync("/", $"home-alone-{width}-{language}");
            await lonely.LookAtAsync("/record", $"record-alone-{width}-{language}");
        }
    }

    [Fact]
    public async Task A_record_that_continues_others_says_so_plainly_at_any_width()
    {
        await using var scene = await Recovery.RecoveryScene.MakeAsync();
        Assert.Null((await scene.ServeAsync("node")).Stopped);
        scene.Copy("node", "older");
        await scene.RecordAsync("node", 4);
        Assert.Null((await scene.ServeAsync("node")).Stopped);
        Assert.NotNull((await scene.ServeAsync("older")).Stopped);
        var first = new SuccessionRequest("probity.example/unit-2", null, "The disk of 3 March was lost, and the newest backup was two days old", null);
        await LedgerSuccession.SucceedAsync(NodeFolder.At(scene.At("older")), scene.At("second"), first, TimeProvider.System, null, TestContext.Current.CancellationToken);
        var second = new SuccessionRequest("probity.example/unit-3", SuccessionCause.SigningKeyStolen, "A laptop with the keys was stolen", null);
        await LedgerSuccession.SucceedAsync(NodeFolder.At(scene.At("second")), scene.At("third"), second, TimeProvider.System, null, TestContext.Current.CancellationToken);
        await using var app = await StaffServer.BuildAsync(new StaffServerOptions(scene.At("third")) { Port = 0, Logging = logging => logging.ClearProviders() }, TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        foreach (var (width, language) in new[] { (1280, "en"), (390, "en"), (390, "es"), (1280, "pt"), (390, "pt") })
        {
            await using var visit = await browser.Open(width, script: true, language: language, address: app.Urls.First());
            await visit.LookAtAsync("/record", $"record-continues-{width}-{language}");
            visit.AssertQuiet();
        }
    }

    [Fact]
    public async Task The_guide_can_be_printed()
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host);
        await visit.Page.GotoAsync("/record/guide");
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.False(await visit.Page.Locator(".masthead__end").IsVisibleAsync());
        Assert.True(await visit.Page.Locator("pre").Last.IsVisibleAsync());
        var pdf = await visit.Page.PdfAsync(new() { Format = "A4" });
        Assert.NotEmpty(pdf);
        if (Environment.GetEnvironmentVariable("PROBITY_PICTURES") is { Length: > 0 } folder) await File.WriteAllBytesAsync(Path.Combine(folder, "guide.pdf"), pdf, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_receipt_is_taken_from_the_story_of_a_case()
    {
        await using var host = await StaffHost.StartAsync();
        using var officer = await host.SignedInAsync(Role.Officer);
        var opened = await officer.PostJsonAsync("/api/cases", new { unit = StaffHost.Unit, offence = "060121", summary = "A suitcase.", parties = Array.Empty<object>() });
        var id = Guid.Parse(opened.Headers.Location!.ToString().Split('/')[^1]);
        await host.UntilAsync(r => r.Stream.Value == id && r.Event is SeatDrawn);
        foreach (var width in (int[])[1280, 390])
        {
            await using var visit = await browser.Open(host, width, script: width == 1280);
            await visit.SignInAsync(host, Role.Officer);
            await visit.Page.GotoAsync($"/cases/{id}");
            await visit.Picture($"case-receipts-{width}");
            var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Locator(".pb-timeline a[download]").First.ClickAsync());
            Assert.Matches(@"\Arecord-\d+\.tlog-proof\z", download.SuggestedFilename);
        }
    }
}
