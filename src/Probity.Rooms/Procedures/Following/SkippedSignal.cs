using System.Security.Claims;
using Probity.Lens.Conformance;
using Probity.Procedures.Deviating;
using Probity.Risk.Contract;

namespace Probity.Procedures.Following;

/// <summary>In how many of the cases that a unit closed within a year a step of the procedure was left out, and no other person stands for that.</summary>
internal sealed class SkippedSignal(FollowCases following) : IRiskSignals
{
    public RiskSignal Signal => RiskSignal.SkippedSteps;

    public string? PageFor(ClaimsPrincipal reader) => "/procedures/case-handling";

    public ValueTask<IReadOnlyList<SignalCount>> CountAsync(SignalScope scope, CancellationToken cancel)
    {
        var tally = new SignalTally(scope);
        if (following.Newest is not { } found) return ValueTask.FromResult(tally.Counts);
        foreach (var trace in found.Cases.Where(c => c.ClosedAt >= scope.From)) tally.AddBelow(trace.Unit, Skips(trace, found), trace.ClosedAt);

        return ValueTask.FromResult(tally.Counts);
    }

    static bool Skips(CaseTrace trace, Judgement found) => found.ByCase.TryGetValue(trace.Id, out var variant)
        && variant.Deviations.Any(d => d.Kind == DeviationKind.Skipped && trace.Explaining(d.Activity)?.State != DeviationState.Countersigned);
}
