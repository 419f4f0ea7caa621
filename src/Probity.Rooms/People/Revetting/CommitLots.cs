using Probity.People.Contract;
using Probity.Shared.Drawing;
using Probity.Shared.Record;

namespace Probity.People.Revetting;

/// <summary>The seeds of the draws of re-vetting: chains of their own, so that they tell nothing of the draws of cases.</summary>
internal sealed class LotSeeds(DrawSeeds ofCases)
{
    readonly DrawSeeds _seeds = ofCases.Of("probity re-vetting chain");

    /// <summary>What the next chain commits to.</summary>
    public string Commitment(int chain) => _seeds.Commitment(chain);

    /// <summary>The seed of a place in lower-case hexadecimal; null where the chain is of another secret.</summary>
    public string? Reveal(LotChain chain, long place) => _seeds.Knows(chain.Number, chain.Commitment) ? Convert.ToHexStringLower(_seeds.Seed(chain.Number, place)) : null;

    /// <summary>The next free place of the newest chain, or null where it is used up or of another secret.</summary>
    public FreeLot? Free(Lots lots) =>
        lots.Chains is [.., var newest] && newest.Taken < newest.Length && _seeds.Knows(newest.Number, newest.Commitment) ? new FreeLot(newest.Number, newest.Taken + 1) : null;
}

/// <summary>Commits to a chain of seeds when there is none that a draw could use. Run when the node starts and before each draw: it does nothing where there is one.</summary>
internal sealed class CommitLots(Clerk clerk, LotSeeds seeds, FoldedStream<Lots> reader)
{
    // An append of its own: the chain stands on the record before anybody knows whom a draw could take.
    public async Task<Outcome> RunAsync(CancellationToken cancel) => await clerk.FileAsync(clerk.House, Lots.Stream, "people.commit-lots", async session =>
    {
        var lots = await reader.ReadAsync(session, cancel);
        if (seeds.Free(lots) is not null) return Decision.Accept();
        var number = lots.Chains.Length + 1;
        return Decision.Accept(Lots.Stream, new LotSeedsCommitted(number, seeds.Commitment(number), DrawSeeds.Length));
    }, cancel: cancel);
}
