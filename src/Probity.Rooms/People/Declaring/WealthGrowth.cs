using Probity.People.Contract;

namespace Probity.People.Declaring;

/// <summary>
/// What somebody's wealth grew by between two declarations, and how much of it their income explains:
/// unexplained = (net worth then − net worth before) − (income + gifts − spending), held against the income of a year. Money is decimal; a year has 365.25 days.
/// </summary>
/// <param name="From">The earlier day.</param>
/// <param name="To">The later one.</param>
/// <param name="Currency">ISO 4217, of both.</param>
/// <param name="NetBefore">Net worth at the earlier day.</param>
/// <param name="NetAfter">Net worth at the later day.</param>
/// <param name="Income">What came in between them, gifts included.</param>
/// <param name="Spending">What went out.</param>
internal sealed record WealthGrowth(DateOnly From, DateOnly To, string Currency, decimal NetBefore, decimal NetAfter, decimal Income, decimal Spending)
{
    const decimal DaysOfYear = 365.25m;

    /// <summary>What of the income was given or inherited.</summary>
    public decimal Gifts { get; init; }

    /// <summary>Whether somebody has to look at what was given: more than so many percent of what a year earns, or any at all where nothing was earned. A gift would else explain any growth.</summary>
    public bool HasLargeGift(int percent) => Gifts > 0m && Gifts * 100m > (Income - Gifts) * DaysOfYear / Math.Max(1, To.DayNumber - From.DayNumber) * percent;

    /// <summary>By how much net worth grew.</summary>
    public decimal Growth => NetAfter - NetBefore;

    /// <summary>What was left of the income to grow by.</summary>
    public decimal Saved => Income - Spending;

    /// <summary>Growth that was not saved. Below nothing, something was lost that nobody declared.</summary>
    public decimal Unexplained => Growth - Saved;

    /// <summary>The income of the period as that of a year.</summary>
    public decimal YearlyIncome => Income * DaysOfYear / Math.Max(1, To.DayNumber - From.DayNumber);

    /// <summary>Unexplained growth as a share of a year's income, in percent; null where nothing came in.</summary>
    public decimal? Percent => YearlyIncome > 0m ? Unexplained / YearlyIncome * 100m : null;

    /// <summary>Whether somebody has to look: more than so many percent, or any at all without an income.</summary>
    public bool IsAbove(int percent) => Unexplained > 0m && (Percent is not { } share || share > percent);

    /// <summary>The growth between two declarations; null where they are in two currencies and cannot be held against each other.</summary>
    public static WealthGrowth? Between(Declaration before, Declaration after) => before.Currency != after.Currency ? null : new WealthGrowth(
        before.AsOf, after.AsOf, after.Currency, before.NetWorth, after.NetWorth, after.SumOf(DeclaredKind.Income) + after.SumOf(DeclaredKind.Gift), after.SumOf(DeclaredKind.Spending))
    {
        Gifts = after.SumOf(DeclaredKind.Gift),
    };
}
