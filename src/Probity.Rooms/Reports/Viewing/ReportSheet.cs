using System.Globalization;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Files;
using Probity.Reports.Handling;
using Probity.Reports.Matters;
using Probity.Reports.Protecting;
using Probity.Sealing;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Reports.Viewing;

/// <summary>A message of the thread: from the source, or to it.</summary>
public sealed record ThreadLine(bool FromSource, string Title, string When, string Text);

/// <summary>A file that was sent along, and whether somebody asks for it as it was sent and waits for a second person.</summary>
public sealed record FileLine(Guid Id, string Name, string Size, bool IsAsked);

/// <summary>Something that is due, in days: since when, from which day on it is warned of, until when, and when it was done.</summary>
public sealed record ClockRow(string Name, DateOnly From, DateOnly Warned, DateOnly Due, DateOnly? Done, string State, Tone Tone);

/// <summary>A note, a reason or a finding, with who wrote it and when.</summary>
public sealed record WrittenLine(string What, string By, string When, string Text);

/// <summary>All that the page of a report shows.</summary>
public sealed record ReportSheet(Guid Id, string Reference, string Kind, string Stage, Tone Tone)
{
    /// <summary>What was reported: questions and answers of the first deposit.</summary>
    public IReadOnlyList<SummaryItem> Told { get; init; } = [];
    /// <summary>How it came and who has it in hand.</summary>
    public IReadOnlyList<SummaryItem> Facts { get; init; } = [];
    /// <summary>Who must not see it, and who can.</summary>
    public IReadOnlyList<SummaryItem> Kept { get; init; } = [];
    /// <summary>What was sent along.</summary>
    public IReadOnlyList<FileLine> Files { get; init; } = [];
    /// <summary>What was written between the source and the house.</summary>
    public IReadOnlyList<ThreadLine> Thread { get; init; } = [];
    /// <summary>Notes, reasons and findings, the newest first.</summary>
    public IReadOnlyList<WrittenLine> Written { get; init; } = [];
    /// <summary>What is due.</summary>
    public IReadOnlyList<ClockRow> Clocks { get; init; } = [];
    /// <summary>Today.</summary>
    public DateOnly Today { get; init; }
    /// <summary>Whether a day was missed.</summary>
    public bool IsEscalated { get; init; }
    /// <summary>Whether its source says that somebody is in danger.</summary>
    public bool IsDanger { get; init; }
    /// <summary>Whether the reader is the only one who can open it, so that nobody could be the second to close it.</summary>
    public bool IsAlone { get; init; }
    /// <summary>In which language its source writes.</summary>
    public string Language { get; init; } = "";
    /// <summary>Whether the source wrote since it was told something.</summary>
    public bool SourceWrote { get; init; }
    /// <summary>Whether records of it are missing, or are not what was fetched.</summary>
    public bool IsBroken { get; init; }
    /// <summary>Whether there are marks in it in place of signs that cannot be seen.</summary>
    public bool HasUnseen { get; init; }
    /// <summary>Whether it came to a machine of the reporter's side that was replaced: its source finds nothing there.</summary>
    public bool IsUnreachable { get; init; }
    /// <summary>What a second person is asked to agree to; null where nothing.</summary>
    public string? Closing { get; init; }
    /// <summary>The matters that were opened from it.</summary>
    public IReadOnlyList<ReportMatterLine> Matters { get; init; } = [];
    /// <summary>Whether the reader may open one.</summary>
    public bool MayOpenMatter { get; init; }
    /// <summary>The forms that the reader may fill in.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [];
    /// <summary>The form that was refused.</summary>
    public string? Open { get; init; }
    /// <summary>What was typed.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>Makes the page of a report out of what was opened and what is on the record.</summary>
internal static class ReportSheets
{
    public static ReportSheet Of(ReportFacts facts, When when)
    {
        var (opened, report) = (facts.Opened, facts.Report);
        var first = opened.Deposits[0].Content;
        return new ReportSheet(report.Id, ReportForms.Reference(report.Id), HandlingText.OfKind(first.Kind), HandlingText.Word(report.Stage), ReportForms.ToneOf(report.Stage))
        {
            Told = [.. first.Answers.Where(a => a.Text.Length > 0).Select(a => new SummaryItem(HandlingText.OfQuestion(a.Question), SourceText.Lines(a.Text)))],
            Facts = FactsOf(facts, when), Kept = KeptOf(facts),
            Files = [.. ReportFile.Of(opened).Select(f => new FileLine(f.Content.Id, f.Label, SizeOf(f.Content.Length), report.Originals.Exists(a => a.File == f.Content.Id && a.Waits)))],
            Thread = ThreadOf(facts, when), Written = WrittenOf(facts, when),
            Clocks = [.. facts.Clock.Lines.Select(l => new ClockRow(
                HandlingText.Word(l.Kind), l.From, l.Warned, l.Due, l.Done, facts.Clock.IsStopped && l.Done is null ? T("clock.stopped") : HandlingText.Word(l.On(facts.Today)), facts.Clock.IsStopped && l.Done is null ? Tone.Neutral : ReportForms.ToneOf(l.On(facts.Today))))],
            IsBroken = opened.IsBroken, HasUnseen = opened.Deposits.Any(d => d.Content.Answers.Select(a => a.Text).Concat(d.Content.Without.Names).Any(SourceText.HasUnseen)),
            Today = facts.Today, IsEscalated = facts.Clock.IsEscalated, IsDanger = report.Closed is null && ReportQueue.IsDanger(facts), Language = LanguageOf(first.Language),
            IsAlone = report.Closed is null && facts.Readers(Role.Integrity).Union(facts.Readers(Role.Overseer)).All(p => p == facts.Person), SourceWrote = facts.SourceWrote,
            Closing = report is { Closing: { } asked, Closed: null } ? HandlingText.Say("closing.asked", NameOf(facts, report.ClosingBy!.Value), HandlingText.Word(asked.Reason), StaffText.Open(opened, asked.Id, asked.Box)) : null,
            Forms = FormsOf(facts), Matters = ShowReportMatters.LinesOf(facts, when), MayOpenMatter = ShowReportMatters.MayOpen(facts), Typed = KnownForms.Of(facts),
        };
    }

