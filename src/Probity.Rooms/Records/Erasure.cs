using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Records.Contract;
using Probity.Shared.Record;

namespace Probity.Records;

/// <summary>How far an erasure has come.</summary>
internal enum ErasureStage { None, Proposed, Refused, Approved, Stopped, Performed, Finished }

/// <summary>A legal hold: why the subject has to be kept, and who said so.</summary>
internal sealed record Hold(Guid Id, string LegalBasis, string Reason, Guid By, DateTimeOffset At);

/// <summary>
/// What is to become of one matter's or person's data. Proposals, decisions and holds of a subject are one stream, so a hold that is
/// placed meanwhile makes the decision that missed it start over.
/// </summary>
internal sealed record Erasure : IState<Erasure>
{
    public static Erasure Initial { get; } = new();

    public SubjectKind Kind { get; init; }
    public Guid Subject { get; init; }
    public ErasureStage Stage { get; init; }
    public DateTimeOffset Since { get; init; }
    public string LegalBasis { get; init; } = "";
    public string Reason { get; init; } = "";
    public Guid? ProposedBy { get; init; }
    public DateTimeOffset? ProposedAt { get; init; }
    public Guid? DecidedBy { get; init; }

    /// <summary>Why it was refused or stopped: what the second person wrote, or the code of what stood in the way.</summary>
    public string? Because { get; init; }

    public ImmutableDictionary<Guid, Hold> Holds { get; init; } = ImmutableDictionary<Guid, Hold>.Empty;
    public long Version { get; init; }

    public bool IsHeld => !Holds.IsEmpty;

    /// <summary>Whether the keys are gone.</summary>
    public bool IsDone => Stage is ErasureStage.Performed or ErasureStage.Finished;

    /// <summary>The stream of a subject.</summary>
    public static StreamId StreamOf(Guid subject) => LegalHolds.StreamOf(subject);

    public Erasure Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    Erasure Happen(Recorded recorded) => recorded.Event switch
    {
        ErasureProposed e => At(ErasureStage.Proposed, recorded) with
        {
            Kind = e.Kind, Subject = e.Subject, LegalBasis = e.LegalBasis, Reason = e.Reason, ProposedBy = recorded.Actor.Value,
            ProposedAt = recorded.When, DecidedBy = null, Because = null,
        },
        ErasureApproved e => At(ErasureStage.Approved, recorded) with { DecidedBy = recorded.Actor.Value, Because = e.Reason },
        ErasureRefused e => At(ErasureStage.Refused, recorded) with { DecidedBy = recorded.Actor.Value, Because = e.Reason },
        ErasureStopped e => At(ErasureStage.Stopped, recorded) with { Because = e.Code },
        ErasurePerformed => At(ErasureStage.Performed, recorded),
        ErasureFinished => At(ErasureStage.Finished, recorded),
        HoldPlaced e => this with
        {
            Kind = e.Kind, Subject = e.Subject,
            Holds = Holds.Add(e.Hold, new Hold(e.Hold, e.LegalBasis, e.Reason, recorded.Actor.Value, recorded.When)),
        },
        HoldReleased e => this with { Holds = Holds.Remove(e.Hold) },
        _ => this,
    };

    Erasure At(ErasureStage stage, Recorded recorded) => this with { Stage = stage, Since = recorded.When };
}
