using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Cases;

/// <summary>
/// The way of every command on an existing case: read the case and the register, guard, decide, file. A slice brings the
/// decision alone.
/// </summary>
internal sealed class CaseDesk(Clerk clerk, IRegister registers, TimeProvider time)
{
    /// <summary>A closed case takes no further command.</summary>
    public const string Closed = "cases.closed";

    /// <summary>Guards and runs a decision on a case.</summary>
    /// <param name="person">Who acts.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="action">What is being done, for the guard.</param>
    /// <param name="expected">The version that the person saw, where they said so.</param>
    /// <param name="decide">The slice's decision; it may read more of the record through the session.</param>
    /// <param name="place">From where it is done: what makes the case visible to the person, and whether it can be closed.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<CaseAnswer> RunAsync(
        Guid person, Guid caseId, CaseAction action, long? expected, Func<CaseFacts, ValueTask<Decision>> decide,
        CasePlace place, CancellationToken cancel)
    {
        var visible = true;
        var stale = false;
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(caseId), $"cases.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, caseId, cancel);
            var (@case, actor, register, now, _) = facts;
            visible = @case.Exists && CaseAccess.Refuses(place.Seen, actor, @case, register, now) is null;
            stale = expected is { } version && version != @case.Version;
            if (stale && visible) return Decision.Accept();
            if (CaseAccess.Refuses(action, actor, @case, register, now) is { } refusal) return refusal;
            return place.IsShutBy(@case, actor) ? Decision.Refuse(Closed) : await decide(facts);
        }, cancel: cancel);

        // Whoever may not see a case learns nothing of it, not even that the answer was no.
        if (!visible) return new CaseAnswer.NotFound();
        if (stale) return new CaseAnswer.Ended(new Outcome.Stale());
        return new CaseAnswer.Ended(outcome);
    }

    /// <summary>Guards and runs a decision that needs nothing but the case and the register.</summary>
    public Task<CaseAnswer> RunAsync(
        Guid person, Guid caseId, CaseAction action, long? expected, Func<CaseFacts, Decision> decide,
        CancellationToken cancel = default) =>
        RunAsync(person, caseId, action, expected, decide, CasePlace.Case, cancel);

    /// <summary>The same from another place than the case's page.</summary>
    public Task<CaseAnswer> RunAsync(
        Guid person, Guid caseId, CaseAction action, long? expected, Func<CaseFacts, Decision> decide, CasePlace place, CancellationToken cancel) =>
        RunAsync(person, caseId, action, expected, facts => ValueTask.FromResult(decide(facts)), place, cancel);

    /// <summary>Guards and runs a decision from the page of an open case.</summary>
    public Task<CaseAnswer> RunAsync(
        Guid person, Guid caseId, CaseAction action, long? expected, Func<CaseFacts, ValueTask<Decision>> decide, CancellationToken cancel = default) =>
        RunAsync(person, caseId, action, expected, decide, CasePlace.Case, cancel);

    /// <summary>
    /// Runs a decision that the house takes because of an entry, once under <paramref name="commandId"/>. Where the case is
    /// closed or the decision is no, nothing happens: there is nobody to refuse.
    /// </summary>
    public Task<Outcome> RunForHouseAsync(
        Guid caseId, string commandId, Func<CaseFacts, ValueTask<Decision>> decide, CancellationToken cancel) =>
        clerk.FileAsync(clerk.House, new StreamId(caseId), "cases.house", async session =>
        {
            var facts = await ReadAsync(session, clerk.House.Value, caseId, cancel);
            if (!facts.Case.Exists || facts.Case.Stage == Contract.Stage.Closed) return Decision.Accept();
            return await decide(facts) is Decision.Accepted accepted ? accepted : Decision.Accept();
        }, commandId, cancel);

    async ValueTask<CaseFacts> ReadAsync(RecordSession session, Guid person, Guid caseId, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var @case = await session.FoldAsync<Case>(new StreamId(caseId), cancel);
        return new CaseFacts(@case, Actor.From(register, person, now), register, now, session);
    }
}

/// <summary>All that a decision on a case may know.</summary>
internal sealed record CaseFacts(Case Case, Actor Actor, Register Register, DateTimeOffset Now, RecordSession Session);

/// <summary>The answer to a command on a case.</summary>
internal abstract record CaseAnswer
{
    CaseAnswer() { }

    /// <summary>There is no such case, as far as this person may know.</summary>
    public sealed record NotFound : CaseAnswer;

    /// <summary>The command ended.</summary>
    public sealed record Ended(Outcome Outcome) : CaseAnswer;
}
