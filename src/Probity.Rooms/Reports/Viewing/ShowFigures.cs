using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Matters;
using Probity.Reports.Reading;
using Probity.Sealing;
using Probity.Shared;
using Probity.Shared.Web;

namespace Probity.Reports.Viewing;

/// <summary>A count with its name; told under its name only from five on, else counted together with others.</summary>
public sealed record FigureLine(string Name, string Count);

/// <summary>All that the page of figures shows.</summary>
public sealed record FiguresSheet(bool IsLocked, int Year, IReadOnlyList<Link> Years, IReadOnlyList<FigureLine> Received, IReadOnlyList<FigureLine> Times, IReadOnlyList<FigureLine> Outcomes, IReadOnlyList<FigureLine> Allegations, bool LeavesOut)
{
    /// <summary>Why no kind is told: there are none, or too few.</summary>
    public string NoneReceived { get; init; } = "";
    /// <summary>The same of allegations.</summary>
    public string NoneAlleged { get; init; } = "";
}

/// <summary>What a report counts as.</summary>
internal sealed record Counted(string Kind, ReportChannel Channel, DateOnly Received, DateOnly? Acknowledged, DateOnly? FeedbackDue, DateOnly? Feedback, Finding? Finding, bool Retaliated, bool IsClosed)
{
    /// <summary>Whether the day by which it had to be acknowledged has come, or it was acknowledged: until then it is neither in time nor late.</summary>
    public bool IsDue { get; init; } = true;

    /// <summary>What became of each allegation of its matters; null of one that nobody has concluded.</summary>
    public IReadOnlyList<AllegationFinding?> Allegations { get; init; } = [];
}

/// <summary>The indicators of ISO 37002:2021, 9.1.2, over the reports of a year that the reader's key opens and over no other: whoever a report is kept from sees no figure move because of it.</summary>
internal sealed class ShowFigures(ReportQueue queue, ReportReader reader, ReportDesk desk, KeySeen seen, TimeProvider time)
{
    public const string Address = "/reports/figures";
    const int YearsBack = 5, Days = 7;

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet(Address, async (HttpContext http, ShowFigures show) => ReportForms.Serves(http.User) ? await show.ShowAsync(http) : Results.Forbid());

