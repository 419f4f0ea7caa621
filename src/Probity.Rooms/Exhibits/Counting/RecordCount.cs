using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Keeping;
using Probity.Exhibits.Transferring;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.Counting;

/// <summary>
/// All that a decision on a count may know: the store, and the exhibits that the record has, or had since who counts began to look, at the place or that were found
/// there.
/// </summary>
internal sealed record CountFacts(StoreFacts Of, IReadOnlyList<Exhibit> There, IReadOnlyList<Exhibit> Besides);

/// <summary>Something that a count found: by its label, with the seal that was read, where one was.</summary>
internal sealed record CountedThing(Guid Exhibit, int? Package = null, string? Seal = null);

/// <summary>
/// Counts a place of the store against the record, blind: who counts says what is there, and is told nothing of what should be. A second person signs: with
/// that, what was not found is missing and a matter for the integrity officer, and so is what lies there and should not, and a seal that reads otherwise.
/// </summary>
internal sealed class RecordCount(StoreDesk desk)
{
    public const int Most = 5_000;
    public const string SecondMissing = "exhibits.count-second-missing";
    public const string SecondUnder = "exhibits.count-second-under";
    public const string Changed = "exhibits.count-changed";
    public const string LabelUnknown = "exhibits.count-label-unknown";
    public const string SealUnclear = "exhibits.count-seal-unclear";
    public const string NothingFound = "exhibits.count-nothing";

    /// <param name="Location">The place.</param>
    /// <param name="Count">The count's id.</param>
    /// <param name="Begun">When the counter began to look.</param>
    /// <param name="Found">What was found, expected or not; null where a label was of nothing.</param>
    /// <param name="Second">Who counts with them.</param>
    /// <param name="Note">What they saw besides.</param>
    /// <param name="IsEmpty">Whether they say that nothing is there: else nothing written down is a slip.</param>
    /// <param name="NotSeen">What came in or went out meanwhile, and of which they say that they did not see it there.</param>
    internal sealed record Command(
        Guid Location, Guid Count, DateTimeOffset Begun, IReadOnlyList<CountedThing>? Found, Guid? Second, string? Note, bool IsEmpty = false, IReadOnlyCollection<Guid>? NotSeen = null);

    /// <summary>A count by labels: the codes of everything that is there, each perhaps with the seal that it has behind it.</summary>
    internal sealed record Body(Guid Count, IReadOnlyList<string> Codes, Guid? Second, string? Note, DateTimeOffset? Begun, bool Empty = false, IReadOnlyList<string>? NotSeen = null);

    public static Decision Decide(Command command, CountFacts facts)
    {
        var (store, me) = (facts.Of, facts.Of.Actor.Person);
        if (!store.Store.Locations.TryGetValue(command.Location, out var location)) return Decision.Refuse(ReceiveExhibit.LocationUnknown);
        if (Counts.Refuses(me, location, facts.There, store.Register, store.Now) is { } own) return Decision.Refuse(own);
        if (command.Second is not { } second || second == me) return Decision.Refuse(SecondMissing);
        if (Counts.Refuses(second, location, facts.There, store.Register, store.Now) is { } unfit) return Decision.Refuse(unfit);
        // Who can order the other counts alone.
        if (Recusal.Between(second, [me], store.Register, store.Now) is not null) return Decision.Refuse(SecondUnder);
        if (command.Found is null) return Decision.Refuse(LabelUnknown);
        if (command.Found.Count == 0 && !command.IsEmpty) return Decision.Refuse(NothingFound);
        if (ExhibitTexts.Refuses(command.Note, ExhibitTexts.MaxReason, lines: true) is { } text) return text;
        if (SealsOf(command.Found, [.. facts.There, .. facts.Besides]) is not { } seals) return Decision.Refuse(SealUnclear);
        var found = command.Found.Select(f => f.Exhibit).ToHashSet();
        // What came in or went out while they looked is neither missing nor passed over: they say of each whether they saw it.
        var begun = BegunOf(command, store.Now);
        var moves = facts.There.Where(e => HasMoved(e, location.Id, begun)).Select(e => new CountedMove(e.Id, e.StoodAt(begun) != location.Id, found.Contains(e.Id))).ToList();
        if (moves.Any(m => !m.Seen && command.NotSeen?.Contains(m.Exhibit) != true)) return Decision.Refuse(Changed);
        var expected = facts.There.Where(e => e.StoodAt(begun) == location.Id).Select(e => e.Id).ToList();
        var besides = facts.Besides.Where(e => found.Contains(e.Id)).ToList();
        if (besides.Any(e => e.IsFromTheHandsOf(me) || e.IsFromTheHandsOf(second))) return Decision.Refuse(Counts.Seized);
        // Nothing is missing or found by one signature: what follows from it is filed with the second.
        return Decision.Accept(
            new Filing(new StreamId(command.Count), new StoreCounted(
                location.Id, expected, [.. expected.Where(found.Contains)], [.. besides.Select(e => e.Id)], second,
                ExhibitTexts.Kept(command.Note), seals.Count > 0 ? seals : null, begun, moves.Count > 0 ? moves : null)),
            new Filing(Store.Stream, new CountRecorded(command.Count, location.Id, begun, [.. expected.Where(e => !found.Contains(e))])));
    }

