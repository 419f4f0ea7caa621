using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Uploads;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Procedures.Drafting;

/// <summary>The page on which a draft is drawn.</summary>
/// <param name="Path">The version's page.</param>
/// <param name="Sop">The procedure's page.</param>
/// <param name="Number">The version's number.</param>
/// <param name="Expected">The state of the procedure that the page was made from.</param>
/// <param name="Drawing">The BPMN file, its steps named in the reader's language.</param>
/// <param name="Note">What the version is to change and why.</param>
/// <param name="Words">The drawing tool's words in the reader's language, as JSON.</param>
/// <param name="Roles">Whose a step can be.</param>
public sealed record DrawSheet(string Path, Link Sop, int Number, long Expected, string Drawing, string Note, string Words, IReadOnlyList<Choice> Roles)
{
    /// <summary>Kilobytes that the drawing tool adds to the page, as a browser loads them.</summary>
    public int Weight { get; init; }

    /// <summary>The most kilobytes of a file.</summary>
    public int Limit { get; init; }

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>Shows a draft to be drawn at, takes what was drawn, and takes a file that was drawn elsewhere.</summary>
internal sealed class DrawDraft(SopDesk desk, ChangeDraft change, IStringLocalizer<SopText> text)
{
    public const string Field = "drawing";

    const string Address = "/procedures/sops/{id:guid}/{number:int}/";
    const int PerMinute = 30;

    /// <summary>What the drawing tool says; the texts are under <c>Tool.</c> and these names, which are its own.</summary>
    static readonly string[] Tool =
    [
        "Activate hand tool", "Activate lasso tool", "Activate create/remove space tool", "Activate global connect tool", "Create start event", "Create end event",
        "Create gateway", "Create task", "Create pool/participant", "Append end event", "Append gateway", "Append task", "Append text annotation",
        "Connect to other element", "Delete", "Change element", "Exclusive gateway", "Parallel gateway", "Inclusive gateway",
        "Add lane above", "Add lane below", "Divide into two lanes", "Divide into three lanes",
    ];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address + "drawing", (Guid id, int number, HttpContext http, DrawDraft slice) =>
            SopPages.ForAsync(http, person => slice.PageAsync(http, person, id, number, null, null)));
        pages.MapPost(Address + "drawing", (Guid id, int number, HttpContext http, DrawDraft slice) =>
            SopPages.ForAsync(http, person => slice.SaveAsync(http, person, id, number)));
        pages.MapGet(Address + "file", (Guid id, int number, HttpContext http) => SopPages.SeeOther(http, $"/procedures/sops/{id:D}/{SopWords.Number(number)}/drawing"));
        pages.MapPost(Address + "file", (Guid id, int number, HttpContext http, DrawDraft slice) =>
            SopPages.ForAsync(http, person => slice.UploadAsync(http, person, id, number))).WithMetadata(new UploadLimit(SopDrawings.MaxBytes, PerMinute));
    }

    async Task<IResult?> SaveAsync(HttpContext http, Guid person, Guid id, int number)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return await TakeAsync(http, person, id, number, SopDrawings.Take(form[Field].ToString()), form, Field);
    }

    async Task<IResult?> UploadAsync(HttpContext http, Guid person, Guid id, int number)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var file = http.Features.Get<UploadedForm>()?.Take("file");
        using var bytes = file?.Bytes;
        var drawing = file is null ? new ReadDrawing("", null, SopDrawings.Missing)
            : file.Fault != UploadFault.None || bytes!.Length == 0 ? new ReadDrawing("", null, SopDrawings.TooLarge)
            : SopDrawings.Take(Decode(bytes));
        return await TakeAsync(http, person, id, number, drawing, form, "file");
    }

    // As the file says itself: a BOM, else UTF-8; what is not that is not well-formed either, and its reader says so.
    static string Decode(HeldBytes bytes)
    {
        using var reader = new StreamReader(bytes.Open(), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    async Task<IResult?> TakeAsync(HttpContext http, Guid person, Guid id, int number, ReadDrawing drawing, IFormCollection form, string field)
    {
        var note = form["note"].ToString();
        var outcome = await change.HandleAsync(person, new(id, number, drawing, note), SopPages.Seen(form), http.RequestAborted);
        switch (outcome)
        {
            case null: return null;
            case Outcome.Done(var index):
                http.Wrote(index);
                return SopPages.SeeOther(http, $"/procedures/sops/{id:D}/{SopWords.Number(number)}");
            case Outcome.Refused(var refusal, _):
                var at = refusal.Code == drawing.Code ? field : refusal.Code == SopTexts.ReasonMissing ? "note" : "";
                return await PageAsync(http, person, id, number, new FieldError(at, SopText.Of(refusal.Code)) { Detail = at == field ? drawing.Detail : null }, (drawing, note));
            default:
                return await PageAsync(http, person, id, number, new FieldError("", SopText.Of(SopPages.Stale)), (drawing, note));
        }
    }

    async Task<IResult?> PageAsync(HttpContext http, Guid person, Guid id, int number, FieldError? error, (ReadDrawing Drawing, string Note)? typed)
    {
        if (await desk.SeeAsync(person, id, number, http.RequestAborted) is not { } facts) return null;
        var path = $"/procedures/sops/{id:D}/{SopWords.Number(number)}";
        if (!ChangeDraft.IsOpen(facts) || !facts.May(SopAction.Draft)) return SopPages.SeeOther(http, path);
        http.Response.Headers.ContentSecurityPolicy = PageProtection.DrawingPolicy;
        // What was drawn is not lost to a refusal; what nobody can read is left out, and the draft stands there as it is.
        var drawing = typed is { Drawing.Drawing: not null } kept ? kept.Drawing.Bpmn : facts.At!.Drawing;
        return Rendered.Page<DrawPage>(new
        {
            Sheet = new DrawSheet(
                path, new Link($"/procedures/sops/{id:D}", SopWords.TitleOf(facts.Sop)), number, facts.Sop.Version, SopDrawings.InWords(drawing), typed?.Note ?? facts.At!.Note,
                JsonSerializer.Serialize(Tool.ToDictionary(word => word, word => text[$"Tool.{word}"].Value)),
                [.. Roles.Select(role => new Choice(role.ToString(), RoleWords.Of(role.ToString()))).OrderBy(c => c.Text, StringComparer.CurrentCulture)])
            {
                Weight = Assets.Sum(PageAssets.WeightOf) >> 10, Limit = SopDrawings.MaxBytes >> 10, Errors = error is null ? [] : [error],
            },
        }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static readonly string[] Assets = ["bpmn-js.js", "bpmn-js.css", "bpmn.woff2", "sop-editor.js", "procedures.css"];

    // Who works in matters; who follows figures, and who runs the machine, takes no step in one.
    static readonly Role[] Roles =
        [Role.Commander, Role.Officer, Role.Custodian, Role.Prosecutor, Role.Vetting, Role.Integrity, Role.Investigator, Role.Overseer];
}
