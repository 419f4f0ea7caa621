using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Risk.Contract;
using Probity.Risk.Library;
using Probity.Risk.Viewing;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Risk.Consolidating;

/// <summary>One scenario to be rated: what the scores come to, and what is typed.</summary>
public sealed record RatingLine(string Scenario, string Title, string Median, IReadOnlyDictionary<string, string> Typed);

/// <summary>The form that gives every scenario its rating.</summary>
public sealed record ConsolidatingSheet(string Path, string Number, long Version, string? Questioned, IReadOnlyList<RatingLine> Lines, IReadOnlyList<StripLine> Strips, IReadOnlyList<FieldError> Errors);

/// <summary>Shows the form and takes it.</summary>
internal sealed class ShowConsolidating(RiskDesk desk, ConsolidateRatings slice)
{
    const string Address = "/risk/{id:guid}/consolidate";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, HttpContext http, ShowConsolidating show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.ShowAsync(person, id, null, [], null, http.RequestAborted) : Results.Unauthorized());
        pages.MapPost(Address, async (Guid id, HttpContext http, ShowConsolidating show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.TakeAsync(http, person, id) : Results.Unauthorized());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, Guid id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!long.TryParse(form["version"], out var version)) return Results.BadRequest();
        if ((await desk.ReadAsync(person, id, http.RequestAborted)).Assessment is var assessment && !assessment.Exists) return Results.NotFound();
        var command = new ConsolidateRatings.Command(id, [.. assessment.Scenarios.Select(s => new ConsolidatedRating(
            s.Key, RiskForms.RatingOf(form, $"{s.Key}-inherent"), RiskForms.RatingOf(form, $"{s.Key}-current"), RiskForms.KnowledgeOf(form[$"{s.Key}-knowledge"]), RiskTexts.Kept(form[$"{s.Key}-reason"])))]);
        var outcome = await slice.HandleAsync(person, command, version, http.RequestAborted);
        if (outcome is not Outcome.Done(var index))
        {
            var wrong = outcome is Outcome.Refused && assessment.IsOpened ? ConsolidateRatings.Wrong(command, assessment) : [];
            return outcome is null ? Results.NotFound() : await ShowAsync(person, id, outcome, wrong, RiskForms.TypedIn(form), http.RequestAborted);
        }

        http.Wrote(index);
        return new SeeOther($"/risk/{id:D}");
    }

    async Task<IResult> ShowAsync(Guid person, Guid id, Outcome? refused, IReadOnlyList<(string Scenario, string Code)> wrong, IReadOnlyDictionary<string, string>? typed, CancellationToken cancel)
    {
        if (await desk.OpenAsync(person, id, null, cancel) is not { } facts) return Results.NotFound();
        var assessment = facts.Assessment;
        if (refused is null && (assessment.Stage != AssessmentStage.Opened || RiskAccess.Refuses(RiskAction.Consolidate, facts) is not null)) return new SeeOther($"/risk/{id:D}");
        var code = (refused as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
        var errors = refused is null ? [] : wrong.Count == 0 ? (IReadOnlyList<FieldError>)[new FieldError("", RiskText.Of(code))] : [.. wrong.Select(w => new FieldError(
            $"{w.Scenario}-{w.Code switch { Scoring.ScoreScenario.Missing => "inherent-likelihood", Scoring.ScoreScenario.CurrentHigher => "current-likelihood", _ => "reason" }}", RiskText.Of(w.Code)))];
        var lines = assessment.Scenarios.Where(_ => assessment.IsOpened).Select(s => LineOf(s, assessment, typed)).ToList();
        return Rendered.Page<ConsolidatingPage>(
            new { Sheet = new ConsolidatingSheet($"/risk/{id:D}", assessment.Number, assessment.Version, assessment.Questioned, lines, StripPlot.Of(assessment), errors) }, RiskForms.StatusOf(refused));
    }

    // What was rated before it came back stands in the form; the first time it is the median.
    static RatingLine LineOf(AssessedScenario scenario, RiskAssessment assessment, IReadOnlyDictionary<string, string>? typed)
    {
        var median = assessment.MedianOf(scenario.Key)!;
        var rating = assessment.Risks.GetValueOrDefault(scenario.Key) is { } rated ? new ConsolidatedRating(scenario.Key, rated.Inherent, rated.Current, rated.Knowledge, rated.Reason) : median;
        return new RatingLine(
            scenario.Key, ScenarioLibrary.WordsOf(scenario).Step,
            RiskText.Say("consolidate.median", RiskForms.Said(median.Inherent), RiskForms.Said(median.Current), RiskText.Word(median.Knowledge)), typed ?? new Dictionary<string, string>
            {
                [$"{scenario.Key}-inherent-likelihood"] = $"{rating.Inherent.Likelihood}", [$"{scenario.Key}-inherent-impact"] = $"{rating.Inherent.Impact}",
                [$"{scenario.Key}-current-likelihood"] = $"{rating.Current.Likelihood}", [$"{scenario.Key}-current-impact"] = $"{rating.Current.Impact}",
                [$"{scenario.Key}-knowledge"] = RiskText.Camel(rating.Knowledge), [$"{scenario.Key}-reason"] = rating.Reason ?? "",
            });
    }
}
