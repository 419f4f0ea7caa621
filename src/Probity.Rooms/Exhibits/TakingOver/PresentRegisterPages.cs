using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Uploads;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.TakingOver;

/// <summary>
/// The form on which a register is presented: the file is looked at and nothing is written; sent again, and the same to the byte, it is presented.
/// </summary>
internal sealed class PresentRegisterPages(PresentRegister slice, RegisterReading reading, TakingOverDesk desk)
{
    /// <summary>The field of the file.</summary>
    public const string FileField = "register";

    const int ShownProblems = 100, ShownLines = 20;

    public static void Map(IEndpointRouteBuilder pages)
    {
        // Before a body is read: who may not present sends nothing.
        var own = pages.MapGroup("/exhibits/registers/new").RequireAuthorization(new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser().RequireAssertion(context => SignedInPerson.Has(context.User, Role.Custodian)).Build());
        own.MapGet("", async (HttpContext http, PresentRegisterPages form) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
            : await form.SheetAsync(person, Guid.CreateVersion7(), http.RequestAborted) is { } sheet ? Page(sheet, StatusCodes.Status200OK) : Results.NotFound());
        own.MapPost("", (HttpContext http, PresentRegisterPages form) => form.TakeAsync(http)).WithMetadata(RegisterReading.Limit);
    }

