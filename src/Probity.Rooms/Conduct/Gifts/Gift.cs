using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Conduct.Gifts;

/// <summary>How far a gift has come.</summary>
internal enum GiftStage { Waiting, Overdue, Reviewed }

/// <summary>A declared gift. A stream of its own, in the compartment of whoever declared it.</summary>
internal sealed record Gift : IState<Gift>
{
    public static Gift Initial { get; } = new();

    public Guid Id { get; init; }
    public Guid Declarer { get; init; }
    public GiftDeclared? Declared { get; init; }
    public DateTimeOffset DeclaredAt { get; init; }
    public GiftReviewed? Review { get; init; }
    public Guid? ReviewedBy { get; init; }
    public DateTimeOffset? ReviewedAt { get; init; }
    public long Version { get; init; }

    public StreamId Stream => new(Id);
    public bool Exists => Declared is not null;

    /// <summary>Whether nothing may be kept: the giver is under investigation or inspection.</summary>
    public bool TakesNothing => Declared is { Case: not null } or { Inspected: true };

    public Gift Apply(Recorded recorded) => Happen(recorded) with { Id = recorded.Stream.Value, Version = recorded.Version };

    Gift Happen(Recorded recorded) => recorded.Event switch
    {
        GiftDeclared e => this with { Declared = e, Declarer = recorded.Actor.Value, DeclaredAt = recorded.When },
        GiftReviewed e => this with { Review = e, ReviewedBy = recorded.Actor.Value, ReviewedAt = recorded.When },
        _ => this,
    };

    /// <summary>How far it has come.</summary>
    public static GiftStage StageOf(bool reviewed, DateTimeOffset due, DateTimeOffset now) => reviewed ? GiftStage.Reviewed : due < now ? GiftStage.Overdue : GiftStage.Waiting;
}
