using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Records.Contract;

/// <summary>The legal holds on a subject, for rooms that must not let go of what the law wants kept.</summary>
internal sealed record LegalHolds : IState<LegalHolds>
{
    public static LegalHolds Initial { get; } = new();

    public ImmutableHashSet<Guid> Standing { get; init; } = [];

    /// <summary>The stream of what is to become of a subject's data: its holds are in it.</summary>
    public static StreamId StreamOf(Guid subject) => new(Streams.Derive(subject, "records"));

    public LegalHolds Apply(Recorded recorded) => recorded.Event switch
    {
        HoldPlaced e => this with { Standing = Standing.Add(e.Hold) },
        HoldReleased e => this with { Standing = Standing.Remove(e.Hold) },
        _ => this,
    };
}
