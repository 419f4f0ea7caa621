using System.Security.Claims;
using Probity.Risk.Contract;

namespace Probity.People.Rotating;

/// <summary>How many of a unit's held sensitive posts are held by somebody past the longest time; since when. Where the agency has no policy pack it is not measured.</summary>
internal sealed class TenureSignal(TenureReader tenures) : IRiskSignals
{
    public RiskSignal Signal => RiskSignal.OverdueRotation;

    public string? PageFor(ClaimsPrincipal reader) => TenureAccess.Lists(reader) ? ShowTenures.Address : null;

    public async ValueTask<IReadOnlyList<SignalCount>> CountAsync(SignalScope scope, CancellationToken cancel)
    {
        var rules = await tenures.RulesAsync(cancel) with { Register = scope.Register, Policy = scope.Policy };
        var tally = new SignalTally(scope);
        if (rules.Policy.Began is null) return tally.Counts;
        foreach (var post in scope.Holdings.Where(h => rules.Requirements.Marked.ContainsKey(h.Post.Id)).GroupBy(h => h.Post))
        {
            var over = post.Select(h => Tenure.Of(h.Person, post.Key.Id, rules, scope.Now)).OfType<Tenure>().Where(t => t.IsOverAt(scope.Now)).ToList();
            tally.AddBelow(post.Key.Unit, over.Count > 0, over.Min(t => t.Until));
        }

        return tally.Counts;
    }
}
