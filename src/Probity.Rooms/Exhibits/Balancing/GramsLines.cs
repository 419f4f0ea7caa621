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
    /// what is still too small is withheld. What <paramref name="told"/> has of it stands in the account of a unit below already: the rest of each line is none
    /// or five too, since anybody can subtract. Where no lines are like that, all is told in one: a part hides nothing of the whole.
    /// </summary>
    public static (IReadOnlyList<GramsLine> Told, bool Withheld) Merged(IEnumerable<GramsFamily> families, Func<GramsFamily, bool> told)
    {
        var (lines, withheld) = (new List<GramsLine>(), false);
        foreach (var basis in Of(families).GroupBy(l => l.Basis))
        {
            var (common, rare) = (new List<GramsLine>(), new List<GramsLine>());
            foreach (var substance in basis.GroupBy(l => l.Substance))
            {
                if (IsFew(Joined(substance), told)) rare.AddRange(substance);
                else common.AddRange(ByTime(substance, told));
            }

            if (rare.Count > 0 && IsFew(Joined(rare), told))
            {
                if (Joined(rare).Of.Count < PublicCount.Least) withheld = true;
                else (common, rare) = ([Joined(basis)], []);
            }
            else
            {
                common.AddRange(ByTime(rare.GroupBy(l => l.From).OrderBy(g => g.Key).Select(g => Joined(g) with { Substance = null }), told));
            }

            lines.AddRange(common);
        }

        return (lines, withheld);
    }

    static GramsLine Joined(IEnumerable<GramsLine> lines) => lines.Aggregate((a, b) => a.With(b));

    static bool IsFew(GramsLine line, Func<GramsFamily, bool> told) => line.Of.Count < PublicCount.Least || PublicCount.IsTooSmall(line.Of.Count(f => !told(f)));

    // Forwards until it can be told, and what is left over at the end backwards.
    static List<GramsLine> ByTime(IEnumerable<GramsLine> lines, Func<GramsFamily, bool> told)
    {
        var many = new List<GramsLine>();
        GramsLine? small = null;
        foreach (var line in lines)
        {
            var whole = small?.With(line) ?? line;
            small = IsFew(whole, told) ? whole : null;
            if (small is null) many.Add(whole);
        }

        if (small is not null) many.Add(small);
        while (many.Count > 1 && IsFew(many[^1], told))
        {
            many[^2] = many[^2].With(many[^1]);
            many.RemoveAt(many.Count - 1);
        }

        return many;
    }

    /// <summary>Nothing was told before.</summary>
    public static bool Nothing(GramsFamily family) => false;

    /// <summary>A line as it is published, beside what was told before.</summary>
    public static BalanceLine Published(GramsLine line, Func<GramsFamily, bool> told)
    {
        var f = line.Figures;
        var odd = line.Count(GramsState.DoesNotAddUp);
        var rest = line.Of.Count(o => o.Balance.State == GramsState.DoesNotAddUp && !told(o));
        return new BalanceLine(
            line.From, line.Until, line.Substance, line.Basis, line.Of.Count, new(f.Seized), At(GramsPlace.Held), At(GramsPlace.OnItsWay), At(GramsPlace.Laboratory),
            At(GramsPlace.Court), At(GramsPlace.Partner), At(GramsPlace.Consumed), At(GramsPlace.Returned), At(GramsPlace.Forfeited), At(GramsPlace.Destroyed),
            At(GramsPlace.Missing), new(f.Explained), new(f.Repacked), new(f.Unexplained), new(f.Uncertainty.Value), new(f.Less), new(f.More), new(f.Again),
            PublicCount.IsTooSmall(odd) || PublicCount.IsTooSmall(rest) ? null : odd, f.At(GramsPlace.Unconfirmed) is not 0m and var unconfirmed ? new GramsSum(unconfirmed) : null,
            f.Rough == 0m ? null : new(f.Rough), f.At(GramsPlace.Packaging) is not 0m and var packaging ? new GramsSum(packaging) : null);

        GramsSum At(GramsPlace place) => new(f.At(place));
    }

    /// <summary>How many cannot be told at all, because they were not weighed when they were seized.</summary>
    public static int Untold(IEnumerable<GramsFamily> families) => families.Count(f => f.Balance.Figures == GramsFigures.None);
}
