using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Cases.Viewing;

/// <summary>The way of every reading of a case: the guard stands before it, and what it lets through or refuses is recorded.</summary>
internal sealed class CaseReading(TransparencyLog log, Clerk clerk, IRegister registers, TimeProvider time)
{
    /// <summary>The case and the register, or null where this person may not know of the case or there is none.</summary>
    /// <param name="person">Who reads, whoever they are to the case.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="what">What of it is read: <c>cases.view</c>, <c>cases.draws</c>, <c>cases.form</c>, <c>cases.receipt</c>.</param>
    /// <param name="seen">Which view of the case is opened: the whole of it, or a part that others see too.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<CaseFacts?> OpenAsync(Guid person, Guid caseId, string what, CaseAction seen, CancellationToken cancel)
    {
        var session = new RecordSession(log);
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var @case = await session.FoldAsync<Case>(new StreamId(caseId), cancel);
        var actor = Actor.From(register, person, now);
        if (CaseAccess.Refuses(seen, actor, @case, register, now) is not { } refusal)
        {
            await clerk.FileReadAsync(actor.Id, @case.Stream, what, CaseAccess.RightOf(actor, @case, register, now) ?? (seen == CaseAction.ViewCourt ? "court" : null), cancel);
            return new CaseFacts(@case, actor, register, now, session);
        }

        // Filed for a case that is not there too: the answer takes as long either way.
        await clerk.FileAsync(
            new ActorId(person), new StreamId(caseId), $"cases.{seen}", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
        return null;
    }

    /// <summary>Whether this person still sees it, where nothing of it is shown: after an act of their own that may have shut them out.</summary>
    public async Task<bool> SeesAsync(Guid person, Guid caseId, CaseAction seen, CancellationToken cancel)
    {
        var session = new RecordSession(log);
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        return CaseAccess.Refuses(seen, Actor.From(register, person, now), await session.FoldAsync<Case>(new StreamId(caseId), cancel), register, now) is null;
    }

    /// <summary>The whole case, as above.</summary>
    public Task<CaseFacts?> OpenAsync(Guid person, Guid caseId, string what, CancellationToken cancel) =>
        OpenAsync(person, caseId, what, CaseAction.View, cancel);
}
