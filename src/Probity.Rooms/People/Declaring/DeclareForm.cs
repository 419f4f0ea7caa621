using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Uploads;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Declaring;

/// <summary>The form of a declaration as its page shows it.</summary>
public sealed record DeclareSheet(Guid Key, IReadOnlyList<Choice> Kinds, IReadOnlyList<Choice> Corrects, IReadOnlyDictionary<string, string> Typed, DateParts AsOf)
{
    /// <summary>How many lines a file gave; null where none was read.</summary>
    public int? Read { get; init; }
}

/// <summary>Takes a declaration, typed or from a spreadsheet; a file only fills the form in, and is kept nowhere.</summary>
internal sealed class DeclareForm(DeclarationDesk desk, Declare slice)
{
    const string FileField = "file";

    static readonly UploadLimit s_limit = new(SpreadsheetLines.MaxBytes, PerMinute: 20);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/declarations/new", async (HttpContext http, DeclareForm form) => await form.ShowAsync(http, null, [], null));
        pages.MapPost("/declarations/new", (HttpContext http, DeclareForm form) => form.TakeAsync(http));
        pages.MapGet("/declarations/read", () => new SeeOther("/declarations/new"));
        pages.MapPost("/declarations/read", (HttpContext http, DeclareForm form) => form.ReadAsync(http)).WithMetadata(s_limit);
        pages.MapGet("/declarations/template.xlsx", () => Results.Bytes(SpreadsheetText.Workbook(Template()), SpreadsheetText.WorkbookType, "declaration.xlsx"));
    }

    static IReadOnlyList<IReadOnlyList<string>> Template() =>
    [
        [.. ((string[])["kind", "what", "amount", "note"]).Select(c => DeclarationsText.Of($"column.{c}"))],
        .. Enum.GetNames<DeclaredKind>().Select(k => (IReadOnlyList<string>)[DeclarationsText.Of($"kind.{k}"), "", "", ""]),
    ];

    async Task<IResult> TakeAsync(HttpContext http)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var typed = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!Guid.TryParseExact(typed["key"], "D", out var key)) return Results.BadRequest();
        var faults = new List<LineFault>();
        List<DeclaredLine> lines = [.. Enum.GetValues<DeclaredKind>().SelectMany(k => TypedLines.Read(k, typed[$"lines-{k}"], faults))];
        if (faults.Count > 0) return await ShowAsync(http, typed, [.. faults.Select(f => new FieldError($"lines-{f.Kind}", DeclarationsText.Say("line.at", f.Line, DeclarationsText.Of(f.Code))))], null);
        var command = new Declare.Command(
            Streams.Derive(person, $"declaration/{key:D}"), Enum.TryParse<DeclarationKind>(typed["kind"], out var kind) && Enum.IsDefined(kind) ? kind : null,
            DateParts.From(typed, "asOf").ToDay(), typed["currency"].ToString().Trim().ToUpperInvariant(), lines, Guid.TryParseExact(typed["corrects"], "D", out var corrected) ? corrected : null);
        switch (await slice.HandleAsync(person, command, http.RequestAborted))
        {
            case Outcome.Done(var index):
                http.Wrote(index);
                return new SeeOther("/declarations");
            case Outcome.Refused { Refusal.Code: var code }:
                return await ShowAsync(http, typed, [new FieldError(FieldOf(code), DeclarationsText.Of(code))], null);
            default:
                return await ShowAsync(http, typed, [new FieldError("", DeclarationsText.Of("record.stale"))], null);
        }
    }

    async Task<IResult> ReadAsync(HttpContext http)
    {
        if (SignedInPerson.Of(http.User) is null) return Results.Unauthorized();
        if (http.Features.Get<UploadedForm>()?.Take(FileField) is not { } file) return await ShowAsync(http, null, [new FieldError(FileField, DeclarationsText.Of("file.missing"))], null);
        using var bytes = file.Bytes;
        if (file.Fault != UploadFault.None) return await ShowAsync(http, null, [new FieldError(FileField, DeclarationsText.Of("file.too-large"))], null);
        await using var stream = bytes.Open();
        var (lines, faults, code) = SpreadsheetLines.Read(stream, file.Name, http.RequestAborted);
        if (code is not null) return await ShowAsync(http, null, [new FieldError(FileField, DeclarationsText.Of(code))], null);
        // All of the file or nothing of it: a line left out would not be missed.
        return faults.Count > 0
            ? await ShowAsync(http, null, [.. faults.Take(20).Select(f => new FieldError(FileField, DeclarationsText.Say("line.at", f.Line, DeclarationsText.Of(f.Code))))], null)
            : await ShowAsync(http, null, [], lines);
    }

    static string FieldOf(string code) => code switch
    {
        Declare.KindMissing => "kind",
        Declare.DayWrong or Declare.DayTaken => "asOf",
        Declare.CurrencyWrong => "currency",
        Declare.IncomeMissing => $"lines-{DeclaredKind.Income}",
        Declare.CorrectsUnknown or Declare.TooOld => "corrects",
        _ => "",
    };

    async Task<IResult> ShowAsync(HttpContext http, IFormCollection? typed, IReadOnlyList<FieldError> errors, IReadOnlyList<DeclaredLine>? read)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var facts = await desk.ReadAsync(person, person, http.RequestAborted);
        if (DeclarationAccess.Refuses(DeclarationAction.Declare, facts) is not null) return Results.Forbid();
        var last = facts.Declarations.Last;
        // What was declared last is there already, to be changed: what somebody owns changes less than their income.
        var lines = read ?? last?.Lines.Where(l => l.Kind is not (DeclaredKind.Income or DeclaredKind.Spending or DeclaredKind.Gift)).ToList() ?? [];
        var fields = typed?.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString())
            ?? Enum.GetValues<DeclaredKind>().ToDictionary(k => $"lines-{k}", k => TypedLines.Write(lines, k));
        if (typed is null && last is not null) (fields["currency"], fields["kind"]) = (last.Currency, nameof(DeclarationKind.Yearly));
        if (typed is null && last is null) fields["kind"] = nameof(DeclarationKind.Entry);
        var sheet = new DeclareSheet(
            Guid.TryParseExact(typed?["key"], "D", out var key) ? key : Guid.CreateVersion7(),
            [.. Enum.GetNames<DeclarationKind>().Select(k => new Choice(k, DeclarationsText.Of($"declared.{k}")))],
            [.. facts.Declarations.Standing.Reverse().Where(d => Declare.MayCorrect(d, facts)).Select(d => new Choice(d.Id.ToString("D"), d.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))],
            fields, typed is null ? default : DateParts.From(typed, "asOf")) { Read = read?.Count };
        return Rendered.Page<DeclarePage>(new { Sheet = sheet, Errors = errors }, errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
