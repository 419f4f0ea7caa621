using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Listing;
using Probity.Risk.Contract;

namespace Probity.Exhibits.Settling;

/// <summary>How many of a unit's exhibits that have not ended have an open matter about a seal, a place or who had them. Weights are counted once, in the account of grams.</summary>
internal sealed class CustodySignal(DbContext views) : IRiskSignals
{
    static readonly DiscrepancyKind[] s_kinds =
        [DiscrepancyKind.Seal, DiscrepancyKind.SealUnread, DiscrepancyKind.TwoReceivers, DiscrepancyKind.Missing, DiscrepancyKind.Misplaced, DiscrepancyKind.Gap];

    static readonly DiscrepancyStage[] s_open = [DiscrepancyStage.Open, DiscrepancyStage.Answered, DiscrepancyStage.ReleaseAsked];

    public RiskSignal Signal => RiskSignal.CustodyMatters;

    public string? PageFor(ClaimsPrincipal reader) => ShowDiscrepancies.Serves(reader) ? "/discrepancies" : null;

    public async ValueTask<IReadOnlyList<SignalCount>> CountAsync(SignalScope scope, CancellationToken cancel)
    {
        var held = views.Set<ExhibitRow>().AsNoTracking().Where(e => e.End == null);
        var tally = new SignalTally(scope);
        foreach (var unit in await held.GroupBy(e => e.Unit).Select(g => new { Unit = g.Key, Count = g.Count() }).ToListAsync(cancel)) tally.AddBelow(unit.Unit, 0, unit.Count);
        var open = await views.Set<DiscrepancyRow>().AsNoTracking().Where(d => s_open.Contains(d.Stage) && s_kinds.Contains(d.Kind))
            .Join(held, d => d.Exhibit, e => e.Id, (d, e) => new { e.Id, e.Unit, d.At }).ToListAsync(cancel);
        foreach (var exhibit in open.GroupBy(o => (o.Id, o.Unit))) tally.AddBelow(exhibit.Key.Unit, 1, 0, exhibit.Min(o => o.At));
        return tally.Counts;
    }
}
