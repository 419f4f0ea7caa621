using System.Globalization;
using Probity.Interdiction.Watching;
using Probity.Tests.Cases;

namespace Probity.Tests.Interdiction;

public sealed class FunnelTests
{
    // Exact sums of binomial probabilities, in rational arithmetic beside this test: the count at which the tail is reached lies at or
    // just above the limit, and the one below lies under it.
    [Theory]
    [InlineData(0.1, 20, 0.95, 0, 5), InlineData(0.1, 20, 0.998, 0, 7), InlineData(0.5, 10, 0.95, 2, 8), InlineData(0.2, 100, 0.95, 12, 28), InlineData(0.2, 100, 0.998, 9, 33)]
    public void Limits_are_interpolated_between_exact_quantiles(double rate, int count, double share, int low, int high)
    {
        var limits = BinomialLimits.Of(rate, count, share);
        Assert.InRange(limits.Low * count, Math.Max(0, low - 1), low);
        Assert.InRange(limits.High * count, high - 1, high);
    }

    [Fact]
    public void Limits_hold_the_rate_widen_with_the_share_and_narrow_with_the_count() => CsCheck.Check.Sample(
        CsCheck.Gen.Select(CsCheck.Gen.Double[0.01, 0.99], CsCheck.Gen.Int[8, 400]), drawn =>
    {
        var (rate, count) = drawn;
        var (warning, alarm) = (BinomialLimits.Of(rate, count, BinomialLimits.Warning), BinomialLimits.Of(rate, count, BinomialLimits.Alarm));
        var later = BinomialLimits.Of(rate, count * 16, BinomialLimits.Warning);
        return alarm.Low <= warning.Low && warning.Low <= rate + 1e-9 && rate <= warning.High + 1.0 / count && warning.High <= alarm.High
            && later.High - later.Low < warning.High - warning.Low;
    }, iter: 200);

    [Fact]
    public void The_picture_leaves_out_who_decided_too_little_and_names_who_lies_outside()
    {
        var found = new RatesFound([new(Staff.Id("ana"), 40, 20), new(Staff.Id("ben"), 60, 2), new(Staff.Id("carla"), 7, 7)], 107, 29);
        var picture = Funnel.Draw(found, id => id == Staff.Id("ana") ? "Ana" : "Ben");
        Assert.Equal([("Ana", true), ("Ben", false)], picture.Points.Select(p => (p.Name, p.Outside)));
        Assert.All(picture.Points, p =>
        {
            Assert.InRange(double.Parse(p.X, CultureInfo.InvariantCulture), 0, Funnel.Width);
            Assert.InRange(double.Parse(p.Y, CultureInfo.InvariantCulture), 0, Funnel.Height);
        });
        Assert.True(double.Parse(picture.Points[0].Y, CultureInfo.InvariantCulture) < double.Parse(picture.Points[1].Y, CultureInfo.InvariantCulture));
    }
}
