using System.Collections.Immutable;
using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Conduct;

/// <summary>A version that was acknowledged, when, and by when that is renewed.</summary>
internal sealed record Acknowledged(int Version, DateTimeOffset At, DateTimeOffset Until);

/// <summary>What one person has acknowledged, and the quiz that they passed and have not used yet. A stream for each person, erased with them.</summary>
internal sealed record Acknowledgements : IState<Acknowledgements>
{
    public static Acknowledgements Initial { get; } = new();

    /// <summary>The oldest first.</summary>
    public ImmutableList<Acknowledged> All { get; init; } = [];

    /// <summary>The version whose quiz was passed, and the score.</summary>
    public (int Version, int Score)? Passed { get; init; }

    /// <summary>The stream of a person.</summary>
    public static StreamId StreamOf(Guid person) => new(Streams.Derive(person, "conduct"));

    public Acknowledgements Apply(Recorded recorded) => recorded.Event switch
    {
        QuizPassed e => this with { Passed = (e.Version, e.Score) },
        CodeAcknowledged e => this with { All = All.Add(new Acknowledged(e.Version, recorded.When, e.Until)), Passed = null },
        _ => this,
    };

    /// <summary>Whether a version is acknowledged and need not be renewed yet.</summary>
    public bool Holds(int version, DateTimeOffset now) => All.Count > 0 && All[^1] is var last && last.Version == version && now < last.Until;

    /// <summary>Files something in a person's stream.</summary>
    public static Filing File(Guid person, IEvent happened) => new(StreamOf(person), happened, Compartment: Compartments.OfPerson(person));
}