    /// <summary>The forms that somebody may fill in now: what the table lets them, and what is left to do.</summary>
    internal static IReadOnlyList<string> FormsOf(ReportFacts facts)
    {
        var (report, forms) = (facts.Report, new List<string>());
        Add("acknowledge", ReportAction.Acknowledge, report is { AcknowledgedOn: null, Closed: null, Triage: null });
        Add("answer", ReportAction.AnswerClosing, report is { Closing: not null, Closed: null });
        Add("review", ReportAction.Review, true);
        Add("reopen", ReportAction.Reopen, report.Closed is not null);
        Add("triage", ReportAction.Triage, report.Closed is null);
        Add("take", ReportAction.Take, TakeReport.Decide(new(report.Id, Guid.Empty), facts) is Probity.Shared.Record.Decision.Accepted);
        Add("message", ReportAction.Tell, report is { Closed: null, AcknowledgedOn: not null });
        Add("find", ReportAction.Find, report is { Closed: null, Triage: not null });
        Add("feedback", ReportAction.Tell, report is { Closed: null, AcknowledgedOn: not null, FeedbackOn: null });
        Add("close", ReportAction.AskClosing, report is { Closed: null, Triage: not null, Closing: null });
        Add("note", ReportAction.Note, true);
        Add("aside", ReportAction.StepAside, true);
        return forms;

        void Add(string form, ReportAction action, bool isLeft)
        {
            if (isLeft && ReportAccess.Refuses(action, facts) is null) forms.Add(form);
        }
    }

    static List<SummaryItem> FactsOf(ReportFacts facts, When when)
    {
        var (report, first) = (facts.Report, facts.Opened.Deposits[0].Content);
        var items = new List<SummaryItem>
        {
            new(T("fact.received"), when.Day(facts.Opened.Received)), new(T("fact.channel"), HandlingText.Word(first.Channel)),
            new(T("fact.language"), LanguageOf(first.Language)),
        };
        if (first.Inflow.Alike > 0) items.Add(new(T("fact.alike"), HandlingText.Say("fact.alike-count", first.Inflow.Alike, first.Inflow.InTheHour)));
        items.Add(new(T("fact.handler"), report.Handler is { } handler ? NameOf(facts, handler) : T("fact.nobody")));
        if (report.Second is { } second) items.Add(new(T("fact.second"), NameOf(facts, second)));
        if (report.Triage is { } triage)
        {
            items.AddRange([
                new(T("triage.verdict"), HandlingText.Word(triage.Verdict)), new(T("triage.urgency"), HandlingText.Word(triage.Urgency)),
                new(T("triage.risk"), triage.Retaliated ? $"{HandlingText.Word(triage.Risk)}; {T("triage.retaliated-said")}" : HandlingText.Word(triage.Risk))]);
        }

        if (report.Finding is { } finding) items.Add(new(T("find.finding"), HandlingText.Word(finding.Finding)));
        if (report is { Closed: { } closed, ClosedOn: { } on }) items.Add(new(T("column.closed"), $"{when.Day(on)} – {HandlingText.Word(closed.Reason)}"));
        return items;
    }

