using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>All that a decision on an exhibit may know.</summary>
internal sealed record ExhibitFacts(
    Exhibit Exhibit, CaseStanding Standing, Actor Actor, Register Register, Store Store, DateTimeOffset Now)
{
    /// <summary>Who countersigns where a unit has nobody left.</summary>
    public IReadOnlySet<Guid> Deputies => Store.Deputies;

    /// <summary>Who had a hand in what does not fit, where that is what is decided on.</summary>
    public IReadOnlyCollection<Guid> HadAHand { get; init; } = [];

    /// <summary>Whose word on it waits for a second person.</summary>
    public Guid? SaidBy { get; init; }

    /// <summary>The other exhibits of what was seized as one: what a sample was drawn from, and all samples of it.</summary>
    public IReadOnlyList<Exhibit> Family { get; init; } = [];
}

/// <summary>
/// The way of every command on an exhibit: read it, its case, the register and the store, guard, decide, file. Refusals are filed beside the case,
/// and everything is erased with it.
/// </summary>
internal sealed class ExhibitDesk(TransparencyLog log, Clerk clerk, IRegister registers, ICaseFiles cases, TimeProvider time)
{
    /// <summary>Guards and runs a decision; null where there is no such exhibit, as far as this person may know.</summary>
    public Task<Outcome?> RunAsync(Guid person, Guid exhibit, ExhibitAction action, Func<ExhibitFacts, Decision> decide, CancellationToken cancel) =>
        RunAsync(person, exhibit, action, (_, facts) => ValueTask.FromResult(decide(facts)), cancel);

    /// <summary>The same, for a decision that reads more in the session.</summary>
    public async Task<Outcome?> RunAsync(
        Guid person, Guid exhibit, ExhibitAction action, Func<RecordSession, ExhibitFacts, ValueTask<Decision>> decide, CancellationToken cancel)
    {
        var matter = await MatterOfAsync(exhibit, cancel);
        var known = true;
        var outcome = await clerk.FileAsync(new ActorId(person), matter, $"exhibits.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, exhibit, cancel);
            // Whoever has a thing in hand can say that they gave or took it; of anything else nobody learns who may not see it.
            var refusal = facts.Exhibit.Exists ? ExhibitAccess.Refuses(action, facts) : new Refusal(Bars.Role);
            known = facts.Exhibit.Exists && (refusal is null || ExhibitAccess.Refuses(ExhibitAction.View, facts) is null);
            return refusal is null ? await decide(session, facts) : refusal;
        }, cancel: cancel);
        return known ? outcome : null;
    }

    /// <summary>
    /// Opens an exhibit for a page: the reading, or the refusal, is recorded. Null where this person may not know of it or there is none.
    /// </summary>
    /// <param name="person">Who reads.</param>
    /// <param name="exhibit">The exhibit.</param>
    /// <param name="what">What of it is read.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <param name="act">An act that lets a person open its form, though they see no more of the exhibit than its number.</param>
    public async Task<ExhibitFacts?> OpenAsync(Guid person, Guid exhibit, string what, CancellationToken cancel, ExhibitAction act = ExhibitAction.View)
    {
        var facts = await ReadAsync(new RecordSession(log), person, exhibit, cancel);
        var matter = facts.Exhibit.Exists ? new StreamId(facts.Exhibit.Case) : new StreamId(exhibit);
        var refusal = facts.Exhibit.Exists ? ExhibitAccess.Refuses(ExhibitAction.View, facts) : new Refusal(Bars.Role);
        if (refusal is null || (facts.Exhibit.Exists && act != ExhibitAction.View && ExhibitAccess.Refuses(act, facts) is null))
        {
            await clerk.FileReadAsync(facts.Actor.Id, matter, what, cancel: cancel);
            return facts;
        }

        await clerk.FileAsync(new ActorId(person), matter, "exhibits.View", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
        return null;
    }

    /// <summary>Opens what a case has of exhibits, for who may do this with them there: the reading, or the refusal, is recorded.</summary>
    public async Task<ExhibitFacts?> OpenCaseAsync(Guid person, Guid @case, ExhibitAction act, string what, CancellationToken cancel)
    {
        var facts = await ReadCaseAsync(new RecordSession(log), person, @case, cancel);
        var refusal = facts.Standing.Case.Exists ? ExhibitAccess.Refuses(act, facts) : new Refusal(Bars.Role);
        if (refusal is null)
        {
            await clerk.FileReadAsync(facts.Actor.Id, new StreamId(@case), what, cancel: cancel);
            return facts;
        }

        await clerk.FileAsync(new ActorId(person), new StreamId(@case), $"exhibits.{act}", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
        return null;
    }

    /// <summary>A session to read for a page in.</summary>
    public RecordSession Session() => new(log);

    /// <summary>Facts without an exhibit: for what is decided in a case before there is one.</summary>
    public async ValueTask<ExhibitFacts> ReadCaseAsync(RecordSession session, Guid person, Guid @case, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        var actor = Actor.From(register, person, now);
        var standing = await cases.StandingAsync(session, actor, register, @case, now, cancel);
        return new ExhibitFacts(Exhibit.Initial, standing, actor, register, await session.FoldAsync<Store>(Store.Stream, cancel), now);
    }

    /// <summary>The seals that the packages should have, for reading a form whose command is guarded.</summary>
    public async Task<IReadOnlyList<(int Number, string Seal)>> SealsAsync(Guid exhibit, CancellationToken cancel) =>
        [.. (await new RecordSession(log).FoldAsync<Exhibit>(new StreamId(exhibit), cancel)).SealsAt(time.GetUtcNow()).Select(p => (p.Number, p.Seal))];

    /// <summary>The id of the hand-over that somebody has signed to somebody and that waits for the other half, or that this half has joined; or null.</summary>
    public async Task<Guid?> TransferAsync(Guid exhibit, Guid half, Guid from, Guid to, CancellationToken cancel)
    {
        var known = await new RecordSession(log).FoldAsync<Exhibit>(new StreamId(exhibit), cancel);
        return (known.HalfOf(half) ?? known.Chain.Given.LastOrDefault(r => r.From == from && r.To == to))?.Transfer;
    }

    /// <summary>All that may be known of an exhibit, unguarded.</summary>
    public async ValueTask<ExhibitFacts> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel)
    {
        var exhibit = await session.FoldAsync<Exhibit>(new StreamId(id), cancel);
        return (await ReadCaseAsync(session, person, exhibit.Case, cancel)) with { Exhibit = exhibit, Family = await FamilyOfAsync(session, exhibit, cancel) };
    }

    static async ValueTask<IReadOnlyList<Exhibit>> FamilyOfAsync(RecordSession session, Exhibit exhibit, CancellationToken cancel)
    {
        if (exhibit.Origin is null && exhibit.Samples.IsEmpty) return [];
        var (family, ahead) = (new List<Exhibit>(), new Queue<Guid>([exhibit.Root]));
        while (ahead.TryDequeue(out var id))
        {
            var member = id == exhibit.Id ? exhibit : await session.FoldAsync<Exhibit>(new StreamId(id), cancel);
            if (id != exhibit.Id) family.Add(member);
            foreach (var sample in member.Samples) ahead.Enqueue(sample.Id);
        }

        return family;
    }

    async ValueTask<StreamId> MatterOfAsync(Guid exhibit, CancellationToken cancel)
    {
        var known = await new RecordSession(log).FoldAsync<Exhibit>(new StreamId(exhibit), cancel);
        return new StreamId(known.Exists ? known.Case : exhibit);
    }
}
