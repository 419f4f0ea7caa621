using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Selecting;

/// <summary>A form that asks something for each criterion: an application, or the scores of one.</summary>
public sealed record CriteriaSheet(Guid Id, string Number, string Title, string Heading, string Action, IReadOnlyList<(string Name, int Weight, string? Answer)> Criteria)
{
    /// <summary>Whether it is an application from outside.</summary>
    public bool IsOutsider { get; init; }
    /// <summary>What is said instead of the form.</summary>
    public string? Note { get; init; }
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>The form in which somebody applies, or an application from outside is entered; and the sealed one in which a scorer sees number and answers and scores.</summary>
internal sealed class ShowApplying(SelectionDesk desk, ApplyForPost apply, ScoreApplication score)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/selection/{id:guid}/apply", (Guid id, HttpContext http, ShowApplying show) => show.ShowApplyAsync(http, id, http.Request.Query["outsider"] == "yes", null, null));
        pages.MapPost("/selection/{id:guid}/apply", (Guid id, HttpContext http, ShowApplying show) => show.TakeApplyAsync(http, id));
        pages.MapGet("/selection/{id:guid}/applications/{number:int}", (Guid id, int number, HttpContext http, ShowApplying show) => show.ShowScoreAsync(http, id, number, null, null));
        pages.MapPost("/selection/{id:guid}/applications/{number:int}", (Guid id, int number, HttpContext http, ShowApplying show) => show.TakeScoreAsync(http, id, number));
    }

    async Task<IResult> TakeApplyAsync(HttpContext http, Guid id)
    {
        var (cancel, person) = (http.RequestAborted, SignedInPerson.Of(http.User)!.Value);
        var form = await http.Request.ReadFormAsync(cancel);
        var (facts, outsider) = (await desk.FactsAsync(person, id, cancel), form["outsider"] == "yes");
        if (facts.Competition is not { FrozenAt: not null } competition) return Results.NotFound();
        var outcome = await apply.HandleAsync(person, new(id, [.. competition.Plan.Criteria.Select((_, i) => form[Field("answer", i)].ToString())], form["name"], outsider), cancel);
        return outcome is Outcome.Done ? new SeeOther($"{ShowCompetitions.Address}/{id:D}") : await ShowApplyAsync(http, id, outsider, outcome, form.Typed());
    }

    async Task<IResult> ShowApplyAsync(HttpContext http, Guid id, bool outsider, Outcome? refused, IReadOnlyDictionary<string, string>? typed)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var facts = await desk.FactsAsync(person, id, http.RequestAborted);
        if (facts.Competition is not { FrozenAt: not null } c) return Results.NotFound();
        if (refused is null && SelectionAccess.Refuses(outsider ? SelectionAction.ApplyForOutsider : SelectionAction.Apply, facts) is not null) return Results.Forbid();
        // The first answer that will not do, so that the field says what is missing there.
        var unfit = typed is null ? null : c.Plan.Criteria.Select((_, i) => Field("answer", i)).FirstOrDefault(field => VettingTexts.Refuses(typed.GetValueOrDefault(field)) is not null);
        return Rendered.Page<ApplyPage>(new
        {
            Sheet = new CriteriaSheet(c.Id, c.Number, c.Plan.Title, SelectionText.Of(outsider ? "apply-outsider" : "apply"), $"/selection/{id:D}/apply", [.. c.Plan.Criteria.Select(k => (k.Name, k.Weight, (string?)null))])
            {
                IsOutsider = outsider, Typed = typed ?? new Dictionary<string, string>(),
                Errors = refused is null ? [] : [SelectionForms.ErrorOf(refused, FieldOf)],
            },
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

        string FieldOf(string code) => code switch { ApplyForPost.NameMissing or ApplyForPost.Namesake or ApplyForPost.Already when outsider => "name", ApplyForPost.AnswerMissing => unfit ?? "", _ => "" };
    }

    async Task<IResult> TakeScoreAsync(HttpContext http, Guid id, int number)
    {
        var (cancel, person) = (http.RequestAborted, SignedInPerson.Of(http.User)!.Value);
        var form = await http.Request.ReadFormAsync(cancel);
        var facts = await desk.FactsAsync(person, id, cancel);
        if (facts.Competition is not { } competition || !competition.Scores(person)) return Results.NotFound();
        var scores = competition.Plan.Criteria.Select((_, i) => new CriterionScore(form.Whole(Field("points", i)) ?? -1, form[Field("reason", i)].ToString())).ToList();
        var outcome = await score.HandleAsync(person, new(id, number, scores), cancel);
        return outcome is Outcome.Done ? new SeeOther($"{ShowCompetitions.Address}/{id:D}") : await ShowScoreAsync(http, id, number, outcome, form.Typed());
    }

    async Task<IResult> ShowScoreAsync(HttpContext http, Guid id, int number, Outcome? refused, IReadOnlyDictionary<string, string>? typed)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var facts = await desk.FactsAsync(person, id, http.RequestAborted);
        if (facts.Competition is not { } c || c.StageAt(facts.Now) != CompetitionStage.Scoring || SelectionAccess.Refuses(SelectionAction.Score, facts) is not null
            || c.Find(number) is not { IsErased: false } application || ShowCompetition.MineOf(facts, c, application) is not { } mine) return Results.NotFound();
        // Whoever is barred reads no answer either: it would tell whose it is.
        var barred = mine == "barred";
        await desk.OpenedAsync(person, id, http.RequestAborted);
        var own = c.Own(number, person);
        var was = new Dictionary<string, string>();
        foreach (var (i, one) in own.Index()) (was[Field("points", i)], was[Field("reason", i)]) = (one.Points.ToString(CultureInfo.InvariantCulture), one.Reason);
        return Rendered.Page<ScorePage>(new
        {
            Sheet = new CriteriaSheet(
                c.Id, c.Number, c.Plan.Title, SelectionText.Say("application-n", number), $"/selection/{id:D}/applications/{number.ToString(CultureInfo.InvariantCulture)}",
                barred ? [] : [.. c.Plan.Criteria.Zip(application.Answers, (k, a) => (k.Name, k.Weight, (string?)a))])
            {
                Note = barred ? SelectionText.Of(facts.IsOut(c, person) ? ScoreApplication.BarredFromAll : ScoreApplication.Barred) : null, Typed = typed ?? was,
                Errors = refused is null ? [] : [SelectionForms.ErrorOf(refused, code => code == ScoreApplication.ScoreMissing ? Missing(c, typed!) : "")],
            },
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static string Missing(Competition competition, IReadOnlyDictionary<string, string> typed)
    {
        foreach (var (i, _) in competition.Plan.Criteria.Index())
        {
            if (!int.TryParse(typed.GetValueOrDefault(Field("points", i)), NumberStyles.None, CultureInfo.InvariantCulture, out var points) || points > Ranking.Most) return Field("points", i);
            if (VettingTexts.Refuses(typed.GetValueOrDefault(Field("reason", i))) is not null) return Field("reason", i);
        }

        return "";
    }

    internal static string Field(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}{number}");
}
