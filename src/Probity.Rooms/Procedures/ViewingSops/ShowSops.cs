using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Procedures.Beginning;
using Probity.Procedures.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Procedures.ViewingSops;

/// <summary>A procedure in the list.</summary>
/// <param name="Href">Its page.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Judges">Whether cases are judged by it.</param>
/// <param name="InForce">The number of the version in force; null where none is.</param>
/// <param name="Since">Since when; null where it was so from the beginning.</param>
/// <param name="Open">Versions that are not in force yet, for who may know of them.</param>
public sealed record SopLine(string Href, string Title, bool Judges, int? InForce, DateTimeOffset? Since, int Open);

/// <summary>The list of procedures, and the form that begins one.</summary>
public sealed record SopsSheet(IReadOnlyList<SopLine> Lines, bool MayDraft)
{
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>Lists the procedures and begins new ones.</summary>
internal sealed class ShowSops(DbContext views, SopDesk desk, BeginSop begin, IStringLocalizer<SopText> text)
{
    /// <summary>More than any unit has.</summary>
    const int Most = 200;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/procedures/sops", async (HttpContext http, ShowSops slice) =>
            SopAccess.Has(http.User, SopAction.View) ? await slice.PageAsync(http, [], []) : Results.Forbid());
        pages.MapPost("/procedures/sops", async (HttpContext http, ShowSops slice) =>
            SopAccess.Has(http.User, SopAction.View) ? await slice.BeginAsync(http) : Results.Forbid());
    }

    /// <summary>The ids of all procedures, the one that governs cases first.</summary>
    public static async Task<IReadOnlyList<Guid>> IdsAsync(DbContext views, CancellationToken cancel) =>
        [HouseProcedures.CasesSop, .. await views.Set<SopRow>().AsNoTracking().OrderBy(r => r.Begun).ThenBy(r => r.Id).Take(Most).Select(r => r.Id).ToListAsync(cancel)];

    async Task<IResult> PageAsync(HttpContext http, IReadOnlyList<FieldError> errors, Dictionary<string, string> typed)
    {
        var cancel = http.RequestAborted;
        await http.CaughtUpAsync(SopView.ViewName, cancel);
        var person = SignedInPerson.Of(http.User)!.Value;
        var lines = new List<SopLine>();
        foreach (var id in await IdsAsync(views, cancel))
        {
            if (await desk.SeeAsync(person, id, null, cancel) is not { } facts) continue;
            var force = facts.Sop.InForceAt(facts.Now);
            var open = facts.Sop.Versions.Count(v => !(v.From <= facts.Now) && facts.Sees(v));
            if (force is null && open == 0) continue;
            lines.Add(new SopLine(
                $"/procedures/sops/{id:D}", SopWords.TitleOf(facts.Sop), facts.Sop.Kind == SopKind.Cases, force?.Number,
                force?.From is { } since && since > DateTimeOffset.MinValue ? since : null, open));
        }

        return Rendered.Page<SopsPage>(new { Sheet = new SopsSheet(lines, SopAccess.Has(http.User, SopAction.Draft)) { Errors = errors, Typed = typed } },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    async Task<IResult> BeginAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var typed = new Dictionary<string, string> { ["title"] = form["title"].ToString(), ["note"] = form["note"].ToString() };
        var id = Guid.CreateVersion7();
        var drawing = SopDrawings.Take(BlankDrawing.With(text["Blank.Step"]));
        var outcome = await begin.HandleAsync(
            SignedInPerson.Of(http.User)!.Value, new BeginSop.Command(id, Guid.CreateVersion7(), typed["title"], SopKind.Other, typed["note"]), drawing, http.RequestAborted);
        switch (outcome)
        {
            case Outcome.Done(var index):
                http.Wrote(index);
                return SopPages.SeeOther(http, $"/procedures/sops/{id:D}/1/drawing");
            case Outcome.Refused(var refusal, _):
                return await PageAsync(http, [new FieldError(refusal.Code == SopTexts.TitleMissing ? "title" : refusal.Code == SopTexts.ReasonMissing ? "note" : "", SopText.Of(refusal.Code))], typed);
            default:
                return await PageAsync(http, [new FieldError("", SopText.Of(SopPages.Stale))], typed);
        }
    }
}
