using Probity.Policies.Contract;
using Probity.Risk.Contract;
using Probity.Risk.Preparing;
using Probity.Shared.Record;

namespace Probity.Risk.Controlling;

/// <summary>Names who answers for a risk, and writes down a control against it with its owner and the day of its first test.</summary>
internal sealed class AddControl(RiskDesk desk)
{
    public const string OwnerUnknown = "risk.owner-unknown";
    public const string DayWrong = "risk.day-wrong";
    public const string TestTooFar = "risk.test-too-far";

    internal sealed record Ownership(Guid Assessment, string Scenario, Guid Owner);

    internal sealed record Command(Guid Assessment, Guid Control, string Scenario, string? What, Guid Owner, DateTimeOffset? NextTest);

    public static Decision Decide(Ownership command, RiskFacts facts) =>
        (RefusesRisk(command.Scenario, facts) ?? RefusesOwner(command.Owner, facts)) is { } refusal ? refusal
        : Decision.Accept(facts.Assessment.Stream, new RiskOwnerNamed(command.Scenario, command.Owner));

    /// <summary>Sent twice under one id it is written down once, and with other content refused.</summary>
    public static Decision Decide(Command command, RiskFacts facts) =>
        facts.Assessment.Control(command.Control) is { } known
            ? (known.Scenario, known.What, known.Owner) == (command.Scenario, command.What?.Trim(), command.Owner) ? Decision.Accept() : Decision.Refuse(RiskTexts.RecordedOtherwise)
        : (RefusesRisk(command.Scenario, facts) ?? RiskTexts.RefusesReason(command.What) ?? RefusesOwner(command.Owner, facts) ?? RefusesTest(command.NextTest, facts)) is { } refusal ? refusal
        : Decision.Accept(facts.Assessment.Stream, new ControlAdded(command.Control, command.Scenario, command.What!.Trim(), command.Owner, command.NextTest!.Value));

    /// <summary>The refusal where nothing can be done about a risk: it is not there, or its assessment is not in force.</summary>
    internal static Refusal? RefusesRisk(string? scenario, RiskFacts facts) =>
        facts.Assessment.Stage != AssessmentStage.Active ? new Refusal(ChooseScenarios.NotNow)
        : scenario is null || !facts.Assessment.Risks.ContainsKey(scenario) ? new Refusal(ChooseScenarios.ScenarioUnknown) : null;

    internal static Refusal? RefusesOwner(Guid owner, RiskFacts facts) => RiskAccess.MayOwn(owner, facts.Register, facts.Now) ? null : new Refusal(OwnerUnknown);

    /// <summary>The refusal of a day for the next test that is past, or further off than the pack lets a test hold.</summary>
    internal static Refusal? RefusesTest(DateTimeOffset? day, RiskFacts facts) =>
        RefusesDay(day, facts.Now) ?? (day > facts.Policy.After(PolicyRules.ControlTestedWithin, facts.Now).AddDays(1) ? new Refusal(TestTooFar) : null);

    /// <summary>The refusal of a day that is past or more than two years off.</summary>
    internal static Refusal? RefusesDay(DateTimeOffset? day, DateTimeOffset now) => day is { } at && at > now && at <= now.AddYears(2) ? null : new Refusal(DayWrong);

    public Task<Outcome?> HandleAsync(Guid person, Ownership command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.NameOwner, expected, facts => Decide(command, facts), null, cancel);

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.AddControl, expected, facts => Decide(command, facts), null, cancel);
}
