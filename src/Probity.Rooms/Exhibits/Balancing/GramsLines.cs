using Probity.Exhibits.Contract;
using Probity.Shared;

namespace Probity.Exhibits.Balancing;

/// <summary>The grams of several exhibits together, all weighed in the same way.</summary>
/// <param name="From">The first year of seizure among them.</param>
/// <param name="Until">The last.</param>
/// <param name="Substance">What they are; null where it is several substances.</param>
/// <param name="Basis">How they were weighed.</param>
/// <param name="Of">Those exhibits.</param>
internal sealed record GramsLine(int From, int Until, string? Substance, MassKind Basis, IReadOnlyList<GramsFamily> Of)
{
    public GramsFigures Figures { get; } = GramsFigures.Sum([.. Of.Select(f => f.Balance.Figures)]);

    public int Count(GramsState state) => Of.Count(f => f.Balance.State == state);

    public GramsLine With(GramsLine other) => new(
        Math.Min(From, other.From), Math.Max(Until, other.Until), Substance == other.Substance ? Substance : null, Basis, [.. Of, .. other.Of]);
}

/// <summary>The grams of many exhibits by year of seizure, substance and way of weighing: net and gross are never added to each other.</summary>
internal static class GramsLines
{
    /// <summary>Every year and substance by itself.</summary>
    public static IReadOnlyList<GramsLine> Of(IEnumerable<GramsFamily> families) =>
        [.. families.Where(f => f.Balance.Figures != GramsFigures.None).GroupBy(f => (f.Year, f.Root.Substance, f.Balance.Kind))
            .Select(g => new GramsLine(g.Key.Year, g.Key.Year, g.Key.Substance, g.Key.Kind, [.. g.OrderBy(f => f.Root.Id)]))
            .OrderBy(l => l.Basis).ThenBy(l => l.Substance, StringComparer.Ordinal).ThenBy(l => l.From)];

    /// <summary>
    /// The same for everybody to see: a line of fewer than five exhibits joins its neighbour in time, a substance of fewer than five the others of its kind, and
    /// what is still too small is withheld.
    /// </summary>
    public static (IReadOnlyList<GramsLine> Told, bool Withheld) Merged(IEnumerable<GramsFamily> families)
    {
        var (told, withheld) = (new List<GramsLine>(), false);
        foreach (var basis in Of(families).GroupBy(l => l.Basis))
        {
            var rare = new List<GramsLine>();
            foreach (var substance in basis.GroupBy(l => l.Substance))
            {
                if (substance.Sum(l => l.Of.Count) < PublicCount.Least) rare.AddRange(substance);
                else told.AddRange(ByTime(substance));
            }

            var others = rare.Sum(l => l.Of.Count);
            if (others >= PublicCount.Least) told.AddRange(ByTime(rare.GroupBy(l => l.From).OrderBy(g => g.Key).Select(g => g.Aggregate((a, b) => a.With(b)) with { Substance = null })));
            else withheld |= others > 0;
        }

        return (told, withheld);
    }

    // Forwards until it can be told, and what is left over at the end backwards.
    static List<GramsLine> ByTime(IEnumerable<GramsLine> lines)
    {
        var told = new List<GramsLine>();
        GramsLine? small = null;
        foreach (var line in lines)
        {
            var whole = small?.With(line) ?? line;
            small = whole.Of.Count < PublicCount.Least ? whole : null;
            if (small is null) told.Add(whole);
        }

        if (small is not null) told[^1] = told[^1].With(small);
        return told;
    }

    /// <summary>A line as it is published.</summary>
    public static BalanceLine Published(GramsLine line)
    {
        var f = line.Figures;
        var odd = line.Count(GramsState.DoesNotAddUp);
        return new BalanceLine(
            line.From, line.Until, line.Substance, line.Basis, line.Of.Count, new(f.Seized), At(GramsPlace.Held), At(GramsPlace.OnItsWay), At(GramsPlace.Laboratory),
            At(GramsPlace.Court), At(GramsPlace.Partner), At(GramsPlace.Consumed), At(GramsPlace.Returned), At(GramsPlace.Forfeited), At(GramsPlace.Destroyed),
            At(GramsPlace.Missing), new(f.Explained), new(f.Repacked), new(f.Unexplained), new(f.Uncertainty.Value), new(f.Less), new(f.More), new(f.Again),
            PublicCount.IsTooSmall(odd) ? null : odd, f.At(GramsPlace.Unconfirmed) is not 0m and var unconfirmed ? new GramsSum(unconfirmed) : null);

        GramsSum At(GramsPlace place) => new(f.At(place));
    }

    /// <summary>How many cannot be told at all, because they were not weighed when they were seized.</summary>
    public static int Untold(IEnumerable<GramsFamily> families) => families.Count(f => f.Balance.Figures == GramsFigures.None);
}
