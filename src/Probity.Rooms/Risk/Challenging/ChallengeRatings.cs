using Probity.Risk.Contract;
using Probity.Risk.Preparing;
using Probity.Shared.Record;

namespace Probity.Risk.Challenging;

/// <summary>An overseer from outside the unit agrees with the ratings, or says what to look at again.</summary>
internal sealed class ChallengeRatings(RiskDesk desk)
{
    internal sealed record Command(Guid Assessment, bool Agree, string? Reason);

    public static Decision Decide(Command command, RiskFacts facts)
    {
        var assessment = facts.Assessment;
        if (assessment.Stage != AssessmentStage.Consolidated) return Decision.Refuse(ChooseScenarios.NotNow);
        if (command.Agree) return Decision.Accept(assessment.Stream, new RatingsAgreed());
        return RiskTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept(assessment.Stream, new RatingsQuestioned(command.Reason!.Trim()));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.Challenge, expected, facts => Decide(command, facts), null, cancel);
}
