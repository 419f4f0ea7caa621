using System.Collections.Immutable;
using Probity.Exhibits.Contract;

namespace Probity.Exhibits.Balancing;

/// <summary>Where grams are, or how they ended: in the order of the picture.</summary>
internal enum GramsPlace { Held, OnItsWay, Laboratory, Court, Partner, Consumed, Packaging, Returned, Forfeited, Destroyed, Missing, Unconfirmed }

/// <summary>Which place an exhibit's grams are counted at.</summary>
internal static class GramsPlaces
{
    public static GramsPlace Of(Exhibit exhibit) => exhibit.Status switch
    {
        ExhibitStatus.InTransit => GramsPlace.OnItsWay,
        ExhibitStatus.AtLab => GramsPlace.Laboratory,
        ExhibitStatus.InCourt => GramsPlace.Court,
        ExhibitStatus.Returned => GramsPlace.Returned,
        ExhibitStatus.Destroyed => GramsPlace.Destroyed,
        ExhibitStatus.Missing => GramsPlace.Missing,
        ExhibitStatus.DestructionUnsigned or ExhibitStatus.DestructionContested => GramsPlace.Unconfirmed,
        // Meant for a partner, it is with whoever signed for it last, and that is a person of this record: what became of it is not known to be a partner's.
        _ when exhibit.Chain.Last is { Out.Purpose: Purpose.Partner } => GramsPlace.OnItsWay,
        ExhibitStatus.Forfeited => GramsPlace.Forfeited,
        _ => GramsPlace.Held,
    };
}

/// <summary>
/// Grams of one exhibit, or of many: <c>Seized + Explained + Repacked + Rough + Unexplained = the sum of all places</c>, exactly. Uncertainties are kept as squares,
/// so that many are added like one.
/// </summary>
internal sealed record GramsFigures
{
    public static readonly GramsFigures None = new();

    public decimal Seized { get; init; }
    public ImmutableSortedDictionary<GramsPlace, decimal> Places { get; init; } = ImmutableSortedDictionary<GramsPlace, decimal>.Empty;

    /// <summary>More or less than expected, as two people have settled and explained: drying, for one.</summary>
    public decimal Explained { get; init; }

    /// <summary>More or less after a package was opened, weighed with its packaging only: nobody can tell which of the two it is.</summary>
    public decimal Repacked { get; init; }

    /// <summary>More or less by weighings that are too rough to tell of a loss.</summary>
    public decimal Rough { get; init; }

    /// <summary>All other difference, most of it that of balances.</summary>
    public decimal Unexplained { get; init; }

    /// <summary>The square of its uncertainty.</summary>
    public decimal Squares { get; init; }

    /// <summary>What is gone beyond the uncertainty of the exhibit that it is gone from: a gain elsewhere makes up for none of it.</summary>
    public decimal Less { get; init; }

    /// <summary>What is there beyond it.</summary>
    public decimal More { get; init; }

    /// <summary>How much of what was seized somebody else has weighed again.</summary>
    public decimal Again { get; init; }

    /// <summary>How much of what there is has not been weighed since it came to where it is.</summary>
    public decimal Carried { get; init; }

    /// <summary>How much of it is set aside for a second analysis, wherever it is counted.</summary>
    public decimal Duplicate { get; init; }

    public decimal At(GramsPlace place) => Places.GetValueOrDefault(place);

    /// <summary>All that somebody can show, or show how it ended: not what a count did not find, nor what was burned by the word of one.</summary>
    public decimal Accounted => Places.Values.Sum() - At(GramsPlace.Missing) - At(GramsPlace.Unconfirmed);

    /// <summary>The combined uncertainty, k = 2.</summary>
    public Grams Uncertainty => Grams.RootOf(Squares);

    /// <summary>Those of many.</summary>
    public static GramsFigures Sum(IEnumerable<GramsFigures> all)
    {
        var of = all as IReadOnlyCollection<GramsFigures> ?? [.. all];
        return new GramsFigures
        {
            Seized = of.Sum(f => f.Seized), Explained = of.Sum(f => f.Explained), Repacked = of.Sum(f => f.Repacked), Rough = of.Sum(f => f.Rough), Unexplained = of.Sum(f => f.Unexplained),
            Squares = of.Sum(f => f.Squares), Less = of.Sum(f => f.Less), More = of.Sum(f => f.More), Again = of.Sum(f => f.Again), Carried = of.Sum(f => f.Carried),
            Duplicate = of.Sum(f => f.Duplicate),
            Places = of.SelectMany(f => f.Places).GroupBy(p => p.Key).ToImmutableSortedDictionary(g => g.Key, g => g.Sum(p => p.Value)),
        };
    }
}
