using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Procedures;

/// <summary>All that a decision on a procedure may know; <paramref name="At"/> is the version that it is about, where it is about one.</summary>
internal sealed record SopFacts(Sop Sop, SopVersion? At, Actor Actor, Register Register, DateTimeOffset Now)
{
    public SopStage? Stage => At is { } version ? Sop.StageOf(version, Now) : null;

    /// <summary>Whether this person may know of the version: of what is not settled only who has to do with drafts; what is to come in force everybody learns beforehand.</summary>
    public bool Sees(SopVersion version) => May(version.IsSettled ? SopAction.View : SopAction.ViewDrafts);

    public bool May(SopAction action) => SopAccess.Refuses(action, Actor, At, Register, Now) is null;
}

/// <summary>The way of every command on a procedure: read it and the register, guard, decide, file. A slice brings the decision alone.</summary>
internal sealed class SopDesk(TransparencyLog log, Clerk clerk, IRegister registers, TimeProvider time)
{
    /// <summary>Guards and runs a decision; null where there is no such procedure or version, as far as this person may know.</summary>
    /// <param name="person">Who acts.</param>
    /// <param name="sop">The procedure.</param>
    /// <param name="number">The version; null for the procedure as a whole.</param>
    /// <param name="action">What is being done, for the guard.</param>
    /// <param name="expected">The version of the procedure's stream that the person saw.</param>
    /// <param name="decide">The slice's decision.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Outcome?> RunAsync(
        Guid person, Guid sop, int? number, SopAction action, long? expected, Func<SopFacts, Decision> decide, CancellationToken cancel)
    {
        var (visible, stale) = (true, false);
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(sop), $"procedures.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, sop, number, cancel);
            visible = Visible(facts, number);
            if (!visible) return new Refusal(Bars.Role);
            stale = expected is { } seen && seen != facts.Sop.Version;
            if (stale) return Decision.Accept();
            return SopAccess.Refuses(action, facts.Actor, facts.At, facts.Register, facts.Now) ?? decide(facts);
        }, cancel: cancel);
        return !visible ? null : stale ? new Outcome.Stale() : outcome;
    }

    /// <summary>All that may be known, for a page; null where there is no such procedure or version, as far as this person may know.</summary>
    public async Task<SopFacts?> SeeAsync(Guid person, Guid sop, int? number, CancellationToken cancel)
    {
        var facts = await ReadAsync(new RecordSession(log), person, sop, number, cancel);
        return Visible(facts, number) ? facts : null;
    }

    static bool Visible(SopFacts facts, int? number) => facts.Sop.Exists && facts.May(SopAction.View)
        && (number is null || (facts.At is { } version && facts.Sees(version)));

    async ValueTask<SopFacts> ReadAsync(RecordSession session, Guid person, Guid id, int? number, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var sop = HouseProcedures.Complete(id, await session.FoldAsync<Sop>(new StreamId(id), cancel));
        return new SopFacts(sop, number is { } n ? sop.Numbered(n) : null, Actor.From(register, person, now), register, now);
    }
}
