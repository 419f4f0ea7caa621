using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Probity.Lens.Procedures.Drawings;
using Probity.Procedures.Contract;
using Probity.Procedures.Drafting;
using Probity.Procedures.Publishing;
using Probity.Procedures.Reviewing;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Procedures.ViewingSops;

/// <summary>One version of a procedure: its picture, its steps, how far it has come, and the forms of those who take it further.</summary>
/// <param name="Path">The page's address.</param>
/// <param name="Sop">The procedure's page.</param>
/// <param name="Number">The version's number.</param>
/// <param name="State">How far it has come: the last part of a text's key.</param>
/// <param name="Expected">The state of the procedure that the page was made from.</param>
/// <param name="Facts">Who did what.</param>
/// <param name="Steps">The steps.</param>
public sealed record VersionSheet(string Path, Link Sop, int Number, string State, long Expected, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<StepLine> Steps)
{
    /// <summary>From when on it is in force, where that is still to come.</summary>
    public DateTimeOffset? Scheduled { get; init; }

    /// <summary>Steps that no case records by itself: they are confirmed by hand.</summary>
    public IReadOnlyList<string> ByHand { get; init; } = [];

    /// <summary>Where the drawing is changed, for who may.</summary>
    public string? DrawHref { get; init; }

    /// <summary>What differs from the version that it was drawn from.</summary>
    public string? ChangesHref { get; init; }

