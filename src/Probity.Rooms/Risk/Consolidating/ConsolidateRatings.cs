using Probity.Risk.Contract;
using Probity.Risk.Preparing;
using Probity.Shared.Record;

namespace Probity.Risk.Consolidating;

/// <summary>The integrity officer gives every scenario its rating: the median of the scores stands unless a reason is given.</summary>
internal sealed class ConsolidateRatings(RiskDesk desk)
{
    internal sealed record Command(Guid Assessment, IReadOnlyList<ConsolidatedRating> Ratings);

    /// <summary>The scenarios whose rating cannot be what it is, each with the code that says why.</summary>
    public static IReadOnlyList<(string Scenario, string Code)> Wrong(Command command, RiskAssessment assessment)
    {
        var wrong = new List<(string, string)>();
        foreach (var scenario in assessment.Scenarios)
        {
            var median = assessment.MedianOf(scenario.Key);
            if (command.Ratings.FirstOrDefault(r => r.Scenario == scenario.Key) is not { } rating || !RiskMatrix.Takes(rating.Inherent) || !RiskMatrix.Takes(rating.Current) || !Enum.IsDefined(rating.Knowledge))
                wrong.Add((scenario.Key, Scoring.ScoreScenario.Missing));
            else if (!RiskMatrix.IsWithin(rating.Current, rating.Inherent)) wrong.Add((scenario.Key, Scoring.ScoreScenario.CurrentHigher));
            else if ((median != rating with { Reason = null } ? RiskTexts.RefusesReason(rating.Reason) : RiskTexts.RefusesNote(rating.Reason)) is { } unfit) wrong.Add((scenario.Key, unfit.Code));
        }

        return wrong;
    }

    public static Decision Decide(Command command, RiskFacts facts)
    {
        var assessment = facts.Assessment;
        if (assessment.Stage != AssessmentStage.Opened) return Decision.Refuse(ChooseScenarios.NotNow);
        if (Wrong(command, assessment) is { Count: > 0 } wrong) return Decision.Refuse(wrong[0].Code);
        return Decision.Accept(assessment.Stream, new RatingsConsolidated([.. assessment.Scenarios.Select(s => command.Ratings.First(r => r.Scenario == s.Key)).Select(r => r with { Reason = RiskTexts.Kept(r.Reason) })]));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.Consolidate, expected, facts => Decide(command, facts), null, cancel);
}
