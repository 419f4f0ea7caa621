using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.Seizing;

/// <summary>The form of a seizure.</summary>
/// <param name="Case">The case.</param>
/// <param name="Number">Its number.</param>
/// <param name="Key">The key under which it is recorded once.</param>
/// <param name="Countries">The countries, by name.</param>
public sealed record SeizureSheet(Guid Case, string Number, Guid Key, IReadOnlyList<Choice> Countries)
{
    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What was typed into a field.</summary>
    public string? this[string field] => Typed.GetValueOrDefault(field);
}

/// <summary>Shows the form of a seizure and takes it.</summary>
internal sealed class SeizurePages(RecordSeizure slice, ExhibitDesk desk, UsualCountry usual, IOptions<SharedOptions> options, TimeProvider time)
{
    const string DayUnclear = "exhibits.day-unclear";
    const string HourUnclear = "exhibits.hour-unclear";

    // As they stand on the page, so that the summary leads from above to below.
    static readonly string[] Fields =
    [
        "kind", "substance", "description", "seals", "amount", "measure", "place", "transport", "country", "city", "day", "hour", "region", "port", "container", "bill", "departure", "transit",
        "destination", "concealment", "arrested", "controlled",
    ];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/seizures/new", (Guid id, HttpContext http, ICaseDirectory cases, SeizurePages form) => form.ShowAsync(id, http, cases));
        pages.MapPost("/cases/{id:guid}/seizures/new", (Guid id, HttpContext http, ICaseDirectory cases, SeizurePages form) => form.TakeAsync(id, http, cases));
    }

    async Task<IResult> ShowAsync(Guid id, HttpContext http, ICaseDirectory cases)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        if (await cases.OpenAsync(person, id, "exhibits.seizure", http.RequestAborted) is not { } found) return Results.NotFound();
        // Recorded where it happened, when it happened: so it is filled in, and corrected where it is not so.
        var (now, facts) = (TimeZoneInfo.ConvertTime(time.GetUtcNow(), options.Value.TimeZone), await FactsAsync(person, id, http.RequestAborted));
        var today = DateParts.Of(DateOnly.FromDateTime(now.DateTime));
        return Page(SheetOf(found, Guid.CreateVersion7()) with
        {
            Typed = new Dictionary<string, string>
            {
                ["day-day"] = today.Day!, ["day-month"] = today.Month!, ["day-year"] = today.Year!, ["hour"] = now.ToString("HH:mm", CultureInfo.InvariantCulture),
                ["country"] = await usual.OfAsync(facts.Standing.Unit, http.RequestAborted) ?? "",
            },
        }, StatusCodes.Status200OK);
    }

    async Task<IResult> TakeAsync(Guid id, HttpContext http, ICaseDirectory cases)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var typed = await http.Request.ReadFormAsync(http.RequestAborted);
        if (ExhibitWords.Id(typed["key"]) is not { } key) return Results.BadRequest();
        var seizure = RecordSeizure.SeizureOf(person, key);
        var (command, missed) = Read(id, seizure, typed);
        if (missed.Count == 0)
        {
            switch (await slice.HandleAsync(person, command, http.RequestAborted))
            {
                case null:
                    return Results.NotFound();
                case Outcome.Done(var index):
                    http.Wrote(index);
                    http.Response.StatusCode = StatusCodes.Status303SeeOther;
                    // What was seized is weighed next.
                    http.Response.Headers.Location = $"/exhibits/{RecordSeizure.IdOf(seizure, 0):D}?done=seized";
                    return Results.Empty;
                case Outcome.Refused(var refusal, _):
                    missed.Add(("", refusal.Code));
                    break;
                default:
                    missed.Add(("", "record.stale"));
                    break;
            }
        }

        if (await cases.OpenAsync(person, id, "exhibits.seizure", http.RequestAborted) is not { } found) return Results.NotFound();
        var unfit = RecordSeizure.Unfit(command, await FactsAsync(person, id, http.RequestAborted)).Select(u => (u.Field, u.Refusal.Code)).ToList();
        return Page(SheetOf(found, key) with
        {
            Typed = typed.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()),
            // What the decision refused stands beside its field, once, and each field says the first thing that is wrong with it.
            Errors = [.. missed.Where(m => unfit.All(u => u.Code != m.Code || m.Field.Length > 0)).Concat(unfit).DistinctBy(e => e.Field.Length > 0 ? e.Field : e.Code)
                .OrderBy(e => Array.IndexOf(Fields, e.Field)).Select(e => new FieldError(e.Field, ExhibitsText.Of(e.Code)))],
        }, StatusCodes.Status422UnprocessableEntity);
    }

    ValueTask<ExhibitFacts> FactsAsync(Guid person, Guid @case, CancellationToken cancel) => desk.ReadCaseAsync(desk.Session(), person, @case, cancel);

    (RecordSeizure.Command Command, List<(string Field, string Code)> Missed) Read(Guid id, Guid seizure, IFormCollection typed)
    {
        var missed = new List<(string, string)>();
        // What is none of the choices is refused like any that the record does not know.
        var kind = ExhibitWords.Named<ExhibitKind>(typed["kind"]) ?? (ExhibitKind)(-1);
        var place = ExhibitWords.Named<SeizurePlace>(typed["place"]) ?? (SeizurePlace)(-1);
        var transport = ExhibitWords.Named<Transport>(typed["transport"]) ?? (Transport)(-1);
        Quantity? quantity = null;
        if (!string.IsNullOrWhiteSpace(typed["amount"]))
        {
            if (TypedNumber.IsAmbiguous(typed["amount"])) missed.Add(("amount", TypedMass.Ambiguous));
            else if (TypedMass.TryRead(typed["amount"], out Grams amount)) quantity = new Quantity(amount.Value, typed["measure"].ToString().Trim());
            else missed.Add(("amount", RecordSeizure.QuantityUnclear));
        }

        var arrested = 0;
        if (!string.IsNullOrWhiteSpace(typed["arrested"]) && !int.TryParse(typed["arrested"], NumberStyles.None, CultureInfo.InvariantCulture, out arrested))
            missed.Add(("arrested", RecordSeizure.ArrestedUnclear));
        var day = DateParts.From(typed, "day");
        DateTimeOffset? occurred = null;
        if (!day.IsEmpty || !string.IsNullOrWhiteSpace(typed["hour"]))
        {
            var known = day.ToDay();
            var isHour = TimeOnly.TryParseExact(typed["hour"].ToString().Trim(), "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at);
            if (known is null) missed.Add(("day", DayUnclear));
            if (!isHour) missed.Add(("hour", HourUnclear));
            if (known is { } date && isHour)
            {
                var local = date.ToDateTime(at);
                occurred = new DateTimeOffset(local, options.Value.TimeZone.GetUtcOffset(local)).ToUniversalTime();
            }
        }

        var seals = typed["seals"].ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var item = new RecordSeizure.Item(
            kind, ExhibitTexts.Kept(typed["substance"]), typed["description"].ToString(), quantity, [.. seals.Select((seal, i) => new SealedPackage(i + 1, seal))]);
        return (new RecordSeizure.Command(id, seizure, new RecordSeizure.Circumstances(
            typed["country"].ToString(), typed["region"], typed["city"], place, transport, Upper("port"), typed["departure"], typed["transit"], typed["destination"],
            Upper("container"), typed["bill"], typed["concealment"], arrested, typed["controlled"] == "yes"), [item], occurred), missed);

        string? Upper(string name) => ExhibitTexts.Kept(typed[name])?.ToUpperInvariant().Replace(" ", "", StringComparison.Ordinal);
    }

    static SeizureSheet SheetOf(CaseEntry found, Guid key) =>
        new(found.Id, found.Number, key, [.. CountryCodes.ByName().Select(c => new Choice(c.Code, c.Name))]);

    static IResult Page(SeizureSheet sheet, int status) => Rendered.Page<RecordSeizurePage>(new { Sheet = sheet }, status);
}
