using Probity.Policies.Contract;
using Probity.Reports.Contract;
using Probity.Shared.Drawing;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>The seeds of the draws of reviews: chains of their own, so that they tell nothing of other draws.</summary>
internal sealed class ReviewSeeds(DrawSeeds ofCases)
{
    readonly DrawSeeds _seeds = ofCases.Of("probity report review chain");

    /// <summary>What a chain commits to.</summary>
    public string Commitment(int chain) => _seeds.Commitment(chain);

    /// <summary>The seed of a place in lower-case hexadecimal; null where the chain is of another secret.</summary>
    public string? Reveal(ReviewChain chain, long place) => _seeds.Knows(chain.Number, chain.Commitment) ? Convert.ToHexStringLower(_seeds.Seed(chain.Number, place)) : null;

    /// <summary>The newest chain where it has a free place and is of this secret.</summary>
    public ReviewChain? Free(ReviewDraws draws) => draws.Chains is [.., var newest] && newest.Taken < newest.Length && _seeds.Knows(newest.Number, newest.Commitment) ? newest : null;
}

/// <summary>
/// Draws which closings without action, and which referrals, of past months are looked at again, in the name of the house: the chain of seeds is committed to first, then the month's closings are fixed, then the seed is revealed, each in an append of its own.
/// It runs when somebody opens their list: it chooses nothing, and a month is drawn once.
/// </summary>
internal sealed class DrawReviews(Clerk clerk, ReviewSeeds seeds, FoldedStream<ReviewDraws> draws, IPolicies policies, TimeProvider time)
{
    /// <summary>The next chain, where there is none that a draw could use.</summary>
    public static Decision Decide(ReviewDraws draws, ReviewChain? free, Func<int, string> commitment) => free is not null ? Decision.Accept()
        : Decision.Accept(ReviewDraws.Stream, new ReviewSeedsCommitted(draws.Chains.Length + 1, commitment(draws.Chains.Length + 1), DrawSeeds.Length));

    /// <summary>The pool of a month that is over.</summary>
    public static Decision Decide(ReviewDraws draws, ReviewChain? free, string month, IReadOnlyList<Guid> pool, Policy policy, DateTimeOffset now)
    {
        if (pool.Count == 0 || free is null || draws.All.ContainsKey(month) || string.CompareOrdinal(month, ReviewDraws.MonthOf(DateOnly.FromDateTime(now.UtcDateTime))) >= 0) return Decision.Accept();
        return Decision.Accept(ReviewDraws.Stream, new ReviewPoolFixed(
            month, [.. pool.Order()], ReviewDraws.CountOf(pool.Count, policy.Of(PolicyRules.ClosingsReviewedShare)), free.Number, free.Taken + 1, policy.Label));
    }

    /// <summary>What a fixed pool and its seed come to.</summary>
    public static Decision Decide(ReviewDraw draw, string? seed) => draw.Seed is not null || seed is null ? Decision.Accept()
        : Decision.Accept(ReviewDraws.Stream, new ReviewsDrawn(draw.Month, seed, [.. Draw.IndexesOf(Convert.FromHexString(seed), draw.Place, draw.Pool.Length, draw.Count).Select(at => draw.Pool[at])]));

    /// <summary>Commits to seeds where that is still to be done: when the node starts, so that they stand before anything is closed.</summary>
    public Task<Outcome> CommitAsync(CancellationToken cancel) => FileAsync(known => Decide(known, seeds.Free(known), seeds.Commitment), cancel);

    /// <summary>Draws the months that are over.</summary>
    /// <param name="closings">The closings that are drawn from by month, by stream.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task RunAsync(IReadOnlyDictionary<string, IReadOnlyList<Guid>> closings, CancellationToken cancel)
    {
        var (known, today) = (await draws.ReadAsync(cancel), ReviewDraws.MonthOf(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)));
        foreach (var (month, pool) in closings.Where(c => string.CompareOrdinal(c.Key, today) < 0 && known.All.GetValueOrDefault(c.Key)?.Seed is null).OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            await CommitAsync(cancel);
            var policy = await policies.ReadAsync(cancel);
            await FileAsync(all => Decide(all, seeds.Free(all), month, pool, policy, time.GetUtcNow()), cancel);
            await FileAsync(all => all.All.GetValueOrDefault(month) is { } draw && all.Chains.FirstOrDefault(c => c.Number == draw.Chain) is { } chain
                ? Decide(draw, seeds.Reveal(chain, draw.Place)) : Decision.Accept(), cancel);
        }
    }

    Task<Outcome> FileAsync(Func<ReviewDraws, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(clerk.House, ReviewDraws.Stream, "reports.draw-reviews", async session => decide(await draws.ReadAsync(session, cancel)), cancel: cancel);
}
