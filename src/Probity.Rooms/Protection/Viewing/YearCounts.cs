using Probity.Shared;

namespace Probity.Protection.Viewing;

/// <summary>How many were recorded from one year to another.</summary>
internal sealed record YearCount(int From, int To, int Count);

/// <summary>
/// The public figure: whole past years alone, each from a day of the year after on, and no count under five. A figure that moved with each record would tell whoever made an offer whether it was
/// recorded. A year with fewer than five waits for the years after it: what was told stays as it was told, so that nothing can be subtracted.
/// </summary>
internal static class YearCounts
{
    /// <summary>From which month on, at its first day in UTC, the year before is told.</summary>
    public const int ToldFromMonth = 2;

    /// <summary>The last year that is told at a moment.</summary>
    public static int LastTold(DateTimeOffset now) => now.UtcDateTime.Year - (now.UtcDateTime.Month >= ToldFromMonth ? 1 : 2);

    public static IReadOnlyList<YearCount> Tell(IReadOnlyList<(int Year, int Count)> years)
    {
        var told = new List<YearCount>();
        YearCount? waiting = null;
        foreach (var (year, count) in years.Where(y => y.Count > 0).OrderBy(y => y.Year))
        {
            waiting = waiting is null ? new YearCount(year, year, count) : waiting with { To = year, Count = waiting.Count + count };
            if (waiting.Count < PublicCount.Least) continue;
            told.Add(waiting);
            waiting = null;
        }

        return [.. told.AsEnumerable().Reverse()];
    }
}
