using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Procedures.Contract;
using Probity.Shared.Record;

namespace Probity.Procedures.Deviating;

/// <summary>How a deviation stands.</summary>
internal enum DeviationState { Awaiting, Countersigned, Rejected }

/// <summary>A step that was left out on purpose, and whether another person stands for it.</summary>
internal sealed record Deviation(Guid Id, int Number, string Activity, string Reason, Guid By, DateTimeOffset At)
{
    /// <summary>
    /// A second person answers within a day: where one is absent, the step is recorded at once and countersigned within 24 hours; after that
    /// it is the overseer's. (The house's rule for small units.)
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    public DeviationState State { get; init; }
    public Guid? Second { get; init; }
    public string? Why { get; init; }

    public bool IsOverdue(DateTimeOffset now) => State == DeviationState.Awaiting && now > At + Patience;
}

/// <summary>A step of the unit's own that was confirmed by hand.</summary>
internal sealed record TakenStep(string Activity, string Note, Guid By, DateTimeOffset At);

/// <summary>What is recorded beside a case about its procedure, folded from a stream of its own.</summary>
internal sealed record CaseDeviations : IState<CaseDeviations>
{
    public static CaseDeviations Initial { get; } = new();

    public ImmutableList<Deviation> All { get; init; } = [];
    public ImmutableList<TakenStep> Taken { get; init; } = [];
    public long Version { get; init; }

    /// <summary>The stream beside a case. What is in it is filed in the case's compartment.</summary>
    public static StreamId StreamOf(Guid @case) => new(Streams.Derive(@case, "deviations"));

    /// <summary>An entry beside a case, to be erased with it.</summary>
    public static Decision File(Guid @case, IEvent happened) =>
        Decision.Accept(new Filing(StreamOf(@case), happened, Compartment: Compartments.OfMatter(new StreamId(@case))));

    public CaseDeviations Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    CaseDeviations Happen(Recorded recorded) => recorded.Event switch
    {
        DeviationRecorded e => this with { All = All.Add(new Deviation(e.Deviation, e.Number, e.Activity, e.Reason, recorded.Actor.Value, recorded.When)) },
        DeviationCountersigned e => Answer(e.Deviation, DeviationState.Countersigned, recorded.Actor.Value, e.Reason),
        DeviationRejected e => Answer(e.Deviation, DeviationState.Rejected, recorded.Actor.Value, e.Reason),
        StepTaken e => this with { Taken = Taken.Add(new TakenStep(e.Activity, e.Note, recorded.Actor.Value, recorded.When)) },
        _ => this,
    };

    CaseDeviations Answer(Guid id, DeviationState state, Guid by, string? why) => this with
    {
        All = [.. All.Select(d => d.Id == id ? d with { State = state, Second = by, Why = why } : d)],
    };
}