    async Task<IResult> TakeAsync(HttpContext http)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var (form, cancel) = (http.Features.Get<UploadedForm>(), http.RequestAborted);
        var typed = form?.Fields ?? await http.Request.ReadFormAsync(cancel);
        if (ExhibitWords.Id(typed["key"]) is not { } key || await SheetAsync(person, key, cancel) is not { } sheet) return Results.NotFound();
        sheet = sheet with { Typed = typed.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()) };
        var unit = ExhibitWords.Id(typed["unit"]) ?? Guid.Empty;
        if (form?.Take(FileField) is not { } file) return Refused(sheet, FileField, RegisterReading.FileMissing);
        using var bytes = file.Bytes;
        if (file.Fault != UploadFault.None) return Refused(sheet, FileField, RegisterReading.FileTooLarge);
        if (bytes.Length == 0) return Refused(sheet, FileField, RegisterReading.FileMissing);
        var choices = ChoicesOf(typed);
        await using var stream = bytes.Open();
        var (read, code, detail) = await reading.ReadAsync(stream, file.Name, choices, cancel);
        if (read is null) return Refused(sheet, FileField, code!, detail);
        if (await slice.LookAsync(person, unit, read, bytes.Sha256, choices, cancel) is not { } look) return Refused(sheet, "unit", Bars.Role);
        sheet = sheet with { Preview = PreviewOf(look.Held, bytes, sheet.Places), Typed = Completed(sheet.Typed, read) };
        var wrong = look.IsSameFile ? PresentRegister.SameFile : read.Broken is not null ? PresentRegister.Broken : read.IsTooLong ? PresentRegister.TooLong : null;
        switch (typed["do"].ToString())
        {
            case "list":
                return Results.Bytes(RegisterWords.List(look.Held.Lines.Select(l => (l.Stated, l.Notes))), "text/csv; charset=utf-8", "register-lines.csv");
            // Exactly the file that was looked at, or nothing.
            case "present" when typed["sha"] != bytes.Sha256:
                return Refused(sheet, FileField, PresentRegister.Changed);
            case "present" when wrong is null:
                break;
            default:
                return wrong is null ? Page(sheet, StatusCodes.Status200OK) : Refused(sheet, FileField, wrong, read.Broken);
        }

        var register = TakenRegister.IdOf(person, key);
        var outcome = await slice.HandleAsync(person, new PresentRegister.Command(
            register, unit, file.Name, bytes.Sha256, bytes.Length, read, choices, WordsFor(file.Name, bytes.Sha256)), cancel);
        if (outcome is not Outcome.Done(var index)) return Refused(sheet, "", outcome is Outcome.Refused refused ? refused.Refusal.Code : "record.stale");
        http.Wrote(index);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = $"/exhibits/registers/{register:D}?done=presented";
        return Results.Empty;
    }

    /// <summary>The presenter's words for the record, in the language in which they are working.</summary>
    public static PresentRegister.Words WordsFor(string file, string sha256) =>
        new(ExhibitsText.Of("takeover.no-seal"), ExhibitWords.Say("takeover.case-summary", file, sha256));

    /// <summary>What was chosen on the form; columns only where it shows them.</summary>
    static RegisterChoices ChoicesOf(IFormCollection typed) => new()
    {
        Sheet = ExhibitTexts.Kept(typed["sheet"]), Days = ExhibitWords.Named<DayOrder>(typed["days"]) ?? DayOrder.NotSaid, Decimals = ExhibitWords.Named<DecimalSign>(typed["decimals"]) ?? DecimalSign.NotSaid,
        Unit = typed["mass-unit"].ToString() is "g" or "kg" or "mg" ? typed["mass-unit"].ToString() : null, Location = ExhibitWords.Id(typed["location"]),
        OpensCase = typed["for"].Contains("opens"), PassesOver = typed["for"].Contains("passes"),
        Columns = typed.ContainsKey(FieldOf(RegisterColumn.Number))
            ? Enum.GetValues<RegisterColumn>().Select(c => (Column: c, At: int.TryParse(typed[FieldOf(c)], NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : -1))
                .Where(c => c.At >= 0).ToDictionary(c => c.Column, c => c.At)
            : null,
    };

    public static string FieldOf(RegisterColumn column) => "column-" + RegisterTemplate.Key(column);

    static Dictionary<string, string> Completed(IReadOnlyDictionary<string, string> typed, StatedRegister read)
    {
        var all = new Dictionary<string, string>(typed);
        foreach (var column in Enum.GetValues<RegisterColumn>())
            all[FieldOf(column)] = read.Held.TryGetValue(column, out var at) ? at.ToString(CultureInfo.InvariantCulture) : "";
        if (read.Sheet is not null) all["sheet"] = read.Sheet;
        return all;
    }

    static RegisterPreview PreviewOf(HeldRegister held, HeldBytes bytes, IReadOnlyList<Choice> places)
    {
        var opens = TakenRegister.CaseOf(Guid.Empty);
        return new RegisterPreview(
            bytes.Sha256, bytes.Length, held.Good, held.Warned, held.Wrong, held.PassedOver,
            [.. held.Lines.Where(l => l.Notes.Count > 0).OrderByDescending(l => l.IsWrong).Take(ShownProblems).Select(l => new RegisterLine(
                l.Stated.Line, l.Stated.Number, "", "", "", "", "", [.. l.Notes.OrderByDescending(n => n.IsWrong).Select(n => (RegisterWords.Of(n), n.IsWrong))]))],
            [.. held.TakenOver.Take(ShownLines).Select(l => RegisterWords.LineOf(l.ToExhibit("", opens), l.Stated.Case, places.FirstOrDefault(p => p.Value == l.Location?.ToString("D"))?.Text ?? "–"))],
            RegisterWords.Sums(held.TakenOver.Select(l => (l.Stated.Kind!.Value, l.Stated.Substance, l.Stated.Mass))),
            [.. held.Read.Columns.Select((name, at) => new Choice(at.ToString(CultureInfo.InvariantCulture), name.Length > 0 ? Short(name) : ExhibitWords.Say("takeover.column-of", at + 1)))],
            held.Read.Sheets.Count < 2 ? [] : [.. held.Read.Sheets.Select(s => new Choice(s, Short(s)))], held.Read.HeaderLine, [.. held.Read.Unknown.Select(Short)]);
    }

    static string Short(string name) => name.Length > 60 ? name[..60] + "…" : name;

    async Task<PresentSheet?> SheetAsync(Guid person, Guid key, CancellationToken cancel)
    {
        var (actor, register, store, _) = await desk.ActorAsync(person, cancel);
        var units = TakingOverAccess.UnitsOf(actor);
        return units.Count == 0 ? null : new PresentSheet(
            key, [.. units.Select(u => new Choice(u.ToString("D"), register.Units[u].Name)).OrderBy(c => c.Text, StringComparer.CurrentCulture)],
            [.. store.Locations.Values.Where(l => units.Contains(l.Unit)).Select(l => new Choice(l.Id.ToString("D"), l.Name)).OrderBy(c => c.Text, StringComparer.CurrentCulture)]);
    }

    static IResult Refused(PresentSheet sheet, string field, string code, string? detail = null) =>
        Page(sheet with { Errors = [new FieldError(field, ExhibitsText.Of(code)) { Detail = detail }] }, StatusCodes.Status422UnprocessableEntity);

    static IResult Page(PresentSheet sheet, int status) => Rendered.Page<PresentRegisterPage>(new { Sheet = sheet }, status);
}
