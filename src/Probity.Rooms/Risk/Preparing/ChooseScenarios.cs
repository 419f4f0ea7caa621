using Probity.Risk.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Risk.Preparing;

/// <summary>Before anybody scores, a scenario of the unit's own joins, or one that cannot happen there is left out with a reason.</summary>
internal sealed class ChooseScenarios(RiskDesk desk)
{
    public const string NotNow = "risk.not-now";
    public const string WordsMissing = "risk.words-missing";
    public const string ScenarioUnknown = "risk.scenario-unknown";
    public const string LastOne = "risk.last-scenario";
    public const int MostOwn = 40;

    internal sealed record Addition(Guid Assessment, UnitFunction Function, int Discretion, ScenarioWords Words);

    internal sealed record Omission(Guid Assessment, string Scenario, string? Reason);

    public static Decision Decide(Addition command, RiskFacts facts)
    {
        var assessment = facts.Assessment;
        if (assessment.Stage != AssessmentStage.Draft || assessment.Scenarios.Count >= MostOwn) return Decision.Refuse(NotNow);
        if (!assessment.Functions.Contains(command.Function) || command.Discretion is < 0 or > 3) return Decision.Refuse(WordsMissing);
        string[] words = [command.Words.Step, command.Words.Scheme, command.Words.Actor, command.Words.Cause, command.Words.Consequence, command.Words.Controls];
        if (!words.All(WrittenText.SaysSomething)) return Decision.Refuse(WordsMissing);
        if (words.Select(RiskTexts.RefusesNote).FirstOrDefault(r => r is not null) is { } unfit) return unfit;
        // The version makes it one of its own, also after another was left out.
        return Decision.Accept(assessment.Stream, new ScenarioAdded(
            FormattableString.Invariant($"own-{assessment.Version}"), command.Function, command.Discretion, new(words[0].Trim(), words[1].Trim(), words[2].Trim(), words[3].Trim(), words[4].Trim(), words[5].Trim())));
    }

    public static Decision Decide(Omission command, RiskFacts facts)
    {
        var assessment = facts.Assessment;
        if (assessment.Stage != AssessmentStage.Draft) return Decision.Refuse(NotNow);
        if (!assessment.Scenarios.Exists(s => s.Key == command.Scenario)) return Decision.Refuse(ScenarioUnknown);
        if (assessment.Scenarios.Count == 1) return Decision.Refuse(LastOne);
        return RiskTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept(assessment.Stream, new ScenarioLeftOut(command.Scenario, command.Reason!.Trim()));
    }

    public Task<Outcome?> HandleAsync(Guid person, Addition command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.Prepare, expected, facts => Decide(command, facts), null, cancel);

    public Task<Outcome?> HandleAsync(Guid person, Omission command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.Prepare, expected, facts => Decide(command, facts), null, cancel);
}
