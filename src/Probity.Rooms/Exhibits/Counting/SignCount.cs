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

/// <summary>The second person who counted signs; from then on the place counts as counted.</summary>
internal sealed class SignCount(StoreDesk desk)
{
    internal sealed record Body;

    public const string Lapsed = "exhibits.count-lapsed";

    /// <param name="count">The count.</param>
    /// <param name="facts">The store.</param>
    /// <param name="exhibits">What was expected there and what was found besides, as they stand now.</param>
    public static Decision Decide(StoreCount count, StoreFacts facts, IReadOnlyList<Exhibit> exhibits)
    {
        if (count.Counted is not { } counted || counted.Second != facts.Actor.Person) return Decision.Refuse(Bars.Role);
        if (facts.Store.SignedCounts.Contains(count.Id)) return Decision.Accept();
        if (!facts.Store.Locations.TryGetValue(counted.Location, out var location)) return Decision.Refuse(ReceiveExhibit.LocationUnknown);
        // Else an old count, kept in hand, would undo what a newer one has shown.
        if (Counts.HasLapsed(count.At, location, facts.Now)) return Decision.Refuse(Lapsed);
        return Decision.Accept([
            new Filing(Store.Stream, new CountSigned(count.Id, counted.Location, count.At)),
            .. exhibits.SelectMany(e => counted.Unexpected.Contains(e.Id) ? OfBesides(e, count.Id, location, facts.Store)
                : counted.Expected.Contains(e.Id) ? OfExpected(e, counted.Found.Contains(e.Id), count, location, facts.Store) : OfCameIn(e, counted.Moves!.Any(m => m.Exhibit == e.Id && m.Seen), count.Id, location, facts.Store)),
            .. exhibits.Where(e => e.Exists).SelectMany(e => Discrepancies.OfCountSeals(e, count.Id, Counts.DifferingSeals(counted, e, count.At)))]);
    }

    // What two signed for while the counters looked is with the one who took it. What they did not find, and was handed over or put elsewhere only then, is with nobody.
    static IEnumerable<Filing> OfExpected(Exhibit exhibit, bool found, StoreCount count, StorageLocation location, Store store)
    {
        if (!exhibit.IsAt(location.Id))
        {
            var handedOver = count.Counted!.Begun is { } since && exhibit.Chain.Last is { } last && (last.Out.Recorded > since || last.In.Recorded > since);
            var meanwhile = count.Counted.Moves?.Any(m => m.Exhibit == exhibit.Id) == true;
            return found || exhibit.IsOver || (handedOver && meanwhile) ? [] : Discrepancies.OfCountedMove(exhibit, count.Id, location, store);
        }

        if (exhibit.IsMissing != found) return [];
        return found ? [exhibit.File(new ExhibitFound(count.Id, location.Id))] : [exhibit.File(new ExhibitMissed(count.Id, location.Id)), .. Discrepancies.OfCount(exhibit, count.Id, location, null)];
    }

    // What came in on the record while they looked, and they say that they did not see.
    static IEnumerable<Filing> OfCameIn(Exhibit exhibit, bool seen, Guid count, StorageLocation location, Store store) => seen
        ? exhibit.IsMissing ? [exhibit.File(new ExhibitFound(count, location.Id))] : []
        : exhibit.IsOver ? [] : Discrepancies.OfCountedMove(exhibit, count, location, store);

    static IEnumerable<Filing> OfBesides(Exhibit exhibit, Guid count, StorageLocation location, Store store)
    {
        if (!exhibit.Exists || exhibit.IsGone || exhibit.Location == location.Id) yield break;
        if (exhibit.IsMissing) yield return exhibit.File(new ExhibitFound(count, location.Id));
        var recorded = exhibit.Location is { } place && store.Locations.TryGetValue(place, out var by) ? by.Name : "–";
        foreach (var filing in Discrepancies.OfCount(exhibit, count, location, recorded)) yield return filing;
    }

    public Task<Outcome> HandleAsync(Guid person, Guid count, CancellationToken cancel) =>
        desk.RunAsync(person, StoreAction.SignCount, async (session, facts) =>
        {
            var signed = await session.FoldAsync<StoreCount>(new StreamId(count), cancel);
            var ids = signed.Counted is { } counted ? StoreCount.AllOf(counted) : [];
            return Decide(signed, facts, await RecordCount.FoldAsync(session, ids, cancel));
        }, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/counts/{id:guid}/signature", (Guid id, HttpContext http, SignCount slice) => ExhibitsApi.RunAsync<Body>(
            http, async (person, _, cancel) => await slice.HandleAsync(person, id, cancel)))
        .Describe<Body>("signCount", "Sign a count as its second person.");
}
