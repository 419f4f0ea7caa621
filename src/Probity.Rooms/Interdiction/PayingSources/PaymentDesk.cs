using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Interdiction.PayingSources;

/// <summary>All that a decision on a payment may know; <paramref name="People"/> and <paramref name="Suspects"/> are the staff named in its case.</summary>
internal sealed record PaymentFacts(
    Payment Payment, IReadOnlyList<Guid> People, IReadOnlyList<Guid> Suspects, string? CaseNumber, Actor Actor, Register Register, DateTimeOffset Now)
{
    /// <summary>What who acts has to see to before they pay or sign for a payment, as a code of the room; null where nothing.</summary>
    public string? Unfit { get; init; }
}

/// <summary>The way of every command on an existing payment: read it, its case and the register, guard, decide, file.</summary>
internal sealed class PaymentDesk(TransparencyLog log, Clerk clerk, IRegister registers, ICaseFiles cases, FitForDuty duty, TimeProvider time)
{
    /// <summary>Guards and runs a decision; null where there is no such payment, as far as this person may know.</summary>
    public async Task<Outcome?> RunAsync(Guid person, Guid id, PaymentAction action, Func<PaymentFacts, Decision> decide, CancellationToken cancel)
    {
        var visible = true;
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(id), $"sources.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, id, cancel);
            visible = PaymentAccess.Refuses(PaymentAction.View, facts) is null;
            return PaymentAccess.Refuses(action, facts) ?? decide(facts);
        }, cancel: cancel);
        return visible ? outcome : null;
    }

    /// <summary>Opens a payment for a page: the reading, or its refusal, is recorded. Null where this person may not know of it.</summary>
    public async Task<PaymentFacts?> OpenAsync(Guid person, Guid id, CancellationToken cancel)
    {
        var facts = await ReadAsync(person, id, cancel);
        if (PaymentAccess.Refuses(PaymentAction.View, facts) is { } refusal)
        {
            await clerk.FileAsync(new ActorId(person), new StreamId(id), "sources.View", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        await clerk.FileReadAsync(new ActorId(person), new StreamId(id), "sources.view", cancel: cancel);
        return facts;
    }

    /// <summary>A payment as it stands, without anybody having opened it.</summary>
    public ValueTask<PaymentFacts> ReadAsync(Guid person, Guid id, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, id, cancel);

    /// <summary>The codes of a unit's sources, by id; the reading is recorded.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> CodesAsync(Guid person, Guid unit, CancellationToken cancel)
    {
        var book = await new RecordSession(log).FoldAsync<SourceBook>(SourceBook.StreamOf(unit), cancel);
        await clerk.FileReadAsync(new ActorId(person), SourceBook.StreamOf(unit), "sources.codes", cancel: cancel);
        return book.Sources.ToDictionary(s => s.Value, s => s.Key);
    }

    async ValueTask<PaymentFacts> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var payment = await session.FoldAsync<Payment>(new StreamId(id), cancel);
        var file = payment.Case is { } about ? await cases.ReadAsync(session, about, cancel) : null;
        return new PaymentFacts(
            payment, file?.Staff ?? [], file?.Suspects ?? [], file?.Number, Actor.From(register, person, now), register, now)
        {
            Unfit = await duty.LacksAsync(session, person, register, now, cancel) is { } lack ? "interdiction." + lack : null,
        };
    }
}
