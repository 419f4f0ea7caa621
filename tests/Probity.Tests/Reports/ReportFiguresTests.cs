using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Viewing;
using Probity.Shared.Record;

namespace Probity.Tests.Reports;

/// <summary>What is counted of reports, for everybody and for who can open them.</summary>
public sealed class ReportFiguresTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_public_figure_counts_what_was_closed_in_quarters_that_are_over_and_nothing_that_is_open()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity);
        async Task<string> FigureAsync()
        {
            await host.CaughtUpAsync(ReportView.ViewName);
            var page = await host.Open().TextAsync("/reports/answered");
            return Regex.Match(page, "answered by a person within 7 days: \\d+ of \\d+|Fewer than five").Value;
        }

        for (var i = 0; i < 5; i++) await ReportPagesTests.CloseAsync(host, reports, await reports.SendAsync($"report {i}"));
        var late = await reports.SendAsync("late");
        await ReportPagesTests.CloseAsync(host, reports, await reports.SendAsync("junk", alike: 9), TriageVerdict.Junk, acknowledge: false);
        host.Clock.Now += TimeSpan.FromDays(8);
        await ReportPagesTests.CloseAsync(host, reports, late);
        Assert.Equal("Fewer than five", await FigureAsync());
        host.Clock.Now = new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);
        Assert.Equal("answered by a person within 7 days: 5 of 6", await FigureAsync());
        Assert.Contains("answered by a person within 7 days: 5 of 6", await host.Open().TextAsync("/"), StringComparison.Ordinal);
        // Another one that is closed now moves nothing until the quarter is over, nor does one that is opened again.
        await ReportPagesTests.CloseAsync(host, reports, await reports.SendAsync("more"));
        await reports.SendAsync("late", "Again.");
        Assert.IsType<Outcome.Done>(await host.Services.GetRequiredService<ReopenReport>().HandleAsync(UnlockedReports.Integrity, reports.Sealed.For(UnlockedReports.Integrity, late), new(late, Guid.NewGuid(), null), Ct));
        Assert.Equal("answered by a person within 7 days: 5 of 6", await FigureAsync());
        host.Clock.Now = new DateTimeOffset(2026, 7, 1, 9, 0, 0, TimeSpan.Zero);
        Assert.Equal("answered by a person within 7 days: 6 of 7", await FigureAsync());
        host.Clock.Now = new DateTimeOffset(2027, 4, 1, 9, 0, 0, TimeSpan.Zero);
        Assert.Equal("Fewer than five", await FigureAsync());
    }

    [Fact]
    public async Task Open_reports_are_not_nothing_and_days_of_too_few_are_no_count()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity);
        var none = await (await reports.SignedInAsync(UnlockedReports.Integrity)).TextAsync("/reports/figures");
        Assert.Contains("No report of this year opens with your key.", none, StringComparison.Ordinal);
        for (var i = 0; i < 3; i++) await reports.SendAsync($"report {i}");
        var few = await (await reports.SignedInAsync(UnlockedReports.Integrity)).TextAsync("/reports/figures");
        Assert.Contains("There are fewer than five, so no kind is told.", few, StringComparison.Ordinal);
        Assert.DoesNotContain("No report of this year", few, StringComparison.Ordinal);
        Assert.Contains("No inquiry that you may know of was opened from these reports.", few, StringComparison.Ordinal);
        var times = Regex.Match(few, "(?s)<h2[^>]*>How soon.*?</table>").Value;
        Assert.Equal((4, 0), (Regex.Count(times, "too few for a figure"), Regex.Count(times, "fewer than")));
        Assert.Equal(1, Regex.Count(Regex.Match(few, "(?s)<h2[^>]*>What came of them.*?</table>").Value, "fewer than&#xA0;5"));
    }

    [Fact]
    public async Task Figures_are_over_what_the_readers_key_opens_and_small_cells_are_merged()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity, UnlockedReports.Overseer);
        for (var i = 0; i < 6; i++) await ReportPagesTests.CloseAsync(host, reports, await reports.SendAsync($"report {i}", kind: "bribery"));
        for (var i = 0; i < 3; i++) await reports.SendAsync($"theft {i}", kind: "threat", without: UnlockedReports.Overseer);
        for (var i = 0; i < 2; i++) await reports.SendAsync($"leak {i}", kind: "leak", without: UnlockedReports.Overseer);
        var (integrity, overseer) = (await (await reports.SignedInAsync(UnlockedReports.Integrity)).TextAsync("/reports/figures"), await (await reports.SignedInAsync(UnlockedReports.Overseer)).TextAsync("/reports/figures"));
        Assert.Equal([("Money, gifts or favours, Reporting pages", "6"), ("Other kinds together", "5")], Table(integrity));
        Assert.Equal([("Money, gifts or favours, Reporting pages", "6")], Table(overseer));
        // What is not due yet is neither in time nor late.
        Assert.Contains("6 of 6", integrity, StringComparison.Ordinal);
        var since = host.Clock.Now;
        host.Clock.Now += TimeSpan.FromDays(8);
        Assert.Contains("6 of 11", await (await reports.SignedInAsync(UnlockedReports.Integrity)).TextAsync("/reports/figures"), StringComparison.Ordinal);
        host.Clock.Now = since;
        Assert.Contains("6 of 6", overseer, StringComparison.Ordinal);
        Assert.DoesNotContain("Threat or pressure", integrity, StringComparison.Ordinal);

        static List<(string, string)> Table(string page) => [.. Regex.Matches(Regex.Match(page, "(?s)Received, by kind.*?</table>").Value, "(?s)<th scope=\"row\"[^>]*>(.*?)</th>\\s*<td[^>]*>(.*?)</td>").Select(m => (m.Groups[1].Value.Trim(), m.Groups[2].Value.Trim()))];
    }
}
