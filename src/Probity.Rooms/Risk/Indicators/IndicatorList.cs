namespace Probity.Risk.Indicators;

/// <summary>Something that an institution has or does against corruption.</summary>
/// <param name="Key">Its stable name.</param>
/// <param name="Dimension">What it belongs to; several make a dimension.</param>
/// <param name="Figure">The figure of the first screen that shows part of its practice, or null. See <see cref="Probity.Shared.StandingKeys"/>.</param>
internal sealed record Indicator(string Key, string Dimension, string? Figure = null);

/// <summary>
/// The indicators, dimension by dimension along the mechanisms of the house. That law and practice are scored apart, in steps of 25, is ours; that too little evidence is an
/// answer of its own, and the bands, follow Transparency International's Government Defence Integrity Index (bounds from memory: check before citing).
/// </summary>
internal static class IndicatorList
{
    /// <summary>What can be scored.</summary>
    public static readonly IReadOnlyList<int> Scores = [0, 25, 50, 75, 100];

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Indicator> All =
    [
        new("risk-assessed", "vulnerabilities", Shared.StandingKeys.Vulnerabilities), new("risk-treated", "vulnerabilities"),
        new("staff-selected", "staff"), new("staff-vetted", "staff", Shared.StandingKeys.Staff), new("staff-declare", "staff"), new("staff-rotated", "staff"),
        new("cases-assigned", "cases"), new("procedures-followed", "cases", Shared.StandingKeys.Cases), new("exhibits-kept", "cases", Shared.StandingKeys.Grams),
        new("code-known", "conduct", Shared.StandingKeys.Conduct), new("interests-managed", "conduct"),
        new("reports-safe", "reporting", Shared.StandingKeys.Reporting), new("reporters-protected", "reporting"),
        new("oversight-powers", "oversight"), new("recommendations-done", "oversight", Shared.StandingKeys.Oversight),
        new("discipline-fair", "discipline", Shared.StandingKeys.Discipline), new("discipline-published", "discipline"),
        new("cooperation-checked", "cooperation"), new("society-heard", "society"), new("figures-published", "society"),
    ];

    /// <summary>The dimensions, in order.</summary>
    public static readonly IReadOnlyList<string> Dimensions = [.. All.Select(i => i.Dimension).Distinct()];

    /// <summary>An indicator by its key, or null.</summary>
    public static Indicator? Find(string key) => All.FirstOrDefault(i => i.Key == key);

    /// <summary>The band of a score: A from 83, B from 67, C from 50, D from 33, E from 17, F below.</summary>
    /// <param name="score">0 to 100.</param>
    public static char BandOf(double score) => score switch { >= 83 => 'A', >= 67 => 'B', >= 50 => 'C', >= 33 => 'D', >= 17 => 'E', _ => 'F' };
}