    static string LanguageOf(string code) => CultureInfo.GetCultureInfo(code is "es" or "pt" ? code : "en").NativeName;

    static List<SummaryItem> KeptOf(ReportFacts facts)
    {
        var (without, register) = (facts.Opened.Deposits[0].Content.Without, facts.Register);
        var items = new List<SummaryItem>();
        Add("kept.units", without.Units.Select(u => register.Units.GetValueOrDefault(u)?.Name ?? T("kept.unknown")));
        Add("kept.posts", without.Posts.Select(p => register.Posts.GetValueOrDefault(p)?.Title ?? T("kept.unknown")));
        if (without.Names.Count > 0) items.Add(new(T("kept.names"), SourceText.List(without.Names)));
        if (items.Count == 0) items.Add(new(T("kept.out"), T("kept.nobody")));
        Add("kept.readers", facts.Readers(Role.Integrity).Concat(facts.Readers(Role.Overseer)).Distinct().Select(register.NameOf));
        Add("kept.aside", facts.Report.Aside.Select(register.NameOf).Order(StringComparer.CurrentCulture));
        return items;

        void Add(string key, IEnumerable<string> names)
        {
            if (string.Join(", ", names) is { Length: > 0 } said) items.Add(new(T(key), said));
        }
    }

    static List<ThreadLine> ThreadOf(ReportFacts facts, When when)
    {
        var (opened, askers) = (facts.Opened, AskersOf(facts.Report));
        var answers = facts.Report.Acts.Index().Where(a => a.Item.Event is SourceTold).Select(a => (a.Index, a.Item, Told: (SourceTold)a.Item.Event)).ToList();
        var lines = new List<(DateOnly Day, int Order, ThreadLine Line)>();
        foreach (var (at, act, told) in answers)
        {
            var text = string.Join("\n\n", new[] { StaffText.Open(opened, told.Answer, told.Box), told.Until is { } until ? HandlingText.Say(told.Stage == SourceStage.IdentityAsked ? "thread.not-before" : "thread.until", when.Day(until)) : null }.OfType<string>());
            var by = told.Stage == SourceStage.Closed && askers.TryGetValue(at, out var asker) ? HandlingText.Say("thread.agreed", NameOf(facts, asker), NameOf(facts, act.By)) : NameOf(facts, act.By);
            var title = told.Stage is { } stage ? $"{by}: {HandlingText.Word(stage)}" : by;
            lines.Add((act.Day, 2 * at + 1, new ThreadLine(false, title, when.Moment(act.At), text)));
        }

        foreach (var deposit in opened.Deposits.Skip(1))
        {
            var text = string.Join("\n\n", deposit.Content.Answers.Select(a => a.Text).Concat(ReportFile.Of(opened).Where(f => deposit.Content.Files.Contains(f.Content)).Select(f => HandlingText.Say("thread.file", f.Label))).Where(t => t.Length > 0));
            // Of the source's no more is known than the day: on it they stand after what was written when they were not there yet.
            var after = answers.Where(a => a.Item.Day == deposit.Day && a.Told.LastIndex < deposit.Index).Select(a => 2 * a.Index + 2).DefaultIfEmpty(0).Max();
            lines.Add((deposit.Day, after, new ThreadLine(true, T("thread.source"), when.Day(deposit.Day), text)));
        }

        // In the order in which they were told or came, where both are one.
        return [.. lines.OrderBy(l => l.Day).ThenBy(l => l.Order).Select(l => l.Line)];
    }

