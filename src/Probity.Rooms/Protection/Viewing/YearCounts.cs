using Probity.Shared;

namespace Probity.Protection.Viewing;

/// <summary>How many were recorded from one year to another.</summary>
internal sealed record YearCount(int From, int To, int Count);

/// <summary>The public figure: no count under five. A year with fewer is counted together with the years beside it; what is left then is not told.</summary>
internal static class YearCounts
{
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

        // The last years join those before them; without any they are too few to be told.
        if (waiting is not null && told.Count > 0) told[^1] = told[^1] with { To = waiting.To, Count = told[^1].Count + waiting.Count };
        return [.. told.AsEnumerable().Reverse()];
    }
}
