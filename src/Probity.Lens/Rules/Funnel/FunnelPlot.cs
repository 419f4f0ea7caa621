using Probity.Lens.Logs;

namespace Probity.Lens.Rules;

/// <summary>
/// Draws the shares that a rule of kind <see cref="RuleKind.Rate"/> compared against the number of cases behind them (Spiegelhalter,
/// Funnel plots for comparing institutional performance, Statistics in Medicine 24, 2005): who has few cases is apart from the others by
/// chance alone, and the limits widen there.
/// </summary>
public static class FunnelPlot
{
    /// <summary>The plot as SVG, with attributes only and nothing from outside; names are escaped.</summary>
    /// <param name="rule">What judging by the rule found.</param>
    /// <param name="language">One of <see cref="RuleSentences.Languages"/>.</param>
    /// <exception cref="ArgumentException">The rule compared nothing: it is of another kind, or there are fewer than three to compare.</exception>
    /// <exception cref="BadInputException">There are no texts in that language.</exception>
    public static string Svg(RuleResult rule, string language = "en")
    {
        if (!CanDraw(rule)) throw new ArgumentException("The rule compared no shares.", nameof(rule));
        if (!RuleSentences.Languages.Contains(language))
            throw new BadInputException($"There are no texts in '{LogText.Show(language)}'; choose one of {string.Join(", ", RuleSentences.Languages)}.");
        return new FunnelSvg(rule, new FunnelWords(language)).Write();
    }

    /// <summary>Whether the rule compared shares.</summary>
    public static bool CanDraw(RuleResult rule) => rule.Rates.Count > 0;
}
