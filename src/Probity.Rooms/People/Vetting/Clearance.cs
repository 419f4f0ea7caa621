using System.Collections.Immutable;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>Where a clearance stands.</summary>
internal enum ClearanceStage
{
    Invited, Submitted, Checks, Assessed, Active, ReviewDue, Lapsed, Refused, Appeal, Final, WithdrawalAssessment, Suspended, Withdrawn, Discontinued,
}

/// <summary>A check with who recorded it and when.</summary>
internal sealed record Check(CheckKind Kind, VettingResult Result, DateOnly? Day, string? Note, Guid By, DateTimeOffset At);

/// <summary>What was decided, on what it rests, by whom and by which policy pack.</summary>
internal sealed record VettingDecision(ImmutableArray<VettingGround> Grounds, string Reason, Guid By, DateTimeOffset At, string Policy);

/// <summary>Proceedings to withdraw: who opened them, what the person was told, until when they can answer, and what they said.</summary>
internal sealed record Proceedings(string Notice, Guid By, DateTimeOffset AnswerUntil, string? Answer);

/// <summary>An appeal, and what came of it.</summary>
internal sealed record VettingAppeal(string Reason, DateTimeOffset At, bool? Right, string? Answer, Guid? By);

/// <summary>A change that the person reported; <see cref="Result"/> is null until somebody has looked at it.</summary>
internal sealed record Circumstance(Guid Id, CircumstanceKind Kind, DateOnly Since, string What, DateTimeOffset At, string? Result);

/// <summary>One clearance of one person. Its time runs by itself: what it is at a moment says <see cref="StageAt"/>.</summary>
internal sealed record Clearance : IState<Clearance>
{
    public static Clearance Initial { get; } = new();

    public Guid Id { get; init; }
    public Guid Person { get; init; }
    public ClearanceLevel Level { get; init; }
    public int Number { get; init; }
    public string? Statement { get; init; }
    public ImmutableSortedDictionary<CheckKind, Check> Checks { get; init; } = ImmutableSortedDictionary<CheckKind, Check>.Empty;

    /// <summary>Everybody who ever recorded a check of it.</summary>
    public ImmutableHashSet<Guid> Checkers { get; init; } = [];
    public string? Assessment { get; init; }
    public Guid? Assessor { get; init; }
    public VettingDecision? Decision { get; init; }
    public DateTimeOffset? Until { get; init; }
    public DateTimeOffset? ReviewFrom { get; init; }
    public string? Restrictions { get; init; }
    public ImmutableArray<Redaction> Redactions { get; init; } = [];
    public DateTimeOffset? AppealUntil { get; init; }
    public VettingAppeal? Appeal { get; init; }
    public VettingDecision? Suspension { get; init; }

    /// <summary>Who stands for the suspension beside whoever suspended; null where nobody does yet.</summary>
    public Guid? SuspensionConfirmedBy { get; init; }

    /// <summary>Who asked to lift a suspension that two stand for, and why; an overseer agrees.</summary>
    public (string Reason, Guid By)? AskedToLift { get; init; }
    public Proceedings? Withdrawal { get; init; }
    public ImmutableArray<Circumstance> Circumstances { get; init; } = [];
    public DiscontinuedBecause? Discontinued { get; init; }

    /// <summary>Who asked not to decide on it though its person was drawn by lot, and why; an overseer agrees.</summary>
    public (DiscontinuedBecause Because, string Reason, Guid By)? AskedToDiscontinue { get; init; }
    public bool IsWithdrawn { get; init; }
    public DateTimeOffset InvitedAt { get; init; }
    public long Version { get; init; }

    /// <summary>The clearance of a number of a person.</summary>
    public static StreamId StreamOf(Guid person, int number) => new(Streams.Derive(person, FormattableString.Invariant($"clearance/{number}")));

    public StreamId Stream => new(Id);
    public bool Exists => Person != Guid.Empty;
    public bool IsRefused => Decision is not null && Until is null;
    public bool IsDecided => Decision is not null;

    /// <summary>Whether it is decided in a way that its person can appeal against: in good time, and once.</summary>
    public bool IsAppealable => Appeal is null && AppealUntil is not null && (IsRefused || IsWithdrawn || Restrictions is not null);

    /// <summary>Whether it is suspended and one person alone stands for that.</summary>
    public bool IsSuspendedByOne => Suspension is not null && SuspensionConfirmedBy is null;

    /// <summary>Whether there is an appeal that nobody has answered.</summary>
    public bool IsAppealed => Appeal is { Right: null };

    /// <summary>Whether its person may act nowhere because of it.</summary>
    public bool EndsAccess => Suspension is not null || IsWithdrawn;

    /// <summary>Whether it counts at a moment.</summary>
    public bool IsValidAt(DateTimeOffset now) => Until is { } until && now < until && !EndsAccess;

    /// <summary>Whether nothing has been decided yet, or not for the last time.</summary>
    public bool IsOpenAt(DateTimeOffset now) => StageAt(now) is ClearanceStage.Invited or ClearanceStage.Submitted or ClearanceStage.Checks or ClearanceStage.Assessed or ClearanceStage.Appeal;

