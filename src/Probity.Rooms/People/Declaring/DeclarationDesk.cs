using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Declaring;

/// <summary>The way of every command on declarations: read them, the register and the policy pack, guard, decide, file.</summary>
internal sealed class DeclarationDesk(TransparencyLog log, Clerk clerk, IRegister registers, IPolicies policies, TimeProvider time)
{
    /// <summary>Guards and runs a decision.</summary>
    public Task<Outcome> RunAsync(Guid actor, Guid person, DeclarationAction action, Func<DeclarationFacts, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(actor), Declarations.StreamOf(person), $"declarations.{action}", async session =>
        {
            var facts = await ReadAsync(session, actor, person, cancel);
            return DeclarationAccess.Refuses(action, facts) ?? decide(facts);
        }, cancel: cancel);

    /// <summary>Opens somebody's declarations for a page: the reading, or its refusal, is recorded. Null where this person may not.</summary>
    public async Task<DeclarationFacts?> OpenAsync(Guid actor, Guid person, CancellationToken cancel)
    {
        var facts = await ReadAsync(actor, person, cancel);
        if (DeclarationAccess.Refuses(DeclarationAction.Read, facts) is { } refusal)
        {
            await clerk.FileAsync(new ActorId(actor), Declarations.StreamOf(person), "declarations.Read", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        if (actor != person) await clerk.FileReadAsync(new ActorId(actor), Declarations.StreamOf(person), "declarations.view", cancel: cancel);
        return facts;
    }

    /// <summary>Somebody's declarations as they stand, without anybody having opened them.</summary>
    public ValueTask<DeclarationFacts> ReadAsync(Guid actor, Guid person, CancellationToken cancel) => ReadAsync(new RecordSession(log), actor, person, cancel);

    async ValueTask<DeclarationFacts> ReadAsync(RecordSession session, Guid actor, Guid person, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var policy = await policies.ReadAsync(session, cancel);
        return new DeclarationFacts(person, await session.FoldAsync<Declarations>(Declarations.StreamOf(person), cancel), policy, Actor.From(register, actor, now), register, now);
    }
}
