using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Access.Staffing;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Access.Duress;

/// <summary>The way of whoever is alerted: open, say what was done, and a second person closes it. That somebody opened it is on the record.</summary>
internal sealed class AlertDesk(DbContext views, TransparencyLog log, Clerk clerk, IRegister registers, TimeProvider time)
{
    public const string AnswerMissing = "alert.answer-missing";

    internal sealed record Command(AlertAction Action, string? Words);

    public static Decision Decide(Command command, AlertFacts facts)
    {
        if (DuressAccess.Refuses(command.Action, facts) is { } refusal) return refusal;
        if (PlainText.Refuses(command.Words, PlainText.MaxReason, "text.reason-missing") is { } unfit) return unfit;
        var words = command.Words!.Trim();
        IEvent? happened = command.Action switch
        {
            AlertAction.Answer => new AlertAnswered(words), AlertAction.Close => new AlertClosed(words), AlertAction.Return => new AlertReturned(words), _ => null,
        };
        return happened is null ? Decision.Refuse(AnswerMissing) : Decision.Accept(new Filing(new StreamId(facts.Id), happened, Compartment: Compartments.OfPerson(facts.Person)));
    }

    /// <summary>Those that wait and that somebody may open, the oldest first.</summary>
    public async Task<IReadOnlyList<Guid>> WaitingAsync(Guid person, int most, CancellationToken cancel)
    {
        var (register, now) = (await registers.ReadAsync(cancel), time.GetUtcNow());
        if (!DuressAccess.Serves(Actor.From(register, person, now))) return [];
        var barred = Recusal.BarredWith(person, register, now);
        return await views.Set<AlertRow>().AsNoTracking().Where(a => !a.Closed && a.Person != person && !barred.Contains(a.Person)).OrderBy(a => a.At).ThenBy(a => a.Alert).Take(most).Select(a => a.Alert).ToListAsync(cancel);
    }

    /// <summary>Opens an alert for a page, which is recorded. Null where there is none, as far as this person may know.</summary>
    public async Task<AlertFacts?> OpenAsync(Guid person, Guid id, CancellationToken cancel)
    {
        if (await ReadAsync(new RecordSession(log), person, id, cancel) is not { } facts || DuressAccess.Refuses(AlertAction.Open, facts) is not null) return null;
        await clerk.FileReadAsync(new ActorId(person), new StreamId(id), "access.alert", cancel: cancel);
        return facts;
    }

    /// <summary>Null where there is none, as far as this person may know: a refusal beside it would say that there is one.</summary>
    public async Task<Outcome?> HandleAsync(Guid person, Guid id, Command command, CancellationToken cancel)
    {
        if (await ReadAsync(new RecordSession(log), person, id, cancel) is not { } known || DuressAccess.Refuses(AlertAction.Open, known) is not null) return null;
        return await clerk.FileAsync(new ActorId(person), new StreamId(id), $"access.alert-{command.Action}", async session =>
            await ReadAsync(session, person, id, cancel) is { } facts ? Decide(command, facts) : Decision.Refuse(Bars.Role), cancel: cancel);
    }

    // The list says where to look; that it was so is read from the record.
    async ValueTask<AlertFacts?> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel)
    {
        if (await views.Set<AlertRow>().AsNoTracking().FirstOrDefaultAsync(a => a.Alert == id, cancel) is not { } row || DuressAlert.IdOf(row.Person, row.Mark) != id) return null;
        if ((await log.ReadAsync(row.Mark, 1, cancel)).Select(EventTypes.Read).SingleOrDefault() is not { Event: SignInMarked { Mark: 1 } } mark || mark.Actor.Value != row.Person) return null;
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        return new AlertFacts(id, row.Person, mark.When, await session.FoldAsync<DuressAlert>(new StreamId(id), cancel), Actor.From(register, person, now), register, now);
    }
}
