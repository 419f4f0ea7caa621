using Probity.Access.Contract;
using Probity.Access.Duress;
using Probity.Tests.Access;

namespace Probity.Tests.Journeys;

/// <summary>A second password is set on one's own page and typed by force; integrity opens the alert.</summary>
[Collection("First browser")]
public sealed class DuressJourneys(Browser browser)
{
    [Fact]
    public async Task A_second_password_is_set_typed_and_answered()
    {
        const string forced = "lanterna cobre prado granizo";
        await using var host = await StaffHost.StartAsync();
        var secret = await host.EnrolAsync(Role.Officer);
        await using var visit = await browser.Open(host, 390, script: true, language: "pt");
        var page = visit.Page;

        await EnterAsync(StaffHost.Password);
        await page.Locator($"main a[href='{OwnSignIn.Address}']").ClickAsync();
        await page.FillAsync("#password", StaffHost.Password);
        await page.FillAsync("#second", forced);
        await page.FillAsync("#again", "outra");
        await page.FillAsync("#code", host.Code(secret));
        await page.Locator("main form button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#again']").CountAsync());
        await visit.LookAsync("second-wrong-390");
        await page.FillAsync("#password", StaffHost.Password);
        await page.FillAsync("#second", forced);
        await page.FillAsync("#again", forced);
        await page.FillAsync("#code", host.Code(secret));
        await page.Locator("main form button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-notification-banner--success").CountAsync());
        await visit.LookAsync("second-saved-390");

        host.Clock.Now += TimeSpan.FromMinutes(1);
        await page.Context.ClearCookiesAsync();
        await EnterAsync(forced);
        Assert.Equal("/", new Uri(page.Url).AbsolutePath);
        await host.CaughtUpAsync(AlertsView.ViewName);

        await visit.SignInAsync(host, Role.Overseer);
        await page.GotoAsync("/");
        await page.Locator(".step a[href^='/alerts/']").ClickAsync();
        await page.FillAsync("#words", "Falei com o irmão; ela está em casa e a salvo.");
        await visit.LookAsync("alert-390");
        await page.Locator("main form button").ClickAsync();

        await using var other = await browser.Open(host, 1280, script: true, language: "es");
        await other.SignInAsync(host, Role.Integrity);
        await other.Page.GotoAsync("/");
        await other.Page.Locator(".step a[href^='/alerts/']").ClickAsync();
        await other.LookAsync("alert-answered");
        await other.Page.FillAsync("#words", "Hablé con ella.");
        await other.Page.Locator("main form button[value=close]").ClickAsync();
        await other.LookAsync("alert-closed");
        await other.LookAtAsync(OwnSignIn.Address, "second-none");

        async Task EnterAsync(string password)
        {
            await page.GotoAsync("/sign-in");
            await page.FillAsync("#name", StaffHost.NameOf(Role.Officer));
            await page.FillAsync("#password", password);
            await page.Locator("main button").ClickAsync();
            await page.FillAsync("#code", host.Code(secret));
            await page.Locator("main button").ClickAsync();
            host.Clock.Now += TimeSpan.FromMinutes(1);
        }
    }
}
