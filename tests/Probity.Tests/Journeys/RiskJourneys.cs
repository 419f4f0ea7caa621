using Probity.Access.Contract;
using Probity.Risk.ViewingRisks;
using Probity.Tests.Access;
using Probity.Tests.Risk;

namespace Probity.Tests.Journeys;

/// <summary>An assessment of risks on a phone: integrity begins it, an assessor scores, a commander plans what is to be done.</summary>
[Collection("Second browser")]
public sealed class RiskJourneys(Browser browser)
{
    public static TheoryData<int, string> Screens => Environment.GetEnvironmentVariable("PROBITY_PICTURES") is null ? new() { { 390, "pt" } } : new() { { 390, "pt" }, { 1280, "en" } };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_unit_is_assessed_and_a_commander_plans_what_is_to_be_done(int width, string language)
    {
        await using var host = await StaffHost.StartAsync(more: RiskPagesTests.More);
        await Conduct.CodePagesTests.PublishAsync(host);
        await using var visit = await browser.Open(host, width, language: language);
        var (page, name) = (visit.Page, $"{language}-{width}");

        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/risk");
        await page.Locator("main a[href='/risk/new']").First.ClickAsync();
        await page.Locator("main form button").ClickAsync();
        Assert.Equal(2, await page.Locator(".pb-error-summary a").CountAsync());
        await page.SelectOptionAsync("#unit", StaffHost.OtherUnit.ToString("D"));
        await page.CheckAsync("input[name=function][value=airport]");
        await visit.LookAsync($"risk-new-{name}");
        await page.Locator("main form button").ClickAsync();
        var path = new Uri(page.Url).AbsolutePath;
        Guid[] assessors = [StaffHost.Other(0), StaffHost.Other(1), StaffHost.Of(Role.Vetting)];
        for (var n = 0; n < assessors.Length; n++) await page.SelectOptionAsync($"#assessor-{n + 1}", assessors[n].ToString("D"));
        await visit.LookAsync($"risk-draft-{name}");
        await page.Locator("form[action$='/assessors'] button").ClickAsync();

        for (var n = 0; n < assessors.Length; n++)
        {
            await visit.SignInAsync(host, assessors[n]);
            await host.CaughtUpAsync(RisksView.ViewName);
            await page.GotoAsync("/");
            await page.Locator($".step a[href='{path}']").ClickAsync();
            await page.Locator($"a[href^='{path}/score/']").First.ClickAsync();
            for (var scenario = 0; scenario < 4; scenario++)
            {
                if (n == 0 && scenario == 0)
                {
                    await page.Locator("main form button").ClickAsync();
                    Assert.Equal(5, await page.Locator(".pb-error-summary a").CountAsync());
                }

                var figures = new[] { ("inherent-likelihood", 4), ("inherent-impact", 5 - scenario), ("current-likelihood", 4 - n), ("current-impact", 5 - scenario) };
                foreach (var (field, figure) in figures) await page.CheckAsync($"input[name={field}][value='{figure}']");
                await page.CheckAsync("input[name=knowledge][value=medium]");
                if (n == 0 && scenario == 0) await visit.LookAsync($"risk-score-{name}");
                await page.Locator("main form button").ClickAsync();
            }

            if (n == 0) await visit.LookAsync($"risk-scoring-{name}");
        }

        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync(path);
        await page.Locator($"a[href='{path}/consolidate']").ClickAsync();
        await visit.LookAsync($"risk-consolidate-{name}");
        await page.Locator("main form button").ClickAsync();
        await visit.SignInAsync(host, Role.Overseer);
        await visit.LookAtAsync(path, $"risk-challenge-{name}");
        await page.Locator("form[action$='/challenge'] button[value=yes]").ClickAsync();
        await visit.SignInAsync(host, StaffHost.Other(3));
        await page.GotoAsync(path);
        await page.Locator("form[action$='/approve'] button[value=yes]").ClickAsync();

        // The commander of the unit says what is to be done, and by whom.
        await visit.SignInAsync(host, StaffHost.Other(2));
        await visit.LookAtAsync(path, $"risk-map-{name}");
        await page.Locator($"a[href^='{path}/risks/']").First.ClickAsync();
        await page.Locator("details:has(form[action$='/plan']) > summary").ClickAsync();
        await page.FillAsync("#plan-what", "Cameras at the second belt.");
        await page.SelectOptionAsync("#plan-owner", StaffHost.Other(0).ToString("D"));
        await page.FillAsync("#plan-day", "2026-06-01");
        await visit.LookAsync($"risk-plan-{name}");
        await page.Locator("form[action$='/plan'] button").ClickAsync();
        await visit.LookAsync($"risk-planned-{name}");
        await host.CaughtUpAsync(RisksView.ViewName);
        await visit.LookAtAsync("/risk", $"risks-{name}");
        await using var other = await browser.Open(host, width, language: language);
        await other.LookAtAsync("/risk/counts", $"risk-counts-{name}");
        other.AssertQuiet();

        // Nobody acknowledges the code of conduct: risks move by themselves, and each says by what.
        host.Clock.Now += TimeSpan.FromDays(40);
        await visit.SignInAsync(host, Role.Integrity);
        await visit.LookAtAsync(path, $"risk-moved-map-{name}");
        Assert.Equal(2, await page.Locator(".picture path[d^='M0 -13.5']").CountAsync());
        await page.Locator($"a[href='{path}/risks/airport.staff-door']").ClickAsync();
        Assert.Equal(1, await page.Locator("main a[href='/conduct/people']").CountAsync());
        await visit.LookAsync($"risk-moved-{name}");
    }
}
