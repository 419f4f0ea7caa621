using System.Collections.Immutable;
using System.Globalization;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Drawing;
using Probity.Shared.Record;

namespace Probity.Cases.Assigning;

/// <summary>The next free place of a chain. <paramref name="Left"/> counts it.</summary>
internal sealed record FreePlace(Guid Chain, long Place, long Left);

/// <summary>The chains of seeds that the node committed to, the first being number 1.</summary>
internal sealed record DrawChains : IState<DrawChains>
{
    public static DrawChains Initial { get; } = new();

    public ImmutableArray<SeedsCommitted> Chains { get; init; } = [];

    public DrawChains Apply(Recorded recorded) =>
        recorded.Event is SeedsCommitted e ? this with { Chains = Chains.Add(e) } : this;

    public static StreamId StreamOf(ActorId house) => new(Streams.Derive(house.Value, "draw chains"));

    /// <summary>The id of a chain; the stream of its places bears it too.</summary>
    public static Guid IdOf(ActorId house, int number) =>
        Streams.Derive(house.Value, string.Create(CultureInfo.InvariantCulture, $"draw chain {number}"));

    /// <summary>A chain's number, or null.</summary>
    public int? NumberOf(Guid chain)
    {
        for (var i = 0; i < Chains.Length; i++)
        {
            if (Chains[i].Chain == chain) return i + 1;
        }

        return null;
    }

    /// <summary>The next places of the chains that this secret can reveal, the oldest chain first.</summary>
    public async ValueTask<IReadOnlyList<FreePlace>> FreeAsync(DrawSeeds seeds, RecordSession session, CancellationToken cancel)
    {
        var free = new List<FreePlace>();
        // A chain is only followed when it is nearly used up, so no more than two are ever open.
        for (var number = Math.Max(1, Chains.Length - 1); number <= Chains.Length; number++)
        {
            var chain = Chains[number - 1];
            if (!seeds.Knows(number, chain.Commitment)) continue;
            var taken = await session.CountAsync(new StreamId(chain.Chain), cancel);
            if (taken < chain.Length) free.Add(new FreePlace(chain.Chain, taken + 1, chain.Length - taken));
        }

        return free;
    }
}
