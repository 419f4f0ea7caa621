using Probity.Policies.Contract;
using Probity.Risk.Contract;
using Probity.Risk.Preparing;
using Probity.Shared.Record;

namespace Probity.Risk.Approving;

/// <summary>The head of the agency approves the assessment, an overseer where the head is of the unit itself; or sends it back with a reason.</summary>
internal sealed class ApproveAssessment(RiskDesk desk)
{
    internal sealed record Command(Guid Assessment, bool Approve, string? Reason);

    public static Decision Decide(Command command, RiskFacts facts)
    {
        var (assessment, policy, _, _, now) = facts;
        if (assessment.Stage != AssessmentStage.Challenged) return Decision.Refuse(ChooseScenarios.NotNow);
        if (!command.Approve)
            return RiskTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept(assessment.Stream, new AssessmentReturned(command.Reason!.Trim()));
        var critical = assessment.Risks.Values.Any(r => RiskMatrix.LevelOf(r.Current) == RiskLevel.Critical);
        var due = policy.After(PolicyRules.AssessmentReviewedAfter, now);
        if (critical && policy.After(PolicyRules.CriticalReviewedAfter, now) is var sooner && sooner < due) due = sooner;
        return Decision.Accept(assessment.Stream, new AssessmentApproved(due, policy.Label));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.Approve, expected, facts => Decide(command, facts), null, cancel);
}