    /// <summary>What the reader may do: submit, review, approve, publish, return.</summary>
    public IReadOnlyList<string> May { get; init; } = [];

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>Shows one version and takes what its forms post.</summary>
internal sealed class ShowVersion(
    SopDesk desk, SubmitDraft submit, ReviewRisk review, ApproveVersion approve, ReturnVersion giveBack, PublishVersion publish, When when, IOptions<SharedOptions> options,
    IStringLocalizer<SopText> text)
{
    const string Address = "/procedures/sops/{id:guid}/{number:int}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, (Guid id, int number, HttpContext http, ShowVersion slice) =>
            SopPages.ForAsync(http, person => slice.PageAsync(person, id, number, null, [], http.RequestAborted)));
        pages.MapPost(Address + "/{what:regex(^(submit|review|approve|return|publish)$)}", (Guid id, int number, string what, HttpContext http, ShowVersion slice) =>
            SopPages.ForAsync(http, person => slice.TakeAsync(http, person, id, number, what)));
        // Whoever comes to a form's address by the choice of a language gets the page that it belongs to.
        pages.MapGet(Address + "/{what:regex(^(submit|review|approve|return|publish)$)}", (Guid id, int number, HttpContext http) => SopPages.SeeOther(http, $"/procedures/sops/{id:D}/{SopWords.Number(number)}"));
        pages.MapGet(Address + "/procedure.bpmn", (Guid id, int number, HttpContext http, ShowVersion slice) => SopPages.ForAsync(http, async person =>
            await slice.DrawingAsync(person, id, number, http.RequestAborted) is { } bpmn ? Results.File(Encoding.UTF8.GetBytes(bpmn), "application/xml", $"procedure-{SopWords.Number(number)}.bpmn") : null));
        pages.MapGet(Address + "/picture.svg", (Guid id, int number, HttpContext http, ShowVersion slice) => SopPages.ForAsync(http, async person =>
            await slice.PictureAsync(person, id, number, http.RequestAborted) is { } svg ? Results.Text(svg, "image/svg+xml") : null));
    }

    async Task<string?> DrawingAsync(Guid person, Guid id, int number, CancellationToken cancel) => (await desk.SeeAsync(person, id, number, cancel))?.At!.Drawing;

    async Task<string?> PictureAsync(Guid person, Guid id, int number, CancellationToken cancel) =>
        await desk.SeeAsync(person, id, number, cancel) is { } facts
            ? ProcedurePicture.Svg(SopDrawings.Read(facts.At!.Drawing), SopWords.PictureOf(SopWords.TitleOf(facts.Sop), text))
            : null;

    async Task<IResult?> TakeAsync(HttpContext http, Guid person, Guid id, int number, string what)
    {
        var cancel = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(cancel);
        var typed = form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());
        var seen = SopPages.Seen(form);
        DateTimeOffset? from = null;
        var day = DateParts.From(form, "from");
        if (what == "publish" && !day.IsEmpty)
        {
            if (day.ToDay() is not { } known) return await PageAsync(person, id, number, [new FieldError("from", text["Publish.Day.Unclear"])], typed, cancel);
            var local = known.ToDateTime(TimeOnly.MinValue);
            from = new DateTimeOffset(local, options.Value.TimeZone.GetUtcOffset(local)).ToUniversalTime();
        }

        var outcome = what switch
        {
            "submit" => await submit.HandleAsync(person, new(id, number), seen, cancel),
            "review" => await review.HandleAsync(person, new(id, number, Typed("findings")), seen, cancel),
            "approve" => await approve.HandleAsync(person, new(id, number, Typed("note")), seen, cancel),
            "return" => await giveBack.HandleAsync(person, new(id, number, Typed("reasons")), seen, cancel),
            _ => await publish.HandleAsync(person, new(id, number, from), seen, cancel),
        };
        if (outcome is null) return null;
        if (outcome is not Outcome.Done(var index))
        {
            var refusal = (outcome as Outcome.Refused)?.Refusal;
            return await PageAsync(person, id, number, [new FieldError(FieldOf(what, refusal?.Code), SopText.Of(refusal?.Code ?? SopPages.Stale))], typed, cancel, refusal?.Reroute);
        }

        http.Wrote(index);
        return SopPages.SeeOther(http, $"/procedures/sops/{id:D}/{SopWords.Number(number)}");

        string Typed(string field) => typed.GetValueOrDefault(field, "");
    }

    // The field that a refusal belongs to; empty for the whole page.
    static string FieldOf(string what, string? code) => (what, code) switch
    {
        ("review", SopTexts.ReasonMissing) => "findings",
        ("return", SopTexts.ReasonMissing) => "reasons",
        ("publish", PublishVersion.InThePast or PublishVersion.TooFar) => "from",
        _ => "",
    };

    async Task<IResult?> PageAsync(
        Guid person, Guid id, int number, IReadOnlyList<FieldError>? errors, Dictionary<string, string> typed, CancellationToken cancel, Reroute? turn = null)
    {
        if (await desk.SeeAsync(person, id, number, cancel) is not { } facts) return null;
        var (sop, version) = (facts.Sop, facts.At!);
        var drawing = SopDrawings.Read(version.Drawing);
        var path = $"/procedures/sops/{id:D}";
        return Rendered.Page<VersionPage>(new
        {
            Sheet = new VersionSheet(
                $"{path}/{SopWords.Number(number)}", new Link(path, SopWords.TitleOf(sop)), number, ShowSop.KeyOf(facts, version), sop.Version, FactsOf(facts, version),
                [.. drawing.Steps.Select(s => SopWords.LineOf(s, text))])
            {
                Scheduled = version.From > facts.Now ? version.From : null,
                ByHand = sop.Kind == SopKind.Cases ? [.. drawing.Steps.Select(s => s.Name).Where(n => !ActivityNames.Known.Contains(n)).Distinct()] : [],
                DrawHref = ChangeDraft.IsOpen(facts) && facts.May(SopAction.Draft) ? $"{path}/{SopWords.Number(number)}/drawing" : null,
                ChangesHref = version.BasedOn is { } basis && sop.Numbered(basis) is { } old && facts.Sees(old)
                    ? $"{path}/changes?from={SopWords.Number(basis)}&to={SopWords.Number(number)}" : null,
                May = [.. MayOf(facts)], Errors = errors ?? [], Typed = typed,
                TurnTo = turn is { People.Count: > 0 }
                    ? $"{RoleWords.Of(turn.Role)}: {string.Join(", ", turn.People.Select(facts.Register.NameOf).Order(StringComparer.CurrentCulture))}" : null,
            },
        }, errors is { Count: > 0 } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    static IEnumerable<string> MayOf(SopFacts facts)
    {
        if (ChangeDraft.IsOpen(facts) && facts.May(SopAction.Draft)) yield return "submit";
        if (!ReturnVersion.CanBe(facts) || !facts.May(ReturnVersion.ActionOf(facts))) yield break;
        if (facts.Stage == SopStage.Draft) yield return "review";
        if (facts.Stage == SopStage.RiskReviewed) yield return "approve";
        if (facts is { Stage: SopStage.Approved, At.From: null }) yield return "publish";
        yield return "return";
    }

    List<SummaryItem> FactsOf(SopFacts facts, SopVersion v)
    {
        var names = facts.Register;
        var items = new List<SummaryItem>();
        if (v.Authors.Count == 0) items.Add(new(text["Version.Author"], text["Version.House"]));
        else items.Add(new(text["Version.Author"], $"{string.Join(", ", v.Authors.Select(names.NameOf).Order(StringComparer.CurrentCulture))}, {when.Moment(v.Drafted)}"));
        if (v.Note.Length > 0) items.Add(new(text["Version.Note"], v.Note));
        if (v.BasedOn is { } basis) items.Add(new(text["Version.BasedOn"], text["Version.Title", basis]));
        if (v.Returned is { } why) items.Add(new(text["Version.Returned"], why));
        if (v.Reviewer is { } reviewer) items.Add(new(text["Version.Reviewer"], names.NameOf(reviewer)));
        if (v.Findings is { } findings) items.Add(new(text["Version.Findings"], findings));
        if (v.Approver is { } approver) items.Add(new(text["Version.Approver"], names.NameOf(approver)));
        if (v.From is { } from) items.Add(new(text["Version.From"], from == DateTimeOffset.MinValue ? text["Version.Beginning"] : when.Moment(from)));
        return items;
    }
}
