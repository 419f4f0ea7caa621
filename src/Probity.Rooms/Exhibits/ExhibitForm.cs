using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits;

/// <summary>A form on an exhibit as a page shows it.</summary>
/// <param name="Id">The exhibit.</param>
/// <param name="Number">Its number.</param>
/// <param name="What">What it is, in a few words; null for who has only its code.</param>
public sealed record ExhibitForm(Guid Id, string Number, string? What)
{
    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>The choices of each question.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Choice>> Choices { get; init; } = new Dictionary<string, IReadOnlyList<Choice>>();

    /// <summary>The packages with the seals that they should have.</summary>
    public IReadOnlyList<(int Number, string Seal)> Packages { get; init; } = [];

    /// <summary>What the form is about, row by row.</summary>
    public IReadOnlyList<SummaryItem> About { get; init; } = [];

    /// <summary>Who to turn to after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>Whether only the court orders what becomes of it, and not the prosecutor of its case.</summary>
    public bool OnlyCourt { get; init; }

    /// <summary>Whether the reader may not do this at all.</summary>
    public bool IsClosed { get; init; }

    /// <summary>The id of what will be signed, so that pressing twice signs once.</summary>
    public Guid Act { get; init; }

    /// <summary>What was typed into a field.</summary>
    public string? this[string field] => Typed.GetValueOrDefault(field);
}

/// <summary>What became of a form that was sent: what the command said; or all that is missing, each with its field, and then the command was not run.</summary>
internal readonly record struct FormAnswer(Outcome? Outcome, IReadOnlyList<(string Field, string Code)> Missing)
{
    /// <summary>The photograph that came with it: it is on the record, and need not be chosen again.</summary>
    public Guid? Kept { get; init; }
}

/// <summary>
/// The way of every form on an exhibit. Refused: the form again with 422 and the reason, and all that was typed. Done: 303 to the exhibit, or to the
/// list where the reader may see it no longer.
/// </summary>
internal sealed class ExhibitForms(ExhibitDesk desk)
{
    /// <summary>The field that says what was signed with this form.</summary>
    public const string ActField = "act";

    // The questions of these forms that are answered by a person.
    static readonly string[] People = ["witness", "to", "from"];

