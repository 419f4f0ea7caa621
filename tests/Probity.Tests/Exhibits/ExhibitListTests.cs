using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Labelling;
using Probity.Exhibits.Listing;
using Probity.Tests.Access;

namespace Probity.Tests.Exhibits;

/// <summary>The list of exhibits: narrowed down, page by page, and nothing of what somebody may not see.</summary>
public sealed class ExhibitListTests
{
    [Fact]
    public async Task It_is_narrowed_down_by_number_code_status_kind_and_substance()
    {
        await using var host = await StaffHost.StartAsync(more: LaboratoryScene.Others);
        var (_, exhibits) = await LaboratoryScene.SeizeAsync(host, 3);
        await LaboratoryScene.SubmitAsync(host, exhibits[0], 1, LaboratoryScene.Analyst, taken: false);
        foreach (var view in (string[])["docket", "exhibits"]) await host.CaughtUpAsync(view);
        using var officer = await host.SignedInAsync(Role.Officer);
        Assert.Equal(3, (await FoundAsync(officer, "")).Count);
        Assert.Equal([exhibits[1]], await FoundAsync(officer, "?number=p-2026-0001-e02"));
        Assert.Equal(3, (await FoundAsync(officer, "?number=P-2026-0001")).Count);
        Assert.Equal([exhibits[2]], await FoundAsync(officer, "?number=" + ExhibitCode.Shown(host.Services.GetRequiredService<ExhibitCode>().Of(exhibits[2])).ToLowerInvariant()));
        Assert.Equal([exhibits[2]], await FoundAsync(officer, "?number=" + Uri.EscapeDataString(host.Services.GetRequiredService<ExhibitCode>().OnLabel(exhibits[2], 1))));
        Assert.Empty(await FoundAsync(officer, "?number=E02"));
        Assert.Empty(await FoundAsync(officer, "?number=P-2026-0001%25"));
        Assert.Equal([exhibits[0]], await FoundAsync(officer, "?status=inTransit"));
        Assert.Equal(2, (await FoundAsync(officer, "?status=held&kind=drug&substance=cocaine-hcl")).Count);
        Assert.Empty(await FoundAsync(officer, "?kind=cash"));
        Assert.Empty(await FoundAsync(officer, "?substance=heroin"));
        // What cannot be read narrows nothing down.
        Assert.Equal(3, (await FoundAsync(officer, "?status=7&kind=x&substance=x&place=x&page=0&of=x")).Count);
        var page = WebUtility.HtmlDecode(await officer.TextAsync("/exhibits?status=inTransit&number=P-2026"));
        Assert.Contains("Found: 1", page, StringComparison.Ordinal);
        Assert.Contains("value=\"inTransit\" selected", page, StringComparison.Ordinal);
        Assert.Contains("value=\"P-2026\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("Ninguna evidencia coincide.", WebUtility.HtmlDecode(await officer.TextAsync("/exhibits?kind=cash&lang=es")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_narrowed_down_by_place_except_to_a_place_that_the_reader_may_count()
    {
        await using var host = await StaffHost.StartAsync();
        var (open, other) = await StoreScene.PlayAsync(host);
        foreach (var view in (string[])["docket", "exhibits"]) await host.CaughtUpAsync(view);
        var store = await StoreScene.StoreAsync(host);
        var (vault, room) = (store.Locations.Values.Single(l => l.Name == "Vault 1").Id, store.Locations.Values.Single(l => l.Name == "Room 2").Id);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        Assert.Equal(new HashSet<Guid> { open, other }, [.. await FoundAsync(custodian, $"?place={vault}")]);
        Assert.Empty(await FoundAsync(custodian, $"?place={room}"));
        using var integrity = await host.SignedInAsync(Role.Integrity);
        Assert.Equal(2, (await FoundAsync(integrity, $"?place={room}")).Count);
        Assert.DoesNotContain("name=\"place\"", await integrity.TextAsync("/exhibits"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_finds_or_counts_what_they_may_not_see()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Officer, StaffHost.OtherUnit), (Role.Commander, StaffHost.OtherUnit)]);
        var (_, exhibits) = await LaboratoryScene.SeizeAsync(host, 2);
        await host.CaughtUpAsync("docket");
        var code = host.Services.GetRequiredService<ExhibitCode>().Of(exhibits[0]);
        foreach (var person in (Guid[])[StaffHost.Other(0), StaffHost.Other(1), StaffHost.Of(Role.Custodian)])
        {
            using var browser = await host.SignedInAsync(person);
            foreach (var query in (string[])["", "?of=all", "?of=all&number=P-2026-0001", $"?of=all&number={code}", $"?number={code}", "?of=all&status=held&kind=drug"])
            {
                Assert.Empty(await FoundAsync(browser, query));
                var page = await browser.TextAsync("/exhibits" + query);
                Assert.DoesNotContain("P-2026-0001-E", page, StringComparison.Ordinal);
                Assert.Matches("(Found|In your hands): 0", page);
            }
        }

        // Who watches over the case finds all of it without having any in hand, and a commander what is of their unit.
        foreach (var role in (Role[])[Role.Integrity, Role.Commander])
        {
            using var browser = await host.SignedInAsync(role);
            Assert.Equal(2, (await FoundAsync(browser, "")).Count);
            Assert.Empty(await FoundAsync(browser, "?of=mine"));
        }

        // A conflict with the case takes them away.
        using var declaring = await host.SignedInAsync(Role.Commander);
        Assert.True((await declaring.PostJsonAsync("/api/cases/conflicts", new { number = "P-2026-0001", kind = "friendship" })).IsSuccessStatusCode);
        await host.CaughtUpAsync("docket");
        Assert.Empty(await FoundAsync(declaring, "?of=all"));
    }

    [Fact]
    public async Task It_is_shown_page_by_page_and_counted_to_a_thousand()
    {
        await using var host = await StaffHost.StartAsync();
        await LaboratoryScene.SeizeAsync(host, 30);
        using var officer = await host.SignedInAsync(Role.Officer);
        var (first, second) = (await FoundAsync(officer, "?kind=drug"), await FoundAsync(officer, "?kind=drug&page=2"));
        Assert.Equal((25, 5), (first.Count, second.Count));
        Assert.Empty(first.Intersect(second));
        Assert.Contains("/exhibits?of=mine&amp;kind=drug&amp;page=2", await officer.TextAsync("/exhibits?kind=drug"), StringComparison.Ordinal);
        Assert.Equal(second, await FoundAsync(officer, "?kind=drug&page=9"));

        await using (var scope = host.Services.CreateAsyncScope())
        {
            var views = scope.ServiceProvider.GetRequiredService<DbContext>();
            views.AddRange(Enumerable.Range(0, 971).Select(i => new ExhibitRow
            {
                Id = Guid.NewGuid(), Number = $"X-{i:0000}", Code = $"X{i:0000000}", Kind = ExhibitKind.Cash, Holder = StaffHost.Of(Role.Officer), Since = host.Clock.Now, SeizedAt = host.Clock.Now,
            }));
            await views.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("More than 1000. The first 1000 are shown", (await officer.TextAsync("/exhibits")).Replace("1,000", "1000", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(25, (await FoundAsync(officer, "?page=40")).Count);
        Assert.Equal(await FoundAsync(officer, "?page=40"), await FoundAsync(officer, "?page=41"));
        Assert.Contains("In your hands: 971", (await officer.TextAsync("/exhibits?kind=cash")).Replace("Found", "In your hands", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    static async Task<IReadOnlyList<Guid>> FoundAsync(Access.Browser browser, string query)
    {
        var page = await browser.TextAsync("/exhibits" + query);
        return [.. Regex.Matches(page, "<th[^>]*scope=\"row\"[^>]*>.*?/exhibits/([0-9a-f-]{36})").Select(m => Guid.Parse(m.Groups[1].Value))];
    }
}
