using Probity.Access.Contract;
using Probity.Tests.Access;
using Probity.Tests.People;

namespace Probity.Tests.Journeys;

/// <summary>A competition on a telephone: drawn up, frozen, applied for, scored by three and adopted, with what its applicant reads in the end.</summary>
[Collection("Second browser")]
public sealed class SelectionJourneys(Browser browser)
{
    [Fact]
    public async Task A_post_is_filled_by_a_competition_on_a_telephone()
    {
        await using var host = await SelectionPagesTests.StartAsync();
        await using var visit = await browser.Open(host, 390, script: true, language: "es");
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Vetting);
        await visit.LookAtAsync("/selection", "selection-none-es-390");
        await page.Locator("main a[href='/selection/new']").ClickAsync();
        foreach (var (field, value) in SelectionPagesTests.Form())
        {
            if (field.StartsWith("post", StringComparison.Ordinal) || field == "tie") await page.SelectOptionAsync("#" + field, value);
            else if (!field.StartsWith("member", StringComparison.Ordinal)) await page.FillAsync("#" + field, value);
        }

        foreach (var (seat, member) in SelectionPagesTests.Panel.Index()) await ChooseAsync($"member{seat + 1}", member);
        await visit.LookAsync("selection-new-es-390");
        await page.Locator("main form button[type=submit]").ClickAsync();
        var address = new Uri(page.Url).AbsolutePath;
        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{address}']").ClickAsync();
        await page.Locator("main form[action$='/freeze'] button").ClickAsync();
        await visit.LookAsync("selection-frozen-es-390");

        host.Clock.Now = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);
        foreach (var applicant in new[] { StaffHost.Other(1), StaffHost.Other(2), StaffHost.Of(Role.Custodian) })
        {
            await visit.SignInAsync(host, applicant);
            await page.GotoAsync(address + "/apply");
            await page.FillAsync("#answer0", "Nueve años de guardia de noche.");
            await page.FillAsync("#answer1", "Llamaría primero a la fiscal.");
            if (applicant == StaffHost.Other(1)) await visit.LookAsync("selection-apply-es-390");
            await page.Locator("main form button[type=submit]").ClickAsync();
        }

        host.Clock.Now = new(2026, 3, 23, 9, 0, 0, TimeSpan.Zero);
        foreach (var (seat, member) in SelectionPagesTests.Panel.Index())
        {
            await visit.SignInAsync(host, member);
            for (var number = 1; number <= 3; number++)
            {
                await page.GotoAsync("/");
                await page.Locator($".step a[href='{address}/applications/{number}']").ClickAsync();
                foreach (var criterion in new[] { 0, 1 })
                {
                    await page.CheckAsync($"input[name=points{criterion}][value='{(number == 1 && criterion == 0 ? 1 + 2 * seat : number)}']");
                    await page.FillAsync($"#reason{criterion}", "Dice lo que hizo y lo que resultó.");
                }

                if (seat == 0 && number == 1) await visit.LookAsync("selection-score-es-390");
                await page.Locator("main form button[type=submit]").ClickAsync();
            }
        }

        // The last member explains, the chair asks, the member agrees.
        await visit.LookAsync("selection-opened-es-390");
        await RefusedAsync(SelectionPagesTests.Panel[2], "explain");
        await page.FillAsync("main form[action$='/explain'] textarea", "Uno cuenta los años, otro lo que se hizo en ellos.");
        await page.Locator("main form[action$='/explain'] button").ClickAsync();
        await visit.SignInAsync(host, SelectionPagesTests.Panel[0]);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{address}']").ClickAsync();
        await page.Locator("main form[action$='/propose'] button").ClickAsync();
        await visit.SignInAsync(host, SelectionPagesTests.Panel[1]);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{address}']").ClickAsync();
        await RefusedAsync(SelectionPagesTests.Panel[1], "second");
        await page.CheckAsync("main form[action$='/second'] input[value=yes]");
        await visit.LookAsync("selection-second-es-390");
        await page.Locator("main form[action$='/second'] button").ClickAsync();

        await visit.SignInAsync(host, StaffHost.Other(1));
        await visit.LookAtAsync(address, "selection-own-es-390");
        await page.FillAsync("#reason", "No se contaron mis años en el mar.");
        await page.Locator("main form[action$='/appeal'] button").ClickAsync();
        await visit.SignInAsync(host, Role.Overseer);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{address}']").First.ClickAsync();
        await visit.LookAsync("selection-appeal-es-390");
        await visit.LookAtAsync("/selection", "selection-list-es-390");
        await visit.LookAtAsync("/selection/figures", "selection-figures-es-390");
        visit.AssertQuiet();

        // Sent empty: the error leads to the field. What was refused is a complaint of the browser's.
        async Task RefusedAsync(Guid member, string what)
        {
            await using var other = await browser.Open(host, 390, script: true, language: "es");
            await other.SignInAsync(host, member);
            await other.Page.GotoAsync(address);
            await other.Page.Locator($"main form[action$='/{what}'] button").ClickAsync();
            await other.LookAsync($"selection-{what}-refused-es-390");
            Assert.Equal(1, await other.Page.Locator(".pb-error-summary a").CountAsync());
        }

        async Task ChooseAsync(string field, Guid person)
        {
            if (await page.Locator($"select#{field}").CountAsync() > 0) await page.SelectOptionAsync("#" + field, person.ToString("D"));
            else await page.FillAsync("#" + field, (await ((IRegister)host.Services.GetService(typeof(IRegister))!).ReadAsync(TestContext.Current.CancellationToken)).NameOf(person));
        }
    }
}
