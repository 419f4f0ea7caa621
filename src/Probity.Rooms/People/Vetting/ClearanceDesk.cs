using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>The way of every command on a clearance: read it, the pack and the register, guard, decide, file. Readings and refusals lie with its person.</summary>
internal sealed class ClearanceDesk(TransparencyLog log, Clerk clerk, IRegister registers, IPolicies policies, IEnumerable<ISessionEnd> sessions, TimeProvider time)
{
    /// <summary>Guards and runs a decision; null where there is no such clearance, as far as this person may know.</summary>
    /// <param name="person">Who acts.</param>
    /// <param name="id">The clearance.</param>
    /// <param name="action">What is being done, for the guard.</param>
    /// <param name="expected">The version that the person saw, where they said so.</param>
    /// <param name="decide">The slice's decision.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Outcome?> RunAsync(Guid person, Guid id, ClearanceAction action, long? expected, Func<ClearanceFacts, Decision> decide, CancellationToken cancel)
    {
        var (visible, stale) = (true, false);
        var subject = (await ReadAsync(person, id, cancel)).Clearance.Person;
        var outcome = await clerk.FileAsync(new ActorId(person), MatterOf(subject, id), $"people.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, id, cancel);
            visible = ClearanceAccess.Refuses(ClearanceAction.View, facts) is null;
            stale = expected is { } seen && seen != facts.Clearance.Version;
            if (stale && visible) return Decision.Accept();
            return ClearanceAccess.Refuses(action, facts) ?? decide(facts);
        }, cancel: cancel);
        if (!visible) return null;
        if (stale) return new Outcome.Stale();
        await EndSessionsAsync(outcome, subject, cancel);
        return outcome;
    }

    /// <summary>Runs the decision to ask somebody for a clearance, about whom there may be none yet.</summary>
    public Task<Outcome> InviteAsync(Guid person, Guid subject, Func<RecordSession, PersonClearances, ClearanceFacts, ValueTask<Decision>> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), MatterOf(subject, subject), $"people.{ClearanceAction.Invite}", async session =>
        {
            var now = time.GetUtcNow();
            var register = await registers.ReadAsync(session, cancel);
            var all = await PersonClearances.ReadAsync(session, subject, cancel);
            var asked = Clearance.Initial with { Person = register.People.ContainsKey(subject) ? subject : Guid.Empty };
            var facts = new ClearanceFacts(asked, await policies.ReadAsync(session, cancel), Actor.From(register, person, now), register, now);
            return ClearanceAccess.Refuses(ClearanceAction.Invite, facts) is { } refusal ? refusal : await decide(session, all, facts);
        }, cancel: cancel);

    /// <summary>Opens a clearance for a page: the reading, or its refusal, is recorded. Null where this person may not know of it.</summary>
    public async Task<ClearanceFacts?> OpenAsync(Guid person, Guid id, CancellationToken cancel)
    {
        var facts = await ReadAsync(person, id, cancel);
        var matter = MatterOf(facts.Clearance.Person, id);
        if (ClearanceAccess.Refuses(ClearanceAction.See, facts) is { } refusal)
        {
            // Filed for one that is not there too: the answer takes as long either way.
            await clerk.FileAsync(new ActorId(person), matter, "people.See", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        var contents = ClearanceAccess.Refuses(ClearanceAction.View, facts) is null;
        await clerk.FileReadAsync(new ActorId(person), matter, contents ? "people.view" : "people.see", facts.IsOwn ? "own" : null, cancel);
        return facts;
    }

    /// <summary>A clearance as it stands, without anybody having opened it.</summary>
    public ValueTask<ClearanceFacts> ReadAsync(Guid person, Guid id, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, id, cancel);

    /// <summary>All clearances of somebody, for a page; nothing is guarded.</summary>
    public ValueTask<PersonClearances> OfAsync(Guid person, CancellationToken cancel) => PersonClearances.ReadAsync(new RecordSession(log), person, cancel);

    /// <summary>A filing about a clearance, which goes with its person.</summary>
    public static Filing File(Clearance clearance, IEvent happened) => new(clearance.Stream, happened, Compartment: Compartments.OfPerson(clearance.Person));

    // A person's id names their compartment: what lies beside it is erased with them.
    static StreamId MatterOf(Guid subject, Guid id) => new(subject == Guid.Empty ? id : subject);

    async ValueTask<ClearanceFacts> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var clearance = await session.FoldAsync<Clearance>(new StreamId(id), cancel);
        return new ClearanceFacts(clearance, await policies.ReadAsync(session, cancel), Actor.From(register, person, now), register, now)
        {
            Acts = await session.FoldAsync<HeldActs>(HeldActs.StreamOf(clearance.Person), cancel),
        };
    }

    // What is held in memory for somebody whose access ended is let go at once; their sessions end with the next request.
    async Task EndSessionsAsync(Outcome outcome, Guid subject, CancellationToken cancel)
    {
        if (outcome is not Outcome.Done || !(await registers.ReadAsync(cancel)).IsShutOut(subject)) return;
        foreach (var session in sessions) session.End(subject);
    }
}
