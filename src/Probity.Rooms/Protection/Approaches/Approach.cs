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

    /// <summary>By when whoever has it in hand acts; null where that was not recorded with it.</summary>
    public DateTimeOffset? ActBy { get; init; }

    /// <summary>Whether a plan was opened for it, or written what was done.</summary>
    public bool Acted { get; init; }

    /// <summary>Who had it in hand and let it lie, and since when they had it.</summary>
    public ImmutableList<(Guid By, DateTimeOffset At)> Dropped { get; init; } = [];

    /// <summary>Why nothing more is to be done about violence, where that waits for an overseer.</summary>
    public NotingAsked? Noting { get; init; }
    public Guid? NotingAskedBy { get; init; }
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

    /// <summary>Who has the alert in hand at a moment: not whoever let the time pass in which to act.</summary>
    public Guid? InHandAt(DateTimeOffset now) => HasLapsedAt(now) ? null : AcknowledgedBy;

    /// <summary>Whether whoever had it in hand let that time pass.</summary>
    public bool HasLapsedAt(DateTimeOffset now) => AcknowledgedBy is not null && !Acted && ActBy <= now;

    /// <summary>Whether an alert waits for somebody at a moment.</summary>
    public bool IsAlertingAt(DateTimeOffset now) => Alerts.Count > 0 && InHandAt(now) is null;

    /// <summary>Whether somebody let the alert lie.</summary>
    public bool WasDroppedBy(Guid person, DateTimeOffset now) => Dropped.Any(d => d.By == person) || (HasLapsedAt(now) && AcknowledgedBy == person);

    /// <summary>The plans that are opened for it, one after the other has ended; counted from 1.</summary>
    public Guid PlanAt(int number) => Streams.Derive(Id, number == 1 ? "protection plan" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"protection plan/{number}"));

    public Approach Apply(Recorded recorded) => Happen(recorded) with { Id = recorded.Stream.Value, Version = recorded.Version };

    Approach Happen(Recorded recorded) => recorded.Event switch
    {
        ApproachRecorded e => this with { Recorded = e, Reporter = recorded.Actor.Value, RecordedAt = recorded.When },
        // Raised anew after somebody had it in hand: they let it lie.
        AlertRaised e => (AcknowledgedBy is { } by ? this with { Dropped = Dropped.Add((by, AcknowledgedAt!.Value)), AcknowledgedBy = null, AcknowledgedAt = null, ActBy = null } : this)
            with { Alerts = Alerts.Add(new AlertStep(e.Rung, e.Officer, e.Since, e.Due)) },
        AlertToAct e => this with { ActBy = e.Due },
        AlertActed => this with { Acted = true },
        NotingAsked e => this with { Noting = e, NotingAskedBy = recorded.Actor.Value },
        NotingReturned => this with { Noting = null, NotingAskedBy = null },
        AlertAcknowledged => this with { AcknowledgedBy = recorded.Actor.Value, AcknowledgedAt = recorded.When },
        ApproachRead => this with { ReadBy = recorded.Actor.Value, ReadAt = recorded.When },
        ApproachHandled e => this with { Handled = e, HandledBy = recorded.Actor.Value, HandledAt = recorded.When },
        _ => this,
    };

    /// <summary>What happens to it, filed where it is erased with whoever recorded it.</summary>
    public Filing File(IEvent happened) => new(Stream, happened, Compartment: Compartments.OfPerson(Reporter));
}
