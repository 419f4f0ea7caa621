using System.Security.Claims;
using Probity.Risk.Contract;

namespace Probity.Procedures.Following;

/// <summary>How many of the steps that have a time limit came after it, in the cases that a unit closed within a year.</summary>
internal sealed class LateSignal(FollowCases following) : IRiskSignals
{
    public RiskSignal Signal => RiskSignal.LateSteps;

    public string? PageFor(ClaimsPrincipal reader) => "/procedures/case-handling";

    public ValueTask<IReadOnlyList<SignalCount>> CountAsync(SignalScope scope, CancellationToken cancel)
    {
        var tally = new SignalTally(scope);
        if (following.Newest is not { } found) return ValueTask.FromResult(tally.Counts);
        foreach (var step in StepTimes.Each(found).Where(s => s.Case.ClosedAt >= scope.From)) tally.AddBelow(step.Case.Unit, step.Span > step.Limit, step.At);
        return ValueTask.FromResult(tally.Counts);
    }
}
