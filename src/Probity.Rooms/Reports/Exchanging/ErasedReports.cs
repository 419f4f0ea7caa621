using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Shared.Record;

namespace Probity.Reports.Exchanging;

/// <summary>The marks of all reports that were erased rightfully, and of their deposits. A stream of its own, which is erased with nothing.</summary>
internal sealed record ErasedReports : IStreamState<ErasedReports>
{
    static readonly Guid ErasedId = new("d1ec7084-0000-8000-8000-0000000000a5");

    public static StreamId Stream { get; } = new(ErasedId);

    public static ErasedReports Initial { get; } = new();

    public ImmutableHashSet<string> Marks { get; init; } = [];
    public long Version { get; init; }

    public ErasedReports Apply(Recorded recorded) => recorded.Event switch
    {
        ReportErased e => this with { Marks = Marks.Union(e.Marks), Version = recorded.Version },
        LateDepositsRemoved e => this with { Marks = Marks.Union(e.Marks), Version = recorded.Version },
        _ => this with { Version = recorded.Version },
    };
}