    /// <summary>Shows the empty form.</summary>
    public async Task<IResult> ShowAsync<TPage>(HttpContext http, Guid id, ExhibitAction action, Func<ExhibitForm, ExhibitFacts, ExhibitForm> fill)
        where TPage : IComponent
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        if (await desk.OpenAsync(person, id, "exhibits.form", http.RequestAborted, action) is not { } facts) return Results.NotFound();
        var form = fill(FormOf(facts), facts);
        return ExhibitAccess.Refuses(action, facts) is { } refusal
            ? Page<TPage>(Refused(form, refusal, "", facts) with { IsClosed = true }, StatusCodes.Status403Forbidden)
            : Page<TPage>(form, StatusCodes.Status200OK);
    }

    /// <summary>Takes what was typed.</summary>
    /// <param name="http">The request.</param>
    /// <param name="id">The exhibit.</param>
    /// <param name="action">What is being done.</param>
    /// <param name="done">The key of the notice after success.</param>
    /// <param name="fill">Gives the form its choices.</param>
    /// <param name="fieldOf">The field that a refusal's code belongs to; empty for the whole page.</param>
    /// <param name="run">Reads the fields and runs the command, or says what is missing.</param>
    /// <param name="numbers">The fields in which a number with decimals is typed: one that may be two numbers is refused.</param>
    public Task<IResult> TakeAsync<TPage>(
        HttpContext http, Guid id, ExhibitAction action, string done, Func<ExhibitForm, ExhibitFacts, ExhibitForm> fill, Func<string, string> fieldOf,
        Func<Guid, IFormCollection, Guid, CancellationToken, Task<(Outcome? Outcome, string? Missing)>> run, IReadOnlyList<string>? numbers = null) where TPage : IComponent =>
        TakeAllAsync<TPage>(http, id, action, done, fill, fieldOf, async (person, typed, act, cancel) =>
        {
            // What cannot be told for one of two numbers is not run, nor what names nobody.
            var (outcome, missing) = await run(person, typed, act, cancel);
            return new FormAnswer(outcome, missing is null ? [] : [(fieldOf(missing), missing)]);
        }, numbers, together: false);

    /// <summary>The same for a form that says all that is missing at once.</summary>
    /// <param name="http">The request.</param>
    /// <param name="id">The exhibit.</param>
    /// <param name="action">What is being done.</param>
    /// <param name="done">The key of the notice after success.</param>
    /// <param name="fill">Gives the form its choices.</param>
    /// <param name="fieldOf">The field that a refusal's code belongs to; empty for the whole page.</param>
    /// <param name="run">Reads the fields, and runs the command where nothing is missing and the form says that it may.</param>
    /// <param name="numbers">The fields in which a number with decimals is typed: one that may be two numbers is refused.</param>
    /// <param name="together">Whether the fields are read though somebody or a number is unclear; <paramref name="run"/> then finds the field missing too.</param>
    public async Task<IResult> TakeAllAsync<TPage>(
        HttpContext http, Guid id, ExhibitAction action, string done, Func<ExhibitForm, ExhibitFacts, ExhibitForm> fill, Func<string, string> fieldOf,
        Func<Guid, IFormCollection, Guid, CancellationToken, Task<FormAnswer>> run, IReadOnlyList<string>? numbers = null, bool together = true) where TPage : IComponent
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var cancel = http.RequestAborted;
        var typed = await http.Request.ReadFormAsync(cancel);
        // A form without the id that it was given is not one of ours.
        if (!Guid.TryParseExact(typed[ActField], "D", out var act)) return Results.BadRequest();
        IReadOnlyList<FieldError> nobody = [];
        if (PersonChoices.AreTyped(typed, People))
        {
            var known = await desk.ReadAsync(desk.Session(), person, id, cancel);
            var choices = fill(FormOf(known), known).Choices;
            (typed, nobody) = PersonChoices.Resolve(typed, People.Where(choices.ContainsKey).Select(field => (field, choices[field])));
        }

        var ambiguous = TypedNumber.AmbiguousIn(typed, numbers ?? []);
        List<FieldError> errors = [.. nobody, .. ambiguous is null ? [] : (FieldError[])[new FieldError(ambiguous, ExhibitsText.Of(TypedMass.Ambiguous))]];
        var answer = errors.Count > 0 && !together ? new FormAnswer(null, []) : await run(person, typed, act, cancel);
        errors.AddRange(answer.Missing.Where(m => errors.All(e => e.Field != m.Field)).DistinctBy(m => m.Field.Length > 0 ? m.Field : m.Code).Select(m => new FieldError(m.Field, ExhibitsText.Of(m.Code))).ToList());
        if (answer.Outcome is Outcome.Done(var index))
        {
            http.Wrote(index);
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = $"/exhibits/{id:D}?done={done}";
            return Results.Empty;
        }

        if (await desk.OpenAsync(person, id, "exhibits.form", cancel, action) is not { } facts) return Results.NotFound();
        var form = fill(FormOf(facts), facts) with
        {
            Act = act, Typed = typed.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString()),
        };
        if (answer.Kept is { } kept) form = form with { Typed = new Dictionary<string, string>(form.Typed) { [Photographing.TakenPhoto.KeptField] = kept.ToString("D") } };
        if (errors.Count > 0) return Page<TPage>(form with { Errors = errors }, StatusCodes.Status422UnprocessableEntity);
        var refusal = answer.Outcome is Outcome.Refused refused ? refused.Refusal : new Refusal("record.stale");
        return Page<TPage>(Refused(form, refusal, fieldOf(refusal.Code), facts), StatusCodes.Status422UnprocessableEntity);
    }

    // Who has only the code of it is told its number, which is on the label too.
    static ExhibitForm FormOf(ExhibitFacts facts) => ExhibitAccess.Refuses(ExhibitAction.View, facts) is null
        ? new(facts.Exhibit.Id, facts.Exhibit.Number, ExhibitWords.What(facts.Exhibit, facts.Family))
        {
            Act = Guid.CreateVersion7(), Packages = [.. facts.Exhibit.SealsAt(facts.Now).Select(p => (p.Number, p.Seal))],
        }
        : new(facts.Exhibit.Id, facts.Exhibit.Number, null) { Act = Guid.CreateVersion7() };

    static ExhibitForm Refused(ExhibitForm form, Refusal refusal, string field, ExhibitFacts facts) => form with
    {
        Errors = [new FieldError(field, ExhibitsText.Of(refusal.Code))],
        TurnTo = refusal.Reroute is { People.Count: > 0 } turn
            ? string.Join(", ", turn.People.Select(facts.Register.NameOf).Order(StringComparer.CurrentCulture)) : null,
    };

    static IResult Page<TPage>(ExhibitForm form, int status) where TPage : IComponent =>
        Rendered.Page<TPage>(new { Form = form }, status);
}
