using Probity.Access.Contract;
using Probity.Conduct.Interests;
using Probity.Tests.Access;

namespace Probity.Tests.Journeys;

/// <summary>An interest, from the officer who declares it to the integrity officer who decides; and a tie, from its declaration to its confirmed end.</summary>
[Collection("Second browser")]
public sealed class InterestJourneys(Browser browser)
{
    [Fact]
    public async Task An_interest_and_a_tie_are_declared_and_decided_on_a_telephone()
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, 390, script: true, language: "pt");
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync("/conduct/interests");
        await visit.LookAsync("interests-none-pt-390");
        await page.Locator("main a[href='/conduct/interests/new']").ClickAsync();
        await page.CheckAsync("input[name=kind][value=financial]");
        await page.FillAsync("#subject", "Navegante Muestra Lda");
        await page.FillAsync("#what", "Uma décima parte.");
        await visit.LookAsync("interest-new-pt-390");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.Locator("main a[href='/conduct/interests/work']").ClickAsync();
        await visit.LookAsync("work-new-pt-390");
        await page.GotoAsync("/conduct/interests/ties/new");
        await page.FillAsync("#name", await NameAsync(host, Role.Vetting));
        await page.CheckAsync("input[name=kind][value=associate]");
        await visit.LookAsync("tie-new-pt-390");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await host.CaughtUpAsync(InterestsView.ViewName);
        await page.GotoAsync("/conduct/interests");
        await visit.LookAsync("interests-own-pt-390");
        await page.Locator("main a[href^='/conduct/interests/ties/']:not([href$=new])").ClickAsync();
        await page.FillAsync("#reason", "Já não vivemos na mesma casa.");
        await page.Locator("main form[action$='/end'] button").ClickAsync();
        await visit.LookAsync("tie-own-pt-390");

        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/");
        await page.Locator(".step a[href*='/conduct/interests/ties/']").ClickAsync();
        await page.CheckAsync("input[name=agrees][value=yes]");
        await page.FillAsync("#reason", "Mostrou o contrato da casa.");
        await visit.LookAsync("tie-answer-pt-390");
        await page.Locator("main form[action$='/answer'] button").ClickAsync();
        await page.GotoAsync("/");
        await page.Locator(".step a[href^='/conduct/interests/']").First.ClickAsync();
        await page.CheckAsync("input[name=verdict][value=managed]");
        await page.CheckAsync("input[name=measures][value=recuse]");
        await page.FillAsync("#reason", "Nada desta firma lhe é dado.");
        await visit.LookAsync("interest-decide-pt-390");
        await page.Locator("main form[action$='/decide'] button").ClickAsync();
        await visit.LookAsync("interest-decided-pt-390");
        await visit.LookAtAsync("/conduct/interests", "interests-all-pt-390");
        await visit.LookAtAsync("/conduct/interests/register", "interests-register-pt-390");
    }

    static async Task<string> NameAsync(StaffHost host, Role role) =>
        (await ((IRegister)host.Services.GetService(typeof(IRegister))!).ReadAsync(TestContext.Current.CancellationToken)).NameOf(StaffHost.Of(role));
}
