using Probity.Access.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Keys;
using Probity.Tests.Access;
using Probity.Tests.Reports;

namespace Probity.Tests.Journeys;

/// <summary>A key is made, compared and unlocked; a custodian of identities is named; the exchange says that there is none.</summary>
[Collection("First browser")]
public sealed class ReportKeyJourneys(Browser browser)
{
    [Fact]
    public async Task A_key_is_made_compared_and_unlocked_without_script()
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, 390, script: false, language: "es");
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{ShowKey.Address}']").ClickAsync();
        await page.FillAsync("#passphrase", "corta");
        await page.FillAsync("#again", "corta");
        await page.Locator("main form button").Last.ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#passphrase']").CountAsync());
        await visit.LookAsync("report-key-short-390");
        await page.FillAsync("#passphrase", ReportScene.Passphrase);
        await page.FillAsync("#again", ReportScene.Passphrase);
        await page.Locator("main form button").Last.ClickAsync();
        await visit.LookAsync("report-key-made-390");
        var fingerprint = await page.Locator(".card strong").First.InnerTextAsync();

        await using var other = await browser.Open(host, 1280, script: true, language: "en");
        await other.SignInAsync(host, Role.Overseer);
        await other.Page.GotoAsync("/");
        await other.Page.Locator($".step a[href='{ShowKeys.Address}']").ClickAsync();
        Assert.Equal(1, await other.Page.GetByText(fingerprint).CountAsync());
        await other.LookAsync("report-keys-compare");
        await other.Page.Locator("main form[action$='/confirm'] button").Last.ClickAsync();
        await other.LookAsync("report-keys-disputed");
        await visit.LookAtAsync("/", "report-key-step-disputed-390");
        await visit.LookAtAsync(ShowKey.Address, "report-key-disputed-390");
        Assert.Equal(1, await page.Locator(".card .pb-error-message").CountAsync());
        await other.Page.Locator("main form[action$='/confirm'] button").First.ClickAsync();
        await other.Page.SelectOptionAsync("#person", StaffHost.Of(Role.Secretariat).ToString());
        await other.Page.Locator("main form[action$='/name'] button").ClickAsync();
        await other.LookAsync("report-keys-custodian");
        await other.LookAtAsync(ShowExchange.Address, "report-exchange-none");

        await page.GotoAsync(ShowKey.Address);
        await page.FillAsync("#open", ReportScene.Passphrase);
        await page.Locator("main form[action$='/unlock'] button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-notification-banner--success").CountAsync());
        await visit.LookAsync("report-key-unlocked-390");
        await visit.LookAtAsync(ShowKeys.Address, "report-keys-390");
    }
}
