using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Interdiction.ViewingTargets;

namespace Probity.Interdiction.Watching;

/// <summary>How often an officer decided, and how often of it against the risk.</summary>
internal sealed record OfficerRate(Guid Officer, int Decisions, int Overrides)
{
    /// <summary>Of fewer than this a rate says nothing (red flag 15).</summary>
    public const int Least = 8;

    public bool TooFew => Decisions < Least;
    public double Rate => (double)Overrides / Decisions;
}

/// <summary>The rates of all officers of a period, and the one of all together.</summary>
internal sealed record RatesFound(IReadOnlyList<OfficerRate> Officers, int Decisions, int Overrides)
{
    public double Rate => Decisions == 0 ? 0 : (double)Overrides / Decisions;
}

/// <summary>Counts decisions against the risk. Nobody's figures are shown to those who are barred from them.</summary>
internal sealed class OverrideRates(DbContext views, IRegister registers, TimeProvider time)
{
    /// <summary>How far back it looks.</summary>
    public const int Days = 365;

    public async Task<RatesFound> ReadAsync(Guid reader, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var since = now.AddDays(-Days);
        var barred = Recusal.BarredWith(reader, await registers.ReadAsync(cancel), now);
        var counted = await views.Set<TargetDecision>().AsNoTracking().Where(d => d.At >= since).GroupBy(d => d.By)
            .Select(g => new { Officer = g.Key, Decisions = g.Count(), Overrides = g.Count(d => d.Override != null) }).ToListAsync(cancel);
        return new RatesFound(
            [.. counted.Where(c => !barred.Contains(c.Officer)).Select(c => new OfficerRate(c.Officer, c.Decisions, c.Overrides))
                .OrderBy(c => c.TooFew).ThenByDescending(c => c.Rate).ThenBy(c => c.Officer)],
            counted.Sum(c => c.Decisions), counted.Sum(c => c.Overrides));
    }
}
