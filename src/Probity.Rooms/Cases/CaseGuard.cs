using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Cases;

/// <summary>Asks need-to-know and the decision guard for another room.</summary>
internal sealed class CaseGuard(IRegister registers, TimeProvider time) : ICaseGuard
{
    public async ValueTask<GuardedCase?> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var c = await session.FoldAsync<Case>(new StreamId(id), cancel);
        var actor = Actor.From(register, person, now);
        return c.ErasedAt is not null || CaseAccess.Refuses(CaseAction.View, actor, c, register, now) is not null
            ? null
            : new GuardedCase(
                id, c.Number, c.Stage == Stage.Closed, c.OpenedAt, c.Unit, CaseAccess.Refuses(CaseAction.RecordStep, actor, c, register, now), [.. c.StaffParties]);
    }
}
