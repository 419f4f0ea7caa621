using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Files;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>How far the handling of a report has come.</summary>
internal enum ReportStage { New, Acknowledged, Triaged, InHand, Closing, Closed }

/// <summary>Something that was done about a report.</summary>
internal sealed record Act(IEvent Event, Guid By, DateTimeOffset At)
{
    /// <summary>The day that counts: that of the record, whatever anybody states.</summary>
    public DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);
}

/// <summary>What is done about a report that came in sealed. Its stream has an id of its own that follows from the report's; all of it lies in one compartment.</summary>
internal sealed record Report : IState<Report>
{
    public static Report Initial { get; } = new();

    /// <summary>The report; whoever folds it says which.</summary>
    public Guid Id { get; init; }

    /// <summary>All that was done, in order.</summary>
    public ImmutableList<Act> Acts { get; init; } = [];

    /// <summary>The ids of what was done: the same form sent twice is done once.</summary>
    public ImmutableHashSet<Guid> Known { get; init; } = [];

    public DateOnly? AcknowledgedOn { get; init; }
    public ReportTriaged? Triage { get; init; }
    public DateOnly? TriagedOn { get; init; }

    /// <summary>Who answers for it, and who works with them.</summary>
    public Guid? Handler { get; init; }
    public Guid? Second { get; init; }
    public FindingRecorded? Finding { get; init; }

    /// <summary>When the source was given feedback, since it was opened the last time.</summary>
    public DateOnly? FeedbackOn { get; init; }

    /// <summary>What its source was told last of where it stands.</summary>
    public Sealing.SourceStage? ToldStage { get; init; }

    /// <summary>The newest deposit that there was to read when its source was told something.</summary>
    public long AnsweredIndex { get; init; }

    /// <summary>A closing that waits for a second person.</summary>
    public ClosingAsked? Closing { get; init; }
    public Guid? ClosingBy { get; init; }
    public ReportClosed? Closed { get; init; }
    public DateOnly? ClosedOn { get; init; }
    public DateOnly? ReopenedOn { get; init; }

    /// <summary>Who has no more to do with it.</summary>
    public ImmutableHashSet<Guid> Aside { get; init; } = [];

    /// <summary>Who looked again at a closing of it.</summary>
    public ImmutableHashSet<Guid> Reviewers { get; init; } = [];

    /// <summary>Whether that was done of the closing in force.</summary>
    public bool IsReviewed { get; init; }

    /// <summary>Files that somebody asked for as they were sent.</summary>
    public ImmutableList<AskedOriginal> Originals { get; init; } = [];

    /// <summary>The newest list of those whom it protects, and since when it is in force.</summary>
    public PeopleProtected? Protected { get; init; }
    public DateOnly? ProtectedOn { get; init; }

    /// <summary>An erasure that waits for a second person.</summary>
    public ReportErasureAsked? ErasureAsked { get; init; }
    public Guid? ErasureBy { get; init; }

    /// <summary>Why the law wants it kept: each with who said so.</summary>
    public ImmutableDictionary<Guid, Guid> Holds { get; init; } = ImmutableDictionary<Guid, Guid>.Empty;

    /// <summary>Whether its keys were destroyed: nothing of it can be read, and it is there for nobody.</summary>
    public bool IsErased { get; init; }
    public long Version { get; init; }

    /// <summary>The stream of a report.</summary>
    public static StreamId StreamOf(Guid report) => new(Streams.Derive(report, "handling"));

    public StreamId Stream => StreamOf(Id);

    public ReportStage Stage => Closed is not null ? ReportStage.Closed : Closing is not null ? ReportStage.Closing : Handler is not null ? ReportStage.InHand
        : Triage is not null ? ReportStage.Triaged : AcknowledgedOn is not null ? ReportStage.Acknowledged : ReportStage.New;

    /// <summary>Whether somebody handled it: answers for it, works with who does, or closed it.</summary>
    public bool WasHandledBy(Guid person) => Handler == person || Second == person
        || Acts.Any(a => a.By == person && a.Event is ReportAcknowledged or ReportTriaged or ReportTaken or FindingRecorded or FeedbackGiven or ClosingAsked or ClosingReturned or ReportClosed);

