using Probity.Risk.Contract;
using Probity.Shared.Record;

namespace Probity.Risk.Controlling;

/// <summary>The integrity officer sets the risk that remains below the current one, on the ground of a control whose test passed and is not overdue.</summary>
internal sealed class LowerRisk(RiskDesk desk)
{
    public const string NotLower = "risk.not-lower";
    public const string Untested = "risk.untested";

    internal sealed record Command(Guid Assessment, string Scenario, Rating Rating, Guid Control, string? Reason);

    public static Decision Decide(Command command, RiskFacts facts)
    {
        if (AddControl.RefusesRisk(command.Scenario, facts) is { } refusal) return refusal;
        var risk = facts.Assessment.Risks[command.Scenario];
        if (!RiskMatrix.Takes(command.Rating)) return Decision.Refuse(Scoring.ScoreScenario.Missing);
        if (!RiskMatrix.IsWithin(command.Rating, risk.Current) || command.Rating == risk.Current) return Decision.Refuse(NotLower);
        if (risk.Controls.Find(c => c.Id == command.Control) is not { } control) return Decision.Refuse(TestControl.ControlUnknown);
        if (!control.Passed || control.NextTest < facts.Now) return Decision.Refuse(Untested);
        return RiskTexts.RefusesReason(command.Reason) is { } unfit ? unfit
            : Decision.Accept(facts.Assessment.Stream, new ResidualSet(command.Scenario, command.Rating, command.Control, command.Reason!.Trim()));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.Lower, expected, facts => Decide(command, facts), a => a.Control(command.Control)?.Owner, cancel);
}
