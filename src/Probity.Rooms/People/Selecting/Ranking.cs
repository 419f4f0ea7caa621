using Probity.Shared.Drawing;

namespace Probity.People.Selecting;

/// <summary>Where an application stands.</summary>
/// <param name="Application">Its number.</param>
/// <param name="Total">Σ weight × points over all criteria and scorers: a whole number, out of 500 for each scorer.</param>
/// <param name="Place">From 1; those whom nothing parts share one.</param>
/// <param name="Parted">What parted it from another with the same total.</param>
internal sealed record Ranked(int Application, int Total, int Place, Parting Parted);

/// <summary>What parts equals: nothing had to, the criterion fixed beforehand, the lot, or nothing could.</summary>
internal enum Parting { None, Criterion, Lot, Undecided }

/// <summary>
/// The rank by the weighted mean. Every application has the same number m of scorers, so the mean Σ weight × points ÷ (100 × m) orders as its numerator does: nothing is divided and
/// nothing rounded. Equals are parted by the points of the criterion fixed beforehand, then by the lot.
/// </summary>
/// <remarks>After the mechanisms for selection: weighted criteria, sealed scores from 0 to 5, a panel of three or more.</remarks>
internal static class Ranking
{
    /// <summary>The most points of a criterion.</summary>
    public const int Most = 5;

    /// <summary>Scores of one criterion further apart than this are explained before a ranking is adopted.</summary>
    public const int Spread = 2;

    /// <summary>The ranks, the first first.</summary>
    /// <param name="weights">The weight of each criterion.</param>
    /// <param name="tie">The criterion that parts equals.</param>
    /// <param name="scores">The points by application: of each scorer, for each criterion.</param>
    /// <param name="lot">The lot's order of the applications; null where there is none.</param>
    public static IReadOnlyList<Ranked> Of(IReadOnlyList<int> weights, int tie, IReadOnlyDictionary<int, IReadOnlyList<IReadOnlyList<int>>> scores, IReadOnlyList<int>? lot)
    {
        var lots = lot?.Index().ToDictionary(l => l.Item, l => l.Index);
        var sums = scores.Select(s => (Number: s.Key, Total: s.Value.Sum(points => points.Zip(weights, (p, w) => p * w).Sum()), Tie: s.Value.Sum(points => points[tie]), Lot: lots?[s.Key] ?? 0))
            .OrderByDescending(s => s.Total).ThenByDescending(s => s.Tie).ThenBy(s => s.Lot).ThenBy(s => s.Number).ToList();
        var ranked = new List<Ranked>();
        foreach (var (at, one) in sums.Index())
        {
            var same = at > 0 && Key(sums[at - 1]) == Key(one);
            ranked.Add(new Ranked(one.Number, one.Total, same ? ranked[^1].Place : at + 1, PartingOf(one)));
        }

        return ranked;

        (int, int, int) Key((int Number, int Total, int Tie, int Lot) of) => (of.Total, of.Tie, of.Lot);

        Parting PartingOf((int Number, int Total, int Tie, int Lot) one) =>
            sums.Count(s => s.Total == one.Total) == 1 ? Parting.None : sums.Count(s => s.Total == one.Total && s.Tie == one.Tie) == 1 ? Parting.Criterion
            : lots is null ? Parting.Undecided : Parting.Lot;
    }

    /// <summary>The lot's order of applications: all of them drawn, one after another, in the order of their numbers.</summary>
    public static IReadOnlyList<int> Lot(string seed, IReadOnlyList<int> applications)
    {
        var sorted = applications.Order().ToList();
        return [.. Draw.IndexesOf(Convert.FromHexString(seed), 1, sorted.Count, sorted.Count).Select(at => sorted[at])];
    }

    /// <summary>The weighted mean, from 0 to 5.</summary>
    public static decimal MeanOf(int total, int scorers) => total / (100m * scorers);
}
