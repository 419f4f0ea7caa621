using System.Security.Claims;
using Probity.Risk.Contract;

namespace Probity.Exhibits.Balancing;

/// <summary>How many of a unit's seizures do not add up, of those of which it can be told; what two people have explained adds up again.</summary>
internal sealed class WeightSignal(FollowGrams follow) : IRiskSignals
{
    public RiskSignal Signal => RiskSignal.UnexplainedWeight;

    public string? PageFor(ClaimsPrincipal reader) => GramsAccess.Serves(reader) ? "/exhibits/grams" : null;

    public ValueTask<IReadOnlyList<SignalCount>> CountAsync(SignalScope scope, CancellationToken cancel)
    {
        var tally = new SignalTally(scope);
        foreach (var family in follow.Newest?.Families.Values ?? [])
        {
            if (scope.Over(family.Root.Unit).Count == 0 || !MassBalance.Applies(family.Root) || family.Balance.State == GramsState.CannotTell) continue;
            var breaks = family.Balance.Breaks.IsDefaultOrEmpty ? [] : family.Balance.Breaks;
            tally.AddBelow(family.Root.Unit, family.Balance.State == GramsState.DoesNotAddUp, breaks.Min(b => (DateTimeOffset?)b.At));
        }

        return ValueTask.FromResult(tally.Counts);
    }
}
