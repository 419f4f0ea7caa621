using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Risk.Contract;
using Probity.Risk.Library;
using Probity.Shared;
using Probity.Shared.Kit;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Risk.Scoring;

/// <summary>The form on which an assessor scores one scenario: it shows what they themselves scored, and nobody else's.</summary>
public sealed record ScoringSheet(string Path, string Assessment, string Number, string Unit, int At, int Of, string Title, IReadOnlyList<SummaryItem> Words, IReadOnlyList<FieldError> Errors, IReadOnlyDictionary<string, string> Typed)
{
    /// <summary>What was typed or scored before.</summary>
    public string? this[string field] => Typed.GetValueOrDefault(field);
}

/// <summary>Shows the form and takes it.</summary>
internal sealed class ShowScoring(RiskDesk desk, ScoreScenario slice)
{
    const string Address = "/risk/{id:guid}/score/{scenario}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (Guid id, string scenario, HttpContext http, ShowScoring show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.ShowAsync(person, id, scenario, null, null, http.RequestAborted) : Results.Unauthorized());
        pages.MapPost(Address, async (Guid id, string scenario, HttpContext http, ShowScoring show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.TakeAsync(http, person, id, scenario) : Results.Unauthorized());
    }

    async Task<IResult> TakeAsync(HttpContext http, Guid person, Guid id, string scenario)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var command = new ScoreScenario.Command(id, scenario, RiskForms.RatingOf(form, "inherent"), RiskForms.RatingOf(form, "current"), RiskForms.KnowledgeOf(form["knowledge"]), form["note"]);
        var outcome = await slice.HandleAsync(person, command, http.RequestAborted);
        if (outcome is not Outcome.Done(var index)) return outcome is null ? Results.NotFound() : await ShowAsync(person, id, scenario, (outcome, command), RiskForms.TypedIn(form), http.RequestAborted);
        http.Wrote(index);
        // The next one that has no score; after the last one the assessment itself.
        var assessment = (await desk.ReadAsync(person, id, http.RequestAborted)).Assessment;
        return new SeeOther(assessment.Scenarios.Find(s => !assessment.IsOpened && assessment.OwnScore(person, s.Key) is null) is { } next ? $"/risk/{id:D}/score/{next.Key}" : $"/risk/{id:D}");
    }

    async Task<IResult> ShowAsync(Guid person, Guid id, string scenario, (Outcome Outcome, ScoreScenario.Command Command)? refused, IReadOnlyDictionary<string, string>? typed, CancellationToken cancel)
    {
        if (await desk.OpenAsync(person, id, null, cancel) is not { } facts) return Results.NotFound();
        var assessment = facts.Assessment;
        if (assessment.Scenarios.Find(s => s.Key == scenario) is not { } found) return Results.NotFound();
        if (refused is null && (assessment.Stage != AssessmentStage.Scoring || RiskAccess.Refuses(RiskAction.Score, facts) is not null)) return new SeeOther($"/risk/{id:D}");
        var words = ScenarioLibrary.WordsOf(found);
        var sheet = new ScoringSheet(
            $"/risk/{id:D}/score/{scenario}", $"/risk/{id:D}", assessment.Number, facts.Register.Units.GetValueOrDefault(assessment.Unit)?.Name ?? "",
            assessment.Scenarios.IndexOf(found) + 1, assessment.Scenarios.Count, words.Step, Said(found, words), ErrorsOf(refused), typed ?? Given(assessment.OwnScore(person, scenario)));
        return Rendered.Page<ScoringPage>(new { Sheet = sheet }, RiskForms.StatusOf(refused?.Outcome));
    }

    /// <summary>A scenario's words, and where it is described.</summary>
    internal static IReadOnlyList<SummaryItem> Said(AssessedScenario scenario, ScenarioWords words)
    {
        var library = ScenarioLibrary.Find(scenario.Key);
        return
        [
            new(RiskText.Of("scenario.scheme"), words.Scheme), new(RiskText.Of("scenario.actor"), words.Actor), new(RiskText.Of("scenario.cause"), words.Cause),
            new(RiskText.Of("scenario.consequence"), words.Consequence), new(RiskText.Of("scenario.controls"), words.Controls),
            new(RiskText.Of("scenario.discretion"), RiskText.Of("discretion." + (library?.Discretion ?? scenario.Discretion))),
            new(RiskText.Of("scenario.source"), library is null ? RiskText.Of("scenario.own") : library.Checked ? library.Source : $"{library.Source} – {RiskText.Of("scenario.unchecked")}"),
        ];
    }

    static IReadOnlyList<FieldError> ErrorsOf((Outcome Outcome, ScoreScenario.Command Command)? refused)
    {
        if (refused is not { } r) return [];
        var code = (r.Outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
        if (code == RiskTexts.Unfit) return [new FieldError("note", RiskText.Of(code))];
        if (code == ScoreScenario.CurrentHigher) return [new FieldError(r.Command.Current.Likelihood > r.Command.Inherent.Likelihood ? "current-likelihood" : "current-impact", RiskText.Of(code))];
        if (code != ScoreScenario.Missing) return [new FieldError("", RiskText.Of(code))];
        var (inherent, current) = (r.Command.Inherent, r.Command.Current);
        return [.. new[] { ("inherent-likelihood", inherent.Likelihood), ("inherent-impact", inherent.Impact), ("current-likelihood", current.Likelihood), ("current-impact", current.Impact), ("knowledge", Enum.IsDefined(r.Command.Knowledge) ? 1 : 0) }
            .Where(f => f.Item2 is < 1 or > RiskMatrix.Most).Select(f => new FieldError(f.Item1, $"{RiskText.Of(f.Item1 == "knowledge" ? f.Item1 : "consolidate." + f.Item1)} – {RiskText.Of(code)}"))];
    }

    static Dictionary<string, string> Given(GivenScore? score) => score is null ? [] : new(StringComparer.Ordinal)
    {
        ["inherent-likelihood"] = $"{score.Inherent.Likelihood}", ["inherent-impact"] = $"{score.Inherent.Impact}", ["current-likelihood"] = $"{score.Current.Likelihood}",
        ["current-impact"] = $"{score.Current.Impact}", ["knowledge"] = RiskText.Camel(score.Knowledge), ["note"] = score.Note ?? "",
    };
}