    /// <summary>Whether closing for a reason is closing without action.</summary>
    public static bool IsWithoutAction(CloseReason reason) => reason is CloseReason.NoAction or CloseReason.NotWrongdoing or CloseReason.Junk;

    /// <summary>Whether a share of the closings for a reason is drawn to be looked at again: those without action, and referrals, for one that nobody follows buries a report as well.</summary>
    public static bool IsDrawnFrom(CloseReason reason) => IsWithoutAction(reason) || reason == CloseReason.Referred;

    public Report Apply(Recorded recorded)
    {
        if (recorded.Event is not { } happened) return this with { Version = recorded.Version, IsErased = true };
        var act = new Act(happened, recorded.Actor.Value, recorded.At);
        return Happen(act) with { Acts = Acts.Add(act), Known = IdOf(happened) is { } id ? Known.Add(id) : Known, Version = recorded.Version };
    }

    Report Happen(Act act) => act.Event switch
    {
        ReportAcknowledged => this with { AcknowledgedOn = act.Day },
        ReportTriaged e => this with { Triage = e, TriagedOn = TriagedOn ?? act.Day },
        ReportTaken { Leads: true } => this with { Handler = act.By, Second = Second == act.By ? null : Second },
        ReportTaken => this with { Second = act.By },
        SourceTold e => this with { ToldStage = e.Stage ?? ToldStage, AnsweredIndex = e.LastIndex },
        FindingRecorded e => this with { Finding = e },
        FeedbackGiven => this with { FeedbackOn = FeedbackOn ?? act.Day },
        ClosingAsked e => this with { Closing = e, ClosingBy = act.By },
        ClosingReturned => this with { Closing = null, ClosingBy = null },
        ReportClosed e => this with { Closed = e, ClosedOn = act.Day, IsReviewed = false },
        ReportReopened => this with { Closed = null, ClosedOn = null, Closing = null, ClosingBy = null, FeedbackOn = null, ReopenedOn = act.Day, ErasureAsked = null, ErasureBy = null },
        SteppedAside => this with
        {
            Aside = Aside.Add(act.By), Handler = Handler == act.By ? Second : Handler, Second = Handler == act.By || Second == act.By ? null : Second,
            // What they asked for nobody has to agree to any more.
            ErasureAsked = ErasureBy == act.By ? null : ErasureAsked, ErasureBy = ErasureBy == act.By ? null : ErasureBy,
            Closing = ClosingBy == act.By && Closed is null ? null : Closing, ClosingBy = ClosingBy == act.By && Closed is null ? null : ClosingBy,
        },
        OriginalAsked or OriginalAgreed or OriginalGiven => this with { Originals = AskedOriginal.After(Originals, act) },
        PeopleProtected e => this with { Protected = e, ProtectedOn = act.Day },
        ReportErasureAsked e => this with { ErasureAsked = e, ErasureBy = act.By },
        ReportErasureReturned => this with { ErasureAsked = null, ErasureBy = null },
        ReportHeld e => this with { Holds = Holds.Add(e.Id, act.By) },
        ReportHoldEnded e => this with { Holds = Holds.Remove(e.Hold) },
        ClosingReviewed => this with { Reviewers = Reviewers.Add(act.By), IsReviewed = true },
        _ => this,
    };

    static Guid? IdOf(IEvent happened) => happened switch
    {
        ReportAcknowledged e => e.Id,
        ReportTriaged e => e.Id,
        ReportTaken e => e.Id,
        SourceTold e => e.Answer,
        NoteWritten e => e.Id,
        FindingRecorded e => e.Id,
        FeedbackGiven e => e.Id,
        ClosingAsked e => e.Id,
        ClosingReturned e => e.Id,
        ReportClosed e => e.Id,
        ReportReopened e => e.Id,
        SteppedAside e => e.Id,
        ClosingReviewed e => e.Id,
        PeopleProtected e => e.Id,
        ReportErasureAsked e => e.Id,
        ReportErasureReturned e => e.Id,
        ReportHeld e => e.Id,
        ReportHoldEnded e => e.Id,
        OriginalAsked e => e.Id,
        OriginalAgreed e => e.Id,
        OriginalGiven e => e.Id,
        _ => null,
    };

    /// <summary>What happens to it, filed where all of it lies.</summary>
    public Filing File(IEvent happened) => new(Stream, happened);
}
