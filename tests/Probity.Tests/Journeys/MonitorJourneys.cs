using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Conduct.Gifts;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Selecting;
using Probity.People.Viewing;
using Probity.Protection.Viewing;
using Probity.Risk.ViewingRisks;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Conduct;
using Probity.Tests.People;
using Probity.Tests.Protection;
using Probity.Tests.Risk;

namespace Probity.Tests.Journeys;

/// <summary>What civil society reads, signed out and as its monitor: figures that point at nobody, and what is missing as long as there is nothing.</summary>
[Collection("First browser")]
public sealed class MonitorJourneys(Browser browser)
{
    const string Word = "Xylofagos";

    // From where a page is found, and the page.
    static readonly (string From, string Page, string Name)[] s_pages =
    [
        ("/", "/vetting/coverage", "coverage"), ("/vetting/coverage", "/selection/figures", "selection"), ("/", "/conduct", "code"), ("/conduct", "/conduct/gifts/register", "gifts"),
        ("/conduct", "/conduct/interests/register", "interests"), ("/", "/risk/counts", "bands"), ("/risk/counts", "/protection/count", "protection"),
    ];

    [Theory]
    [InlineData(390, "es", true), InlineData(1280, "pt", false), InlineData(1280, "en", true)]
    public async Task Civil_society_reads_figures_that_point_at_nobody(int width, string language, bool script)
    {
        await using var host = await StaffHost.StartAsync(more: [.. RiskPagesTests.More, (Role.Integrity, StaffHost.Agency)]);
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var (page, name) = (visit.Page, $"{language}-{width}");
        foreach (var (from, address, what) in s_pages)
        {
            await FindAsync(visit, from, address);
            await visit.LookAsync($"public-{what}-none-{name}");
            if (what != "coverage") Assert.NotEmpty((await page.Locator("main .empty p").First.InnerTextAsync()).Trim());
            await AssertPointsAtNobodyAsync(page);
        }

        await WorkAsync(host);
        host.Clock.Now = new(2027, 2, 2, 9, 0, 0, TimeSpan.Zero);
        foreach (var view in (string[])[ClearancesView.ViewName, GiftsView.ViewName, ProtectionView.ViewName, RisksView.ViewName]) await host.CaughtUpAsync(view);
        await visit.SignInAsync(host, Role.Monitor);
        await visit.LookAtAsync("/", $"monitor-home-{name}");
        foreach (var (from, address, what) in s_pages)
        {
            await FindAsync(visit, from, address);
            await visit.LookAsync($"monitor-{what}-{name}");
            if (what is not "interests") Assert.Equal(0, await page.Locator("main .empty").CountAsync());
            await AssertPointsAtNobodyAsync(page);
        }

        Assert.Equal(["6"], await FiguresAsync(page));
        await page.GotoAsync("/selection/figures");
        Assert.Equal(["6"], await FiguresAsync(page));
        await page.GotoAsync("/conduct/gifts/register");
        Assert.Equal(["5"], await FiguresAsync(page));
        await page.GotoAsync("/risk/counts");
        Assert.Empty(await FiguresAsync(page));
        visit.AssertQuiet();
    }

    static async Task FindAsync(Visit visit, string from, string address)
    {
        await visit.Page.GotoAsync(from);
        await visit.Page.Locator($"main a[href='{address}']").First.ClickAsync();
        Assert.Equal(address, new Uri(visit.Page.Url).AbsolutePath);
    }

    static async Task AssertPointsAtNobodyAsync(IPage page)
    {
        var text = await page.Locator("main").InnerTextAsync();
        foreach (var word in (string[])["Quilombo", "Palmares", Word]) Assert.DoesNotContain(word, text, StringComparison.Ordinal);
        Assert.All(await FiguresAsync(page), figure => Assert.False(PublicCount.IsTooSmall(int.Parse(figure, CultureInfo.InvariantCulture)), $"{page.Url} tells {figure}."));
    }

    // The words of what is too small to be told are none.
    static async Task<IReadOnlyList<string>> FiguresAsync(IPage page) =>
        [.. (await page.Locator("main td.pb-table__cell--numeric").AllInnerTextsAsync()).Select(t => t.Trim()).Where(t => t.All(char.IsAsciiDigit))];

    // Six sensitive posts of which one is covered, a code, five gifts alike and one other, six threats, an assessment, and a competition with six applications.
    static async Task WorkAsync(StaffHost host)
    {
        await CodePagesTests.PublishAsync(host);
        foreach (var role in (Role[])[Role.Officer, Role.Custodian, Role.Analyst, Role.Investigator, Role.Prosecutor, Role.Vetting]) await MarkPostTests.MarkAsync(host, StaffHost.PostOf(role));
        await VettingPagesTests.ClearAsync(host, Role.Officer);
        var (officer, integrity, overseer) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        for (var n = 0; n < 5; n++) Assert.Equal(HttpStatusCode.SeeOther, await GiftPagesTests.ReviewAsync(integrity, await GiftPagesTests.DeclareAsync(officer), "declined"));
        Assert.Equal(HttpStatusCode.SeeOther, await GiftPagesTests.ReviewAsync(overseer, await GiftPagesTests.DeclareAsync(await host.SignedInAsync(Role.Commander)), "surrendered"));
        for (var n = 0; n < 6; n++) await ProtectionPagesTests.RecordAsync(officer, "threat", ("told", $"{Word} knows the house."));
        await RiskPagesTests.InForceAsync(host, StaffHost.Of(Role.Integrity), [StaffHost.Other(0), StaffHost.Other(1), StaffHost.Of(Role.Vetting)], StaffHost.Of(Role.Overseer), StaffHost.Other(3));
        var id = Guid.NewGuid();
        var plan = new CompetitionPlan(
            "Night duty", new("Opens containers.", null, null), [StaffHost.PostOf(Role.Officer)], [new("Experience", 100)], 0, 1, new(2026, 3, 9), new(2026, 3, 22), [StaffHost.Of(Role.Vetting), StaffHost.Of(Role.Investigator), StaffHost.Of(Role.Prosecutor)]);
        IEvent[] happened =
        [
            new CompetitionDrawnUp(id, "C-2026-001", plan), .. Enumerable.Range(1, 6).Select(n => new ApplicationNumbered(id, n)),
            new RankingProposed(id, [1, 2, 3, 4, 5, 6], false), new RankingSeconded(id), new RankingAdopted(id, host.Clock.Now.AddDays(14), host.Clock.Now.AddDays(365), "default 1"),
        ];
        Assert.IsType<Outcome.Done>(await host.Services.GetRequiredService<Clerk>().FileAsync(
            new ActorId(StaffHost.Of(Role.Vetting)), Competitions.Stream, "test", _ => ValueTask.FromResult(Decision.Accept(Competitions.Stream, happened))));
    }
}
