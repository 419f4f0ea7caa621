using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Interdiction.ViewingTargets;
using Probity.Risk.Contract;

namespace Probity.Interdiction.Watching;

/// <summary>How many of a unit's decisions of a year about what came through went against the risk score.</summary>
internal sealed class OverrideSignal(DbContext views) : IRiskSignals
{
    public RiskSignal Signal => RiskSignal.Overrides;

    public string? PageFor(ClaimsPrincipal reader) => TargetAccess.SeesAll(reader) ? "/interdiction/overrides" : null;

    public async ValueTask<IReadOnlyList<SignalCount>> CountAsync(SignalScope scope, CancellationToken cancel)
    {
        var from = scope.From;
        var decided = views.Set<TargetDecision>().AsNoTracking().Where(d => d.At >= from).Join(views.Set<TargetRow>(), d => d.Target, t => t.Id, (d, t) => new { t.Unit, d.At, d.Override });
        var tally = new SignalTally(scope);
        foreach (var unit in await decided.GroupBy(d => d.Unit).Select(g => new { Unit = g.Key, Count = g.Count() }).ToListAsync(cancel)) tally.AddBelow(unit.Unit, 0, unit.Count);
        foreach (var against in await decided.Where(d => d.Override != null).Select(d => new { d.Unit, d.At }).ToListAsync(cancel)) tally.AddBelow(against.Unit, 1, 0, against.At);
        return tally.Counts;
    }
}
