using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Risk.Contract;
using Probity.Shared.Record;

namespace Probity.Risk.Preparing;

/// <summary>
/// Names who scores: as many as the policy pack asks for, one from outside the unit at least, and nobody whose superior scores too. Until the scores
/// open others may be named with a reason, so that nobody who left holds it up.
/// </summary>
internal sealed class NameAssessors(RiskDesk desk)
{
    public const string Few = "risk.assessors-few";
    public const string NoneOutside = "risk.assessors-none-outside";
    public const string Unfit = "risk.assessor-unfit";
    public const string OneChain = "risk.assessors-one-chain";
    public const string SamePeople = "risk.assessors-same";

    internal sealed record Command(Guid Assessment, IReadOnlyList<Guid> Assessors, string? Reason);

    public static Decision Decide(Command command, RiskFacts facts)
    {
        var (assessment, policy, _, register, now) = facts;
        if (assessment.Stage > AssessmentStage.Scoring) return Decision.Refuse(ChooseScenarios.NotNow);
        var named = command.Assessors.Distinct().Order().ToList();
        if (named.Count < policy.Of(PolicyRules.BlindScorers)) return Decision.Refuse(Few);
        if (!named.All(p => RiskAccess.MayScore(p, assessment.Unit, register, now))) return Decision.Refuse(Unfit);
        if (!named.Exists(p => RiskAccess.IsOutside(Actor.From(register, p, now), assessment.Unit, register))) return Decision.Refuse(NoneOutside);
        // Whose superior scores too does not score freely.
        if (named.Exists(p => Recusal.Between(p, named.Where(other => other != p), register, now) is not null)) return Decision.Refuse(OneChain);
        if (named.SequenceEqual(assessment.Assessors)) return Decision.Refuse(SamePeople);
        if (assessment.Stage == AssessmentStage.Draft) return Decision.Accept(assessment.Stream, new AssessorsNamed(named, policy.Label));
        return RiskTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept(assessment.Stream, new AssessorsNamed(named, policy.Label, command.Reason!.Trim()));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.Prepare, expected, facts => Decide(command, facts), null, cancel);
}
