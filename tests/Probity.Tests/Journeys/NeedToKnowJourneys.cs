using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Contract;
using Probity.Cases.Opening;
using Probity.Cases.ViewingDocket;
using Probity.Tests.Access;

namespace Probity.Tests.Journeys;

/// <summary>Who sees a case when it has to be, who is kept out, and who looks at both afterwards; through the pages alone.</summary>
[Collection("Second browser")]
public sealed class NeedToKnowJourneys(Browser browser)
{
    [Theory]
    [InlineData(390, true, "en"), InlineData(1280, false, "pt")]
    public async Task A_duty_officer_opens_a_case_at_night_and_integrity_judges_it(int width, bool script, string language)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var page = visit.Page;
        string Named(string what) => $"{what}-{width}-{language}";

        // The other unit has no officer yet, so nobody chooses it on the page.
        var id = Guid.CreateVersion7();
        Assert.IsType<CaseAnswer.Ended>(await host.Services.GetRequiredService<OpenCase>().HandleAsync(
            StaffHost.Of(Role.Integrity),
            new(id, StaffHost.OtherUnit, "060121", "Eleven packages in a container of frozen fish: açúcar is written on them.", [new Party(PartyRole.Subject, "Somebody Exemplo", null)]),
            null, default));
        const string number = "F-2026-0001";

        // At three in the morning.
        host.Clock.Now = new(2026, 3, 3, 3, 0, 0, TimeSpan.Zero);
        await visit.SignInAsync(host, Role.Officer);
        Assert.Equal(404, (await page.GotoAsync($"/cases/{id}"))!.Status);
        await visit.LookAtAsync("/cases/break-glass", Named("break-glass"));
        await page.Locator("[name=number]").FillAsync("F-2026-0999");
        await page.Locator("[name=reasons]").FillAsync("A courier stands at the gate and says that the container is his.");
        await SendAsync(page);
        Assert.Equal(1, await page.Locator(".pb-error-summary").CountAsync());
        await visit.LookAsync(Named("break-glass-refused"));
        await page.Locator("[name=number]").FillAsync(number);
        await SendAsync(page);
        Assert.Equal($"/cases/{id}", new Uri(page.Url).AbsolutePath);
        Assert.Equal(1, await page.Locator(".pb-notification-banner--success").CountAsync());
        await visit.LookAsync(Named("break-glass-open"));

        // Somebody else has to do with it in another way, and says so.
        await visit.SignInAsync(host, Role.Custodian);
        await page.GotoAsync("/cases/conflicts");
        await page.Locator("[name=number]").FillAsync(number);
        await page.Locator("[name=kind][value=kin]").CheckAsync();
        await SendAsync(page);
        await visit.LookAsync(Named("conflicts"));
        await page.GotoAsync("/cases/break-glass");
        await page.Locator("[name=number]").FillAsync(number);
        await page.Locator("[name=reasons]").FillAsync("The seal has to be looked at.");
        await SendAsync(page);
        Assert.Equal(1, await page.Locator(".pb-error-summary").CountAsync());

        await visit.SignInAsync(host, Role.Integrity);
        await host.CaughtUpAsync(DocketView.ViewName);
        await visit.LookAtAsync("/", Named("break-glass-home"));
        var review = page.Locator($"a[href^='/cases/{id}/openings/'][href$='/review']").First;
        await review.ClickAsync();
        await visit.LookAsync(Named("break-glass-review"));
        await page.Locator("[name=answer][value=yes]").CheckAsync();
        await page.Locator("[name=reasons]").FillAsync("The gate's log shows the courier, and nobody of the unit could be reached.");
        await SendAsync(page);
        await visit.LookAsync(Named("readings"));
        Assert.Equal($"/cases/{id}/readings", new Uri(page.Url).AbsolutePath);
        await page.GotoAsync($"/cases/{id}/readings?right=brokenGlass");
        Assert.Equal(1, await page.Locator("tbody tr").CountAsync());
        await visit.LookAtAsync($"/cases/{id}", Named("case-walls"));
        await host.CaughtUpAsync(DocketView.ViewName);
        await visit.LookAtAsync("/cases/unassigned", Named("unassigned"));
        await visit.LookAtAsync("/cases?words=ACUCAR", Named("search"));
        Assert.Equal(1, await page.Locator($"tbody a[href='/cases/{id}']").CountAsync());

