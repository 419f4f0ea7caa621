using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>The way of every command on competitions: read, guard, decide, file.</summary>
internal sealed class SelectionDesk(TransparencyLog log, Clerk clerk, FoldedStream<Competitions> reader, IRegister registers, IInterests interests, IPolicies policies, TimeProvider time)
{
    /// <summary>The code where there is no such competition, or nothing in it that this could be about.</summary>
    public const string Nothing = "people.selection-nothing";

    /// <summary>Guards and runs a decision.</summary>
    /// <param name="person">Who acts.</param>
    /// <param name="id">The competition; null where there is none yet.</param>
    /// <param name="action">What is being done, for the guard.</param>
    /// <param name="decide">The slice's decision.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <param name="post">The post that it is about, where there is no competition.</param>
    /// <param name="others">Who is to be let in, whose declared interests count too.</param>
    public Task<Outcome> RunAsync(Guid person, Guid? id, SelectionAction action, Func<SelectionFacts, Decision> decide, CancellationToken cancel, Guid? post = null, params IReadOnlyList<Guid> others) =>
        clerk.FileAsync(new ActorId(person), id is { } matter ? new StreamId(matter) : Competitions.Stream, $"people.selection-{action}", async session =>
        {
            var facts = await ReadAsync(session, [person, .. others], id, cancel) with { Post = post };
            if (id is not null && facts.Competition is null && action != SelectionAction.DrawUp) return Decision.Refuse(Nothing);
            return SelectionAccess.Refuses(action, facts) ?? decide(facts);
        }, cancel: cancel);

    /// <summary>What a page may say, without anybody having opened it.</summary>
    public ValueTask<SelectionFacts> FactsAsync(Guid person, Guid? id, CancellationToken cancel) => ReadAsync(new RecordSession(log), [person], id, cancel);

    /// <summary>Files that somebody opened the course of a competition.</summary>
    public Task OpenedAsync(Guid person, Guid id, CancellationToken cancel) => clerk.FileReadAsync(new ActorId(person), new StreamId(id), "people.selection-view", cancel: cancel);

    /// <summary>A filing about an application, which goes with its applicant.</summary>
    public static Filing File(Competition competition, Guid? applicant, IEvent happened) => new(
        Competitions.Stream, happened, Compartment: applicant is { } person ? Compartments.OfPerson(person) : Competitions.OutsidersOf(competition.Id));

    async ValueTask<SelectionFacts> ReadAsync(RecordSession session, IReadOnlyList<Guid> people, Guid? id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var all = await reader.ReadAsync(session, cancel);
        var competition = id is { } known ? all.All.GetValueOrDefault(known)?.Without(register) : null;
        return new SelectionFacts(
            all, competition, await policies.ReadAsync(session, cancel), Actor.From(register, people[0], now), register, await DeclaredAsync(session, competition, people, cancel), now);
    }

    // Applicants from outside are known by name alone: whoever declared an interest in that name does not score them.
    async ValueTask<IReadOnlyDictionary<(Guid, int), DateTimeOffset>> DeclaredAsync(RecordSession session, Competition? competition, IReadOnlyList<Guid> others, CancellationToken cancel)
    {
        var named = competition?.ToScore.Where(a => a.Name is not null).Select(a => new NamedParty(a.Number, a.Name!)).ToList() ?? [];
        if (named.Count == 0) return new Dictionary<(Guid, int), DateTimeOffset>();
        var people = competition!.Panel.Concat(competition.Stands.Values).Concat(competition.Replacements.Select(r => r.In)).Concat(others).Distinct().ToList();
        return (await interests.MatchesAsync(session, people, named, cancel)).GroupBy(m => (m.Person, m.Party)).ToDictionary(m => m.Key, m => m.Min(one => one.Since));
    }
}
