using System.Globalization;
using Probity.Access.Contract;
using Probity.Conduct.Gifts;
using Probity.Conduct.Viewing;
using Probity.Tests.Access;
using Probity.Tests.Conduct;

namespace Probity.Tests.Journeys;

/// <summary>The code of conduct, from the integrity officer who publishes it to the officer who fails the questions once and acknowledges it; and a gift.</summary>
[Collection("Third browser")]
public sealed class ConductJourneys(Browser browser)
{
    [Theory]
    [InlineData(390, "pt", true), InlineData(1280, "en", false), InlineData(1280, "es", true)]
    public async Task A_code_is_published_answered_and_acknowledged(int width, string language, bool script)
    {
        await using var host = await StaffHost.StartAsync(more: [.. Enumerable.Repeat((Role.Officer, StaffHost.OtherUnit), 3)]);
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var page = visit.Page;
        var name = $"{language}-{width}";

        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/conduct");
        await visit.LookAsync($"code-none-{name}");
        await page.Locator("main a[href='/conduct/propose']").First.ClickAsync();
        await page.Locator("main form details").First.Locator("summary").ClickAsync();
        await visit.LookAsync($"code-propose-{name}");
        await page.Locator("main form button[type=submit]").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#reason']").CountAsync());
        await page.FillAsync("#reason", Codes.Reason);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await visit.LookAsync($"code-asked-{name}");

        await visit.SignInAsync(host, Role.Overseer);
        await host.CaughtUpAsync(ConductView.ViewName);
        await page.GotoAsync("/");
        await page.Locator(".step a[href='/conduct']").ClickAsync();
        await visit.LookAsync($"code-answer-{name}");
        await page.Locator("form[action='/conduct/answer'] button[value=yes]").ClickAsync();

        await visit.SignInAsync(host, Role.Officer);
        await host.CaughtUpAsync(ConductView.ViewName);
        await page.GotoAsync("/");
        await visit.Picture($"code-step-{name}");
        await page.Locator(".step a[href='/conduct']").ClickAsync();
        await visit.LookAsync($"code-{name}");
        await page.Locator("main a[href='/conduct/quiz']").ClickAsync();
        await AnswerAsync(page, wrong: 4);
        await visit.LookAsync($"quiz-{name}");
        await page.Locator("main form button[type=submit]").ClickAsync();
        Assert.Equal(4, await page.Locator("main section.card").CountAsync());
        await visit.LookAsync($"quiz-failed-{name}");
        await page.Locator("main a[href='/conduct/quiz?attempt=1']").ClickAsync();
        await AnswerAsync(page, wrong: 1);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await visit.LookAsync($"quiz-passed-{name}");
        await page.Locator("form[action='/conduct/acknowledge'] button").ClickAsync();
        await visit.LookAsync($"code-acknowledged-{name}");
        Assert.Equal(0, await page.Locator("main form[action='/conduct/acknowledge'], main a[href='/conduct/quiz']").CountAsync());

        host.Clock.Now += TimeSpan.FromDays(31);
        await host.CaughtUpAsync(ConductView.ViewName);
        // What was refused is a complaint of the browser's.
        await using var other = await browser.Open(host, width, script: script, language: language);
        await other.SignInAsync(host, Role.Integrity);
        await other.LookAtAsync("/conduct/people", $"code-people-{name}");
        await other.LookAtAsync("/conduct/people?name=quil", $"code-people-found-{name}");
        await other.LookAtAsync("/conduct/versions/1", $"code-version-{name}");
        other.AssertQuiet();
    }

    [Theory]
    [InlineData(390, "es", true), InlineData(1280, "en", false)]
    public async Task A_gift_is_declared_and_reviewed(int width, string language, bool script)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var page = visit.Page;
        var name = $"{language}-{width}";

        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync("/conduct/gifts");
        await visit.LookAsync($"gifts-none-{name}");
        await page.Locator("main a[href='/conduct/gifts/new']").ClickAsync();
        await page.Locator("main form button[type=submit]").ClickAsync();
        Assert.Equal(8, await page.Locator(".pb-error-summary a").CountAsync());
        await page.CheckAsync("input[name=direction][value=offered]");
        await page.FillAsync("#what", "Two bottles of whisky");
        await page.FillAsync("#value", "80");
        await page.FillAsync("#currency", "usd");
        await page.FillAsync("#giver", "Navegante Ltd");
        await page.FillAsync("#tie", "Forwards containers that we inspect.");
        await page.FillAsync("#happened", "2026-02-10");
        await page.CheckAsync("input[name=handling][value=refused]");
        await page.CheckAsync("input[name=inspected]");
        await visit.LookAsync($"gift-new-{name}");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await visit.LookAsync($"gift-own-{name}");
        var path = new Uri(page.Url).AbsolutePath;

        await visit.SignInAsync(host, Role.Integrity);
        await host.CaughtUpAsync(GiftsView.ViewName);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{path}']").ClickAsync();
        Assert.Equal(0, await page.Locator("input[name=measure][value=retained]").CountAsync());
        await page.CheckAsync("input[name=measure][value=declined]");
        await page.FillAsync("#reason", "It was refused at once, and nothing was kept.");
        await visit.LookAsync($"gift-review-{name}");
        await page.Locator("main form[action$='/review'] button").ClickAsync();
        await visit.LookAsync($"gift-reviewed-{name}");
        await host.CaughtUpAsync(GiftsView.ViewName);
        await using var other = await browser.Open(host, width, script: script, language: language);
        await other.SignInAsync(host, Role.Integrity);
        await other.LookAtAsync("/conduct/gifts", $"gifts-{name}");
        await other.LookAtAsync("/conduct/gifts/register", $"gift-register-{name}");
        other.AssertQuiet();
    }

    static async Task AnswerAsync(Microsoft.Playwright.IPage page, int wrong)
    {
        foreach (var (question, answer) in Codes.Answers(wrong))
            await page.CheckAsync(string.Create(CultureInfo.InvariantCulture, $"input[name=q{question}][value='{answer}']"));
    }
}
