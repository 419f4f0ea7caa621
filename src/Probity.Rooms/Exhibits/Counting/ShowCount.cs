using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Keeping;
using Probity.Exhibits.Labelling;
using Probity.Exhibits.Listing;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.Counting;

/// <summary>The form of a count of a place: who counts writes down what is there, and is told nothing of what should be.</summary>
public sealed record CountSheet(Guid Location, string Name, Guid Key, DateTimeOffset Begun, IReadOnlyList<Choice> People)
{
    /// <summary>What came in or went out on the record since they began, and was not written down: of each they say whether they saw it. By field and number.</summary>
    public IReadOnlyList<(string Field, string Number, bool CameIn)> Moved { get; init; } = [];

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>A count that waits for its second person, or is done. What differs from the record is there once both have signed.</summary>
/// <param name="Id">The count.</param>
/// <param name="Facts">Where, by whom and when.</param>
/// <param name="Found">What was written down as found.</param>
/// <param name="Differences">What does not fit, by the key of its heading; null while one signature is missing.</param>
/// <param name="MaySign">Whether the reader signs.</param>
/// <param name="HasLapsed">Whether nobody can sign it any more.</param>
public sealed record CountedSheet(
    Guid Id, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<string> Found, IReadOnlyList<(string Key, IReadOnlyList<string> Lines)>? Differences, bool MaySign, bool HasLapsed)
{
    /// <summary>The place, where the reader may count it again.</summary>
    public Guid? Again { get; init; }
}

/// <summary>Takes what was found at a place, and shows a count to who signs it.</summary>
internal sealed class ShowCount(StoreDesk desk, RecordCount slice, SignCount signing, CountLists lists, ExhibitCode codes, TransparencyLog log, When when)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/store/places/{id:guid}/count", async (Guid id, HttpContext http, ShowCount page) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            await http.CaughtUpAsync(ExhibitsView.ViewName, http.RequestAborted);
            return await page.ReadAsync(person, id, http.RequestAborted) is { } sheet ? Page(sheet, StatusCodes.Status200OK) : Results.NotFound();
        });
        pages.MapPost("/store/places/{id:guid}/count", (Guid id, HttpContext http, ShowCount page) => page.TakeAsync(id, http));
        pages.MapGet("/store/counts/{id:guid}", async (Guid id, HttpContext http, ShowCount page) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
            : await page.CountedAsync(person, id, http.RequestAborted) is { } sheet
                ? Rendered.Page<CountedPage>(new { Sheet = sheet }) : Results.NotFound());
        pages.MapPost("/store/counts/{id:guid}", async (Guid id, HttpContext http, ShowCount page) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            var outcome = await page.SignAsync(person, id, http.RequestAborted);
            // What lapsed while it was looked at says so on its page.
            if (outcome is not (Outcome.Done or Outcome.Refused { Refusal.Code: SignCount.Lapsed })) return Results.NotFound();
            if (outcome is Outcome.Done(var index)) http.Wrote(index);
            return Results.Redirect($"/store/counts/{id:D}");
        });
    }

    Task<Outcome> SignAsync(Guid person, Guid id, CancellationToken cancel) => signing.HandleAsync(person, id, cancel);

    async Task<IResult> TakeAsync(Guid id, HttpContext http)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var cancel = http.RequestAborted;
        var typed = await http.Request.ReadFormAsync(cancel);
        if (ExhibitWords.Id(typed["key"]) is not { } key) return Results.BadRequest();
        if (!DateTimeOffset.TryParseExact(typed["begun"], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var begun)) return Results.BadRequest();
        var labels = typed["labels"].ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (PersonChoices.AreTyped(typed, "second"))
        {
            if (await ReadAsync(person, id, cancel) is not { } shown) return Results.NotFound();
            (typed, var nobody) = PersonChoices.Resolve(typed, ("second", shown.People));
            if (nobody.Count > 0)
            {
                return Page(
                    shown with { Key = key, Begun = begun, Typed = typed.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()), Errors = nobody },
                    StatusCodes.Status422UnprocessableEntity);
            }
        }

        var count = RecordCount.IdOf(person, key);
        var listed = await lists.AtAsync(id, begun, cancel);
        var (found, unknown) = await lists.ReadAsync(person, labels, cancel);
        // What they were asked of besides, and say that they saw, is found.
        if (found is not null) found = [.. found, .. listed.Where(e => typed[MovedField(e)] == "yes" && found.All(f => f.Exhibit != e)).Select(e => new CountedThing(e))];
        var outcome = await slice.HandleAsync(person, new RecordCount.Command(
            id, count, begun, found, ExhibitWords.Id(typed["second"]), typed["note"], typed["empty"] == "yes", [.. listed.Where(e => typed[MovedField(e)] == "no")]), listed, cancel);
        if (outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = $"/store/counts/{count:D}";
            return Results.Empty;
        }

        var code = (outcome as Outcome.Refused)?.Refusal.Code ?? "record.stale";
        return await ReadAsync(person, id, cancel) is { } sheet
            ? Page(sheet with
            {
                Key = key, Begun = begun, Typed = typed.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()),
                Moved = code == RecordCount.Changed ? await MovedAsync(new RecordSession(log), id, begun, listed, [.. (found ?? []).Select(f => f.Exhibit)], cancel) : [],
                Errors = [new FieldError(FieldOf(code), code != RecordCount.LabelUnknown ? ExhibitsText.Of(code)
                    : lists.IsBarred(person) ? ExhibitsText.Of(LabelGuesses.TooMany)
                    : unknown.Count > 0 ? ExhibitWords.Say("count.lines-unknown", string.Join("; ", unknown.Take(10).Select(n => $"{n}: {Line(labels[n - 1])}"))) : ExhibitsText.Of(code))],
            }, StatusCodes.Status422UnprocessableEntity)
            : Results.NotFound();
    }

    static string Line(string typed) => typed.Length > 40 ? typed[..40] + "…" : typed;

    static string MovedField(Guid exhibit) => $"moved-{exhibit:D}";

    static async Task<IReadOnlyList<(string, string, bool)>> MovedAsync(RecordSession session, Guid id, DateTimeOffset begun, IReadOnlyList<Guid> listed, IReadOnlyCollection<Guid> found, CancellationToken cancel) =>
        [.. (await RecordCount.ThereAsync(session, id, begun, listed, cancel)).Where(e => RecordCount.HasMoved(e, id, begun) && !found.Contains(e.Id)).Select(e => (MovedField(e.Id), e.Number, e.StoodAt(begun) != id))];

    async Task<CountSheet?> ReadAsync(Guid person, Guid id, CancellationToken cancel)
    {
        if (await desk.ReadAsync(person, cancel) is not { } facts || !facts.Store.Locations.TryGetValue(id, out var location)) return null;
        var there = await RecordCount.ThereAsync(new RecordSession(log), id, facts.Now, await lists.AtAsync(id, facts.Now, cancel), cancel);
        if (!StoreDesk.Allows(StoreAction.Count, facts.Actor) || Counts.Refuses(person, location, there, facts.Register, facts.Now) is not null) return null;
        return new CountSheet(
            id, location.Name, Guid.CreateVersion7(), facts.Now,
            ExhibitWords.People(facts.Register, facts.Now, a => a.Person != person && Recusal.Between(a.Person, [person], facts.Register, facts.Now) is null && Counts.Refuses(a.Person, location, there, facts.Register, facts.Now) is null));
    }

    async Task<CountedSheet?> CountedAsync(Guid person, Guid id, CancellationToken cancel)
    {
        if (await desk.ReadAsync(person, cancel, StoreAction.SignCount) is not { } facts) return null;
        var session = new RecordSession(log);
        var count = await session.FoldAsync<StoreCount>(new StreamId(id), cancel);
        if (count.Counted is not { } counted || (person != count.Counter && person != counted.Second && !StoreDesk.Allows(StoreAction.Count, facts.Actor))) return null;
        var signed = facts.Store.SignedCounts.Contains(id);
        var exhibits = (await RecordCount.FoldAsync(session, StoreCount.AllOf(counted), cancel)).ToDictionary(e => e.Id);
        string[] Numbers(IEnumerable<Guid> ids) => [.. ids.Select(e => exhibits[e].Number)];
        var lapsed = !signed && facts.Store.Locations.TryGetValue(counted.Location, out var location) && Counts.HasLapsed(count.At, location, facts.Now);
        return new CountedSheet(
            id,
            [
                new(ExhibitsText.Of("store.place"), facts.Store.Locations.GetValueOrDefault(counted.Location)?.Name ?? "–"),
                new(ExhibitsText.Of("count.by"), $"{facts.Register.NameOf(count.Counter)}, {when.Moment(count.At)}"),
                new(ExhibitsText.Of("discrepancy.settle"), facts.Register.NameOf(counted.Second)),
                .. signed ? [new SummaryItem(ExhibitsText.Of("count.expected"), Figures.Whole(counted.Expected.Count)), new(ExhibitsText.Of("count.found"), Figures.Whole(counted.Found.Count))]
                    : Array.Empty<SummaryItem>(),
                .. counted.Note is { } note ? [new SummaryItem(ExhibitsText.Of("discrepancy.note"), note)] : Array.Empty<SummaryItem>(),
            ],
            [.. counted.Found.Concat(counted.Unexpected).Concat((counted.Moves ?? []).Where(m => m.Seen).Select(m => m.Exhibit)).Distinct().Select(e => exhibits[e]).OrderBy(e => e.Number, StringComparer.Ordinal).Select(e => Line(e, counted))],
            signed
                ?
                [
                    ("counted.missing", Numbers(counted.Expected.Except(counted.Found))), ("counted.unexpected", Numbers(counted.Unexpected)),
                    .. counted.Moves is { } moves ? [("counted.moves", [.. moves.Select(m => ExhibitWords.Say(
                        (m.CameIn, m.Seen) switch { (true, true) => "counted.came-in", (true, false) => "counted.came-in-unseen", (false, true) => "counted.went-out", _ => "counted.went-out-unseen" }, exhibits[m.Exhibit].Number))])]
                        : Array.Empty<(string, IReadOnlyList<string>)>(),
                    ("counted.seals", [.. exhibits.Values.SelectMany(e => Counts.DifferingSeals(counted, e, count.At).Select(s => ExhibitWords.Say("counted.seal", e.Number, s.Package, ExhibitWords.Seal(s.Expected), s.Read)))]),
                ]
                : null,
            !signed && !lapsed && person == counted.Second, lapsed)
        {
            Again = lapsed && StoreDesk.Allows(StoreAction.Count, facts.Actor) ? counted.Location : null,
        };
    }

    // As it was written down: what stands on the thing itself, and the seals that were read.
    string Line(Exhibit exhibit, StoreCounted counted) => string.Join(", ", (counted.Seals ?? []).Where(s => s.Exhibit == exhibit.Id)
        .Select(s => ExhibitWords.Say("counted.read", s.Package, s.Seal)).Prepend($"{exhibit.Number} ({ExhibitCode.Shown(codes.Of(exhibit.Id))})"));

    static string FieldOf(string code) => code switch
    {
        RecordCount.SecondMissing or RecordCount.SecondUnder or Counts.Keeper or Counts.Seized or Counts.OwnUnit or SecondPerson.Unfit => "second",
        RecordCount.NothingFound or RecordCount.LabelUnknown or RecordCount.SealUnclear or RecordCount.Changed => "labels",
        ExhibitTexts.TooLong or ExhibitTexts.ControlCharacters => "note",
        _ => "",
    };

    static IResult Page(CountSheet sheet, int status) => Rendered.Page<CountPage>(new { Sheet = sheet }, status);
}
