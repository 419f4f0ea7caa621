using Probity.Ledger;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Rotating.Planning;

/// <summary>A plan on the record, and who asked when that it be adopted.</summary>
internal sealed record RecordedPlan(RotationProposed Plan, Guid By, DateTimeOffset At, DateTimeOffset? AdoptedAt = null, Guid? AdoptedBy = null);

/// <summary>The rotation plan of the agency: the one that is adopted, and one that waits for a second person. One stream.</summary>
internal sealed record Rotation : IState<Rotation>
{
    /// <summary>The stream.</summary>
    public static readonly StreamId Stream = new(new Guid("d1ec7084-0000-8000-8000-000000000061"));

    public static Rotation Initial { get; } = new();

    /// <summary>The plan that postings are compared with.</summary>
    public RecordedPlan? Adopted { get; init; }

    /// <summary>The plan that waits.</summary>
    public RecordedPlan? Waiting { get; init; }

    public long Version { get; init; }

    public Rotation Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    Rotation Happen(Recorded recorded) => recorded.Event switch
    {
        RotationProposed e => this with { Waiting = new RecordedPlan(e, recorded.Actor.Value, recorded.At) },
        RotationAdopted => this with { Adopted = Waiting! with { AdoptedAt = recorded.At, AdoptedBy = recorded.Actor.Value }, Waiting = null },
        RotationReturned => this with { Waiting = null },
        _ => this,
    };
}
