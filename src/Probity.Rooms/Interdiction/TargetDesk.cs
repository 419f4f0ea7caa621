using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Interdiction;

/// <summary>All that a decision on a target may know; <paramref name="Threshold"/> is the unit's, as it is in force now.</summary>
internal sealed record TargetFacts(Target Target, int Threshold, Actor Actor, Register Register, DateTimeOffset Now)
{
    /// <summary>Whether the unit has to select it.</summary>
    public bool IsRisk => Target.Score >= Threshold;

    /// <summary>Whether who acts declared somebody who stands on its papers.</summary>
    public bool Declared { get; init; }

    /// <summary>What who acts has to see to before they let anything go, as a code of the room; null where nothing. To select and to examine is never kept from anybody.</summary>
    public string? Unfit { get; init; }
}

/// <summary>The way of every command on an existing target: read it, its unit's threshold and the register, guard, decide, file.</summary>
internal sealed class TargetDesk(TransparencyLog log, Clerk clerk, IRegister registers, IInterests interests, FitForDuty duty, TimeProvider time)
{
    /// <summary>Guards and runs a decision; null where there is no such target, as far as this person may know.</summary>
    /// <param name="person">Who acts.</param>
    /// <param name="id">The target.</param>
    /// <param name="action">What is being done, for the guard.</param>
    /// <param name="expected">The version that the person saw, where they said so.</param>
    /// <param name="decide">The slice's decision.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Outcome?> RunAsync(
        Guid person, Guid id, TargetAction action, long? expected, Func<TargetFacts, Decision> decide, CancellationToken cancel)
    {
        var (visible, stale) = (true, false);
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(id), $"interdiction.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, id, cancel);
            visible = Refuses(TargetAction.View, facts) is null;
            stale = expected is { } seen && seen != facts.Target.Version;
            if (stale && visible) return Decision.Accept();
            return Refuses(action, facts) ?? decide(facts);
        }, cancel: cancel);
        return !visible ? null : stale ? new Outcome.Stale() : outcome;
    }

    /// <summary>Opens a target for a page: the reading, or its refusal, is recorded. Null where this person may not know of it.</summary>
    public async Task<TargetFacts?> OpenAsync(Guid person, Guid id, CancellationToken cancel)
    {
        var facts = await ReadAsync(person, id, cancel);
        if (Refuses(TargetAction.View, facts) is { } refusal)
        {
            // Filed for a target that is not there too: the answer takes as long either way.
            await clerk.FileAsync(new ActorId(person), new StreamId(id), "interdiction.View", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        await clerk.FileReadAsync(new ActorId(person), new StreamId(id), "interdiction.view", cancel: cancel);
        return facts;
    }

    /// <summary>A target as it stands, without anybody having opened it.</summary>
    public ValueTask<TargetFacts> ReadAsync(Guid person, Guid id, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, id, cancel);

    /// <summary>The refusal of an action, or null.</summary>
    public static Refusal? Refuses(TargetAction action, TargetFacts facts) =>
        TargetAccess.Refuses(action, facts.Actor, facts.Target, facts.Register, facts.Now)
        ?? (facts.Declared && action != TargetAction.View ? new Refusal(Bars.Declared) : null);

    async ValueTask<TargetFacts> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var target = await session.FoldAsync<Target>(new StreamId(id), cancel);
        var threshold = await session.FoldAsync<UnitThreshold>(UnitThreshold.StreamOf(target.Unit), cancel);
        var matches = await interests.MatchesAsync(session, [person], [.. target.Names.Select((name, i) => new NamedParty(i + 1, name))], cancel);
        return new TargetFacts(target, threshold.Score, Actor.From(register, person, now), register, now)
        {
            Declared = matches.Any(m => m.IsSure), Unfit = await duty.LacksAsync(session, person, register, now, cancel) is { } lack ? "interdiction." + lack : null,
        };
    }
}
