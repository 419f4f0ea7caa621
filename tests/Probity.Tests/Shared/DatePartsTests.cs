using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Tests.Shared;

public sealed class DatePartsTests
{
    [Theory]
    [InlineData("29", "2", "2028", "2028-02-29")]
    [InlineData(" 1", "12 ", "2026", "2026-12-01")]
    [InlineData("29", "2", "2026", null)]
    [InlineData("0", "1", "2026", null)]
    [InlineData("1", "13", "2026", null)]
    [InlineData("1", "1", "26", null)]
    [InlineData("-1", "1", "2026", null)]
    [InlineData("", "1", "2026", null)]
    [InlineData("1", "1", "99999", null)]
    public void Only_a_real_day_is_a_day(string day, string month, string year, string? expected) =>
        Assert.Equal(expected, new DateParts(day, month, year).ToDay()?.ToString("yyyy-MM-dd", null));

    [Fact]
    public void A_figure_needs_a_share_a_sentence_and_a_source()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StandingRow.Measured(StandingKeys.Staff, true, 1.01, "x", default, "/"));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandingRow.Measured(StandingKeys.Staff, true, double.NaN, "x", default, "/"));
        Assert.Throws<ArgumentException>(() => StandingRow.Measured(StandingKeys.Staff, true, 1, " ", default, "/"));
        Assert.Throws<ArgumentException>(() => StandingRow.Measured(StandingKeys.Staff, true, 1, "x", default, ""));
    }
}
