using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Requiring;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Drawing;
using Probity.Shared.Record;

namespace Probity.People.Revetting;

/// <summary>
/// Reveals the seed of a pool that was fixed, and who is drawn by it. Where the seed is not known here any more the quarter has no draw: nobody gets another one by replacing the secret.
/// </summary>
internal sealed class DrawLot(Clerk clerk, LotSeeds seeds, FoldedStream<Lots> lots, FoldedStream<Requirements> requirements, IRegister registers, IPolicies policies, TimeProvider time) : IReaction
{
    public string Rule => "people.draw-lot";
    public Type On => typeof(LotPoolFixed);

    /// <summary>What a draw comes to.</summary>
    /// <param name="lot">The pool that was fixed.</param>
    /// <param name="seed">The seed of its place; null where it is not known.</param>
    /// <param name="drawn">Who is drawn, with what is asked of their posts.</param>
    /// <param name="policy">The pack in force.</param>
    /// <param name="now">The time.</param>
    public static Decision Decide(Lot lot, string? seed, IReadOnlyList<DrawnByLot> drawn, Policy policy, DateTimeOffset now) =>
        lot.Seed is not null || seed is null ? Decision.Accept()
        : Decision.Accept(Lots.Stream, new LotDrawn(lot.Period, seed, drawn, policy.After(PolicyRules.LotBegunWithin, now), policy.Label));

    public Task ReactAsync(Recorded cause, string commandId, CancellationToken cancel) => clerk.FileAsync(clerk.House, Lots.Stream, "people.draw-lot", async session =>
    {
        var (all, now) = (await lots.ReadAsync(session, cancel), time.GetUtcNow());
        var lot = all.All[((LotPoolFixed)cause.Event!).Period];
        var seed = all.ChainOf(lot.Chain) is { } chain ? seeds.Reveal(chain, lot.Place) : null;
        var drawn = new List<DrawnByLot>();
        if (seed is not null && lot.Seed is null)
        {
            var (asked, register) = (await requirements.ReadAsync(session, cancel), await registers.ReadAsync(session, cancel));
            foreach (var at in Draw.IndexesOf(Convert.FromHexString(seed), lot.Place, lot.Pool.Length, lot.Count))
            {
                var person = lot.Pool[at];
                var level = LotPool.LevelOf(person, asked, register, now) ?? ClearanceLevel.Sensitive;
                var known = await PersonClearances.ReadAsync(session, person, cancel);
                drawn.Add(new DrawnByLot(person, level, known.All.LastOrDefault(c => c.IsOpenAt(now) && c.Level >= level)?.Id));
            }
        }

        return Decide(lot, seed, drawn, await policies.ReadAsync(session, cancel), now);
    }, commandId, cancel);
}
