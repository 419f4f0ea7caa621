using System.Collections.Frozen;
using Probity.Policies.Contract;
using Probity.Risk.Contract;
using static Probity.Risk.Contract.RiskSignal;

namespace Probity.Risk.Moving;

/// <summary>
/// Which facts of a unit bear on which scenario, and from which share on each of them raises it. Both are the house's own (docs/risk-assessment.md): no published table of
/// the kind is known to us. The shares are figures of the policy pack.
/// </summary>
internal static class SignalTable
{
    /// <summary>From so many times its share on, and from two cases on, a fact raises a risk by two steps.</summary>
    public const int TwiceAt = 3;

    static readonly FrozenDictionary<RiskSignal, PolicyRule> Shares = new Dictionary<RiskSignal, PolicyRule>
    {
        [UnclearedPosts] = PolicyRules.UnclearedPostsFrom,
        [OverdueDeclarations] = PolicyRules.OverdueDeclarationsFrom,
        [UnacknowledgedCode] = PolicyRules.UnacknowledgedCodeFrom,
        [LapsedCompetences] = PolicyRules.LapsedCompetencesFrom,
        [CustodyMatters] = PolicyRules.CustodyMattersFrom,
        [UnexplainedWeight] = PolicyRules.UnexplainedWeightFrom,
        [SkippedSteps] = PolicyRules.SkippedStepsFrom,
        [LateSteps] = PolicyRules.LateStepsFrom,
        [Overrides] = PolicyRules.OverridesFrom,
        [OverdueRotation] = PolicyRules.OverdueRotationFrom,
    }.ToFrozenDictionary();

    static readonly FrozenDictionary<string, RiskSignal[]> Scenarios = new Dictionary<string, RiskSignal[]>
    {
        ["investigation.seized-kept"] = [CustodyMatters, UnexplainedWeight, SkippedSteps],
        ["investigation.tip-off"] = [UnclearedPosts, OverdueDeclarations, UnacknowledgedCode, OverdueRotation],
        ["investigation.source-invented"] = [OverdueDeclarations, UnacknowledgedCode, LapsedCompetences],
        ["investigation.evidence-left-out"] = [SkippedSteps, LateSteps, UnacknowledgedCode],
        ["intelligence.query-sold"] = [UnclearedPosts, OverdueDeclarations, LapsedCompetences],
        ["intelligence.report-held"] = [UnclearedPosts, SkippedSteps, LateSteps],
        ["intelligence.profile-cleaned"] = [UnclearedPosts, LapsedCompetences, Overrides],
        ["intelligence.source-revealed"] = [UnclearedPosts, OverdueDeclarations, UnacknowledgedCode, OverdueRotation],
        ["airport.bag-let-through"] = [UnclearedPosts, LapsedCompetences, Overrides],
        ["airport.courier-chosen-over"] = [OverdueDeclarations, SkippedSteps, Overrides],
        ["airport.staff-door"] = [UnclearedPosts, UnacknowledgedCode],
        ["airport.roster-arranged"] = [OverdueDeclarations, UnacknowledgedCode, OverdueRotation],
        ["seaport.release-code"] = [UnclearedPosts, OverdueDeclarations, UnacknowledgedCode, OverdueRotation],
        ["seaport.container-not-selected"] = [UnclearedPosts, OverdueDeclarations, Overrides],
        ["seaport.scan-read-away"] = [LapsedCompetences, Overrides],
        ["seaport.seal-replaced"] = [CustodyMatters, UnexplainedWeight],
        ["border.lane-open"] = [UnclearedPosts, Overrides],
        ["border.escorted"] = [UnclearedPosts, UnacknowledgedCode, OverdueRotation],
        ["border.patrol-elsewhere"] = [OverdueDeclarations, UnacknowledgedCode, OverdueRotation],
        ["border.fee-taken"] = [OverdueDeclarations, UnacknowledgedCode, LapsedCompetences],
        ["prosecution.charge-weakened"] = [OverdueDeclarations, SkippedSteps, LateSteps],
        ["prosecution.deadline-missed"] = [SkippedSteps, LateSteps],
        ["prosecution.file-sold"] = [UnclearedPosts, OverdueDeclarations, OverdueRotation],
        ["prosecution.asset-released"] = [OverdueDeclarations, CustodyMatters, SkippedSteps],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Whatever a unit has written down itself is done by people.
    static readonly RiskSignal[] Own = [UnclearedPosts, OverdueDeclarations, UnacknowledgedCode];

    /// <summary>Whether a scenario of the library is in the table.</summary>
    public static bool Has(string scenario) => Scenarios.ContainsKey(scenario);

    /// <summary>What bears on a scenario: of the library, or of a unit's own.</summary>
    public static IReadOnlyList<RiskSignal> Of(string scenario) => Scenarios.GetValueOrDefault(scenario, Own);

    /// <summary>The rule that says from which share on a fact raises a risk.</summary>
    public static PolicyRule ShareOf(RiskSignal signal) => Shares[signal];
}
