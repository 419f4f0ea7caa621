using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Reading;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Viewing;

/// <summary>A report as the list shows it.</summary>
public sealed record QueueLine(Guid Id, string Reference, string Kind, DateOnly Received, string Stage, Tone Tone, string? Due, DateOnly? DueOn, Tone DueTone, IReadOnlyList<string> Marks);

/// <summary>All that the list shows.</summary>
public sealed record QueueSheet(bool IsLocked, bool IsOverseer, string Show, IReadOnlyList<Link> Filters, IReadOnlyList<QueueLine> Lines, int Page, int Pages, Func<int, string> Href, bool UpToDate)
{
    /// <summary>What cannot be opened, for its records are missing or are not what was fetched.</summary>
    public IReadOnlyList<Link> Broken { get; init; } = [];
}

/// <summary>The list of reports: what is due first. Where the key is locked it looks the same whether or not anything waits.</summary>
internal sealed class ShowQueue(ReportQueue queue, ReviewsDue reviews, ReportReader reader, KeySeen seen)
{
    public const string Address = "/reports";
    public const int OnPage = 50;

    const string Others = "others";

    static readonly string[] s_filters = ["open", "new", "due", "overdue", "flood", "closed", "kept"];

    // Whoever sees first what needs them finds the rest that their key opens beside it.
    static readonly string[] s_ofOverseers = ["open", "new", "due", "overdue", "flood", Others, "closed", "kept"];

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet(Address, async (HttpContext http, ShowQueue show) => ReportForms.Serves(http.User) ? await show.ShowAsync(http) : Results.Forbid());

    async Task<IResult> ShowAsync(HttpContext http)
    {
        var cancel = http.RequestAborted;
        var overseer = !SignedInPerson.Has(http.User, Role.Integrity);
        var current = await http.CaughtUpAsync(ReportView.ViewName, cancel);
        if (!seen.Look(http.User, reader)) return Page(new QueueSheet(true, overseer, "open", [], [], 1, 1, _ => Address, current));
        await reviews.RunAsync(cancel);
        var content = await queue.ReadAsync(http.User, cancel);
        var headings = overseer ? s_ofOverseers : s_filters;
        var show = headings.FirstOrDefault(f => f == http.Request.Query["show"]) ?? headings[0];
        var filters = headings.Select(f => new Link(AddressOf(f), HandlingText.Say($"filter.{f}", CountOf(content, f)))).ToList();
        var (page, pages) = PageOf(http, CountOf(content, show));
        var lines = show is "closed" or "kept"
            ? await ClosedAsync(http, [.. (show == "kept" ? content.Kept : content.Closed).Skip((page - 1) * OnPage).Take(OnPage)], cancel)
            : [.. OpenOnes(content, show).Skip((page - 1) * OnPage).Take(OnPage).Select(LineOf)];
        return Page(new QueueSheet(false, overseer, show, filters, lines, page, pages, number => string.Create(CultureInfo.InvariantCulture, $"{Address}?show={show}&page={number}"), current)
        {
            Broken = [.. content.Broken.Select(id => new Link($"/reports/{id:D}", ReportForms.Reference(id)))],
        });
    }

    static IResult Page(QueueSheet sheet) => Rendered.Page<QueuePage>(new { Sheet = sheet });

    static string AddressOf(string filter) => filter == s_filters[0] ? Address : $"{Address}?show={filter}";

    static int CountOf(QueueContent content, string show) => show == "closed" ? content.Closed.Count : show == "kept" ? content.Kept.Count : OpenOnes(content, show).Count();

    static IEnumerable<ReportFacts> OpenOnes(QueueContent content, string show) => show == Others ? content.Others : content.Open.Where(f => Is(f, show));

    /// <summary>Whether an open report stands under a filter. What is likely a flood stands under its own alone, and nothing of it is turned away.</summary>
    internal static bool Is(ReportFacts facts, string show) => ReportQueue.IsFlood(facts) ? show == "flood" : show switch
    {
        "open" => true,
        "new" => facts.Report.AcknowledgedOn is null,
        "due" => facts.Clock.Next?.On(facts.Today) is ClockState.Warned or ClockState.Due,
        "overdue" => facts.Clock.IsEscalated,
        _ => false,
    };

    // A closed report is opened for its kind alone; where its page is opened, that is an entry.
    async Task<IReadOnlyList<QueueLine>> ClosedAsync(HttpContext http, IReadOnlyList<ClosedEntry> entries, CancellationToken cancel)
    {
        var lines = new List<QueueLine>(entries.Count);
        foreach (var entry in entries)
        {
            var kind = (await reader.OpenAsync(http.User, entry.Report, cancel))?.Deposits[0].Content.Kind ?? "";
            lines.Add(new QueueLine(
                entry.Report, ReportForms.Reference(entry.Report), HandlingText.OfKind(kind), entry.Received, HandlingText.Word(ReportStage.Closed), Tone.Neutral,
                HandlingText.Word(entry.Reason), entry.ClosedOn, Tone.Neutral, entry.ErasureAsked ? [HandlingText.Of("mark.erasure")] : []));
        }

        return lines;
    }

    internal static QueueLine LineOf(ReportFacts facts)
    {
        var (report, next) = (facts.Report, facts.Clock.Next);
        var marks = new List<string>();
        if (ReportQueue.IsDanger(facts)) marks.Add(HandlingText.Of("mark.danger"));
        if (facts.Opened.IsBroken) marks.Add(HandlingText.Of("mark.broken"));
        if (facts.SourceWrote) marks.Add(HandlingText.Of("mark.wrote"));
        if (report.Handler == facts.Person || report.Second == facts.Person) marks.Add(HandlingText.Of("mark.mine"));
        if (ReportAccess.Refuses(ReportAction.AnswerClosing, facts) is null) marks.Add(HandlingText.Of("mark.closing"));
        if (ReportAccess.Refuses(ReportAction.Review, facts) is null) marks.Add(HandlingText.Of("mark.review"));
        if (ReportQueue.IsFlood(facts)) marks.Add(HandlingText.Of("mark.flood"));
        return new QueueLine(
            report.Id, ReportForms.Reference(report.Id), HandlingText.OfKind(facts.Opened.Deposits[0].Content.Kind), facts.Opened.Received, HandlingText.Word(report.Stage), ReportForms.ToneOf(report.Stage),
            next is null ? null : Said(next, facts.Today), next?.Due, next is null ? Tone.Neutral : ReportForms.ToneOf(next.On(facts.Today)), marks);
    }

    // In words what the colour says too.
    static string Said(ClockLine line, DateOnly today) => line.On(today) is not ClockState.Running and var state ? $"{HandlingText.Word(line.Kind)}: {HandlingText.Word(state)}" : HandlingText.Word(line.Kind);

    static (int Page, int Pages) PageOf(HttpContext http, int count)
    {
        var pages = Math.Max(1, (count + OnPage - 1) / OnPage);
        _ = int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page);
        return (Math.Clamp(page, 1, pages), pages);
    }
}