        // The watch is over.
        host.Clock.Now = host.Clock.Now.AddHours(12);
        await visit.SignInAsync(host, Role.Officer);
        Assert.Equal(404, (await page.GotoAsync($"/cases/{id}"))!.Status);
    }

    [Fact]
    public async Task Names_are_corrected_access_is_ended_and_a_conflict_is_lifted()
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, 390);
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Officer);
        var id = await OpenAsync(page, "A suitcase.");
        await host.UntilAsync(r => r.Stream.Value == id && r.Event is SeatDrawn);
        await ActAsync(page, $"/cases/{id}/parties/new", async () =>
        {
            await visit.LookAsync("party-new");
            await page.Locator("[name=name]").FillAsync("Nobody Exemplo");
            await page.Locator("[name=role]").SelectOptionAsync("witness");
            await page.Locator("[name=reasons]").FillAsync("Named by the traveller.");
        });
        await ActAsync(page, $"/cases/{id}/parties/end", async () =>
        {
            await visit.LookAsync("party-end");
            await page.Locator("[name=number]").First.CheckAsync();
            await page.Locator("[name=reasons]").FillAsync("It was a namesake.");
        });
        await ActAsync(page, $"/cases/{id}/access", async () =>
        {
            await page.Locator("[name=person]").SelectOptionAsync(StaffHost.Of(Role.Custodian).ToString("D"));
            await page.Locator("[name=reasons]").FillAsync("Keeps the exhibits.");
        });
        await ActAsync(page, $"/cases/{id}/access/end", async () =>
        {
            await visit.LookAsync("access-end");
            await page.Locator("[name=person]").First.CheckAsync();
            await page.Locator("[name=reasons]").FillAsync("Has handed the store over.");
        });
        await visit.LookAtAsync($"/cases/{id}", "case-corrected");
        await page.GotoAsync($"/cases/{id}");
        await page.Locator("a[href^='/cases/conflicts?number=']").ClickAsync();
        await page.Locator("[name=kind][value=friendship]").CheckAsync();
        await SendAsync(page);
        Assert.Equal(404, (await page.GotoAsync($"/cases/{id}"))!.Status);

        await visit.SignInAsync(host, Role.Integrity);
        await ActAsync(page, $"/cases/{id}/walls/lift", async () =>
        {
            await visit.LookAsync("lift");
            await page.Locator("[name=person]").First.CheckAsync();
            await page.Locator("[name=reasons]").FillAsync("They have not met for years.");
        });
        await visit.SignInAsync(host, Role.Overseer);
        await ActAsync(page, $"/cases/{id}/walls/{StaffHost.Of(Role.Officer)}/approval", async () =>
        {
            await visit.LookAsync("lift-approval");
            await page.Locator("[name=answer][value=yes]").CheckAsync();
        });
        await host.UntilAsync(r => r.Stream.Value == id && r.Event is WallLifted);
    }

    internal static async Task<Guid> OpenAsync(IPage page, string summary)
    {
        await page.GotoAsync("/cases/new");
        await page.Locator("[name=offence]").SelectOptionAsync("060121");
        await page.Locator("[name=summary]").FillAsync(summary);
        await page.Locator("[name=name-1]").FillAsync("Somebody Exemplo");
        await page.Locator("[name=role-1]").SelectOptionAsync("subject");
        await SendAsync(page);
        return Guid.Parse(new Uri(page.Url).AbsolutePath.Split('/')[2]);
    }

    internal static Task SendAsync(IPage page) => page.Locator("main form button[type=submit]").Last.ClickAsync();

    static async Task ActAsync(IPage page, string at, Func<Task> fill)
    {
        await page.GotoAsync(at);
        await fill();
        await SendAsync(page);
        Assert.Equal(string.Join('/', at.Split('/')[..3]), new Uri(page.Url).AbsolutePath);
    }
}
