using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Protection.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Plans;

/// <summary>How far a plan has come.</summary>
internal enum PlanStage { Opened, Active, Closing, Closed }

/// <summary>Somebody of the family who is covered too.</summary>
internal sealed record CoveredPerson(Guid Id, CoveredRelation Relation, string FirstName);

/// <summary>Something that is to be done.</summary>
internal sealed record PlannedMeasure(Guid Id, string What, Guid Owner, DateTimeOffset Due, DateTimeOffset? DoneAt);

/// <summary>A plan to protect somebody. A stream of its own, in the compartment of whom it protects; where they stay lies elsewhere.</summary>
internal sealed record ProtectionPlan : IState<ProtectionPlan>
{
    public static ProtectionPlan Initial { get; } = new();

    public Guid Id { get; init; }
    public PlanOpened? Opened { get; init; }
    public Guid OpenedBy { get; init; }
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>Who answers for it; empty where the protected person refused them and nobody else was found yet.</summary>
    public Guid Owner { get; init; }

    /// <summary>Since which entry of the record they do.</summary>
    public long OwnerSince { get; init; }

    /// <summary>Whether the protected person has yet to read who answers for it.</summary>
    public bool OwnerIsNew { get; init; }

    /// <summary>Whom the protected person refused.</summary>
    public ImmutableHashSet<Guid> RefusedOwners { get; init; } = [];

    /// <summary>Who is to answer for it, where that waits for a second person.</summary>
    public PlanGivingAsked? Giving { get; init; }
    public Guid? GivingAskedBy { get; init; }

    /// <summary>Who asked that somebody else answer for it, or agreed: they do not end it.</summary>
    public ImmutableHashSet<Guid> Givers { get; init; } = [];
    public DangerLevel Level { get; init; }
    public string Danger { get; init; } = "";
    public DateTimeOffset ReviewDue { get; init; }
    public DateTimeOffset? ReviewedAt { get; init; }
    public bool IsActive { get; init; }
    public ImmutableList<CoveredPerson> Covered { get; init; } = [];
    public ImmutableList<PlannedMeasure> Measures { get; init; } = [];
    public PlanClosingAsked? Asked { get; init; }
    public Guid? AskedBy { get; init; }
    public PlanClosingHeard? Heard { get; init; }
    public PlanClosed? Closed { get; init; }
    public Guid? ClosedBy { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public long Version { get; init; }

    public StreamId Stream => new(Id);
    public bool Exists => Opened is not null;
    public Guid Person => Opened?.Person ?? Guid.Empty;
    public PlanStage Stage => Closed is not null ? PlanStage.Closed : Asked is not null ? PlanStage.Closing : IsActive ? PlanStage.Active : PlanStage.Opened;

    /// <summary>Whether nobody answers for it.</summary>
    public bool IsOwnerless => Exists && Owner == Guid.Empty;

    /// <summary>Whether the protected person said that it is not to end.</summary>
    public bool IsContested => Stage == PlanStage.Closing && Heard is { Agrees: false };
    public Concerned Concerned => new(Person, Opened?.People ?? [], Opened?.Units ?? []);

    /// <summary>The first thing that is due: a review, or a measure that is not done.</summary>
    public DateTimeOffset Due => Measures.Where(m => m.DoneAt is null).Select(m => m.Due).Append(ReviewDue).Min();

    public ProtectionPlan Apply(Recorded recorded) => Happen(recorded) with { Id = recorded.Stream.Value, Version = recorded.Version };

    ProtectionPlan Happen(Recorded recorded) => recorded.Event switch
    {
        PlanOpened e => this with { Opened = e, OpenedBy = recorded.Actor.Value, OpenedAt = recorded.When, Owner = e.Owner, OwnerSince = recorded.Index, OwnerIsNew = true, Level = e.Level, Danger = e.Danger, ReviewDue = e.ReviewDue },
        PlanCovers e => this with { Covered = Covered.Add(new CoveredPerson(e.Covered, e.Relation, e.FirstName)) },
        MeasurePlanned e => this with { Measures = Measures.Add(new PlannedMeasure(e.Measure, e.What, e.Owner, e.Due, null)) },
        MeasureDone e => this with { Measures = [.. Measures.Select(m => m.Id == e.Measure ? m with { DoneAt = recorded.When } : m)] },
        PlanActivated => this with { IsActive = true },
        PlanReviewed e => this with { Level = e.Level, Danger = e.Danger, ReviewDue = e.ReviewDue, ReviewedAt = recorded.When },
        PlanGivingAsked e => this with { Giving = e, GivingAskedBy = recorded.Actor.Value, Givers = Givers.Add(recorded.Actor.Value) },
        PlanGivingReturned => this with { Giving = null, GivingAskedBy = null },
        PlanGiven e => this with { Owner = e.Owner, OwnerSince = recorded.Index, OwnerIsNew = true, Giving = null, GivingAskedBy = null, Givers = Givers.Add(recorded.Actor.Value) },
        PlanOwnerAnswered { Agrees: true } => this with { OwnerIsNew = false },
        PlanOwnerAnswered e => this with { Owner = Guid.Empty, OwnerIsNew = false, RefusedOwners = RefusedOwners.Add(e.Owner) },
        PlanClosingAsked e => this with { Asked = e, AskedBy = recorded.Actor.Value, Heard = null },
        PlanClosingHeard e => this with { Heard = e },
        PlanClosingReturned => this with { Asked = null, AskedBy = null, Heard = null },
        PlanClosed e => this with { Closed = e, ClosedBy = recorded.Actor.Value, ClosedAt = recorded.When },
        _ => this,
    };

    /// <summary>What happens to it, filed where it is erased with whom it protects.</summary>
    public Filing File(IEvent happened) => new(Stream, happened, Compartment: Compartments.OfPerson(Person));
}

/// <summary>Where the protected person stays: a stream of its own, under a key of its own.</summary>
internal sealed record SealedPlace : IState<SealedPlace>
{
    public static SealedPlace Initial { get; } = new();

    public string? Words { get; init; }
    public DateTimeOffset? At { get; init; }
    public long Index { get; init; }

    /// <summary>Whether it is written down, and was before the reader came to answer for the plan.</summary>
    public bool IsWithheld { get; init; }

    public SealedPlace Apply(Recorded recorded) => recorded.Event is PlaceSealed e ? new SealedPlace { Words = e.Place, At = recorded.When, Index = recorded.Index } : this;

    /// <summary>It as somebody reads it: it does not pass on with the plan, whoever comes to answer for it is told anew.</summary>
    public SealedPlace For(Guid person, ProtectionPlan plan) => person == plan.Person || Words is null || Index > plan.OwnerSince ? this : new SealedPlace { IsWithheld = true };

    /// <summary>The stream of the place of a plan.</summary>
    public static StreamId Of(Guid plan) => new(Streams.Derive(plan, "place"));
}
