using Probity.Access.Contract;
using Probity.Tests.Access;
using Probity.Tests.People;

namespace Probity.Tests.Journeys;

/// <summary>An officer asks for a passport and shows it on a phone; vetting issues it; it is checked, and two people trust another unit.</summary>
[Collection("Second browser")]
public sealed class PassportJourneys(Browser browser)
{
    [Fact]
    public async Task A_passport_is_asked_for_issued_shown_and_checked_on_a_phone()
    {
        await using var host = await StaffHost.StartAsync();
        await VettingPagesTests.ClearAsync(host, Role.Officer);
        await using var visit = await browser.Open(host, 390, script: true, language: "pt");
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Officer);
        await visit.LookAtAsync("/vetting/passports", "passports-none-pt-390");
        await page.Locator("main form[action='/vetting/passports'] button").ClickAsync();

        await visit.SignInAsync(host, Role.Vetting);
        await page.GotoAsync("/");
        await page.Locator(".step a[href^='/vetting/passports/requests/']").ClickAsync();
        await page.CheckAsync("input[name=answer][value=yes]");
        await page.FillAsync("#document", PassportPagesTests.Document);
        await visit.LookAsync("passport-request-pt-390");
        await page.Locator("main form button").ClickAsync();
        await visit.LookAsync("passports-all-pt-390");

        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync("/vetting/passports");
        await page.Locator("main th a").First.ClickAsync();
        await visit.LookAsync("passport-pt-390");
        var text = await page.Locator(".passport__text").InnerTextAsync();
        await page.GotoAsync("/vetting/passports/check");
        await page.FillAsync("#token", text);
        await page.Locator("main form button").ClickAsync();
        Assert.Equal(1, await page.Locator("main .pb-tag--good").CountAsync());
        await visit.LookAsync("passport-check-pt-390");

        await visit.SignInAsync(host, Role.Integrity);
        await visit.LookAtAsync("/vetting/issuers", "issuers-pt-390");
        using var abroad = new Probity.People.Passports.PassportKeys(new byte[32], "abroad.example");
        await page.FillAsync("#key", abroad.Verifier.ToString());
        await page.CheckAsync("#compared");
        await page.Locator("main form button").ClickAsync();
        await visit.SignInAsync(host, Role.Overseer);
        await page.GotoAsync("/");
        await page.Locator(".step a[href^='/vetting/issuers/']").ClickAsync();
        await page.CheckAsync("input[name=answer][value=yes]");
        await page.CheckAsync("#compared");
        await page.Locator("main form button").First.ClickAsync();
        await visit.LookAsync("issuer-pt-390");
        visit.AssertQuiet();
    }
}
