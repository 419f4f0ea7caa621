using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.People.Requiring;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Revetting;

/// <summary>Starts the draw of the quarter: records who can be drawn and which seed will draw. It is started once, and whoever starts it chooses nothing.</summary>
internal sealed class FixPool(Clerk clerk, CommitLots commit, LotSeeds seeds, FoldedStream<Lots> lots, FoldedStream<Requirements> requirements, IRegister registers, IPolicies policies, TimeProvider time)
{
    public const string Drawn = "people.lot-drawn-already";
    public const string Nobody = "people.lot-nobody";
    public const string NoSeed = "people.lot-no-seed";

    public static Decision Decide(LotFacts facts, FreeLot? free)
    {
        if (LotAccess.Refuses(LotAction.Draw, facts) is { } refusal) return refusal;
        if (facts.IsDrawn) return Decision.Refuse(Drawn);
        var pool = LotPool.Of(facts.Requirements, facts.Register, facts.Now);
        if (pool.Count == 0) return Decision.Refuse(Nobody);
        return free is null ? Decision.Refuse(NoSeed) : Decision.Accept(
            Lots.Stream, new LotPoolFixed(facts.Quarter.ToString(), pool, LotPool.CountOf(pool.Count, facts.Policy), free.Chain, free.Place, facts.Policy.Label));
    }

    public async Task<Outcome> HandleAsync(Guid person, CancellationToken cancel)
    {
        await commit.RunAsync(cancel);
        return await clerk.FileAsync(new ActorId(person), Lots.Stream, $"people.{LotAction.Draw}", async session =>
        {
            var facts = await ReadAsync(session, person, cancel);
            return Decide(facts, seeds.Free(facts.Lots));
        }, cancel: cancel);
    }

    /// <summary>What a page may say of the draw that is due.</summary>
    public ValueTask<LotFacts> ReadAsync(TransparencyLog log, Guid person, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, cancel);

    async ValueTask<LotFacts> ReadAsync(RecordSession session, Guid person, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        return new LotFacts(
            await lots.ReadAsync(session, cancel), await requirements.ReadAsync(session, cancel), await policies.ReadAsync(session, cancel), Actor.From(register, person, now), register, now);
    }
}
