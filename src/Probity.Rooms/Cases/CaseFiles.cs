using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.Ordering;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Cases;

/// <summary>Reads a case for another room's decision, with what its own guard says of who acts.</summary>
internal sealed class CaseFiles : ICaseFiles
{
    // Any id may be asked for, and any stream has entries: a case is what began as one, even where that was erased.
    static readonly string Opened = EventTypes.NameOf(typeof(CaseOpened));

    public async ValueTask<CaseFile> ReadAsync(RecordSession session, Guid id, CancellationToken cancel)
    {
        var origin = await session.FoldAsync<Beginning>(new StreamId(id), cancel);
        var c = await session.FoldAsync<Case>(new StreamId(id), cancel);
        return new CaseFile(
            id, c.Number, origin.Type == Opened, c.Stage == Stage.Closed, c.ErasedAt is not null, [.. c.StaffParties], [.. c.StaffSubjects],
            [.. c.EverSeated], c.Prosecutor)
        {
            Walled = [.. c.Walls.Keys], Handler = c.Handler,
        };
    }

    public async ValueTask<CaseStanding> StandingAsync(
        RecordSession session, Actor actor, Register register, Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var file = await ReadAsync(session, id, cancel);
        var c = await session.FoldAsync<Case>(new StreamId(id), cancel);
        return new CaseStanding(
            file, c.Unit, c.OpenedAt, CaseAccess.Refuses(CaseAction.View, actor, c, register, now) is null,
            CaseAccess.Refuses(CaseAction.RecordStep, actor, c, register, now),
            file.BarOf(actor.Person, register, now))
        {
            OpenedIt = c.OpenedBy == actor.Person && CaseAccess.Refuses(CaseAction.View, actor, c, register, now) is null,
            SeesCourt = CaseAccess.Refuses(CaseAction.ViewCourt, actor, c, register, now) is null,
            Court = OrderRules.StandingOf(c, now),
        };
    }

    /// <summary>The type of a stream's first entry.</summary>
    sealed record Beginning(string? Type) : IState<Beginning>
    {
        public static Beginning Initial { get; } = new((string?)null);

        public Beginning Apply(Recorded recorded) => Type is null ? new(recorded.Type) : this;
    }
}
