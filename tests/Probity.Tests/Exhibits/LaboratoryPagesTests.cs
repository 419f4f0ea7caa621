using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Listing;
using Probity.Tests.Access;
using static Probity.Tests.Exhibits.LaboratoryScene;

namespace Probity.Tests.Exhibits;

/// <summary>The laboratory's pages through HTTP: its list of work, the report that there is nothing, and who sees what of either.</summary>
public sealed class LaboratoryPagesTests
{
    [Fact]
    public async Task What_waits_stands_under_what_it_waits_for_and_what_is_overdue_says_so()
    {
        await using var host = await StaffHost.StartAsync(more: Others);
        var (_, exhibits) = await SeizeAsync(host, 5);
        await SubmitAsync(host, exhibits[0], 1, Analyst, taken: false);
        await SubmitAsync(host, exhibits[1], 2, Analyst);
        await SubmitAsync(host, exhibits[2], 3, Analyst);
        await SubmitAsync(host, exhibits[3], 4, Colleague);
        var own = await ReportAsync(host, exhibits[2], Analyst);
        var theirs = await ReportAsync(host, exhibits[3], Colleague);
        host.Clock.Now += TimeSpan.FromDays(6);
        await SubmitAsync(host, exhibits[4], 5, Analyst);

        using var analyst = await host.SignedInAsync(Analyst);
        Assert.Contains("href=\"/laboratory\"", await analyst.TextAsync("/"), StringComparison.Ordinal);
        var page = await PageAsync(analyst, "/laboratory");
        Assert.Equal([exhibits[3]], Rows(page, "review"));
        Assert.Equal([exhibits[1], exhibits[4]], Rows(page, "report"));
        Assert.Equal([exhibits[0]], Rows(page, "coming"));
        Assert.Equal([exhibits[2]], Rows(page, "own"));
        Assert.Contains($"/exhibits/{exhibits[3]}/review/{theirs}", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/review/{own}", page, StringComparison.Ordinal);
        // Six days: the hand-over of a day and both reviews of five, but no report of fifteen.
        Assert.Equal((1, 0, 1, 1), (Overdue(page, "review"), Overdue(page, "report"), Overdue(page, "coming"), Overdue(page, "own")));
        host.Clock.Now += TimeSpan.FromDays(9.5);
        using var later = await host.SignedInAsync(Analyst);
        page = await PageAsync(later, "/laboratory");
        Assert.Equal(1, Overdue(page, "report"));

        // A report that was returned has to be made again.
        await ReviewAsync(host, exhibits[2], own, Colleague, agrees: false);
        page = await PageAsync(later, "/laboratory");
        Assert.Empty(Rows(page, "own"));
        Assert.Equal([exhibits[1], exhibits[2], exhibits[4]], Rows(page, "report").Order().OrderBy(e => exhibits.ToList().IndexOf(e)));
        Assert.Contains("Returned", Part(page, "report"), StringComparison.Ordinal);
        await ReviewAsync(host, exhibits[3], theirs, Analyst);
        Assert.Empty(Rows(await PageAsync(later, "/laboratory"), "review"));
        Assert.Contains("No analysis of a colleague waits", await PageAsync(later, "/laboratory"), StringComparison.Ordinal);
        Assert.Contains("Ningún análisis de un colega", await PageAsync(later, "/laboratory?lang=es"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_laboratory_sees_nothing_of_it_and_whoever_is_in_none_has_no_such_page()
    {
        await using var host = await StaffHost.StartAsync(more: Others);
        var (_, exhibits) = await SeizeAsync(host, 1);
        await SubmitAsync(host, exhibits[0], 1, Analyst);
        await ReportAsync(host, exhibits[0], Analyst);
        using var elsewhere = await host.SignedInAsync(Elsewhere);
        foreach (var list in (string[])["review", "report", "coming", "own"]) Assert.Empty(Rows(await PageAsync(elsewhere, "/laboratory"), list));
        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.Analyst))
        {
            using var browser = await host.SignedInAsync(role);
            Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync("/laboratory")).StatusCode);
            Assert.DoesNotContain("href=\"/laboratory\"", await browser.TextAsync("/"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_review_is_a_next_step_however_many_wait_in_another_laboratory()
    {
        await using var host = await StaffHost.StartAsync(more: Others);
        var (_, exhibits) = await SeizeAsync(host, 7);
        foreach (var (exhibit, at) in exhibits.Take(6).Select((e, at) => (e, at)))
        {
            await SubmitAsync(host, exhibit, at + 1, Elsewhere);
            await ReportAsync(host, exhibit, Elsewhere);
            host.Clock.Now += TimeSpan.FromMinutes(1);
        }

        await SubmitAsync(host, exhibits[6], 7, Analyst);
        var analysis = await ReportAsync(host, exhibits[6], Analyst);
        using var colleague = await host.SignedInAsync(Colleague);
        var home = await PageAsync(colleague, "/");
        Assert.Contains($"/exhibits/{exhibits[6]}/review/{analysis}", home, StringComparison.Ordinal);
        Assert.DoesNotContain(exhibits[0].ToString(), home, StringComparison.Ordinal);
        using var analyst = await host.SignedInAsync(Analyst);
        Assert.DoesNotContain("/review/", await PageAsync(analyst, "/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_there_is_nothing_is_reported_reviewed_and_read_as_that_wherever_the_exhibit_is_named()
    {
        await using var host = await StaffHost.StartAsync(more: Others);
        var (matter, exhibits) = await SeizeAsync(host, 1);
        var exhibit = exhibits[0];
        await SubmitAsync(host, exhibit, 1, Analyst);
        using var analyst = await host.SignedInAsync(Analyst);
        var form = $"/exhibits/{exhibit}/analysis/nothing";
        Assert.Contains(form, await analyst.TextAsync($"/exhibits/{exhibit}"), StringComparison.Ordinal);
        Assert.Contains(form, await analyst.TextAsync($"/exhibits/{exhibit}/analysis"), StringComparison.Ordinal);
        var page = await analyst.TextAsync(form);
        Assert.DoesNotContain("name=\"substance\"", page, StringComparison.Ordinal);
        (string Name, string Value)[] good =
            [("methods", "GC-MS"), ("consumed", "0,25"), ("day-day", "2"), ("day-month", "3"), ("day-year", "2026"), ("remarks", "Baking soda.")];
        foreach (var (field, value, link) in ((string, string, string)[])[("methods", "", "#methods"), ("consumed", "much", "#consumed"), ("consumed", "1,234", "#consumed"), ("day-year", "2025", "#day"), ("day-day", "32", "#day"), ("remarks", "a\u0007b", "#remarks")])
        {
            var refused = await StoreScene.SendAsync(analyst, form, page, null, [.. good.Where(f => f.Name != field), (field, value)]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains($"href=\"{link}\"", refused.Text, StringComparison.Ordinal);
        }

        var sent = await StoreScene.SendAsync(analyst, form, page, null, good);
        Assert.Equal((HttpStatusCode.SeeOther, $"/exhibits/{exhibit}?done=analysed"), (sent.Status, sent.Location));
        var analysis = ((NothingControlledFound)Assert.Single(await host.RecordAsync(), r => r.Event is NothingControlledFound).Event!).Analysis;
        Assert.Contains("Nothing controlled found", await PageAsync(analyst, $"/exhibits/{exhibit}"), StringComparison.Ordinal);
        Assert.DoesNotContain("suspected", await PageAsync(analyst, $"/exhibits/{exhibit}"), StringComparison.Ordinal);
        await ReviewAsync(host, exhibit, analysis, Colleague);

        const string English = "Cocaine hydrochloride (suspected; the laboratory found nothing controlled)";
        using var officer = await host.SignedInAsync(Role.Officer);
        using var integrity = await host.SignedInAsync(Role.Integrity);
        foreach (var (reader, address) in ((Access.Browser, string)[])[(analyst, "/exhibits"), (analyst, $"/exhibits/{exhibit}"), (officer, $"/cases/{matter}/exhibits"), (officer, $"/exhibits/{exhibit}/grams"), (integrity, $"/exhibits/{exhibit}/story")])
            Assert.Contains(English, await PageAsync(reader, address), StringComparison.Ordinal);
        Assert.Contains("Clorhidrato de cocaína (sospecha; el laboratorio no halló nada controlado)", await PageAsync(officer, $"/cases/{matter}/exhibits?lang=es"), StringComparison.Ordinal);
        Assert.Contains("não encontrou nada controlado", await PageAsync(officer, $"/cases/{matter}/exhibits?lang=pt"), StringComparison.Ordinal);
        // The court reads the result itself, by what, and by whom; and that it does not fit.
        var story = await PageAsync(integrity, $"/exhibits/{exhibit}/story?lang=en");
        foreach (var said in (string[])["Methods: GC-MS", "Used up, in grams: 0.25\u00A0g", "Remarks: Baking soda.", "Day of the analysis: 2 March 2026", "The substance does not fit: Cocaine hydrochloride → Nothing controlled found", "Analysis reported: nothing controlled found"])
            Assert.Contains(said, story, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_may_be_two_is_refused_at_its_field_with_how_to_write_it()
    {
        await using var host = await StaffHost.StartAsync(more: Others);
        var (_, exhibits) = await SeizeAsync(host, 1);
        await SubmitAsync(host, exhibits[0], 1, Analyst);
        using var analyst = await host.SignedInAsync(Analyst);
        var form = $"/exhibits/{exhibits[0]}/analysis";
        var page = await analyst.TextAsync(form + "?lang=es");
        (string Name, string Value)[] good = [("substance", "heroin"), ("methods", "GC-MS"), ("purity", "82,4"), ("purity-uncertainty", "1.5"), ("net", "1.012,5"), ("net-uncertainty", "0,1"), ("consumed", "0.05"), ("duplicate", "1"), ("day-day", "2"), ("day-month", "3"), ("day-year", "2026")];
        // Without its day it is not taken.
        var undated = await StoreScene.SendAsync(analyst, form, page, null, [.. good.Where(f => f.Name != "day-day")]);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (undated.Status, undated.Text.Contains("href=\"#day\"", StringComparison.Ordinal)));
        foreach (var field in (string[])["purity", "purity-uncertainty", "net", "net-uncertainty", "consumed", "duplicate"])
        {
            var refused = await StoreScene.SendAsync(analyst, form + "?lang=es", page, null, [.. good.Where(f => f.Name != field), (field, "1.234")]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains($"href=\"#{field}\"", refused.Text, StringComparison.Ordinal);
            Assert.Contains("Escriba 1234 si es más de mil, y 1,2340 o 1.2340", refused.Text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await StoreScene.SendAsync(analyst, form, page, null, good)).Status);
        var report = (AnalysisReported)Assert.Single(await host.RecordAsync(), r => r.Event is AnalysisReported).Event!;
        Assert.Equal((82.4m, 1012.5m, 0.05m, new DateOnly(2026, 3, 2)), (report.Purity, report.Net!.Value.Value, report.Consumed.Value, report.Day));
        var shown = await PageAsync(analyst, $"/exhibits/{exhibits[0]}?lang=es");
        Assert.Contains("82,4\u00A0% ± 1,5\u00A0%", shown, StringComparison.Ordinal);
        Assert.Contains("1.012,5\u00A0g ± 0,1\u00A0g", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_knows_a_result_as_the_exhibit_does()
    {
        await using var host = await StaffHost.StartAsync(more: Others);
        var (_, exhibits) = await SeizeAsync(host, 2);
        foreach (var (exhibit, at) in exhibits.Select((e, at) => (e, at)))
        {
            await SubmitAsync(host, exhibit, at + 1, Analyst);
            var analysis = Guid.NewGuid();
            if (at == 0)
            {
                using var analyst = await host.SignedInAsync(Analyst);
                Assert.Equal(HttpStatusCode.OK, (await analyst.PostJsonAsync($"/api/exhibits/{exhibit}/analyses/nothing", new { analysis, methods = "GC-MS", day = "2026-03-02" })).StatusCode);
            }
            else analysis = await ReportAsync(host, exhibit, Analyst);
            await ReviewAsync(host, exhibit, analysis, Colleague);
        }

        await using var scope = host.Services.CreateAsyncScope();
        var views = scope.ServiceProvider.GetRequiredService<DbContext>();
        Assert.Equal([exhibits[0]], await views.Set<ExhibitRow>().Where(e => e.IsNegative).Select(e => e.Id).ToListAsync(TestContext.Current.CancellationToken));
        Assert.All(await views.Set<AnalysisRow>().ToListAsync(TestContext.Current.CancellationToken), a => Assert.Equal(AnalysisStage.Reviewed, a.Stage));
    }

    static async Task<string> PageAsync(Access.Browser browser, string address) => WebUtility.HtmlDecode(await browser.TextAsync(address));

    static string Part(string page, string list)
    {
        var start = page.IndexOf($"id=\"{list}\"", StringComparison.Ordinal);
        Assert.True(start > 0, list);
        var next = page.IndexOf("<h2", start, StringComparison.Ordinal);
        return next < 0 ? page[start..] : page[start..next];
    }

    static IReadOnlyList<Guid> Rows(string page, string list) =>
        [.. System.Text.RegularExpressions.Regex.Matches(Part(page, list), "<th[^>]*scope=\"row\"[^>]*>.*?/exhibits/([0-9a-f-]{36})").Select(m => Guid.Parse(m.Groups[1].Value))];

    static int Overdue(string page, string list) => System.Text.RegularExpressions.Regex.Count(Part(page, list), "Overdue");
}
