using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Journeys;

/// <summary>A case from its opening to its closing by a second person, through the pages alone, on the real server.</summary>
[Collection("Third browser")]
public sealed class CaseJourneys(Browser browser)
{
    [Theory]
    [InlineData(390, true, "en"), InlineData(1280, false, "en"), InlineData(1280, true, "es"), InlineData(390, false, "pt")]
    public async Task A_case_is_opened_worked_and_closed_by_two_people(int width, bool script, string language)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var page = visit.Page;

        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync("/cases");
        await visit.LookAsync($"docket-empty-{width}-{language}");
        await page.GotoAsync("/cases/new");
        await visit.LookAsync($"case-new-{width}-{language}");
        await page.Locator("form[action='/cases/new'] button").Last.ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary").CountAsync());
        // An officer opens in their own unit, so nothing is asked.
        Assert.Equal(StaffHost.Unit.ToString(), await page.Locator("[name=unit]").GetAttributeAsync("value"));
        await page.Locator("[name=offence]").SelectOptionAsync("060121");
        await page.Locator("[name=summary]").FillAsync("Eleven packages in a container of frozen fish.");
        await page.Locator("[name=name-1]").FillAsync("Nobody Exemplo");
        await page.Locator("[name=role-1]").SelectOptionAsync("subject");
        await page.Locator("form[action='/cases/new'] button").Last.ClickAsync();
        var home = new Uri(page.Url).AbsolutePath;
        Assert.True(home != "/cases/new", await page.Locator("main").InnerTextAsync());
        var id = Guid.Parse(home.Split('/')[2]);

        await host.UntilAsync(r => r.Stream.Value == id && r.Event is SeatDrawn);
        await page.GotoAsync($"/cases/{id}");
        await visit.LookAsync($"case-{width}-{language}");
        await ActAsync(page, $"/cases/{id}/stage");
        await ActAsync(page, $"/cases/{id}/steps/new", async () =>
        {
            await visit.LookAsync($"step-{width}-{language}");
            await page.Locator("[name=step][value=reportFiled]").CheckAsync();
            await page.Locator("[name=note]").FillAsync("The suspicion was not confirmed.");
        });
        await ActAsync(page, $"/cases/{id}/closing", async () =>
        {
            await visit.LookAsync($"closing-{width}-{language}");
            await page.Locator("[name=outcome][value=noFurtherAction]").CheckAsync();
            await page.Locator("[name=reasons]").FillAsync("Nothing is left to be done in this case.");
        });

        await visit.SignInAsync(host, Role.Integrity);
        // What others have just done shows once the lists have read it: nobody else's entry is waited for.
        var step = page.Locator($"a[href='/cases/{id}/closing/approval']");
        for (var look = 0; look < 100 && await step.CountAsync() == 0; look++) await page.GotoAsync("/");
        Assert.Equal(1, await step.CountAsync());
        await ActAsync(page, $"/cases/{id}/closing/approval", () => page.Locator("[name=answer][value=yes]").CheckAsync());
        await page.GotoAsync("/cases");
        Assert.Equal(1, await page.Locator($"main a[href='/cases/{id}']").CountAsync());
        await visit.LookAsync($"docket-{width}-{language}");
        await page.GotoAsync($"/cases/{id}");
        await visit.LookAsync($"case-closed-{width}-{language}");
        await host.UntilAsync(r => r.Stream.Value == id && r.Event is CaseClosed && r.Actor.Value == StaffHost.Of(Role.Integrity));
        await page.GotoAsync("/procedures/case-handling");
        await visit.LookAsync($"procedure-{width}-{language}");
    }

    [Fact]
    public async Task Whoever_may_not_see_a_case_is_told_what_they_would_be_told_of_none()
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host);
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync("/cases/new");
        // An officer opens in their own unit, so nothing is asked.
        Assert.Equal(StaffHost.Unit.ToString(), await page.Locator("[name=unit]").GetAttributeAsync("value"));
        await page.Locator("[name=offence]").SelectOptionAsync("060121");
        await page.Locator("[name=summary]").FillAsync("A suitcase.");
        await page.Locator("form[action='/cases/new'] button").Last.ClickAsync();
        var home = new Uri(page.Url).AbsolutePath;
        Assert.NotEqual("/cases/new", home);
        foreach (var role in new[] { Role.Administrator, Role.Monitor, Role.Secretariat, Role.Vetting, Role.Custodian })
        {
            await visit.SignInAsync(host, role);
            var hidden = await page.GotoAsync(home);
            Assert.Equal(404, hidden!.Status);
            var said = await page.Locator("main h1").InnerTextAsync();
            Assert.Equal(404, (await page.GotoAsync($"/cases/{Guid.NewGuid()}"))!.Status);
            Assert.Equal(await page.Locator("main h1").InnerTextAsync(), said);
            await page.GotoAsync("/cases");
            Assert.Equal(0, await page.Locator($"a[href='{home}']").CountAsync());
        }
    }

    // Fills the form at an address and sends it; done is when the case's page is there again.
    static async Task ActAsync(IPage page, string at, Func<Task>? fill = null)
    {
        await page.GotoAsync(at);
        if (fill is not null) await fill();
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.Equal(string.Join('/', at.Split('/')[..3]), new Uri(page.Url).AbsolutePath);
    }
}
