using Probity.Policies.Contract;
using Probity.Reports.Contract;

namespace Probity.Reports.Handling;

/// <summary>What is due of a report.</summary>
internal enum ClockKind { Acknowledgement, Triage, Feedback }

/// <summary>How it stands with it on a day.</summary>
internal enum ClockState
{
    /// <summary>There is time.</summary>
    Running,

    /// <summary>The day is near: a warning.</summary>
    Warned,

    /// <summary>Today is the last day.</summary>
    Due,

    /// <summary>The day has gone by.</summary>
    Missed,

    /// <summary>Done in time.</summary>
    Done,

    /// <summary>Done, and too late.</summary>
    DoneLate,
}

/// <summary>One thing that is due: since when, from which day on it is warned of, the last day on which it is in time, and when it was done.</summary>
internal sealed record ClockLine(ClockKind Kind, DateOnly From, DateOnly Warned, DateOnly Due, DateOnly? Done)
{
    public ClockState On(DateOnly day) =>
        Done is { } done ? (done > Due ? ClockState.DoneLate : ClockState.Done)
        : day > Due ? ClockState.Missed : day == Due ? ClockState.Due : day >= Warned ? ClockState.Warned : ClockState.Running;
}

/// <summary>
/// What the law and the pack ask of whoever handles a report, by days in UTC, worked out from the deposit's day and the days of the record. It is never filed that something fell due: the house does
/// not know who can read a report, and an entry would tell of it. So it is worked out wherever somebody looks whose key opens the report.
/// </summary>
/// <remarks>
/// Directive (EU) 2019/1937, article 9(1)(b): acknowledgement within seven days of receipt; (f): feedback within three months of the acknowledgement or, if none was sent, of the end of those seven
/// days. A late acknowledgement buys no time: the earlier of the two counts. Triage within ten days is ours.
/// </remarks>
internal sealed record ReportClock(IReadOnlyList<ClockLine> Lines, DateOnly Today)
{
    /// <summary>So many days before its end the time for an acknowledgement is warned of, and half a month before its end that for feedback.</summary>
    const int WarnedDays = 2, HalfMonth = 15;

    /// <summary>The lines of a report on a day; none of one that two people closed as junk. What one alone calls junk is due as before.</summary>
    public static ReportClock Of(Report report, DateOnly received, Policy policy, DateOnly today)
    {
        if (report is { Triage.Verdict: TriageVerdict.Junk, Closed: not null }) return new([], today);
        var answered = received.AddDays(policy.Of(PolicyRules.ReportAcknowledgedWithin));
        var triaged = received.AddDays(policy.Of(PolicyRules.ReportTriagedWithin));
        var since = report.ReopenedOn ?? (report.AcknowledgedOn is { } on && on < answered ? on : answered);
        var months = policy.Of(PolicyRules.ReportFeedbackWithin);
        return new(
        [
            new(ClockKind.Acknowledgement, received, Before(answered, received), answered, report.AcknowledgedOn),
            new(ClockKind.Triage, received, Before(triaged, received), triaged, report.TriagedOn),
            new(ClockKind.Feedback, since, since.AddMonths(months - 1).AddDays(HalfMonth), since.AddMonths(months), report.FeedbackOn),
        ], today) { IsStopped = report.Closed is not null };
    }

    static DateOnly Before(DateOnly due, DateOnly from) => due.AddDays(-WarnedDays) is var day && day > from ? day : from;

    /// <summary>Whether nothing runs any more: it is closed.</summary>
    public bool IsStopped { get; init; }

    /// <summary>What is due first; null where nothing is.</summary>
    public ClockLine? Next => IsStopped ? null : Lines.Where(line => line.Done is null).MinBy(line => line.Due);

    /// <summary>Whether a day was missed of what is not done yet: then the overseers who can open it see it first.</summary>
    public bool IsEscalated => Next is { } next && next.On(Today) == ClockState.Missed;
}
