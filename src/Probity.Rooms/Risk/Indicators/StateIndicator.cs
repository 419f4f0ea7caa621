using Probity.Risk.Contract;
using Probity.Shared.Record;

namespace Probity.Risk.Indicators;

/// <summary>Integrity states what the rules ask for and what is done, each with what shows it. It counts once an overseer agrees; stating again replaces what waits.</summary>
internal sealed class StateIndicator(IndicatorDesk desk)
{
    public const string Unknown = "risk.indicator-unknown";
    public const string ScoreWrong = "risk.indicator-score-wrong";
    public const string SourceMissing = "risk.indicator-source-missing";
    public const string EvidenceMissing = "risk.indicator-evidence-missing";

    /// <param name="Indicator">Its key.</param>
    /// <param name="LawSaid">Whether anything was chosen for law: no choice is no answer.</param>
    /// <param name="Law">The score; null for "not enough evidence".</param>
    /// <param name="LawSource">The law or rule, public.</param>
    /// <param name="PracticeSaid">Whether anything was chosen for practice.</param>
    /// <param name="Practice">The score; null for "not enough evidence".</param>
    /// <param name="Evidence">What shows it, not public.</param>
    internal sealed record Command(string Indicator, bool LawSaid, int? Law, string? LawSource, bool PracticeSaid, int? Practice, string? Evidence);

    public static Decision Decide(Command command, IndicatorFacts facts)
    {
        if (IndicatorList.Find(command.Indicator) is null) return Decision.Refuse(Unknown);
        if (!command.LawSaid || !command.PracticeSaid || Wrong(command.Law) || Wrong(command.Practice)) return Decision.Refuse(ScoreWrong);
        if (RiskTexts.RefusesReason(command.LawSource) is { } source) return source.Code == RiskTexts.Unfit ? source : new Refusal(SourceMissing);
        if (RiskTexts.RefusesReason(command.Evidence) is { } evidence) return evidence.Code == RiskTexts.Unfit ? evidence : new Refusal(EvidenceMissing);
        return Decision.Accept(IndicatorScores.Stream, new IndicatorStated(command.Indicator, command.Law, command.LawSource!.Trim(), command.Practice, command.Evidence!.Trim()));
    }

    static bool Wrong(int? score) => score is { } given && !IndicatorList.Scores.Contains(given);

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Indicator, IndicatorAction.State, facts => Decide(command, facts), cancel);
}
