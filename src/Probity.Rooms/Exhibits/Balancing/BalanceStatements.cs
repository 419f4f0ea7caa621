using System.Collections.Immutable;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.Balancing;

/// <summary>A published balance, and whether somebody has had it computed again.</summary>
/// <param name="Index">Its entry on the record.</param>
/// <param name="At">When it was published.</param>
/// <param name="By">By whom.</param>
/// <param name="Of">What was published.</param>
internal sealed record BalanceStatement(long Index, DateTimeOffset At, Guid By, BalancePublished Of)
{
    /// <summary>The newest time that it was computed again, and what that showed.</summary>
    public (BalanceChecked Found, DateTimeOffset At)? Checked { get; init; }

    /// <summary>Whether it came out otherwise than it was published, though nothing of it was erased.</summary>
    public bool IsContradicted => Checked is { Found: { SameRoot: false } or { SameFigures: false, Erased: 0 } };
}

/// <summary>All that was published of a unit, the oldest first.</summary>
internal sealed record BalanceStatements : IState<BalanceStatements>
{
    public static BalanceStatements Initial { get; } = new();

    public ImmutableArray<BalanceStatement> All { get; init; } = [];

    /// <summary>The stream of a unit's balances. It names no case and is erased with none.</summary>
    public static StreamId StreamOf(Guid unit) => new(Streams.Derive(unit, "grams"));

    public BalanceStatement? At(long index) => All.FirstOrDefault(s => s.Index == index);

    public BalanceStatements Apply(Recorded recorded) => recorded.Event switch
    {
        BalancePublished e => this with { All = All.Add(new BalanceStatement(recorded.Index, recorded.At, recorded.Actor.Value, e)) },
        BalanceChecked e => this with { All = [.. All.Select(s => s.Index == e.Statement ? s with { Checked = (e, recorded.At) } : s)] },
        _ => this,
    };
}
