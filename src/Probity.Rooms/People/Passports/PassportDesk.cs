using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Passports;

/// <summary>The way of every command on passports and issuers: read, guard, decide, file. What is refused about somebody lies with them.</summary>
internal sealed class PassportDesk(TransparencyLog log, Clerk clerk, IRegister registers, IPolicies policies, FoldedStream<PassportBook> books, TimeProvider time)
{
    /// <summary>The book as it stands.</summary>
    public ValueTask<PassportBook> ReadAsync(CancellationToken cancel) => books.ReadAsync(cancel);

    /// <summary>Guards and runs a decision about somebody's passport.</summary>
    public Task<Outcome> RunAsync(Guid person, Guid holder, PassportAction action, Func<PassportFacts, Decision> decide, CancellationToken cancel) => RunAsync(person, holder, null, action, decide, cancel);

    /// <summary>The same about an issuer; null where one is proposed.</summary>
    public Task<Outcome> RunOnIssuerAsync(Guid person, Guid? issuer, PassportAction action, Func<PassportFacts, Decision> decide, CancellationToken cancel) =>
        RunAsync(person, Guid.Empty, issuer, action, decide, cancel);

    /// <summary>What a page may say about somebody's passports, or about an issuer.</summary>
    public ValueTask<PassportFacts> FactsAsync(Guid person, Guid holder, Guid? issuer, CancellationToken cancel) => FactsAsync(new RecordSession(log), person, holder, issuer, cancel);

    /// <summary>Records that somebody checked a counterpart's passport: reading is an act, and decides nothing.</summary>
    public Task<Outcome> FileCheckAsync(Guid person, Func<PassportFacts, Decision> decide, CancellationToken cancel) => RunAsync(person, Guid.Empty, null, PassportAction.Check, decide, cancel);

    Task<Outcome> RunAsync(Guid person, Guid holder, Guid? issuer, PassportAction action, Func<PassportFacts, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), holder == Guid.Empty ? PassportBook.Stream : new StreamId(holder), $"people.passport-{action}", async session =>
        {
            var facts = await FactsAsync(session, person, holder, issuer, cancel);
            return PassportAccess.Refuses(action, facts) ?? decide(facts);
        }, cancel: cancel);

    async ValueTask<PassportFacts> FactsAsync(RecordSession session, Guid person, Guid holder, Guid? issuer, CancellationToken cancel)
    {
        var (now, book) = (time.GetUtcNow(), await books.ReadAsync(session, cancel));
        var register = await registers.ReadAsync(session, cancel);
        var clearances = holder == Guid.Empty ? new PersonClearances(holder, []) : await PersonClearances.ReadAsync(session, holder, cancel);
        return new PassportFacts(
            book, holder, clearances, issuer is { } id ? book.Issuers.GetValueOrDefault(id) : null, await policies.ReadAsync(session, cancel), Actor.From(register, person, now), register, now);
    }
}
