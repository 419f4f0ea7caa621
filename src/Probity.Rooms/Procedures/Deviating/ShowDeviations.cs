using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Cases.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Procedures.Deviating;

/// <summary>A deviation as a page shows it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Activity">The step that was left out.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="State">How it stands: the last part of a text's key.</param>
/// <param name="Second">Who answered.</param>
/// <param name="Why">What they said.</param>
/// <param name="MayAnswer">Whether the reader may answer.</param>
public sealed record DeviationCard(Guid Id, string Activity, string Reason, string By, DateTimeOffset At, string State, string? Second, string? Why, bool MayAnswer);

/// <summary>A step of the unit's own that was confirmed.</summary>
public sealed record TakenLine(string Activity, string Note, string By, DateTimeOffset At);

/// <summary>What is recorded beside a case about its procedure, and the forms for it.</summary>
public sealed record DeviationsSheet(string Path, Guid Case, string Number, int Version, string VersionHref, IReadOnlyList<DeviationCard> Cards, IReadOnlyList<TakenLine> Taken)
{
    /// <summary>The steps that may be left out, for who may say so.</summary>
    public IReadOnlyList<Choice> MayLeaveOut { get; init; } = [];

    /// <summary>The steps that are confirmed by hand, for who may.</summary>
    public IReadOnlyList<Choice> MayTake { get; init; } = [];

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>The page of a case's own steps and of those that were left out on purpose.</summary>
internal sealed class ShowDeviations(DeviationDesk desk, RecordDeviation record, AnswerDeviation answer, TakeStep take, ICaseDirectory cases, IStringLocalizer<SopText> text)
{
    const string Address = "/procedures/case-handling/{id:guid}/deviations";

    public static string PathOf(Guid @case) => $"/procedures/case-handling/{@case:D}/deviations";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, (Guid id, HttpContext http, ShowDeviations slice) => SopPages.ForAsync(http, async person =>
            // Looking at a case's steps is looking at the case: it is filed, or refused.
            await slice.OpenAsync(person, id, http.RequestAborted) ? await slice.PageAsync(person, id, null, [], http.RequestAborted) : null));
        pages.MapGet(Address + "/{what:regex(^(record|answer|take)$)}", (Guid id, HttpContext http) => SopPages.SeeOther(http, PathOf(id)));
        pages.MapPost(Address + "/{what:regex(^(record|answer|take)$)}", (Guid id, string what, HttpContext http, ShowDeviations slice) =>
            SopPages.ForAsync(http, person => slice.TakeAsync(http, person, id, what)));
    }

    async Task<bool> OpenAsync(Guid person, Guid id, CancellationToken cancel) => await cases.OpenAsync(person, id, "procedures.deviations", cancel) is not null;

    async Task<IResult?> TakeAsync(HttpContext http, Guid person, Guid id, string what)
    {
        var cancel = http.RequestAborted;
        var typed = (await http.Request.ReadFormAsync(cancel)).Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());
        var of = Guid.TryParse(Typed("deviation"), out var deviation) ? deviation : Guid.Empty;
        var outcome = what switch
        {
            "record" => await record.HandleAsync(person, new(id, Guid.CreateVersion7(), Typed("activity"), Typed("reason")), cancel),
            "answer" => await answer.HandleAsync(person, new(id, of, Typed("stands") == "yes", Typed("why")), cancel),
            _ => await take.HandleAsync(person, new(id, Typed("step"), Typed("note")), cancel),
        };
        if (outcome is null) return null;
        if (outcome is not Outcome.Done(var index))
        {
            var refusal = (outcome as Outcome.Refused)?.Refusal;
            return await PageAsync(person, id, new FieldError(FieldOf(what, refusal?.Code), SopText.Of(refusal?.Code ?? SopPages.Stale)), typed, cancel, refusal?.Reroute);
        }

        http.Wrote(index);
        return SopPages.SeeOther(http, PathOf(id));

        string Typed(string field) => typed.GetValueOrDefault(field, "");
    }

    // The field that a refusal belongs to; empty for the whole page.
    static string FieldOf(string what, string? code) => (what, code) switch
    {
        ("record", RecordDeviation.UnknownStep or RecordDeviation.Known) => "activity",
        ("record", SopTexts.ReasonMissing) => "reason",
        ("take", TakeStep.EvidenceMissing) => "note",
        ("take", RecordDeviation.UnknownStep) => "step",
        _ => "",
    };

    async Task<IResult?> PageAsync(Guid person, Guid id, FieldError? error, Dictionary<string, string> typed, CancellationToken cancel, Reroute? turn = null)
    {
        if (await desk.SeeAsync(person, id, cancel) is not { } facts) return null;
        var may = facts.Standing is { Steps: null, Case.Closed: false };
        return Rendered.Page<DeviationsPage>(new
        {
            Sheet = new DeviationsSheet(
                PathOf(id), id, facts.Standing.Case.Number, facts.Number, $"/procedures/sops/{HouseProcedures.CasesSop:D}/{SopWords.Number(facts.Number)}",
                [.. facts.Deviations.All.OrderByDescending(d => d.At).Select(d => CardOf(d, facts))],
                [.. facts.Deviations.Taken.OrderByDescending(t => t.At).Select(t => new TakenLine(ActivityNames.Of(t.Activity), t.Note, facts.Register.NameOf(t.By), t.At))])
            {
                MayLeaveOut = may ? Choices(facts.Names.Where(n => n != CaseLog.Opened && !facts.Deviations.All.Any(d => d.Activity == n && d.State != DeviationState.Rejected)), facts) : [],
                MayTake = may ? Choices(facts.ByHand, facts) : [],
                Errors = error is null ? [] : [error], Typed = typed,
                TurnTo = turn is { People.Count: > 0 }
                    ? $"{RoleWords.Of(turn.Role)}: {string.Join(", ", turn.People.Select(facts.Register.NameOf).Order(StringComparer.CurrentCulture))}" : null,
            },
        }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    List<Choice> Choices(IEnumerable<string> names, DeviationFacts facts) => [.. names.Select(name => new Choice(
        name, ActivityNames.Of(name), facts.Steps.FirstOrDefault(s => s.Name == name && s.Duties.Evidence is not null)?.Duties.Evidence is { } evidence ? text["Take.Evidence", evidence].Value : null))];

    static DeviationCard CardOf(Deviation d, DeviationFacts facts) => new(
        d.Id, ActivityNames.Of(d.Activity), d.Reason, facts.Register.NameOf(d.By), d.At, StateOf(d, facts.Now), d.Second is { } second ? facts.Register.NameOf(second) : null, d.Why,
        d.State == DeviationState.Awaiting && DeviationAccess.Refuses(facts.Actor, d, facts.Standing.Case.Staff, facts.Register, facts.Now) is null);

    /// <summary>How a deviation stands: the last part of a text's key.</summary>
    public static string StateOf(Deviation d, DateTimeOffset now) => d.IsOverdue(now) ? "Overdue" : d.State.ToString();
}
