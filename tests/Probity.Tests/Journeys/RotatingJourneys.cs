using Probity.Access.Contract;
using Probity.Tests.Access;
using Probity.Tests.People;

namespace Probity.Tests.Journeys;

/// <summary>The time in a sensitive post on a phone: the holder reads it, the commander asks for longer, an overseer from outside the unit agrees; and a plan of rotation is drawn up and adopted.</summary>
[Collection("Second browser")]
public sealed class RotatingJourneys(Browser browser)
{
    [Fact]
    public async Task A_time_that_ends_is_extended_once_and_a_plan_is_adopted()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Overseer, StaffHost.OtherUnit), (Role.Officer, StaffHost.Unit)]);
        await TenureTests.ChooseAsync(host);
        foreach (var role in (Role[])[Role.Officer, Role.Custodian]) await MarkPostTests.MarkAsync(host, StaffHost.PostOf(role));
        host.Clock.Now = host.Clock.Now.AddMonths(35);
        await using var visit = await browser.Open(host, 390, script: false, language: "pt");
        var page = visit.Page;

        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync("/");
        await page.Locator(".step a[href='/postings']").First.ClickAsync();
        await visit.LookAsync("postings-own-pt-390");

        await visit.SignInAsync(host, Role.Commander);
        await page.GotoAsync("/postings");
        await page.SelectOptionAsync("select[name=who]", new[] { $"{StaffHost.Of(Role.Officer):D} {StaffHost.PostOf(Role.Officer):D}" });
        await page.FillAsync("input[name=months]", "12");
        await page.FillAsync("textarea[name=reason]", "Ainda ninguém tem credencial para o posto.");
        await page.Locator("main form[action='/postings/extend'] button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#months']").CountAsync());
        await visit.LookAsync("postings-refused-pt-390");
        await page.FillAsync("input[name=months]", "3");
        await page.Locator("main form[action='/postings/extend'] button").ClickAsync();
        Assert.Equal(0, await page.Locator(".pb-error-summary").CountAsync());

        await visit.SignInAsync(host, StaffHost.Other(0));
        await page.GotoAsync("/");
        await page.Locator(".step a[href='/postings']").First.ClickAsync();
        await visit.LookAsync("postings-overseer-pt-390");
        await page.Locator("main form[action='/postings/answer'] button[value=yes]").ClickAsync();
        Assert.Equal(0, await page.Locator("main form[action='/postings/answer']").CountAsync());

        foreach (var person in (Guid[])[StaffHost.Of(Role.Officer), StaffHost.Other(1)]) await VettingPagesTests.ClearAsync(host, person);
        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/postings");
        await page.Locator("main a[href='/postings/plan']").ClickAsync();
        await visit.LookAsync("plan-none-pt-390");
        await page.Locator("main form[action='/postings/plan/draw'] button").ClickAsync();
        await PlanTests.DrawnAsync(host);
        await page.GotoAsync("/postings/plan");
        await visit.LookAsync("plan-drawn-pt-390");
        await using (var desk = await browser.Open(host, 1280, script: false, language: "en"))
        {
            await desk.SignInAsync(host, Role.Integrity);
            await desk.LookAtAsync("/postings/plan", "plan-drawn-en-1280");
        }

        await page.Locator("main form[action='/postings/plan/propose'] button").ClickAsync();
        await visit.SignInAsync(host, StaffHost.Other(0));
        await page.GotoAsync("/");
        await page.Locator(".step a[href='/postings/plan']").First.ClickAsync();
        await page.Locator("main form[action='/postings/plan/answer'] button[value=no]").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#refusal']").CountAsync());
        await page.Locator("main form[action='/postings/plan/answer'] button[value=yes]").ClickAsync();
        await visit.LookAsync("plan-adopted-pt-390");
    }
}
