using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.Balancing;

/// <summary>The way of every command on a unit's grams, and of every page about them.</summary>
internal sealed class GramsDesk(TransparencyLog log, Clerk clerk, IRegister registers, TimeProvider time)
{
    /// <summary>Guards and runs a decision; null where there is no such unit.</summary>
    public async Task<Outcome?> RunAsync(
        Guid person, Guid unit, GramsAction action, Func<RecordSession, GramsFacts, ValueTask<Decision>> decide, CancellationToken cancel)
    {
        if (!(await registers.ReadAsync(cancel)).Units.ContainsKey(unit)) return null;
        return await clerk.FileAsync(new ActorId(person), BalanceStatements.StreamOf(unit), $"exhibits.{action}Grams", async session =>
        {
            var facts = await ReadAsync(session, person, unit, cancel);
            return GramsAccess.Refuses(action, facts.Actor, unit, facts.Register, facts.Now) is { } refusal ? refusal : await decide(session, facts);
        }, cancel: cancel);
    }

    /// <summary>Opens a unit's sums for a page: the reading, or the refusal, is recorded. Null where this person may not see them.</summary>
    public async Task<GramsFacts?> OpenAsync(Guid person, Guid unit, GramsAction action, CancellationToken cancel)
    {
        var facts = await ReadAsync(new RecordSession(log), person, unit, cancel);
        if (!facts.Register.Units.ContainsKey(unit)) return null;
        var stream = BalanceStatements.StreamOf(unit);
        if (GramsAccess.Refuses(action, facts.Actor, unit, facts.Register, facts.Now) is { } refusal)
        {
            await clerk.FileAsync(facts.Actor.Id, stream, $"exhibits.{action}Grams", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        await clerk.FileReadAsync(facts.Actor.Id, stream, "exhibits.grams", cancel: cancel);
        return facts;
    }

    /// <summary>What was published of a unit, for everybody.</summary>
    public ValueTask<BalanceStatements> StatementsAsync(Guid unit, CancellationToken cancel) =>
        new RecordSession(log).FoldAsync<BalanceStatements>(BalanceStatements.StreamOf(unit), cancel);

    async ValueTask<GramsFacts> ReadAsync(RecordSession session, Guid person, Guid unit, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        return new GramsFacts(
            Actor.From(register, person, now), register, unit, await session.FoldAsync<BalanceStatements>(BalanceStatements.StreamOf(unit), cancel), now);
    }
}