    public ClearanceStage StageAt(DateTimeOffset now) =>
        Discontinued is not null ? ClearanceStage.Discontinued
        : IsAppealed ? ClearanceStage.Appeal
        : IsWithdrawn ? ClearanceStage.Withdrawn
        : Suspension is not null ? ClearanceStage.Suspended
        : IsRefused ? Appeal is not null || now >= AppealUntil ? ClearanceStage.Final : ClearanceStage.Refused
        : Until is { } until
            ? now >= until ? ClearanceStage.Lapsed
            : Withdrawal is not null ? ClearanceStage.WithdrawalAssessment
            : now >= ReviewFrom ? ClearanceStage.ReviewDue : ClearanceStage.Active
        : Assessment is not null ? ClearanceStage.Assessed
        : !Checks.IsEmpty ? ClearanceStage.Checks
        : Statement is not null ? ClearanceStage.Submitted : ClearanceStage.Invited;

    /// <summary>Whether the person reads the note of a check: once a decision has said what is kept from them, and not what it kept.</summary>
    public bool IsRead(Check check) => Decision is { } decision && check.At <= decision.At && Redactions.All(r => r.Check != check.Kind);

    public Clearance Apply(Recorded recorded) => Happen(recorded) with { Id = recorded.Stream.Value, Version = recorded.Version };

    Clearance Happen(Recorded recorded) => recorded.Event switch
    {
        ClearanceInvited e => this with { Person = e.Person, Level = e.Level, Number = e.Number, InvitedAt = recorded.At },
        ClearanceSubmitted e => this with { Statement = e.Statement },
        ChecksRecorded e => this with
        {
            Checks = Checks.SetItems(e.Checks.Select(c => KeyValuePair.Create(c.Kind, new Check(c.Kind, c.Result, c.Day, c.Note, recorded.Actor.Value, recorded.When)))),
            Checkers = Checkers.Add(recorded.Actor.Value),
        },
        ClearanceAssessed e => this with { Assessment = e.Assessment, Assessor = recorded.Actor.Value },
        ClearanceGranted e => this with
        {
            Until = e.Until, ReviewFrom = e.ReviewFrom, Restrictions = e.Restrictions, Redactions = [.. e.Redactions], AppealUntil = e.AppealUntil,
            Decision = Decided(e.Grounds, e.Reason, e.Policy, recorded),
        },
        ClearanceRefused e => this with { Redactions = [.. e.Redactions], AppealUntil = e.AppealUntil, Decision = Decided(e.Grounds, e.Reason, e.Policy, recorded) },
        VettingAppealLodged e => this with { Appeal = new VettingAppeal(e.Reason, recorded.When, null, null, null) },
        VettingAppealDecided e when Appeal is { } appeal => this with
        {
            Appeal = appeal with { Right = e.Right, Answer = e.Reason, By = recorded.Actor.Value }, IsWithdrawn = IsWithdrawn && !e.Right, Restrictions = e.Right ? null : Restrictions,
            Until = e.Right ? e.Until ?? Until : Until, ReviewFrom = e.Right ? e.ReviewFrom ?? ReviewFrom : ReviewFrom,
        },
        ClearanceSuspended e => this with { Suspension = Decided(e.Grounds, e.Reason, e.Policy, recorded), SuspensionConfirmedBy = null, AskedToLift = null },
        SuspensionConfirmed => this with { SuspensionConfirmedBy = recorded.Actor.Value },
        LiftingAsked e => this with { AskedToLift = (e.Reason, recorded.Actor.Value) },
        LiftingRefused => this with { AskedToLift = null },
        SuspensionLifted => this with { Suspension = null, AskedToLift = null },
        WithdrawalOpened e => this with { Withdrawal = new Proceedings(e.Notice, recorded.Actor.Value, e.AnswerUntil, null) },
        WithdrawalAnswered e when Withdrawal is { } open => this with { Withdrawal = open with { Answer = e.Answer } },
        ClearanceKept => this with { Withdrawal = null, Suspension = null, AskedToLift = null },
        ClearanceWithdrawn e => this with
        {
            IsWithdrawn = true, Suspension = null, AskedToLift = null, Withdrawal = null, Appeal = null, AppealUntil = e.AppealUntil, Redactions = [.. e.Redactions],
            Decision = Decided(e.Grounds, e.Reason, e.Policy, recorded),
        },
        DiscontinuingAsked e => this with { AskedToDiscontinue = (e.Because, e.Reason, recorded.Actor.Value) },
        DiscontinuingRefused => this with { AskedToDiscontinue = null },
        ClearanceDiscontinued e => this with { Discontinued = e.Because, AskedToDiscontinue = null },
        CircumstancesReported e => this with { Circumstances = Circumstances.Add(new Circumstance(e.Report, e.Kind, e.Since, e.What, recorded.When, null)) },
        CircumstancesReviewed e => this with { Circumstances = [.. Circumstances.Select(c => c.Id == e.Report ? c with { Result = e.Result } : c)] },
        _ => this,
    };

    static VettingDecision Decided(IReadOnlyList<VettingGround> grounds, string reason, string policy, Recorded recorded) =>
        new([.. grounds], reason, recorded.Actor.Value, recorded.When, policy);
}
