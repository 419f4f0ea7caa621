using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Viewing;
using Probity.Tests.Access;
using Probity.Tests.People;

namespace Probity.Tests.Journeys;

/// <summary>A clearance from the invitation to the decision, by those who take part in it, and the coverage of the posts that ask for it.</summary>
[Collection("Second browser")]
public sealed class VettingJourneys(Browser browser)
{
    [Theory]
    [InlineData(390, "pt", true), InlineData(1280, "en", false)]
    public async Task Vetting_checks_an_officer_hands_in_and_somebody_else_decides(int width, string language, bool script)
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Vetting, StaffHost.Unit)]);
        foreach (var role in (Role[])[Role.Officer, Role.Custodian, Role.Analyst]) await MarkPostTests.MarkAsync(host, StaffHost.PostOf(role));
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var page = visit.Page;
        var name = $"{language}-{width}";

        await visit.SignInAsync(host, Role.Vetting);
        await page.GotoAsync("/vetting?q=quilombo+off");
        await visit.LookAsync($"vetting-found-{name}");
        await page.Locator("main a[href^='/vetting/new']").First.ClickAsync();
        await page.Locator("main form button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#level']").CountAsync());
        await page.CheckAsync("input[name=level][value=sensitive]");
        await visit.LookAsync($"vetting-invite-{name}");
        await page.Locator("main form button").ClickAsync();

        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync("/");
        await page.Locator(".step a[href^='/vetting/']").ClickAsync();
        var path = new Uri(page.Url).AbsolutePath;
        await page.Locator("form[action$='/submit'] button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#submit-text']").CountAsync());
        await page.FillAsync("#submit-text", "Rua do Mar 4, with my mother. No debts.");
        await visit.LookAsync($"vetting-form-{name}");
        await page.Locator("form[action$='/submit'] button").ClickAsync();

        await visit.SignInAsync(host, Role.Vetting);
        await page.GotoAsync(path);
        await page.Locator("details:has(form[action$='/checks']) > summary").ClickAsync();
        foreach (var kind in Enum.GetValues<CheckKind>())
        {
            var key = Probity.People.PeopleText.Camel(kind);
            await page.SelectOptionAsync($"#result-{key}", kind == CheckKind.Intelligence ? "inconclusive" : "clear");
            await page.FillAsync($"#day-{key}", "2026-03-01");
            if (kind == CheckKind.Intelligence) await page.FillAsync($"#note-{key}", "Seen with a broker of the port.");
        }

        await visit.LookAsync($"vetting-checks-{name}");
        await page.Locator("form[action$='/checks'] button").ClickAsync();
        await page.Locator("details:has(form[action$='/assess']) > summary").ClickAsync();
        await page.FillAsync("#assess-text", "The broker is an uncle, and the officer said so.");
        await page.Locator("form[action$='/assess'] button").ClickAsync();
        Assert.Equal(0, await page.Locator("form[action$='/decide']").CountAsync());

        await visit.SignInAsync(host, StaffHost.Other(0));
        await host.CaughtUpAsync(ClearancesView.ViewName);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{path}']").ClickAsync();
        await page.CheckAsync("input[name=answer][value=granted]");
        await page.CheckAsync("input[name=grounds][value=explained]");
        await page.CheckAsync("input[name=withheld][value=intelligence]");
        await page.Locator("form[action$='/decide'] button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#decide-text']").CountAsync());
        await page.FillAsync("#decide-text", "What was found is explained.");
        await page.FillAsync("#decide-withheldWhy", "It would tell who saw it.");
        await visit.LookAsync($"vetting-decide-{name}");
        await page.Locator("form[action$='/decide'] button").ClickAsync();
        await visit.LookAsync($"vetting-granted-{name}");

        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync("/vetting/mine");
        Assert.Equal(0, await page.GetByText("Seen with a broker").CountAsync());
        await visit.LookAsync($"vetting-own-{name}");

        host.Clock.Now = host.Clock.Now.AddMonths(84).AddDays(-20);
        await host.CaughtUpAsync(ClearancesView.ViewName);
        await using var other = await browser.Open(host, width, script: script, language: language);
        await other.SignInAsync(host, Role.Commander);
        await other.Page.GotoAsync("/");
        await other.Picture($"vetting-ends-{name}");
        await other.LookAtAsync("/vetting", $"vetting-commander-{name}");
        await other.LookAtAsync("/vetting/coverage", $"vetting-coverage-{name}");
        await other.LookAtAsync("/vetting/posts", $"vetting-posts-{name}");
        other.AssertQuiet();
    }
}
