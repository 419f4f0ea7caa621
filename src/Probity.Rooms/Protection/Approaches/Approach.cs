using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Protection.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Approaches;

/// <summary>How far an approach has come.</summary>
internal enum ApproachStage { Recorded, Read, Handled }

/// <summary>Whom an alert stands or stood with.</summary>
internal sealed record AlertStep(AlertRung Rung, Guid? Officer, DateTimeOffset Since, DateTimeOffset Due);

/// <summary>A recorded offer, threat or act of violence. A stream of its own, in the compartment of whoever recorded it.</summary>
internal sealed record Approach : IState<Approach>
{
    public static Approach Initial { get; } = new();

    public Guid Id { get; init; }
    public Guid Reporter { get; init; }
    public ApproachRecorded? Recorded { get; init; }
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>The alerts on the record, in order. What followed by time alone is worked out: <see cref="AlertLadder"/>.</summary>
    public ImmutableList<AlertStep> Alerts { get; init; } = [];

    public Guid? AcknowledgedBy { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public Guid? ReadBy { get; init; }
    public DateTimeOffset? ReadAt { get; init; }
    public ApproachHandled? Handled { get; init; }
    public Guid? HandledBy { get; init; }
    public DateTimeOffset? HandledAt { get; init; }
    public long Version { get; init; }

    public StreamId Stream => new(Id);
    public bool Exists => Recorded is not null;
    public ApproachStage Stage => Handled is not null ? ApproachStage.Handled : ReadAt is not null ? ApproachStage.Read : ApproachStage.Recorded;

    /// <summary>Whose line sees nothing of it.</summary>
    public Concerned Concerned => new(Reporter, Recorded?.People ?? [], Recorded?.Units ?? []);

    /// <summary>Whether an alert waits for somebody.</summary>
    public bool IsAlerting => Alerts.Count > 0 && AcknowledgedBy is null;

    /// <summary>The plans that are opened for it, one after the other has ended; counted from 1.</summary>
    public Guid PlanAt(int number) => Streams.Derive(Id, number == 1 ? "protection plan" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"protection plan/{number}"));

    public Approach Apply(Recorded recorded) => Happen(recorded) with { Id = recorded.Stream.Value, Version = recorded.Version };

    Approach Happen(Recorded recorded) => recorded.Event switch
    {
        ApproachRecorded e => this with { Recorded = e, Reporter = recorded.Actor.Value, RecordedAt = recorded.When },
        AlertRaised e => this with { Alerts = Alerts.Add(new AlertStep(e.Rung, e.Officer, e.Since, e.Due)) },
        AlertAcknowledged => this with { AcknowledgedBy = recorded.Actor.Value, AcknowledgedAt = recorded.When },
        ApproachRead => this with { ReadBy = recorded.Actor.Value, ReadAt = recorded.When },
        ApproachHandled e => this with { Handled = e, HandledBy = recorded.Actor.Value, HandledAt = recorded.When },
        _ => this,
    };

    /// <summary>What happens to it, filed where it is erased with whoever recorded it.</summary>
    public Filing File(IEvent happened) => new(Stream, happened, Compartment: Compartments.OfPerson(Reporter));
}
