using Probity.Exhibits.Contract;

namespace Probity.Exhibits;

/// <summary>How much of a mass may be uncertain before its weighing tells nothing of a loss.</summary>
internal static class MassUncertainty
{
    /// <summary>
    /// A weighing is held against others from twenty times its uncertainty on. OIML R 76-1 has balances of the class that goods are sold by (III) begin at twenty
    /// of their intervals, and lets one in use be off by one: a load below that "may be subject to an excessive relative error".
    /// </summary>
    public const decimal LeastTimes = 20m;

    /// <summary>Whether so large an uncertainty (k = 2) would excuse what nobody should excuse.</summary>
    public static bool IsTooLarge(decimal uncertainty, decimal mass) => uncertainty * LeastTimes > mass;

    /// <summary>The share of a mass that a weighing again may be uncertain by, where it is rougher than the weighing that it is held against.</summary>
    public const decimal MostShareAgain = 0.01m;

    /// <summary>How many times as uncertain as that one it may be.</summary>
    public const decimal MostTimesAgain = 5m;

    /// <summary>
    /// Whether a weighing again is too rough to be held against an earlier one: a loss as large as what it may be off by would pass for none, though the earlier one
    /// would have shown it. Who weighs again states that uncertainty, or chose the balance.
    /// </summary>
    public static bool IsTooRoughAgain(Grams uncertainty, decimal mass, Grams than) =>
        uncertainty > than && (uncertainty.Value > mass * MostShareAgain || (than > Grams.Zero && uncertainty.Value > than.Value * MostTimesAgain));

    /// <summary>The smallest mass that such a balance can show a loss of.</summary>
    public static Grams LeastOf(Grams uncertainty) => new(uncertainty.Value * LeastTimes);
}
