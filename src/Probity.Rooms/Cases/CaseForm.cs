using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases.Viewing;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Cases;

/// <summary>A form on a case as a page shows it: what was typed, what was refused, and what happened meanwhile.</summary>
public sealed record CaseForm(Guid CaseId, string Number, long Version)
{
    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>The choices of the form's question.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>What the question is about: what was proposed, which stage is next.</summary>
    public string? Subject { get; init; }

    /// <summary>The words that somebody gave for it.</summary>
    public string? Reasons { get; init; }

    /// <summary>What was recorded of this kind before.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>What is missing before there is anything to choose; null where there is.</summary>
    public string? Nothing { get; init; }

    /// <summary>Where to turn after a refusal: the role, and who of it is free.</summary>
    public string? TurnToRole { get; init; }

    /// <summary>The names of those to turn to.</summary>
    public string? TurnToNames { get; init; }

    /// <summary>What came onto the record since the reader opened the form.</summary>
    public IReadOnlyList<TimelineItem> Newer { get; init; } = [];

    /// <summary>True where the case changed since the reader opened the form.</summary>
    public bool IsOvertaken { get; init; }

    /// <summary>True where the case is closed or the reader may not do this at all, so that there is nothing to fill in.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Where it stands: the page that it leads back to.</summary>
    public string Home { get; init; } = $"/cases/{CaseId:D}";

    /// <summary>The fields, of a form that is drawn from a list of them.</summary>
    public IReadOnlyList<FormField> Fields { get; init; } = [];

    /// <summary>The key of the texts of such a form, and where it is posted to.</summary>
    public (string Key, string Action) Listed { get; init; } = ("", "");

    /// <summary>What was typed into a field.</summary>
    public string? this[string field] => Typed.GetValueOrDefault(field);
}

/// <summary>What a form comes to: a command that was run, or what is missing before one can be.</summary>
internal abstract record FormResult
{
    FormResult() { }

    public sealed record Ran(CaseAnswer Answer) : FormResult;

    /// <summary>What is missing, each with its field.</summary>
    public sealed record Missing(params IReadOnlyList<(string Code, string Field)> Gaps) : FormResult
    {
        public Missing(string code, string field) : this((code, field)) { }

        /// <summary>What is missing among these, or null where nothing is: a null code is a field that is fine.</summary>
        public static Missing? Among(params ReadOnlySpan<(string? Code, string Field)> fields)
        {
            var gaps = new List<(string, string)>();
            foreach (var (code, field) in fields)
            {
                if (code is not null) gaps.Add((code, field));
            }

            return gaps.Count > 0 ? new Missing(gaps) : null;
        }
    }
}

/// <summary>
/// The way of every form on a case. Refused: the form again with 422 and the reason. Overtaken: the form again with 409, what is
/// new, and everything that was typed. Done: 303 to the case. No such case, as far as the reader may know: 404.
/// </summary>
internal sealed class CaseForms(CaseReading reading, CaseTimeline timeline, IStringLocalizer<CasesPages> text)
{
    const string VersionField = "version";

    // The questions of these forms that are answered by a person.
    static readonly string[] People = ["person", "staff"];

    /// <summary>Shows the empty form.</summary>
    public Task<IResult> ShowAsync<TPage>(
        HttpContext http, Guid id, CaseAction action, Func<CaseForm, CaseFacts, CaseForm> fill, CasePlace? place = null)
        where TPage : IComponent => ShowAsync<TPage>(http, id, action, (form, facts) => ValueTask.FromResult(fill(form, facts)), place);

    /// <summary>Shows the empty form, for choices that have to be read.</summary>
    public async Task<IResult> ShowAsync<TPage>(
        HttpContext http, Guid id, CaseAction action, Func<CaseForm, CaseFacts, ValueTask<CaseForm>> fill, CasePlace? place = null)
        where TPage : IComponent
    {
        place ??= CasePlace.Case;
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        if (await reading.OpenAsync(person, id, place.What, place.Seen, http.RequestAborted) is not { } facts) return Results.NotFound();
        var form = await fill(FormOf(facts, place), facts);
        if (place.IsShutBy(facts.Case, facts.Actor))
            return Page<TPage>(form with { IsClosed = true, Errors = [new("", CasesText.Of(CaseDesk.Closed))] }, StatusCodes.Status422UnprocessableEntity);
        return CaseAccess.Refuses(action, facts.Actor, facts.Case, facts.Register, facts.Now) is { } refusal
            ? Page<TPage>(Refused(form, refusal, "", facts) with { IsClosed = true }, StatusCodes.Status403Forbidden)
            : Page<TPage>(form, StatusCodes.Status200OK);
    }

    /// <summary>Takes what was typed.</summary>
    /// <param name="http">The request.</param>
    /// <param name="id">The case.</param>
    /// <param name="done">The key of the notice after success.</param>
    /// <param name="fill">Gives the form its choices and its subject.</param>
    /// <param name="fieldOf">The field that a refusal's code belongs to; empty for the whole page.</param>
    /// <param name="run">Reads the fields and runs the command.</param>
    /// <param name="place">Where the form stands; on the case's page unless told.</param>
    public Task<IResult> TakeAsync<TPage>(
        HttpContext http, Guid id, string done, Func<CaseForm, CaseFacts, CaseForm> fill, Func<string, string> fieldOf,
        Func<Guid, IFormCollection, long?, CancellationToken, Task<FormResult>> run, CasePlace? place = null) where TPage : IComponent =>
        TakeAsync<TPage>(http, id, done, (form, facts) => ValueTask.FromResult(fill(form, facts)), fieldOf, run, place);

