using Probity.Conduct.Contract;
using Probity.Shared;

namespace Probity.Conduct.Gifts;

/// <summary>How many reviewed gifts are alike. What is null is several of its kind together; a month is year times 100 and month.</summary>
internal sealed record GiftCount(int? Year, int? Month, Guid? Unit, GiftDirection? Direction, int? Band, string? Currency, GiftMeasure? Measure, int Count);

/// <summary>
/// The public register, with no cell under five (<see cref="MergedCells"/>): counted together first over the months of a year, then over values, units, kinds and outcomes, and at last over years.
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
        var (told, leavesOut) = MergedCells.Tell(counts, s_coarser, c => c.Count, (c, sum) => c with { Count = sum });
        return ([.. told.OrderByDescending(c => c.Year ?? 0).ThenByDescending(c => c.Month ?? 0).ThenByDescending(c => c.Count)], leavesOut);
    }
}
