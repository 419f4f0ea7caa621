using System.Collections.Immutable;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Revetting;

/// <summary>A chain of seeds that was committed to, and how many of its places are taken.</summary>
internal sealed record LotChain(int Number, string Commitment, int Length, DateTimeOffset At, long Index, long Taken);

/// <summary>The next free place of a chain.</summary>
internal sealed record FreeLot(int Chain, long Place);

/// <summary>The draw of a quarter: first who can be drawn, then the seed and who was.</summary>
internal sealed record Lot(string Period, ImmutableArray<Guid> Pool, int Count, int Chain, long Place, string Policy, Guid By, DateTimeOffset FixedAt, long FixedIndex)
{
    /// <summary>The seed; null until it is drawn.</summary>
    public string? Seed { get; init; }
    public ImmutableArray<DrawnByLot> Drawn { get; init; } = [];
    public DateTimeOffset? DrawnAt { get; init; }
    public long? DrawnIndex { get; init; }
    public DateTimeOffset? BeginUntil { get; init; }
}

/// <summary>When somebody was last drawn, for which level, and which clearance was in the making then.</summary>
internal readonly record struct NewestLot(DateTimeOffset At, ClearanceLevel Level, Guid? InHand)
{
    /// <summary>Whether a clearance is one by which its person is vetted anew.</summary>
    public bool IsMetBy(Guid clearance, ClearanceLevel level, DateTimeOffset invitedAt) => level >= Level && (invitedAt > At || clearance == InHand);
}

/// <summary>The draws of re-vetting and the chains of seeds that they rest on. One stream for the agency: a quarter is drawn once.</summary>
internal sealed record Lots : IStreamState<Lots>
{
    /// <summary>The stream.</summary>
    public static StreamId Stream { get; } = new(new Guid("d1ec7084-0000-8000-8000-000000000052"));

    public static Lots Initial { get; } = new();

    /// <summary>The chains, the first being number 1.</summary>
    public ImmutableArray<LotChain> Chains { get; init; } = [];

    /// <summary>The draws, by quarter.</summary>
    public ImmutableSortedDictionary<string, Lot> All { get; init; } = ImmutableSortedDictionary<string, Lot>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>When somebody was last drawn, and for which level.</summary>
    public ImmutableDictionary<Guid, NewestLot> Newest { get; init; } = ImmutableDictionary<Guid, NewestLot>.Empty;

    public long Version { get; init; }

    public Lots Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    Lots Happen(Recorded recorded) => recorded.Event switch
    {
        LotSeedsCommitted e => this with { Chains = Chains.Add(new LotChain(e.Chain, e.Commitment, e.Length, recorded.At, recorded.Index, 0)) },
        LotPoolFixed e => this with
        {
            All = All.SetItem(e.Period, new Lot(e.Period, [.. e.Pool], e.Count, e.Chain, e.Place, e.Policy, recorded.Actor.Value, recorded.At, recorded.Index)),
            Chains = [.. Chains.Select(c => c.Number == e.Chain ? c with { Taken = c.Taken + 1 } : c)],
        },
        LotDrawn e when All.TryGetValue(e.Period, out var lot) => this with
        {
            All = All.SetItem(e.Period, lot with { Seed = e.Seed, Drawn = [.. e.Drawn], DrawnAt = recorded.At, DrawnIndex = recorded.Index, BeginUntil = e.BeginUntil }),
            Newest = Newest.SetItems(e.Drawn.Select(d => KeyValuePair.Create(d.Person, new NewestLot(recorded.At, d.Level, d.InHand)))),
        },
        _ => this,
    };

    /// <summary>A chain by its number, or null.</summary>
    public LotChain? ChainOf(int number) => Chains.FirstOrDefault(c => c.Number == number);
}
