using Probity.Policies.Contract;
using Probity.Risk.Contract;
using Probity.Shared.Record;

namespace Probity.Risk.Indicators;

/// <summary>An overseer agrees with what integrity stated, which makes it public, or says why not.</summary>
internal sealed class AnswerIndicator(IndicatorDesk desk)
{
    public const string Nothing = "risk.indicator-nothing-waits";
    public const string StatedAnew = "risk.indicator-stated-anew";
    public const string AnswerMissing = "risk.indicator-answer-missing";

    /// <param name="Indicator">Its key.</param>
    /// <param name="Number">The statement that the overseer read: another may have been put in its place.</param>
    /// <param name="Agree">Whether they agree; null where nothing was chosen.</param>
    /// <param name="Reason">Why not.</param>
    internal sealed record Command(string Indicator, int Number, bool? Agree, string? Reason);

    public static Decision Decide(Command command, IndicatorFacts facts)
    {
        if (facts.Scores.WaitingOf(command.Indicator) is not { } waiting) return Decision.Refuse(Nothing);
        if (waiting.Number != command.Number) return Decision.Refuse(StatedAnew);
        if (command.Agree is not { } agree) return Decision.Refuse(AnswerMissing);
        if (agree) return Decision.Accept(IndicatorScores.Stream, new IndicatorConfirmed(command.Indicator, facts.Policy.After(PolicyRules.IndicatorsReviewedAfter, facts.Now), facts.Policy.Label));
        return RiskTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept(IndicatorScores.Stream, new IndicatorDisputed(command.Indicator, command.Reason!.Trim()));
    }

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Indicator, IndicatorAction.Answer, facts => Decide(command, facts), cancel);
}
