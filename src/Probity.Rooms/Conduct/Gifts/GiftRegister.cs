using Probity.Conduct.Contract;
using Probity.Shared;

namespace Probity.Conduct.Gifts;

/// <summary>How many reviewed gifts are alike. What is null is several of its kind together; a month is year times 100 and month.</summary>
internal sealed record GiftCount(int? Year, int? Month, Guid? Unit, GiftDirection? Direction, int? Band, string? Currency, GiftMeasure? Measure, int Count);

/// <summary>
/// The public register: no cell under five. Where fewer are alike they are counted together with others, first over the months of a year, then over values, units, kinds and
/// outcomes, and at last over years, until there are enough; what is left then is not told. No sum is published from which it would follow.
/// </summary>
internal static class GiftRegister
{
    static readonly Func<GiftCount, GiftCount>[] s_coarser =
    [
        c => c,
        c => c with { Month = null },
        c => c with { Month = null, Band = null, Currency = null },
        c => c with { Month = null, Band = null, Currency = null, Unit = null },
        c => c with { Month = null, Band = null, Currency = null, Unit = null, Direction = null },
        c => c with { Month = null, Band = null, Currency = null, Unit = null, Direction = null, Measure = null },
        c => new GiftCount(null, null, null, null, null, null, null, c.Count),
    ];

    /// <summary>The cells that may be told, the newest first, and whether anything is left out.</summary>
    public static (IReadOnlyList<GiftCount> Told, bool LeavesOut) Tell(IEnumerable<GiftCount> counts)
    {
        var told = new List<GiftCount>();
        var rest = counts.ToList();
        foreach (var coarser in s_coarser)
        {
            var groups = rest.Select(coarser).GroupBy(c => c with { Count = 0 }).Select(g => g.Key with { Count = g.Sum(c => c.Count) }).ToLookup(c => PublicCount.IsTooSmall(c.Count));
            told.AddRange(groups[false]);
            rest = [.. groups[true]];
        }

        return ([.. told.OrderByDescending(c => c.Year ?? 0).ThenByDescending(c => c.Month ?? 0).ThenByDescending(c => c.Count)], rest.Count > 0);
    }
}
