using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.Keeping;

/// <summary>What a change of keys comes to: who gets one, who gives theirs back, who keeps theirs, by name.</summary>
public sealed record KeyChange(IReadOnlyList<string> Get, IReadOnlyList<string> Return, IReadOnlyList<string> Keep);

/// <summary>The form of a place's keys.</summary>
/// <param name="Location">The place.</param>
/// <param name="Name">Its name.</param>
/// <param name="TwoLocks">Whether it takes two people.</param>
/// <param name="Had">Who has its keys now, as the form sends it back: what is signed is what was looked at.</param>
/// <param name="People">Who may have them.</param>
/// <param name="Ticked">Who is to have them.</param>
public sealed record KeysSheet(Guid Location, string Name, bool TwoLocks, string Had, IReadOnlyList<Choice> People, IReadOnlyCollection<string> Ticked)
{
    /// <summary>What changes; null before it was asked for.</summary>
    public KeyChange? Change { get; init; }

    /// <summary>Who else may have them, where they are too many to tick: their names are typed.</summary>
    public IReadOnlyList<Choice> Others { get; init; } = [];

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>Shows who has the keys of a place, says what a change comes to, and takes it once that was looked at.</summary>
internal sealed class ShowKeys(StoreDesk desk, OpenLocation slice)
{
    public const string Same = "exhibits.keys-same";

    /// <summary>The fields into which names are typed.</summary>
    public static readonly IReadOnlyList<string> More = ["more-1", "more-2", "more-3"];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/store/places/{id:guid}/keys", async (Guid id, HttpContext http, ShowKeys page) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            return await page.ReadAsync(person, id, http.RequestAborted) is var (facts, location) ? Page(SheetOf(facts, location, location.Keyholders), StatusCodes.Status200OK) : Results.NotFound();
        });
        pages.MapPost("/store/places/{id:guid}/keys", (Guid id, HttpContext http, ShowKeys page) => page.TakeAsync(id, http));
    }

    async Task<IResult> TakeAsync(Guid id, HttpContext http)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var cancel = http.RequestAborted;
        var typed = await http.Request.ReadFormAsync(cancel);
        OpenLocation.Keys keys = new([.. typed["people"].Select(ExhibitWords.Id).OfType<Guid>().Distinct()]);
        if (await ReadAsync(person, id, cancel) is not var (facts, location))
        {
            // The refusal is filed all the same.
            await slice.SetKeyholdersAsync(person, id, keys, cancel);
            return Results.NotFound();
        }

        var ticked = SheetOf(facts, location, keys.People);
        (typed, var nobody) = PersonChoices.Resolve(typed, More.Select(f => (f, ticked.Others)));
        if (nobody.Count > 0) return Page(ticked with { Errors = nobody, Typed = More.ToDictionary(f => f, f => typed[f].ToString()) }, StatusCodes.Status422UnprocessableEntity);
        keys = new([.. keys.People.Concat(More.Select(f => ExhibitWords.Id(typed[f])).OfType<Guid>()).Distinct()]);
        var sheet = SheetOf(facts, location, keys.People);
        if (location.Keyholders.Order().SequenceEqual(keys.People.Order())) return Refused(sheet, Same);
        if (OpenLocation.Decide(id, keys, facts) is Decision.Refused(var unfit)) return Refused(sheet, unfit.Code);
        var change = sheet with { Change = ChangeOf(facts.Register, location, keys.People) };
        if (typed["do"] != "sign") return Page(change, StatusCodes.Status200OK);
        // Somebody changed them while this was looked at: it is looked at again.
        if (typed["had"] != sheet.Had) return Refused(change, "record.stale");
        var outcome = await slice.SetKeyholdersAsync(person, id, keys, cancel);
        if (outcome is not Outcome.Done(var index)) return Refused(sheet, (outcome as Outcome.Refused)?.Refusal.Code ?? "record.stale");
        http.Wrote(index);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = "/store?done=keys";
        return Results.Empty;
    }

    async Task<(StoreFacts Facts, StorageLocation Location)?> ReadAsync(Guid person, Guid id, CancellationToken cancel) =>
        await desk.ReadAsync(person, cancel, StoreAction.SetKeyholders) is { } facts && facts.Store.Locations.TryGetValue(id, out var location) && facts.Commands(location.Unit) ? (facts, location) : null;

    // The people of the place's own unit, and who has a key already; of many only who has one or is to have one is ticked off.
    static KeysSheet SheetOf(StoreFacts facts, StorageLocation location, IReadOnlyList<Guid> ticked)
    {
        var people = ExhibitWords.People(facts.Register, facts.Now, a => OpenLocation.MayHaveKeys(a.Person, facts.Register, facts.Now)
            && (a.Posts.Any(p => p.Unit == location.Unit) || location.Keyholders.Contains(a.Person)));
        var shown = people.Count <= PersonChoices.Few ? people : [.. people.Where(p => ExhibitWords.Id(p.Value) is { } id && (ticked.Contains(id) || location.Keyholders.Contains(id)))];
        return new(
            location.Id, location.Name, location.DualLock, string.Join(' ', location.Keyholders.Order().Select(p => p.ToString("D"))), shown, [.. ticked.Select(p => p.ToString("D"))])
        {
            Others = [.. people.Except(shown)],
        };
    }

    static KeyChange ChangeOf(Register register, StorageLocation location, IReadOnlyList<Guid> people)
    {
        return new(Names(people.Except(location.Keyholders)), Names(location.Keyholders.Except(people)), Names(people.Intersect(location.Keyholders)));

        IReadOnlyList<string> Names(IEnumerable<Guid> of) => [.. of.Select(register.NameOf).Order(StringComparer.CurrentCulture)];
    }

    static IResult Refused(KeysSheet sheet, string code) => Page(
        sheet with { Errors = [new FieldError(code is OpenLocation.TwoKeyholders or OpenLocation.KeyholderUnfit or Same ? "people" : "", ExhibitsText.Of(code))] },
        StatusCodes.Status422UnprocessableEntity);

    static IResult Page(KeysSheet sheet, int status) => Rendered.Page<KeysPage>(new { Sheet = sheet }, status);
}
