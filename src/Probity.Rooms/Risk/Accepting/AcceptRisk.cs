using Probity.Policies.Contract;
using Probity.Risk.Contract;
using Probity.Risk.Controlling;
using Probity.Risk.Preparing;
using Probity.Shared.Record;

namespace Probity.Risk.Accepting;

/// <summary>That a high or critical risk is borne for a time is asked for with reasons and an end, and an overseer agrees, does not, or ends it again. It holds for the band that the risk was in.</summary>
internal sealed class AcceptRisk(RiskDesk desk)
{
    public const string NotHigh = "risk.acceptance-not-high";
    public const string TooLong = "risk.acceptance-too-long";
    public const string Pending = "risk.acceptance-pending";

    internal sealed record Request(Guid Assessment, string Scenario, string? Reason, DateTimeOffset? Until)
    {
        /// <summary>What facts of the record have moved it to, where they have.</summary>
        public Rating? Moved { get; init; }
    }

    internal sealed record Answer(Guid Assessment, string Scenario, bool Accept, string? Reason);

    internal sealed record Revocation(Guid Assessment, string Scenario, string? Reason);

    public static Decision Decide(Request command, RiskFacts facts)
    {
        if (AddControl.RefusesRisk(command.Scenario, facts) is { } refusal) return refusal;
        var risk = facts.Assessment.Risks[command.Scenario];
        var rating = command.Moved ?? Residual.Of(risk, facts.Now).Rating;
        if (RiskMatrix.LevelOf(rating) < RiskLevel.High) return Decision.Refuse(NotHigh);
        if (risk.Acceptance is { } known && (known.Stage == AcceptanceStage.Asked || known.Covers(rating, facts.Now))) return Decision.Refuse(Pending);
        if ((RiskTexts.RefusesReason(command.Reason) ?? RefusesEnd(command.Until, facts)) is { } unfit) return unfit;
        return Decision.Accept(facts.Assessment.Stream, new AcceptanceAsked(command.Scenario, command.Reason!.Trim(), command.Until!.Value, facts.Policy.Label, RiskMatrix.BoundsOf(RiskMatrix.LevelOf(rating)).Most));
    }

    public static Decision Decide(Answer command, RiskFacts facts)
    {
        if (AddControl.RefusesRisk(command.Scenario, facts) is { } refusal) return refusal;
        if (facts.Assessment.Risks[command.Scenario].Acceptance is not { Stage: AcceptanceStage.Asked } asked) return Decision.Refuse(ChooseScenarios.NotNow);
        if (RiskTexts.RefusesReason(command.Reason) is { } unfit) return unfit;
        if (!command.Accept) return Decision.Accept(facts.Assessment.Stream, new AcceptanceRefused(command.Scenario, command.Reason!.Trim()));
        // The pack may have become stricter since it was asked.
        return RefusesEnd(asked.Until, facts) is { } late ? late
            : Decision.Accept(facts.Assessment.Stream, new AcceptanceGiven(command.Scenario, command.Reason!.Trim(), asked.Until, facts.Policy.Label));
    }

    public static Decision Decide(Revocation command, RiskFacts facts)
    {
        if (AddControl.RefusesRisk(command.Scenario, facts) is { } refusal) return refusal;
        if (facts.Assessment.Risks[command.Scenario].Acceptance?.HoldsAt(facts.Now) != true) return Decision.Refuse(ChooseScenarios.NotNow);
        return RiskTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept(facts.Assessment.Stream, new AcceptanceRevoked(command.Scenario, command.Reason!.Trim()));
    }

    static Refusal? RefusesEnd(DateTimeOffset? until, RiskFacts facts) =>
        until is not { } end || end <= facts.Now ? new Refusal(AddControl.DayWrong)
        // The last day is a whole one.
        : end > facts.Policy.After(PolicyRules.AcceptanceHolds, facts.Now).AddDays(1) ? new Refusal(TooLong) : null;

    public Task<Outcome?> HandleAsync(Guid person, Request command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.AskAcceptance, expected, facts => Decide(command, facts), null, cancel);

    public Task<Outcome?> HandleAsync(Guid person, Answer command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.AnswerAcceptance, expected, facts => Decide(command, facts), a => AskerOf(a, command.Scenario), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Revocation command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.RevokeAcceptance, expected, facts => Decide(command, facts), a => AskerOf(a, command.Scenario), cancel);

    static Guid? AskerOf(RiskAssessment assessment, string scenario) => assessment.Risks.GetValueOrDefault(scenario)?.Acceptance?.AskedBy;
}
