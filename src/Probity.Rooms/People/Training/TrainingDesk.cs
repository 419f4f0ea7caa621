using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Training;

/// <summary>The way of every command on training: read it, the catalogue, the register and the policy pack, guard, decide, file.</summary>
internal sealed class TrainingDesk(TransparencyLog log, Clerk clerk, IRegister registers, IPolicies policies, FoldedStream<Catalogue> catalogues, TimeProvider time)
{
    /// <summary>Guards and runs a decision about somebody's training. Refusals and readings lie beside the person, and go with them.</summary>
    public Task<Outcome> RunAsync(Guid actor, Guid person, TrainingAction action, Func<TrainingFacts, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(actor), new StreamId(person), $"training.{action}", async session =>
        {
            var facts = await ReadAsync(session, actor, person, cancel);
            return TrainingAccess.Refuses(action, facts) ?? decide(facts);
        }, cancel: cancel);

    /// <summary>Runs a decision about the catalogue; each has its own guard.</summary>
    public Task<Outcome> RunAsync(Guid actor, string what, Func<Catalogue, Actor, Register, DateTimeOffset, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(actor), Catalogue.Stream, $"training.{what}", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            return decide(await catalogues.ReadAsync(session, cancel), Actor.From(register, actor, now), register, now);
        }, cancel: cancel);

    /// <summary>Opens somebody's training for a page: the reading of another's, or its refusal, is recorded. Null where this person may not.</summary>
    public async Task<TrainingFacts?> OpenAsync(Guid actor, Guid person, CancellationToken cancel)
    {
        var facts = await ReadAsync(new RecordSession(log), actor, person, cancel);
        if (TrainingAccess.Refuses(TrainingAction.See, facts) is { } refusal)
        {
            await clerk.FileAsync(new ActorId(actor), new StreamId(person), "training.See", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        if (actor != person) await clerk.FileReadAsync(new ActorId(actor), new StreamId(person), "training.view", cancel: cancel);
        return facts;
    }

    async ValueTask<TrainingFacts> ReadAsync(RecordSession session, Guid actor, Guid person, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var (catalogue, policy) = (await catalogues.ReadAsync(session, cancel), await policies.ReadAsync(session, cancel));
        return new TrainingFacts(person, await session.FoldAsync<PersonTraining>(PersonTraining.StreamOf(person), cancel), catalogue, policy, Actor.From(register, actor, now), register, now);
    }

    /// <summary>Somebody's training as it stands, without anybody having opened it.</summary>
    public ValueTask<TrainingFacts> OfAsync(Guid person, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, person, cancel);
}
