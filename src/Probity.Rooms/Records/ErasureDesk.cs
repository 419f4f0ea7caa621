using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Records.Contract;
using Probity.Shared.Record;

namespace Probity.Records;

/// <summary>The way of every command about erasing and keeping: read the subject, the register and what was decided, guard, decide, file.</summary>
internal sealed class ErasureDesk(TransparencyLog log, Clerk clerk, IRegister registers, ICaseFiles cases, IEnumerable<IHeldThings> rooms, TimeProvider time)
{
    /// <summary>Guards and runs a decision; null where there is no such subject, as far as this person may know.</summary>
    public async Task<Outcome?> RunAsync(
        Guid person, SubjectKind kind, Guid subject, RecordsAction action, Func<ErasureFacts, Decision> decide, CancellationToken cancel)
    {
        var visible = true;
        var outcome = await clerk.FileAsync(new ActorId(person), Erasure.StreamOf(subject), $"records.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, kind, subject, cancel);
            visible = facts.Subject.Exists && ErasureAccess.Refuses(RecordsAction.View, facts) is null;
            if (!visible) return ErasureAccess.Refuses(RecordsAction.View, facts) ?? new Refusal(Bars.Role);
            return ErasureAccess.Refuses(action, facts) ?? decide(facts);
        }, cancel: cancel);
        return visible ? outcome : null;
    }

    /// <summary>Runs a decision that the house takes because of an entry, once under <paramref name="commandId"/>.</summary>
    public Task<Outcome> RunForHouseAsync(StreamId stream, string commandId, Func<ErasureFacts, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(clerk.House, stream, "records.house", async session =>
        {
            var erasure = await session.FoldAsync<Erasure>(stream, cancel);
            return decide(await ReadAsync(session, clerk.House.Value, erasure.Kind, erasure.Subject, cancel));
        }, commandId, cancel);

    /// <summary>All that may be known, for a page.</summary>
    public ValueTask<ErasureFacts> ReadAsync(Guid person, SubjectKind kind, Guid subject, CancellationToken cancel) =>
        ReadAsync(new RecordSession(log), person, kind, subject, cancel);

    async ValueTask<ErasureFacts> ReadAsync(RecordSession session, Guid person, SubjectKind kind, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var subject = kind == SubjectKind.Matter ? await OfAsync(session, await cases.ReadAsync(session, id, cancel), cancel) : Of(id, register, now);
        var erasure = await session.FoldAsync<Erasure>(Erasure.StreamOf(id), cancel);
        return new ErasureFacts(erasure, subject, Actor.From(register, person, now), register, now);
    }

    async ValueTask<ErasureSubject> OfAsync(RecordSession session, CaseFile file, CancellationToken cancel)
    {
        var things = 0;
        if (file is { Closed: true, Erased: false })
        {
            foreach (var room in rooms) things += await room.CountAsync(session, file.Id, cancel);
        }

        return new ErasureSubject(
            SubjectKind.Matter, file.Id, file.Exists, file.Closed ? null : ErasureSubject.CaseOpen, file.Staff, file.Suspects, file.Seated, file.Prosecutor)
        {
            Walled = file.Walled, Things = things,
        };
    }

    static ErasureSubject Of(Guid person, Register register, DateTimeOffset now) => new(
        SubjectKind.Person, person, register.People.ContainsKey(person),
        register.PostingsOf(person).Any(p => IsRecent(p, now)) ? ErasureSubject.InPost : null,
        [person], [person], [], null);

    // A posting that waits for approval counts too: it would be of somebody who is not there.
    static bool IsRecent(Posting posting, DateTimeOffset now) =>
        posting.Ends is not { } until || (posting.From is not null && until > now.AddMonths(-Recusal.MonthsAfterPosting));
}
