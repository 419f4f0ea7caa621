using Probity.Access.Contract;
using Probity.Risk.Contract;
using Probity.Risk.Preparing;
using Probity.Shared.Record;

namespace Probity.Risk.Controlling;

/// <summary>
/// An integrity officer who neither wrote the control down nor tested it asks that the risk that remains be set below the current one, on the ground of a control whose test passed and
/// is not overdue; an overseer agrees, or does not and says why. Until then the rating stays as it is.
/// </summary>
internal sealed class LowerRisk(RiskDesk desk)
{
    public const string NotLower = "risk.not-lower";
    public const string Untested = "risk.untested";
    public const string Pending = "risk.lowering-pending";

    internal sealed record Command(Guid Assessment, string Scenario, Rating Rating, Guid Control, string? Reason);

    internal sealed record Answer(Guid Assessment, string Scenario, bool Agree, string? Reason);

    public static Decision Decide(Command command, RiskFacts facts)
    {
        if (AddControl.RefusesRisk(command.Scenario, facts) is { } refusal) return refusal;
        var risk = facts.Assessment.Risks[command.Scenario];
        if (risk.AskedToLower is not null) return Decision.Refuse(Pending);
        if (!RiskMatrix.Takes(command.Rating)) return Decision.Refuse(Scoring.ScoreScenario.Missing);
        if (!RiskMatrix.IsWithin(command.Rating, risk.Current) || command.Rating == risk.Current) return Decision.Refuse(NotLower);
        if (risk.Controls.Find(c => c.Id == command.Control) is not { } control) return Decision.Refuse(TestControl.ControlUnknown);
        if (HadPart(control, facts.Actor.Person)) return Decision.Refuse(Bars.EarlierRole);
        if (!Holds(control, facts.Now)) return Decision.Refuse(Untested);
        return RiskTexts.RefusesReason(command.Reason) is { } unfit ? unfit
            : Decision.Accept(facts.Assessment.Stream, new LoweringAsked(command.Scenario, command.Rating, command.Control, command.Reason!.Trim()));
    }

    public static Decision Decide(Answer command, RiskFacts facts)
    {
        if (AddControl.RefusesRisk(command.Scenario, facts) is { } refusal) return refusal;
        var risk = facts.Assessment.Risks[command.Scenario];
        if (risk.AskedToLower is not { } asked) return Decision.Refuse(ChooseScenarios.NotNow);
        if (!command.Agree)
        {
            return RiskTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept(facts.Assessment.Stream, new LoweringRefused(command.Scenario, command.Reason!.Trim()));
        }

        if (risk.Controls.Find(c => c.Id == asked.Control) is not { } control) return Decision.Refuse(TestControl.ControlUnknown);
        if (asked.By == facts.Actor.Person || HadPart(control, facts.Actor.Person)) return Decision.Refuse(Bars.EarlierRole);
        // A test may have failed, or fallen overdue, since it was asked.
        return Holds(control, facts.Now) ? Decision.Accept(facts.Assessment.Stream, new ResidualSet(command.Scenario, asked.Rating, asked.Control, asked.Reason)) : Decision.Refuse(Untested);
    }

    /// <summary>Whether somebody wrote a control down or tested it: they lower nothing on its ground.</summary>
    public static bool HadPart(RiskControl control, Guid person) => control.AddedBy == person || control.Tester == person;

    /// <summary>Whether a control passed its test, and the next one is not overdue.</summary>
    public static bool Holds(RiskControl control, DateTimeOffset now) => control.Passed && control.NextTest >= now;

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.Lower, expected, facts => Decide(command, facts), a => a.Control(command.Control)?.Owner, cancel);

    public Task<Outcome?> HandleAsync(Guid person, Answer command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.AgreeToLower, expected, facts => Decide(command, facts), a => a.Risks.GetValueOrDefault(command.Scenario)?.AskedToLower?.By, cancel);
}