    /// <summary>Takes what was typed, for choices that have to be read.</summary>
    public async Task<IResult> TakeAsync<TPage>(
        HttpContext http, Guid id, string done, Func<CaseForm, CaseFacts, ValueTask<CaseForm>> fill, Func<string, string> fieldOf,
        Func<Guid, IFormCollection, long?, CancellationToken, Task<FormResult>> run, CasePlace? place = null) where TPage : IComponent
    {
        place ??= CasePlace.Case;
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var cancel = http.RequestAborted;
        var typed = await http.Request.ReadFormAsync(cancel);
        long? seen = long.TryParse(typed[VersionField], out var version) ? version : null;
        // A form without the version it was made from is not one of ours.
        if (seen is null) return Results.BadRequest();
        if (PersonChoices.AreTyped(typed, People))
        {
            if (await reading.OpenAsync(person, id, place.What, place.Seen, cancel) is not { } known) return Results.NotFound();
            var asked = await fill(FormOf(known, place), known);
            var choices = asked.Choices.Count > 0 ? asked.Choices : asked.Fields.FirstOrDefault(f => People.Contains(f.Name))?.Choices ?? [];
            (typed, var nobody) = PersonChoices.Resolve(typed, People.Select(field => (field, choices)));
            if (nobody.Count > 0)
            {
                return Page<TPage>(asked with
                {
                    Version = seen.Value, Errors = nobody, Typed = typed.Where(f => !f.Key.StartsWith('_') && f.Key != VersionField).ToDictionary(f => f.Key, f => f.Value.ToString()),
                }, StatusCodes.Status422UnprocessableEntity);
            }
        }

        var result = await run(person, typed, seen, cancel);
        if (result is FormResult.Ran { Answer: CaseAnswer.NotFound }) return Results.NotFound();
        if (result is FormResult.Ran { Answer: CaseAnswer.Ended { Outcome: Outcome.Done(var index) } })
        {
            http.Wrote(index);
            return SeeOther(http, await reading.SeesAsync(person, id, place.Seen, cancel) ? $"{place.HomeOf(id)}?done={done}" : "/cases?done=out");
        }

        if (await reading.OpenAsync(person, id, place.What, place.Seen, cancel) is not { } facts) return Results.NotFound();
        var form = await fill(FormOf(facts, place), facts) with
        {
            Typed = typed.Where(f => !f.Key.StartsWith('_') && f.Key != VersionField).ToDictionary(f => f.Key, f => f.Value.ToString()),
        };
        switch (result)
        {
            case FormResult.Missing missing:
                // What was typed first was not refused for being late: the version it rests on stays the one it was made from.
                return Page<TPage>(
                    form with { Version = seen.Value, Errors = [.. missing.Gaps.Select(gap => new FieldError(gap.Field, Said(gap.Code)))] },
                    StatusCodes.Status422UnprocessableEntity);
            case FormResult.Ran { Answer: CaseAnswer.Ended { Outcome: Outcome.Refused(var refusal, _) } }:
                return Page<TPage>(
                    Refused(form, refusal, fieldOf(refusal.Code), facts) with { IsClosed = refusal.Code == CaseDesk.Closed },
                    StatusCodes.Status422UnprocessableEntity);
            default:
                var newer = await timeline.ReadAsync(facts, seen.Value, cancel);
                return Page<TPage>(
                    form with { IsOvertaken = true, IsClosed = place.IsShutBy(facts.Case, facts.Actor), Newer = newer },
                    StatusCodes.Status409Conflict);
        }
    }

    /// <summary>303: the case is read with GET, with a word on what was done.</summary>
    public static IResult SeeCase(HttpContext http, Guid id, string done) => SeeOther(http, $"/cases/{id:D}?done={done}");

    /// <summary>303: what was done is read with GET.</summary>
    public static IResult SeeOther(HttpContext http, string href)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = href;
        return Results.Empty;
    }

    /// <summary>The fields that most refusals belong to.</summary>
    public static string FieldOf(string code) => code is CaseTexts.ReasonMissing or CaseTexts.ReasonTooShort ? "reasons" : "";

    string Said(string code) => text[code] is { ResourceNotFound: false } said ? said.Value : CasesText.Of(code);

    static CaseForm FormOf(CaseFacts facts, CasePlace place) =>
        new(facts.Case.Id, facts.Case.Number, facts.Case.Version) { Home = place.HomeOf(facts.Case.Id) };

    static CaseForm Refused(CaseForm form, Refusal refusal, string field, CaseFacts facts)
    {
        var turn = CaseWords.Of(refusal.Reroute, facts.Register);
        return form with
        {
            Errors = [new FieldError(field, CasesText.Of(refusal.Code))], TurnToRole = turn?.Role, TurnToNames = turn?.Names,
        };
    }

    static IResult Page<TPage>(CaseForm form, int status) where TPage : IComponent =>
        Rendered.Page<TPage>(new { Form = form }, status);
}