    async Task<IResult> ShowAsync(HttpContext http)
    {
        var now = time.GetUtcNow().UtcDateTime.Year;
        var year = int.TryParse(http.Request.Query["year"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked <= now && asked > now - YearsBack ? asked : now;
        var years = Enumerable.Range(0, YearsBack).Select(back => new Link(string.Create(CultureInfo.InvariantCulture, $"{Address}?year={now - back}"), (now - back).ToString(CultureInfo.InvariantCulture))).ToList();
        if (!seen.Look(http.User, reader)) return Rendered.Page<FiguresPage>(new { Sheet = new FiguresSheet(true, year, years, [], [], [], [], false) });
        return Rendered.Page<FiguresPage>(new { Sheet = SheetOf(year, years, await CountAsync(http, year)) });
    }

    async Task<IReadOnlyList<Counted>> CountAsync(HttpContext http, int year)
    {
        var (person, counted) = (SignedInPerson.Of(http.User)!.Value, new List<Counted>());
        foreach (var readable in (await queue.ReadableAsync(http.User, person, http.RequestAborted)).Where(r => r.Received.Year == year))
        {
            var facts = await desk.ReadAsync(person, readable.Report, await reader.OpenAsync(http.User, readable.Report, http.RequestAborted), http.RequestAborted);
            if (facts is not null && ReportAccess.Refuses(ReportAction.View, facts) is null) counted.Add(Of(facts));
        }

        return counted;
    }

    internal static Counted Of(ReportFacts facts)
    {
        var (report, first) = (facts.Report, facts.Opened.Deposits[0].Content);
        // The first feedback there was; a closing tells the source as much, where it tells it anything.
        var silent = report.Acts.Select(a => a.Event).OfType<ClosingAsked>().Where(c => c.Message is null).Select(c => c.LastIndex).ToHashSet();
        var feedback = report.Acts.Where(a => a.Event is FeedbackGiven || (a.Event is ReportClosed closing && !(closing.Reason == CloseReason.Junk && silent.Contains(closing.LastIndex)))).Select(a => (DateOnly?)a.Day).FirstOrDefault();
        // The law's three months, after a late acknowledgement too.
        var since = facts.Opened.Received.AddDays(Days) is var last && report.AcknowledgedOn is { } on && on < last ? on : last;
        return new Counted(
            first.Kind, first.Channel, facts.Opened.Received, report.AcknowledgedOn, since.AddMonths(PolicyRules.ReportFeedbackWithin.Most), feedback, report.Finding?.Finding, report.Triage?.Retaliated == true, report.Closed is not null)
        {
            IsDue = report.AcknowledgedOn is not null || last < facts.Today,
            Allegations = [.. facts.SeenMatters.SelectMany(m => m.Stage == MatterStage.Concluded ? m.Outcomes.Select(o => (AllegationFinding?)o) : m.Allegations.Select(_ => (AllegationFinding?)null))],
        };
    }

    internal static FiguresSheet SheetOf(int year, IReadOnlyList<Link> years, IReadOnlyList<Counted> all)
    {
        // Kind and channel together; where that is too few, over all channels; then over all kinds.
        var (received, leavesOut) = MergedCells.Tell<(string? Kind, ReportChannel? Channel, int Count)>(
            all.Select(c => ((string?)c.Kind, (ReportChannel?)c.Channel, 1)), [c => c, c => c with { Channel = null }, c => c with { Kind = null, Channel = null }], c => c.Count, (c, count) => c with { Count = count });
        var (findings, hides) = MergedCells.Tell<(Finding? Finding, bool Any, int Count)>(
            all.Where(c => c.Finding is not null).Select(c => (c.Finding, false, 1)), [c => c, c => c with { Finding = null, Any = true }], c => c.Count, (c, count) => c with { Count = count });
        // Nothing under five by itself; what is left is counted together, whatever was found.
        var (allegations, keeps) = MergedCells.Tell<(AllegationFinding? Finding, bool Any, int Count)>(
            all.SelectMany(c => c.Allegations).Select(f => (f, false, 1)), [c => c, c => c with { Finding = null, Any = true }], c => c.Count, (c, count) => c with { Count = count });
        var acknowledged = all.Where(c => c.Acknowledged is not null).Select(c => c.Acknowledged!.Value.DayNumber - c.Received.DayNumber).Order().ToList();
        var feedback = all.Where(c => c.Feedback is not null).Select(c => c.Feedback!.Value.DayNumber - c.Received.DayNumber).Order().ToList();
        return new FiguresSheet(
            false, year, years,
            [.. received.OrderByDescending(c => c.Count).Select(c => new FigureLine(NameOf(c.Kind, c.Channel), Figures.Whole(c.Count)))],
            [
                new(T("figures.acknowledged"), Share(all.Count(c => AnsweredReports.IsInTime(c.Received, c.Acknowledged)), all.Count(c => c.IsDue))), new(T("figures.acknowledged-days"), Median(acknowledged)),
                new(T("figures.feedback"), Share(all.Count(c => c.Feedback <= c.FeedbackDue), all.Count(c => c.Feedback is not null))), new(T("figures.feedback-days"), Median(feedback)),
            ],
            [
                new(T("figures.open"), Told(all.Count(c => !c.IsClosed))), new(T("figures.closed"), Told(all.Count(c => c.IsClosed))), new(T("figures.retaliated"), Told(all.Count(c => c.Retaliated))),
                .. findings.OrderByDescending(c => c.Count).Select(c => new FigureLine(c.Finding is { } finding ? HandlingText.Word(finding) : T("figures.other-findings"), Figures.Whole(c.Count))),
            ],
            [.. allegations.OrderByDescending(c => c.Count).Select(c => new FigureLine(c.Any ? T("figures.other-findings") : c.Finding is { } found ? MattersText.Word(found) : T("figures.allegations-open"), Figures.Whole(c.Count)))],
            leavesOut || hides || keeps)
        {
            NoneReceived = T(all.Count == 0 ? "figures.no-reports" : "figures.few-reports"), NoneAlleged = T(all.All(c => c.Allegations.Count == 0) ? "figures.no-allegations" : "figures.few-allegations"),
        };
    }

    static string NameOf(string? kind, ReportChannel? channel) =>
        kind is null ? T("figures.other-kinds") : channel is { } way ? $"{HandlingText.OfKind(kind)}, {HandlingText.Word(way)}" : $"{HandlingText.OfKind(kind)}, {T("figures.other-channels")}";

    static string Told(int count) => PublicCount.IsTooSmall(count) ? T("figures.few") : Figures.Whole(count);

    static string Share(int count, int of) => of < PublicCount.Least ? T("figures.too-few") : HandlingText.Say("figures.of", count, of);

    // Of an even number the lower of the two in the middle: a day that there was. Of too few nothing that could be read as a number of days.
    static string Median(List<int> days) => days.Count < PublicCount.Least ? T("figures.too-few") : Figures.Whole(days[(days.Count - 1) / 2]);

    static string T(string key) => HandlingText.Of(key);
}
