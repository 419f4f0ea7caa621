using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Reports.Matters;

/// <summary>The way of every command on a matter that is there: read it and the register, guard, decide, file.</summary>
internal sealed class MatterDesk(TransparencyLog log, Clerk clerk, IRegister registers, TimeProvider time)
{
    /// <summary>Guards a decision and takes it; what was done already under the same id is not done twice.</summary>
    public static Decision Decide(MatterAction action, Guid id, MatterFacts facts, Func<MatterFacts, Decision> decide) =>
        MatterAccess.Refuses(action, facts) is { } refusal ? refusal : facts.Matter.Known.Contains(id) ? Decision.Accept() : decide(facts);

    /// <summary>Runs a decision; null where there is no such matter, as far as this person may know.</summary>
    public async Task<Outcome?> RunAsync(Guid person, Guid matter, MatterAction action, Guid id, Func<MatterFacts, Decision> decide, CancellationToken cancel)
    {
        var visible = false;
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(matter), $"matters.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, matter, cancel);
            visible = MatterAccess.Refuses(MatterAction.View, facts) is null;
            return Decide(action, id, facts, decide);
        }, cancel: cancel);
        return visible ? outcome : null;
    }

    /// <summary>Opens a matter for a page: the reading, or its refusal, is recorded. Null where this person may not know of it.</summary>
    public async Task<MatterFacts?> OpenAsync(Guid person, Guid matter, CancellationToken cancel)
    {
        var facts = await ReadAsync(person, matter, cancel);
        if (MatterAccess.Refuses(MatterAction.View, facts) is { } refusal)
        {
            // Filed for one that is not there too: the answer takes as long either way.
            await clerk.FileAsync(new ActorId(person), new StreamId(matter), "matters.View", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        await clerk.FileReadAsync(new ActorId(person), new StreamId(matter), "matters.matter", cancel: cancel);
        return facts;
    }

    /// <summary>A matter as it stands, without anybody having opened it.</summary>
    public ValueTask<MatterFacts> ReadAsync(Guid person, Guid matter, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, matter, cancel);

    /// <summary>The same within a decision.</summary>
    public async ValueTask<MatterFacts> ReadAsync(RecordSession session, Guid person, Guid matter, CancellationToken cancel)
    {
        var (now, register) = (time.GetUtcNow(), await registers.ReadAsync(session, cancel));
        return new MatterFacts(await session.FoldAsync<Matter>(new StreamId(matter), cancel) with { Id = matter }, Actor.From(register, person, now), register, now);
    }
}
