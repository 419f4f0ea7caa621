using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;

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
internal sealed class SeizurePages(RecordSeizure slice, IOptions<SharedOptions> options)
{
    const string DayUnclear = "exhibits.day-unclear";
    const string HourUnclear = "exhibits.hour-unclear";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/seizures/new", async (Guid id, HttpContext http, ICaseDirectory cases) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
            : await cases.OpenAsync(person, id, "exhibits.seizure", http.RequestAborted) is not { } found ? Results.NotFound()
            : Page(SheetOf(found, Guid.CreateVersion7()), StatusCodes.Status200OK));
        pages.MapPost("/cases/{id:guid}/seizures/new", (Guid id, HttpContext http, ICaseDirectory cases, SeizurePages form) => form.TakeAsync(id, http, cases));
    }

    async Task<IResult> TakeAsync(Guid id, HttpContext http, ICaseDirectory cases)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var typed = await http.Request.ReadFormAsync(http.RequestAborted);
        if (ExhibitWords.Id(typed["key"]) is not { } key) return Results.BadRequest();
        var seizure = RecordSeizure.SeizureOf(person, key);
        var (command, code, field) = Read(id, seizure, typed);
        if (command is not null)
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
                    (code, field) = (refusal.Code, FieldOf(refusal.Code));
                    break;
                default:
                    (code, field) = ("record.stale", "");
                    break;
            }
        }

        return await cases.OpenAsync(person, id, "exhibits.seizure", http.RequestAborted) is { } found
            ? Page(SheetOf(found, key) with
            {
                Typed = typed.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()),
                Errors = [new FieldError(field, ExhibitsText.Of(code))],
            }, StatusCodes.Status422UnprocessableEntity)
            : Results.NotFound();
    }

    (RecordSeizure.Command? Command, string Code, string Field) Read(Guid id, Guid seizure, IFormCollection typed)
    {
        if (ExhibitWords.Named<ExhibitKind>(typed["kind"]) is not { } kind) return (null, RecordSeizure.KindUnknown, "kind");
        if (ExhibitWords.Named<SeizurePlace>(typed["place"]) is not { } place) return (null, RecordSeizure.PlaceUnknown, "place");
        if (ExhibitWords.Named<Transport>(typed["transport"]) is not { } transport) return (null, RecordSeizure.PlaceUnknown, "transport");
        Quantity? quantity = null;
        if (!string.IsNullOrWhiteSpace(typed["amount"]))
        {
            if (TypedNumber.IsAmbiguous(typed["amount"])) return (null, TypedNumber.Ambiguous, "amount");
            if (!TypedNumber.TryRead(typed["amount"], out Grams amount)) return (null, RecordSeizure.QuantityUnclear, "amount");
            quantity = new Quantity(amount.Value, typed["measure"].ToString().Trim());
        }

        var arrested = 0;
        if (!string.IsNullOrWhiteSpace(typed["arrested"]) && !int.TryParse(typed["arrested"], NumberStyles.None, CultureInfo.InvariantCulture, out arrested))
            return (null, RecordSeizure.ArrestedUnclear, "arrested");
        var day = DateParts.From(typed, "day");
        DateTimeOffset? occurred = null;
        if (!day.IsEmpty || !string.IsNullOrWhiteSpace(typed["hour"]))
        {
            if (day.ToDay() is not { } known) return (null, DayUnclear, "day");
            if (!TimeOnly.TryParseExact(typed["hour"].ToString().Trim(), "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)) return (null, HourUnclear, "hour");
            var local = known.ToDateTime(at);
            occurred = new DateTimeOffset(local, options.Value.TimeZone.GetUtcOffset(local)).ToUniversalTime();
        }

        var seals = typed["seals"].ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var item = new RecordSeizure.Item(
            kind, ExhibitTexts.Kept(typed["substance"]), typed["description"].ToString(), quantity, [.. seals.Select((seal, i) => new SealedPackage(i + 1, seal))]);
        return (new RecordSeizure.Command(id, seizure, new RecordSeizure.Circumstances(
            typed["country"].ToString(), typed["region"], typed["city"], place, transport, Upper("port"), typed["departure"], typed["transit"], typed["destination"],
            Upper("container"), typed["bill"], typed["concealment"], arrested, typed["controlled"] == "yes"), [item], occurred), "", "");

        string? Upper(string name) => ExhibitTexts.Kept(typed[name])?.ToUpperInvariant().Replace(" ", "", StringComparison.Ordinal);
    }

    static string FieldOf(string code) => code switch
    {
        RecordSeizure.KindUnknown => "kind",
        RecordSeizure.SubstanceUnknown => "substance",
        RecordSeizure.DescriptionMissing => "description",
        RecordSeizure.NotPacked or ExhibitTexts.SealMissing or ExhibitTexts.SealTwice or ExhibitTexts.TooManyPackages => "seals",
        RecordSeizure.QuantityUnclear => "amount",
        RecordSeizure.CountryUnknown => "country",
        RecordSeizure.PortUnknown => "port",
        RecordSeizure.ContainerUnknown => "container",
        RecordSeizure.ArrestedUnclear => "arrested",
        RecordSeizure.InFuture or RecordSeizure.TooEarly => "day",
        _ => "",
    };

    static SeizureSheet SheetOf(CaseEntry found, Guid key) =>
        new(found.Id, found.Number, key, [.. CountryCodes.ByName().Select(c => new Choice(c.Code, c.Name))]);

    static RazorComponentResult<RecordSeizurePage> Page(SeizureSheet sheet, int status) =>
        new(new { Sheet = sheet }) { StatusCode = status, PreventStreamingRendering = true };
}
