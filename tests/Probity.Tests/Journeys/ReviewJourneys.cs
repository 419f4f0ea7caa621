using System.Globalization;
using Microsoft.Playwright;
using Probity.Access;
using Probity.Access.Contract;
using Probity.Tests.Access;
using Probity.Tests.People;

namespace Probity.Tests.Journeys;

/// <summary>A review of who has access in a unit: said by its commander and by integrity, confirmed from outside, and carried out; and another that nobody opened in time.</summary>
[Collection("Third browser")]
public sealed class ReviewJourneys(Browser browser)
{
    static readonly Guid s_integrity = StaffHost.Other(0), s_overseer = StaffHost.Other(1), s_head = StaffHost.Other(3), s_officer = StaffHost.PostingOf(Role.Officer);

    static readonly string s_address = $"/people/reviews/{StaffHost.Unit:D}", s_late = $"/people/reviews/{StaffHost.OtherUnit:D}";

    [Theory]
    [InlineData(390, "es", true), InlineData(1280, "pt", false), InlineData(1280, "en", true)]
    public async Task A_units_access_is_reviewed_and_what_is_to_go_goes(int width, string language, bool script)
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Integrity, StaffHost.Agency), (Role.Overseer, StaffHost.Agency), (Role.Officer, StaffHost.OtherUnit), (Role.Commander, StaffHost.OtherUnit)]);
        await TenureTests.ChooseAsync(host);
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var (page, name) = (visit.Page, $"{language}-{width}");
        string Said(string key) => Visit.In(language, () => AccessText.Get(key));
        ILocator Button(string key) => page.Locator("main").GetByRole(AriaRole.Button, new() { Name = Said(key), Exact = true });

        string Quarter(int number) => string.Format(CultureInfo.InvariantCulture, Said("reviews.quarter-of"), number, 2026);

        // Not opened: who opens it stands there, and nobody else does.
        await visit.SignInAsync(host, s_integrity);
        await visit.LookAtAsync("/people/reviews", $"reviews-none-{name}");
        await visit.LookAtAsync(s_address, $"review-not-opened-{name}");
        Assert.Contains("Quilombo Commander", await page.Locator("main dl").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal((0, false), (await Button("review.begin").CountAsync(), (await page.Locator("main dl").InnerTextAsync()).Contains(Said("role.Integrity"), StringComparison.Ordinal)));

        await visit.SignInAsync(host, Role.Commander);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{s_address}']").ClickAsync();
        await Button("review.begin").ClickAsync();
        await visit.LookAsync($"review-opened-{name}");
        foreach (var keep in await page.Locator("main input[type=radio][value=yes]").AllAsync()) await keep.CheckAsync();
        await page.CheckAsync($"input[name='keep-{s_officer:D}'][value=no]");
        await Button("review.say").ClickAsync();
        Assert.Equal(1, await page.Locator($".pb-error-summary a[href='#reason-{s_officer:D}']").CountAsync());
        await visit.LookAsync($"review-refused-{name}");
        await page.FillAsync($"#reason-{s_officer:D}", "Went to the quay of another unit.");
        await Button("review.say").ClickAsync();
        Assert.Equal(0, await page.Locator(".pb-error-summary").CountAsync());

        // Of those who watch over the unit its commander says nothing; and where one of integrity is on the list an overseer confirms.
        await visit.SignInAsync(host, s_integrity);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{s_address}']").First.ClickAsync();
        await visit.LookAsync($"review-rest-{name}");
        foreach (var keep in await page.Locator("main input[type=radio][value=yes]").AllAsync()) await keep.CheckAsync();
        await Button("review.say").ClickAsync();
        Assert.Equal(0, await Button("review.confirm").CountAsync());
        await visit.SignInAsync(host, s_overseer);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{s_address}']").ClickAsync();
        await visit.LookAsync($"review-confirm-{name}");
        await Button("review.confirm").ClickAsync();
        await visit.LookAsync($"review-confirmed-{name}");

        // It ended nothing: it is a next step of who may end the posting.
        await visit.SignInAsync(host, Role.Commander);
        await page.GotoAsync("/");
        await visit.LookAsync($"review-step-{name}");
        await page.Locator($".step a[href='/people/{StaffHost.Of(Role.Officer):D}']").ClickAsync();
        await page.FillAsync($"#end-{s_officer:D}", "The review of access.");
        await page.Locator($"form[action$='{s_officer:D}/end'] button").ClickAsync();
        await page.GotoAsync("/");
        Assert.Equal(0, await page.Locator($".step a[href='/people/{StaffHost.Of(Role.Officer):D}']").CountAsync());
        // Three days later at the earliest a second person agrees.
        host.Clock.Now += HeldActs.Hold;
        await visit.SignInAsync(host, s_overseer);
        await visit.LookAtAsync($"/people/{StaffHost.Of(Role.Officer):D}", $"review-end-{name}");
        await page.Locator("form[action$='/end-answer'] button[value=yes]").ClickAsync();
        await visit.LookAtAsync(s_address, $"review-removed-{name}");
        Assert.Equal(1, await page.GetByText(Said("review.removed") + ":").CountAsync());

        // The other unit's day has gone by: integrity opens it, and its commander still says.
        host.Clock.Now = new(2026, 4, 3, 9, 0, 0, TimeSpan.Zero);
        await visit.SignInAsync(host, s_integrity);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{s_late}']").ClickAsync();
        await visit.LookAsync($"review-overdue-{name}");
        Assert.Contains($"Palmares Commander 3, {Said("role.Integrity")}", await page.Locator("main dl").InnerTextAsync(), StringComparison.Ordinal);
        await Button("review.begin").ClickAsync();
        Assert.Equal(1, await page.Locator("main tbody tr", new() { HasText = "Palmares Commander" }).Locator("input[value=yes]").CountAsync());
        await visit.SignInAsync(host, s_head);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{s_late}']").ClickAsync();
        Assert.Equal(1, await page.Locator("main tbody tr", new() { HasText = "Palmares Officer" }).Locator("input[value=no]").CountAsync());

        // Overseers see the units, and quarter by quarter how many were in time: one of one, then none of two.
        await visit.SignInAsync(host, s_overseer);
        await visit.LookAtAsync("/people/reviews", $"reviews-quarters-{name}");
        Assert.Equal([Quarter(1), Quarter(2)], await page.Locator("main table").Last.Locator("tbody th").AllInnerTextsAsync());

        // To an officer there is no such page.
        await using var other = await browser.Open(host, width, script: script, language: language);
        await other.SignInAsync(host, StaffHost.Other(2));
        Assert.Equal(403, (await other.Page.GotoAsync("/people/reviews"))!.Status);
        Assert.Equal(404, (await other.Page.GotoAsync(s_late))!.Status);
        await other.LookAsync($"review-nowhere-{name}");
    }
}
