namespace Probity.Shared;

/// <summary>
/// Cells of a public register, none under five: where fewer are alike they are counted together with others, step by step more coarsely, until there are enough; what is left then is not told.
/// No sum is published from which it would follow.
/// </summary>
internal static class MergedCells
{
    /// <summary>The cells that may be told, and whether anything is left out.</summary>
    /// <param name="cells">What was counted, most finely.</param>
    /// <param name="coarser">A cell as it is at each step: the first gives it as it is.</param>
    /// <param name="count">How many a cell has.</param>
    /// <param name="with">The cell with another count.</param>
    public static (List<T> Told, bool LeavesOut) Tell<T>(IEnumerable<T> cells, IEnumerable<Func<T, T>> coarser, Func<T, int> count, Func<T, int, T> with) where T : notnull
    {
        var (told, rest) = (new List<T>(), cells.ToList());
        foreach (var step in coarser)
        {
            var groups = rest.Select(step).GroupBy(c => with(c, 0)).Select(g => with(g.Key, g.Sum(count))).ToLookup(c => PublicCount.IsTooSmall(count(c)));
            told.AddRange(groups[false]);
            rest = [.. groups[true]];
        }

        return (told, rest.Count > 0);
    }
}
