using Probity.Intake.Tests.Stripping;
using Probity.Tests.Reports;
using Probity.Tests.Reports.Files;

namespace Probity.Tests.Journeys;

/// <summary>Somebody of integrity looks at a copy of a picture that was sent along and asks for the original; the overseer agrees.</summary>
[Collection("Second browser")]
public sealed class FileJourneys(Browser browser)
{
    public static TheoryData<int, string> Screens => Environment.GetEnvironmentVariable("PROBITY_PICTURES") is null ? new() { { 390, "es" } } : new() { { 390, "es" }, { 1280, "en" } };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_copy_is_looked_at_and_the_original_asked_for_and_agreed_to_without_script(int width, string language)
    {
        await using var scene = await FileScene.StartAsync(null, null, ("IMG_0815.jpg", PictureSamples.Jpeg()), ("tool.exe", [.. "MZ"u8, .. new byte[500]]));
        await using var visit = await browser.Open(scene.Host, width, language: language, script: false);
        var (page, name) = (visit.Page, $"{language}-{width}");
        await UnlockAsync(FileScene.Integrity);
        await page.GotoAsync($"/reports/{scene.Report:D}");
        await page.Locator($"a[href='{scene.PageOf(1)}']").ClickAsync();
        // It is made in a process of its own: the page is there before its picture.
        for (var tries = 0; tries < 200 && !await IsThereAsync(); tries++) await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.True(await IsThereAsync());
        await visit.LookAsync($"files-copy-{name}");
        await page.Locator("#ask > summary").ClickAsync();
        await page.FillAsync("#ask-words", "The court asks for the file itself.");
        await page.Locator("form[action$='/ask'] button").ClickAsync();
        await visit.LookAsync($"files-asked-{name}");
        await visit.LookAtAsync(scene.PageOf(2), $"files-no-copy-{name}");

        await UnlockAsync(FileScene.Overseer);
        await page.GotoAsync(scene.PageOf(1));
        await page.Locator("form[action$='/agree'] button").ClickAsync();
        await UnlockAsync(FileScene.Integrity);
        await page.GotoAsync(scene.PageOf(1));
        Assert.Equal(1, await page.Locator("form[action$='/original'] button").CountAsync());
        await visit.LookAsync($"files-agreed-{name}");

        Task<bool> IsThereAsync() => page.Locator(".picture img").EvaluateAsync<bool>("img => img.complete && img.naturalWidth > 0");

        async Task UnlockAsync(Guid person)
        {
            await visit.SignInAsync(scene.Host, person);
            await page.GotoAsync("/reports/key");
            await page.FillAsync("input[name=open]", ReportScene.Passphrase);
            await page.Locator("form[action$='/unlock'] button").ClickAsync();
        }
    }
}
