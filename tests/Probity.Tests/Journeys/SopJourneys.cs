using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Tests.Access;
using Probity.Tests.Procedures.Sops;

namespace Probity.Tests.Journeys;

/// <summary>A procedure from drawing to force in a real browser: with the drawing tool, and without script by a file.</summary>
[Collection("Browser")]
public sealed class SopJourneys(Browser browser)
{
    const string OwnStep = "Threat to witnesses assessed";

    [Fact]
    public async Task An_author_draws_a_step_three_people_agree_and_the_next_case_is_judged_by_it()
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host);
        var page = visit.Page;
        var before = await CaseLife.OpenAsync(host);
        host.Clock.Now += TimeSpan.FromHours(1);

        await visit.SignInAsync(host, Role.Commander);
        await page.GotoAsync("/procedures/sops");
        await visit.LookAsync("sops-1-list");
        await page.Locator("main table a").First.ClickAsync();
        await visit.Picture("sops-2-versions");
        await page.FillAsync("#note", "Each case begins with a look at who is in danger.");
        await page.Locator("main form button").Last.ClickAsync();

        await page.Locator("body[data-drawing=ready]").WaitForAsync();
        await visit.LookAsync("sops-3-drawing");
        await page.Locator("[data-element-id=weighed]").ClickAsync();
        await page.SelectOptionAsync("#step-role", "Custodian");
        await page.CheckAsync("#step-dual");
        await page.FillAsync("#step-evidence", "Photo of the display");
        await page.FillAsync("#step-risk", "Weight understated");
        await page.FillAsync("#step-within", "24");
        await page.Locator("#step-within").BlurAsync();

        // A step is put on the arrow between two others.
        var (from, to) = ((await page.Locator("[data-element-id=opened]").BoundingBoxAsync())!, (await page.Locator("[data-element-id=x_kind]").BoundingBoxAsync())!);
        await page.Locator(".djs-palette [data-action='create.task']").ClickAsync();
        await page.Mouse.MoveAsync(from.X + from.Width + 10, from.Y + (from.Height / 2) + 8);
        await page.Mouse.ClickAsync((from.X + from.Width + to.X) / 2, from.Y + (from.Height / 2));
        await page.Keyboard.TypeAsync(OwnStep);
        await page.Keyboard.PressAsync("Enter");
        await visit.Picture("sops-4-drawn");
        await page.Locator("#drawing-form button[type=submit]").ClickAsync();
        await visit.Picture("sops-5-draft");
        Assert.Contains(OwnStep, await page.Locator("main table").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("form[action$='/submit'] button").ClickAsync();
        await page.GotoAsync(SopPagesTests.Path + "/changes?from=1&to=2");
        await visit.LookAsync("sops-6-changes");

        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{SopPagesTests.Path}/2']").ClickAsync();
        await page.FillAsync("#findings", "A picture shows what went into the store.");
        await visit.LookAsync("sops-7-review");
        await page.Locator("form[action$='/review'] button").ClickAsync();
        await visit.SignInAsync(host, Role.Overseer);
        await page.GotoAsync(SopPagesTests.Path + "/2");
        await page.Locator("form[action$='/approve'] button").ClickAsync();
        await visit.Picture("sops-8-publish");
        await page.Locator("form[action$='/publish'] button").ClickAsync();
        await visit.LookAsync("sops-9-in-force");

        // The case that came after misses the new step, which its officer says was left out; the one before knows nothing of it.
        host.Clock.Now += TimeSpan.FromHours(1);
        var after = await CaseLife.OpenAsync(host);
        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync($"/cases/{after:D}");
        await page.Locator($"a[href='/procedures/case-handling/{after:D}/deviations']").ClickAsync();
        await page.SelectOptionAsync("#activity", OwnStep);
        await page.FillAsync("#reason", "The assessor was at sea until Monday.");
        await page.Locator("form[action$='/record'] button").ClickAsync();
        await visit.LookAsync("sops-10-left-out");
        foreach (var id in (Guid[])[before, after]) await CaseLife.CloseAsync(host, id);
        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync($"/procedures/case-handling/{after:D}/deviations");
        await page.Locator("button[name=stands][value=yes]").ClickAsync();
        await FollowedAsync(before, "sops-11-before");
        Assert.Contains("Held against version 1", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(OwnStep, await page.Locator("main table").InnerTextAsync(), StringComparison.Ordinal);
        await FollowedAsync(after, "sops-11-after");
        Assert.Contains("Held against version 2", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Countersigned by Quilombo Integrity", await page.Locator("main table").InnerTextAsync(), StringComparison.Ordinal);
        await page.GotoAsync("/procedures/case-handling");
        await visit.LookAsync("sops-12-followed");
        visit.AssertQuiet();

        async Task FollowedAsync(Guid id, string name)
        {
            // Cases are judged beside the requests.
            for (var look = 0; look < 100 && await page.Locator("main table").CountAsync() == 0 || !page.Url.EndsWith(id.ToString("D"), StringComparison.Ordinal); look++)
                await page.GotoAsync($"/procedures/case-handling/{id:D}");
            await visit.Picture(name);
        }
    }

    [Theory]
    [InlineData(390, "pt")]
    public async Task Without_script_the_picture_is_read_and_a_file_is_uploaded(int width, string language)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width, script: false, language: language);
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync(SopPagesTests.Path);
        await page.FillAsync("#note", "As. Pesagem por duas pessoas.");
        await page.Locator("main form button").Last.ClickAsync();
        await page.Locator("main img").WaitForAsync();
        Assert.False(await page.Locator("#drawing-form button[type=submit]").IsVisibleAsync());
        await visit.LookAsync($"sops-no-script-{language}");
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "x.bpmn", MimeType = "application/xml", Buffer = "<a/>"u8.ToArray() });
        await page.Locator("form[action$='/file'] button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#file']").CountAsync());
        await visit.LookAsync($"sops-refused-{language}");
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "x.bpmn", MimeType = "application/xml", Buffer = System.Text.Encoding.UTF8.GetBytes(SopAccessTests.Drawn.Bpmn) });
        await page.Locator("form[action$='/file'] button").ClickAsync();
        await visit.LookAsync($"sops-uploaded-{language}");
        await page.GotoAsync(SopPagesTests.Path + "/changes?from=1&to=2");
        await visit.LookAsync($"sops-changes-{language}");
    }
}
