using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Procedures.Contract;
using Probity.Procedures.Drafting;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Procedures.ViewingSops;

/// <summary>A version in the list of one procedure.</summary>
public sealed record VersionLine(string Href, int Number, string State, DateTimeOffset? From, DateTimeOffset? Since, string Author, string Reviewer, string Approver, string? ChangesHref, string Note);

/// <summary>One procedure with its versions.</summary>
public sealed record SopSheet(string Path, string Title, bool Judges, long Expected, IReadOnlyList<VersionLine> Versions, bool MayDraft, IReadOnlyList<Choice> Bases)
{
    /// <summary>The number of the version in force; null where none is.</summary>
    public int? InForce { get; init; }

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>Shows one procedure with its versions, and takes the form that drafts a new one.</summary>
internal sealed class ShowSop(SopDesk desk, DraftVersion draft, IStringLocalizer<SopText> text)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/procedures/sops/{id:guid}", (Guid id, HttpContext http, ShowSop slice) =>
            SopPages.ForAsync(http, person => slice.PageAsync(person, id, null, new Dictionary<string, string>(), http.RequestAborted)));
        pages.MapPost("/procedures/sops/{id:guid}", (Guid id, HttpContext http, ShowSop slice) =>
            SopPages.ForAsync(http, person => slice.DraftAsync(http, person, id)));
    }

    async Task<IResult?> DraftAsync(HttpContext http, Guid person, Guid id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var typed = new Dictionary<string, string> { ["base"] = form["base"].ToString(), ["note"] = form["note"].ToString() };
        if (!int.TryParse(typed["base"], out var number)) return await PageAsync(person, id, new FieldError("base", text["Draft.Base.Missing"]), typed, http.RequestAborted);
        var outcome = await draft.HandleAsync(person, new(id, number, Guid.CreateVersion7(), typed["note"]), SopPages.Seen(form), http.RequestAborted);
        switch (outcome)
        {
            case null: return null;
            case Outcome.Done(var index):
                http.Wrote(index);
                var sop = (await desk.SeeAsync(person, id, null, http.RequestAborted))!.Sop;
                return SopPages.SeeOther(http, $"/procedures/sops/{id:D}/{SopWords.Number(sop.NextNumber - 1)}/drawing");
            default:
                var code = outcome is Outcome.Refused(var refusal, _) ? refusal.Code : SopPages.Stale;
                return await PageAsync(person, id, new FieldError(code == SopTexts.ReasonMissing ? "note" : "", SopText.Of(code)), typed, http.RequestAborted);
        }
    }

    async Task<IResult?> PageAsync(Guid person, Guid id, FieldError? error, Dictionary<string, string> typed, CancellationToken cancel)
    {
        if (await desk.SeeAsync(person, id, null, cancel) is not { } facts) return null;
        var (sop, path) = (facts.Sop, $"/procedures/sops/{id:D}");
        var seen = sop.Versions.Where(facts.Sees).OrderByDescending(v => v.Number).ToList();
        if (seen.Count == 0) return null;
        return Rendered.Page<SopPage>(new
        {
            Sheet = new SopSheet(
                path, SopWords.TitleOf(sop), sop.Kind == SopKind.Cases, sop.Version, [.. seen.Select(v => LineOf(facts, v, path))],
                SopAccess.Refuses(SopAction.Draft, facts.Actor, null, facts.Register, facts.Now) is null,
                [.. seen.Select(v => new Choice(SopWords.Number(v.Number), text["Version.Of", v.Number, StateOf(facts, v, text)]))])
            {
                InForce = sop.InForceAt(facts.Now)?.Number, Errors = error is null ? [] : [error], Typed = typed,
            },
        }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static string Names(SopFacts facts, IEnumerable<Guid> people) => string.Join(", ", people.Select(facts.Register.NameOf).Order(StringComparer.CurrentCulture));

    VersionLine LineOf(SopFacts facts, SopVersion v, string path)
    {
        var earlier = facts.Sop.Versions.Where(o => o.Number < v.Number && facts.Sees(o)).MaxBy(o => o.Number == v.BasedOn ? int.MaxValue : o.Number);
        return new VersionLine(
            $"{path}/{SopWords.Number(v.Number)}", v.Number, StateOf(facts, v, text), v.From is { } from && from > DateTimeOffset.MinValue ? from : null,
            v.From == DateTimeOffset.MinValue ? null : v.Since, v.Authors.Count == 0 ? text["Version.House"] : Names(facts, v.Authors),
            v.Reviewer is { } reviewer ? facts.Register.NameOf(reviewer) : "", v.Approver is { } approver ? facts.Register.NameOf(approver) : "",
            earlier is null ? null : $"{path}/changes?from={SopWords.Number(earlier.Number)}&to={SopWords.Number(v.Number)}", v.Note);
    }

    /// <summary>How far a version has come, in words.</summary>
    public static string StateOf(SopFacts facts, SopVersion version, IStringLocalizer<SopText> text) => text[$"State.{KeyOf(facts, version)}"];

    /// <summary>How far a version has come, and what it waits for.</summary>
    public static string KeyOf(SopFacts facts, SopVersion version) => facts.Sop.StageOf(version, facts.Now) switch
    {
        SopStage.Draft when version.Submitted => "Submitted",
        SopStage.Approved when version.IsSettled => "Scheduled",
        var stage => stage.ToString(),
    };
}
