using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>The discrepancies of an exhibit, as its list has them.</summary>
internal sealed record DiscrepancyList : IState<DiscrepancyList>
{
    public static DiscrepancyList Initial { get; } = new();

    public IReadOnlyList<Guid> Ids { get; init; } = [];

    /// <summary>The stream of an exhibit's list.</summary>
    public static StreamId StreamOf(Guid exhibit) => new(Streams.Derive(exhibit, "discrepancies"));

    public DiscrepancyList Apply(Recorded recorded) => recorded.Event is DiscrepancyListed e ? this with { Ids = [.. Ids, e.Discrepancy] } : this;
}
