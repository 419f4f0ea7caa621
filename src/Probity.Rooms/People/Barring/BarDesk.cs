using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Barring;

/// <summary>The way of every command on the barred list: read, guard, decide, file. What is filed about somebody lies with them.</summary>
internal sealed class BarDesk(TransparencyLog log, Clerk clerk, IRegister registers, IPolicies policies, FoldedStream<BarList> bars, TimeProvider time)
{
    /// <summary>The list as it stands.</summary>
    public ValueTask<BarList> ReadAsync(CancellationToken cancel) => bars.ReadAsync(cancel);

    /// <summary>Guards and runs a decision about somebody whom an entry is asked for.</summary>
    public Task<Outcome> EnterAsync(Guid person, Guid subject, Func<BarFacts, Decision> decide, CancellationToken cancel) => RunAsync(person, BarAction.Enter, null, subject, decide, cancel);

    /// <summary>The same about an entry.</summary>
    public async Task<Outcome> RunAsync(Guid person, Guid bar, BarAction action, Func<BarFacts, Decision> decide, CancellationToken cancel) =>
        await RunAsync(person, action, bar, (await ReadAsync(cancel)).Entries.GetValueOrDefault(bar)?.Person ?? Guid.Empty, decide, cancel);

    /// <summary>What a page may say about an entry.</summary>
    public ValueTask<BarFacts> FactsAsync(Guid person, Guid? bar, Guid subject, CancellationToken cancel) => FactsAsync(new RecordSession(log), person, bar, subject, cancel);

    /// <summary>A filing about an entry, which goes with its person.</summary>
    public static Filing File(Guid person, IEvent happened) => new(BarList.Stream, happened, Compartment: Compartments.OfPerson(person));

    Task<Outcome> RunAsync(Guid person, BarAction action, Guid? bar, Guid subject, Func<BarFacts, Decision> decide, CancellationToken cancel) =>
        clerk.FileAsync(new ActorId(person), subject == Guid.Empty ? BarList.Stream : new StreamId(subject), $"people.{action}", async session =>
        {
            var facts = await FactsAsync(session, person, bar, subject, cancel);
            return BarAccess.Refuses(action, facts) ?? decide(facts);
        }, cancel: cancel);

    async ValueTask<BarFacts> FactsAsync(RecordSession session, Guid person, Guid? bar, Guid subject, CancellationToken cancel)
    {
        var (now, list) = (time.GetUtcNow(), await bars.ReadAsync(session, cancel));
        var register = await registers.ReadAsync(session, cancel);
        var entry = bar is { } id && list.Entries.TryGetValue(id, out var known) ? known : null;
        return new BarFacts(list, entry, await PersonClearances.ReadAsync(session, subject, cancel), await policies.ReadAsync(session, cancel), Actor.From(register, person, now), register, now);
    }
}
