using Probity.Risk.Contract;

namespace Probity.Risk;

/// <summary>How high a risk is.</summary>
internal enum RiskLevel { Low, Moderate, High, Critical }

/// <summary>The matrix: likelihood times impact, in four bands.</summary>
internal static class RiskMatrix
{
    /// <summary>The largest figure of likelihood and of impact.</summary>
    public const int Most = 5;

    /// <summary>The least score of the high band.</summary>
    public const int High = 10;

    public static int ScoreOf(Rating rating) => rating.Likelihood * rating.Impact;

    public static RiskLevel LevelOf(Rating rating) => LevelOf(ScoreOf(rating));

    public static RiskLevel LevelOf(int score) => score switch { < 5 => RiskLevel.Low, < High => RiskLevel.Moderate, < 15 => RiskLevel.High, _ => RiskLevel.Critical };

    /// <summary>The least and the largest score of a band.</summary>
    public static (int Least, int Most) BoundsOf(RiskLevel level) => level switch { RiskLevel.Low => (1, 4), RiskLevel.Moderate => (5, 9), RiskLevel.High => (High, 14), _ => (15, 25) };

    /// <summary>Whether both figures are from 1 to 5.</summary>
    public static bool Takes(Rating rating) => rating.Likelihood is >= 1 and <= Most && rating.Impact is >= 1 and <= Most;

    /// <summary>Whether neither figure is above the other rating's: what controls and treatment may do.</summary>
    public static bool IsWithin(Rating rating, Rating bound) => rating.Likelihood <= bound.Likelihood && rating.Impact <= bound.Impact;

    /// <summary>The figure in the middle; of an even number the higher of the two in the middle.</summary>
    public static int Median(IEnumerable<int> figures)
    {
        var sorted = figures.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>Likelihood and impact in the middle.</summary>
    public static Rating Median(IReadOnlyCollection<Rating> ratings) => new(Median(ratings.Select(r => r.Likelihood)), Median(ratings.Select(r => r.Impact)));

    /// <summary>Knowledge in the middle; of an even number the lower of the two.</summary>
    public static Knowledge Median(IEnumerable<Knowledge> known)
    {
        var sorted = known.Order().ToList();
        return sorted[(sorted.Count - 1) / 2];
    }
}
