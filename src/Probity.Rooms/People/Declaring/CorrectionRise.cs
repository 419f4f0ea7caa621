using Probity.People.Contract;

namespace Probity.People.Declaring;

/// <summary>
/// By how much a correction raises net worth above what was declared of its day first, held against the income of a year as it was declared then: whoever corrects one declaration after
/// the other, or adds to the income too, would else explain any wealth afterwards. Money is decimal.
/// </summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="First">Net worth as it was declared first.</param>
/// <param name="Corrected">As the correction says it.</param>
/// <param name="YearlyIncome">What came in, gifts included, as that of a year.</param>
internal sealed record CorrectionRise(string Currency, decimal First, decimal Corrected, decimal YearlyIncome)
{
    public decimal Rise => Corrected - First;

    /// <summary>The rise as a share of a year's income, in percent; null where nothing came in.</summary>
    public decimal? Percent => YearlyIncome > 0m ? Rise / YearlyIncome * 100m : null;

    /// <summary>Whether somebody has to look: more than so many percent, or any rise at all without an income.</summary>
    public bool IsAbove(int percent) => Rise > 0m && (Percent is not { } share || share > percent);

    /// <summary>The rise of a correction; null where it is in another currency than what it corrects and cannot be held against it.</summary>
    public static CorrectionRise? Of(Declaration correction, Declarations all)
    {
        var first = all.FirstOf(correction.AsOf)!;
        if (first.Currency != correction.Currency) return null;
        var income = all.Before(correction.AsOf) is { } before && WealthGrowth.Between(before, first) is { } growth ? growth.YearlyIncome : first.SumOf(DeclaredKind.Income) + first.SumOf(DeclaredKind.Gift);
        return new CorrectionRise(first.Currency, first.NetWorth, correction.NetWorth, income);
    }
}
