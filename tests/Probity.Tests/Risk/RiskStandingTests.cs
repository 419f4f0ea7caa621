using System.Globalization;
using Probity.Risk;
using Probity.Risk.ViewingRisks;

namespace Probity.Tests.Risk;

public sealed class RiskStandingTests
{
    // High and critical ones, and what the public reads: no sum from which a part under five follows that the page of counts keeps back.
    [Theory]
    [InlineData(0, 0, "0 high or critical risks"), InlineData(3, 0, "fewer than 5 high or critical risks"), InlineData(2, 2, "fewer than 5 high or critical risks")]
    [InlineData(3, 4, "some risks are high or critical"), InlineData(6, 1, "some risks are high or critical"), InlineData(1, 9, "some risks are high or critical")]
    [InlineData(7, 0, "7 high or critical risks"), InlineData(6, 5, "11 high or critical risks")]
    public void The_sum_tells_no_part_that_is_not_told(int high, int critical, string told)
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en");
        var counts = new BandCounts(new Dictionary<RiskLevel, int> { [RiskLevel.Low] = 9, [RiskLevel.Moderate] = 9, [RiskLevel.High] = high, [RiskLevel.Critical] = critical }, 0);
        Assert.Contains(told, RiskStanding.Sentence(counts, exact: false), StringComparison.Ordinal);
        if (high + critical > 1) Assert.Contains($"{high + critical} high or critical risks", RiskStanding.Sentence(counts, exact: true), StringComparison.Ordinal);
    }
}
