using Probity.Conduct.Contract;
using Probity.Shared;

namespace Probity.Conduct.Interests;

/// <summary>How many decided entries are alike. What is null is several of its kind together; without a measure it was not allowed.</summary>
internal sealed record InterestCount(int? Year, Guid? Unit, InterestKind? Kind, bool? Allowed, InterestMeasure? Measure, int Count);

/// <summary>The public register, with no cell under five (<see cref="MergedCells"/>): counted together first over units, then over measures, kinds and outcomes, and at last over years.</summary>
internal static class InterestRegister
{
    static readonly Func<InterestCount, InterestCount>[] s_coarser =
    [
        c => c,
        c => c with { Unit = null },
        c => c with { Unit = null, Measure = null },
        c => c with { Unit = null, Measure = null, Kind = null },
        c => c with { Unit = null, Measure = null, Kind = null, Allowed = null },
        c => new InterestCount(null, null, null, null, null, c.Count),
    ];

    /// <summary>The cells that may be told, the newest first, and whether anything is left out.</summary>
    public static (IReadOnlyList<InterestCount> Told, bool LeavesOut) Tell(IEnumerable<InterestCount> counts)
    {
        var (told, leavesOut) = MergedCells.Tell(counts, s_coarser, c => c.Count, (c, sum) => c with { Count = sum });
        return ([.. told.OrderByDescending(c => c.Year ?? 0).ThenByDescending(c => c.Count)], leavesOut);
    }
}