    // Who asked for a closing, by the place of what came of it: what the source was told is theirs, though it went out when another agreed.
    static Dictionary<int, Guid> AskersOf(Report report)
    {
        var (askers, asker) = (new Dictionary<int, Guid>(), (Guid?)null);
        foreach (var (at, act) in report.Acts.Index())
        {
            if (act.Event is SourceTold { Stage: SourceStage.Closed } or ReportClosed && asker is { } asked) askers[at] = asked;
            asker = act.Event switch { ClosingAsked => act.By, ClosingReturned or ReportClosed or ReportReopened => null, SteppedAside when act.By == asker => null, _ => asker };
        }

        return askers;
    }

    static List<WrittenLine> WrittenOf(ReportFacts facts, When when)
    {
        var (lines, askers) = (new List<WrittenLine>(), AskersOf(facts.Report));
        foreach (var (at, act) in facts.Report.Acts.Index().Reverse())
        {
            (string What, Guid Entry, string? Box)? written = act.Event switch
            {
                NoteWritten e => (T("written.note"), e.Id, e.Box),
                ReportTriaged e => ($"{T("written.triage")}: {HandlingText.Word(e.Verdict)}", e.Id, e.Box),
                FindingRecorded e => ($"{T("written.finding")}: {HandlingText.Word(e.Finding)}", e.Id, e.Box),
                ClosingAsked e => ($"{T("written.closing-asked")}: {HandlingText.Word(e.Reason)}", e.Id, e.Box),
                ClosingReturned e => (T("written.closing-returned"), e.Id, e.Box),
                ReportClosed e => ($"{T("written.closed")}: {HandlingText.Word(e.Reason)}", e.Id, e.Box),
                ReportReopened e => (T("written.reopened"), e.Id, e.Box),
                SteppedAside e => (T("written.aside"), e.Id, e.Box),
                ClosingReviewed e => (T(e.Agrees ? "written.review-agrees" : "written.review-against"), e.Id, e.Box),
                PeopleProtected e => (WordsOf(e, facts), e.Id, null),
                ReportHeld e => (T("written.held"), e.Id, e.Box),
                ReportHoldEnded e => (T("written.hold-ended"), e.Id, e.Box),
                ReportErasureAsked e => (T("written.erasure-asked"), e.Id, e.Box),
                ReportErasureReturned e => (T("written.erasure-returned"), e.Id, e.Box),
                ReportTaken e => (T(e.Leads ? "written.taken" : "written.taken-second"), e.Id, null),
                _ => null,
            };
            if (written is not { } line) continue;
            var text = StaffText.Open(facts.Opened, line.Entry, line.Box);
            Add(line.What, act, act.Event is ReportClosed && askers.TryGetValue(at, out var asker) ? HandlingText.Say("written.asked-agreed", NameOf(facts, asker), NameOf(facts, act.By)) : text);
            if (act.Event is ReportTriaged { Protection: { } protection } triaged) Add(T("written.protection"), act, StaffText.Open(facts.Opened, StaffText.Second(triaged.Id), protection));
            if (act.Event is ClosingAsked { Message: { } message } asked) Add(T("written.closing-message"), act, StaffText.Open(facts.Opened, StaffText.Second(asked.Id), message));
        }

        return lines;

        void Add(string what, Act act, string? text) => lines.Add(new WrittenLine(what, NameOf(facts, act.By), when.Moment(act.At), text ?? ""));
    }

    static string WordsOf(PeopleProtected change, ReportFacts facts)
    {
        var (on, off) = ProtectedList.ChangeOf(facts.Opened, facts.Report, change);
        return string.Join(" ", new[] { Named("written.protected-on", on), Named("written.protected-off", off) }.OfType<string>().DefaultIfEmpty(T("written.protected")));

        string? Named(string key, IReadOnlyList<Guid> people) => people.Count == 0 ? null : HandlingText.Say(key, string.Join(", ", people.Select(facts.Register.NameOf)));
    }

    static string NameOf(ReportFacts facts, Guid person) => facts.Register.NameOf(person);

    /// <summary>A size in words.</summary>
    internal static string SizeOf(long bytes) => bytes < 1 << 20 ? $"{Figures.Whole(Math.Max(1, bytes >> 10))} kB" : $"{Figures.Short(bytes / (decimal)(1 << 20), 1)} MB";

    static string T(string key) => HandlingText.Of(key);
}
