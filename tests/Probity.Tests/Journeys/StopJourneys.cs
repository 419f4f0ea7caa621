using Probity.Access.Contract;
using Probity.Tests.Shared;

namespace Probity.Tests.Journeys;

/// <summary>A record that has stopped, as whoever was in before and whoever comes sees it.</summary>
[Collection("Second browser")]
public sealed class StopJourneys(Browser browser)
{
    [Theory]
    [InlineData(1280, "en", true), InlineData(390, "es", true), InlineData(390, "pt", false)]
    public async Task A_record_that_has_stopped_says_so_on_every_page_and_lets_nobody_in(int width, string language, bool script)
    {
        await using var confirmed = await ConfirmedHost.StartAsync();
        var host = confirmed.Staff;
        await using var visit = await browser.Open(host, width, script, language);
        await visit.SignInAsync(host, Role.Integrity);
        StopTests.Stop(host, StopTests.Evidence + "\n" + host.Log.Checkpoint);
        await visit.LookAtAsync("/", $"stop-home-{language}-{width}");
        await visit.Page.GotoAsync("/people");
        await visit.Picture($"stop-people-{language}-{width}");
        await visit.Page.GotoAsync("/record");
        await visit.Picture($"stop-record-{language}-{width}");
        Assert.Equal(1, await visit.Page.Locator("#stopped-title").CountAsync());
        await visit.Page.Locator(".pb-notification-banner a[href='/record/stopped']").ClickAsync();
        await visit.LookAsync($"stop-page-{language}-{width}");
        Assert.Contains("probity.example/test", await visit.Page.Locator("pre").TextContentAsync(), StringComparison.Ordinal);

        await visit.Page.Context.ClearCookiesAsync();
        Assert.Equal(503, (await visit.Page.GotoAsync("/sign-in"))!.Status);
        await visit.Picture($"stop-sign-in-{language}-{width}");
        Assert.Equal(0, await visit.Page.Locator("main form, main input").CountAsync());
    }
}
