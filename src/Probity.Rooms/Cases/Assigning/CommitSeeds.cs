using Probity.Cases.Contract;
using Probity.Shared.Drawing;
using Probity.Shared.Record;

namespace Probity.Cases.Assigning;

/// <summary>
/// Commits to the next chain of seeds when there is none, when few places are left, and when the secret was replaced. Run
/// when the node starts and before each request: it does nothing where enough places are left.
/// </summary>
internal sealed class CommitSeeds(Clerk clerk, DrawSeeds seeds)
{
    // An append of its own: a chain is committed to before anybody knows which draw takes its first place.
    public Task<Outcome> RunAsync(CancellationToken cancel)
    {
        var stream = DrawChains.StreamOf(clerk.House);
        return clerk.FileAsync(clerk.House, stream, "cases.commit-seeds", async session =>
        {
            var chains = await session.FoldAsync<DrawChains>(stream, cancel);
            var free = await chains.FreeAsync(seeds, session, cancel);
            if (free.Sum(f => f.Left) > DrawSeeds.RenewAt) return Decision.Accept();
            var number = chains.Chains.Length + 1;
            return Decision.Accept(stream, new SeedsCommitted(
                DrawChains.IdOf(clerk.House, number), seeds.Commitment(number), DrawSeeds.Length));
        }, cancel: cancel);
    }
}
