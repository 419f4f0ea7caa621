using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Protection.Contract;
using Probity.Protection.Duty;
using Probity.Shared.Record;

namespace Probity.Protection.Approaches;

/// <summary>All that a decision on an approach may know.</summary>
internal sealed record ApproachFacts(Approach Approach, DutyRoster Roster, Policy Policy, Actor Actor, Register Register, DateTimeOffset Now)
{
    /// <summary>Whom the alert went to, what followed by time included.</summary>
    public IReadOnlyList<AlertStep> Steps => AlertLadder.Steps(Approach, Roster, Register, Policy, Now);

    /// <summary>To whom the alert goes next, and when.</summary>
    public AlertStep? Following => AlertLadder.Following(Approach, Steps, Roster, Register, Policy, Now);

    /// <summary>What followed by time alone, for the record: whoever acts files it.</summary>
    public IReadOnlyList<Filing> Lapsed =>
        [.. Steps.Skip(Approach.Alerts.Count).Select(s => Approach.File(new AlertRaised(s.Rung, s.Officer, s.Since, s.Due, Policy.Label)))];
}

/// <summary>The way of every command on an approach that is there: read it, the roster, the register and the policy pack, guard, decide, file.</summary>
internal sealed class ApproachDesk(TransparencyLog log, Clerk clerk, IRegister registers, IPolicies policies, TimeProvider time) : IProtectedApproaches
{
    /// <summary>Guards and runs a decision; null where there is no such approach, as far as this person may know.</summary>
    public Task<Outcome?> RunAsync(Guid person, Guid id, ApproachAction action, Func<ApproachFacts, Decision> decide, CancellationToken cancel) =>
        RunAsync(person, id, action, (_, facts) => ValueTask.FromResult(decide(facts)), cancel);

    /// <summary>The same, where the decision has to read more.</summary>
    public async Task<Outcome?> RunAsync(Guid person, Guid id, ApproachAction action, Func<RecordSession, ApproachFacts, ValueTask<Decision>> decide, CancellationToken cancel)
    {
        var visible = true;
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(id), $"protection.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, id, cancel);
            visible = ApproachAccess.Refuses(ApproachAction.View, facts) is null;
            return ApproachAccess.Refuses(action, facts) is { } refusal ? refusal : await decide(session, facts);
        }, cancel: cancel);
        return visible ? outcome : null;
    }

    /// <summary>Opens an approach for a page: the reading, or its refusal, is recorded. Null where this person may not know of it.</summary>
    public async Task<ApproachFacts?> OpenAsync(Guid person, Guid id, CancellationToken cancel)
    {
        var facts = await ReadAsync(person, id, cancel);
        if (ApproachAccess.Refuses(ApproachAction.View, facts) is { } refusal)
        {
            // Filed for one that is not there too: the answer takes as long either way.
            await clerk.FileAsync(new ActorId(person), new StreamId(id), "protection.View", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        await clerk.FileReadAsync(new ActorId(person), new StreamId(id), "protection.approach", cancel: cancel);
        return facts;
    }

    /// <summary>An approach as it stands, without anybody having opened it.</summary>
    public ValueTask<ApproachFacts> ReadAsync(Guid person, Guid id, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, id, cancel);

    public async ValueTask<bool> NeverAGroundAsync(RecordSession session, Guid matter, CancellationToken cancel)
    {
        // What was erased still says which type its first entry has.
        var first = await log.ReadStreamAsync(new StreamId(matter), 0, cancel);
        session.Expect(new StreamId(matter), first.Count == 0 ? 0 : first[^1].Header.Version);
        return first.Count > 0 && first[0].Header.Type == EventTypes.NameOf(typeof(ApproachRecorded));
    }

    async ValueTask<ApproachFacts> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        return new ApproachFacts(
            await session.FoldAsync<Approach>(new StreamId(id), cancel), await session.FoldAsync<DutyRoster>(DutyRoster.Stream, cancel), await policies.ReadAsync(session, cancel),
            Actor.From(register, person, now), register, now);
    }
}