    /// <summary>When who counts began to look: who does not say so looks now.</summary>
    public static DateTimeOffset BegunOf(Command command, DateTimeOffset now) => command.Begun < now ? command.Begun : now;

    /// <summary>Whether it came to a place or went out of it, on the record, since a time.</summary>
    public static bool HasMoved(Exhibit exhibit, Guid location, DateTimeOffset since) =>
        (exhibit.StoodAt(since) == location) is var was && exhibit.Stood.Any(s => s.Since > since && (s.Place == location) != was);

    // The seals that were read, each on a package that there is and once; null where it cannot be told of which.
    static List<CountedSeal>? SealsOf(IReadOnlyList<CountedThing> found, IReadOnlyList<Exhibit> exhibits)
    {
        var seals = new List<CountedSeal>();
        foreach (var thing in found.Where(f => f.Seal is not null))
        {
            if (exhibits.FirstOrDefault(e => e.Id == thing.Exhibit) is not { } exhibit) continue;
            var package = thing.Package ?? (exhibit.Packages is [var only] ? only.Number : null);
            if (package is not { } number || exhibit.Packages.All(p => p.Number != number) || ExhibitTexts.Refuses(thing.Seal, ExhibitTexts.MaxSeal) is not null) return null;
            var read = new CountedSeal(exhibit.Id, number, thing.Seal!);
            if (seals.Contains(read)) continue;
            if (seals.Any(s => s.Exhibit == exhibit.Id && s.Package == number)) return null;
            seals.Add(read);
        }

        return seals;
    }

    /// <summary>Those of the exhibits that a list names that the record had at a place at a time or since, there or missing.</summary>
    public static async Task<IReadOnlyList<Exhibit>> ThereAsync(RecordSession session, Guid location, DateTimeOffset since, IEnumerable<Guid> listed, CancellationToken cancel) =>
        [.. (await FoldAsync(session, listed, cancel)).Where(e => e.StoodAt(since) == location || e.Stood.Any(s => s.Since > since && s.Place == location))];

    /// <param name="person">Who counts.</param>
    /// <param name="command">The count.</param>
    /// <param name="listed">What the list has at the place: the record says whether it is so.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<Outcome> HandleAsync(Guid person, Command command, IReadOnlyList<Guid> listed, CancellationToken cancel) =>
        desk.RunAsync(person, StoreAction.Count, async (session, facts) =>
        {
            if (await session.CountAsync(new StreamId(command.Count), cancel) > 0) return SentAgain.Answer(await SentAgain.SaysAsync(command, person, session, cancel));
            var there = await ThereAsync(session, command.Location, BegunOf(command, facts.Now), listed, cancel);
            var besides = (command.Found ?? []).Select(f => f.Exhibit).Except(there.Select(e => e.Id)).Take(Most);
            return Decide(command, new CountFacts(facts, there, [.. (await FoldAsync(session, besides, cancel)).Where(e => e.Exists && !e.IsGone)]));
        }, cancel);

    /// <summary>Exhibits from the record itself, whose versions the session will expect.</summary>
    public static async Task<List<Exhibit>> FoldAsync(RecordSession session, IEnumerable<Guid> ids, CancellationToken cancel)
    {
        var exhibits = new List<Exhibit>();
        foreach (var id in ids) exhibits.Add(await session.FoldAsync<Exhibit>(new StreamId(id), cancel));
        return exhibits;
    }

    /// <summary>The id of a count that a person records under a key, so that nobody chooses the name of a stream.</summary>
    public static Guid IdOf(Guid person, Guid key) => Streams.Derive(person, $"count/{key:D}");

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/locations/{id:guid}/counts", (Guid id, HttpContext http, RecordCount slice, CountLists lists) => ExhibitsApi.RunAsync<Body>(
            http, async (person, body, cancel) =>
            {
                var begun = body.Begun ?? DateTimeOffset.MaxValue;
                var (notSeen, _) = await lists.ReadAsync(person, body.NotSeen ?? [], cancel);
                return await slice.HandleAsync(person, new Command(
                    id, IdOf(person, body.Count), begun, notSeen is null ? null : (await lists.ReadAsync(person, body.Codes ?? [], cancel)).Found, body.Second, body.Note, body.Empty, [.. (notSeen ?? []).Select(t => t.Exhibit)]),
                    await lists.AtAsync(id, begun, cancel), cancel);
            }))
        .Describe<Body>("countLocation", "Count a place of the store by the labels of what is there, each perhaps with the seal behind it.");
}
