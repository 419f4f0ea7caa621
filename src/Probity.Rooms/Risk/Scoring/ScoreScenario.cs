using Probity.Risk.Contract;
using Probity.Risk.Preparing;
using Probity.Shared.Record;

namespace Probity.Risk.Scoring;

/// <summary>An assessor scores a scenario, and may score it again until all scores are in: then they open together and stand.</summary>
internal sealed class ScoreScenario(RiskDesk desk)
{
    public const string Missing = "risk.score-missing";
    public const string CurrentHigher = "risk.current-higher";

    internal sealed record Command(Guid Assessment, string Scenario, Rating Inherent, Rating Current, Knowledge Knowledge, string? Note);

    public static Decision Decide(Command command, RiskFacts facts)
    {
        var assessment = facts.Assessment;
        if (assessment.Stage != AssessmentStage.Scoring) return Decision.Refuse(ChooseScenarios.NotNow);
        if (!assessment.Scenarios.Exists(s => s.Key == command.Scenario)) return Decision.Refuse(ChooseScenarios.ScenarioUnknown);
        if (!RiskMatrix.Takes(command.Inherent) || !RiskMatrix.Takes(command.Current) || !Enum.IsDefined(command.Knowledge)) return Decision.Refuse(Missing);
        if (!RiskMatrix.IsWithin(command.Current, command.Inherent)) return Decision.Refuse(CurrentHigher);
        return RiskTexts.RefusesNote(command.Note) is { } unfit ? unfit
            : Decision.Accept(assessment.Stream, new ScenarioScored(command.Scenario, command.Inherent, command.Current, command.Knowledge, RiskTexts.Kept(command.Note)));
    }

    // Without an expected version: what others score meanwhile changes nothing for this assessor.
    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.Score, null, facts => Decide(command, facts), null, cancel);
}
