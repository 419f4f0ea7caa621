using Probity.Access.Contract;
using Probity.People.Training;
using Probity.Tests.Access;
using Probity.Tests.People;

namespace Probity.Tests.Journeys;

/// <summary>Training from the starting catalogue to the matrix: integrity asks of a post, its commander agrees, a course is recorded, and the officer reads what it came to.</summary>
[Collection("Second browser")]
public sealed class TrainingJourneys(Browser browser)
{
    [Fact]
    public async Task A_post_asks_a_course_gives_and_the_matrix_shows_it()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Officer, StaffHost.Unit)]);
        await using var visit = await browser.Open(host, 1280, script: true, language: "pt");
        var page = visit.Page;

        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/training/matrix");
        await visit.LookAsync("training-matrix-none");
        await page.Locator("main .empty a[href='/training/posts']").ClickAsync();
        await page.Locator("form[action='/training/posts/start'] button").ClickAsync();
        await page.FillAsync("#post", "Port unit: Post Officer");
        await page.SelectOptionAsync("#competence", TrainingPagesTests.Container.ToString());
        await page.Locator("form[action='/training/posts/propose'] button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#level']").CountAsync());
        await page.CheckAsync("input[name=level][value='2']");
        await page.FillAsync("#reason", "Abre contentores sem ninguém ao lado.");
        await visit.LookAsync("training-propose");
        await page.Locator("form[action='/training/posts/propose'] button").ClickAsync();

        await page.GotoAsync("/training/courses");
        await page.FillAsync("#title", "Abrir e fechar um contentor");
        await page.FillAsync("#provider", "Escola das alfândegas");
        await page.FillAsync("#link", "https://escola.example/contentores");
        await page.SelectOptionAsync("#competence", TrainingPagesTests.Container.ToString());
        await page.CheckAsync("input[name=level][value='2']");
        await page.FillAsync("#months", "12");
        await page.Locator("form[action='/training/courses/offer'] button").ClickAsync();
        await visit.LookAsync("training-courses");

        await visit.SignInAsync(host, Role.Commander);
        await page.GotoAsync("/");
        await page.Locator(".step a[href='/training/posts']").ClickAsync();
        await visit.LookAsync("training-answer");
        await page.Locator("form[action='/training/posts/answer'] button[value=yes]").ClickAsync();

        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync("/");
        await page.Locator(".step a[href='/training']").ClickAsync();
        await visit.LookAsync("training-own-missing");

        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/training/matrix");
        await page.Locator("main table a").First.ClickAsync();
        await page.SelectOptionAsync("#course", new Microsoft.Playwright.SelectOptionValue { Index = 1 });
        await page.FillAsync("#attended", "2");
        await page.FillAsync("#attended-month", "3");
        await page.FillAsync("#attended-year", "2026");
        await page.FillAsync("#pre", "41");
        await page.FillAsync("#post", "83");
        await page.FillAsync("#certificate", "CS-17");
        await visit.LookAsync("training-record");
        await page.Locator("form[action$='/record'] button").ClickAsync();
        await host.CaughtUpAsync(TrainingView.ViewName);

        // On a telephone.
        await using var other = await browser.Open(host, 390, script: true, language: "es");
        await other.SignInAsync(host, Role.Officer);
        await other.LookAtAsync("/training", "training-own-390");
        Assert.Equal(0, await other.Page.Locator("main .pb-tag--urgent").CountAsync());
        await other.SignInAsync(host, Role.Integrity);
        await other.LookAtAsync("/training/matrix", "training-matrix-390");
        await other.LookAtAsync("/training/courses", "training-courses-390");
        await other.LookAtAsync("/training/posts", "training-posts-390");
        await other.LookAtAsync($"/training/people/{StaffHost.Of(Role.Officer)}", "training-person-390");
        other.AssertQuiet();
    }
}
