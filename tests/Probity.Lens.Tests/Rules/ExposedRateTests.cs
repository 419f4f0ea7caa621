using Probity.Lens.Rules;
using static Probity.Lens.Tests.Rules.RuleLogs;

namespace Probity.Lens.Tests.Rules;

/// <summary>Rates by other values than people, and over other exposures than cases.</summary>
public class ExposedRateTests
{
    [Fact]
    public void The_gamma_of_the_peers_by_moments()
    {
        // Two peers, 2 outcomes in 10 days and 12 in 10: mean 14.5/20 = 0.725; spread 4/10 + 144/10 - 196/20 = 5; less the mean: 4.275;
        // room 20 - 200/20 = 10; variance 0.4275; beta 0.725/0.4275 = 1.6959.
        var (alpha, beta) = PeerRates.FitGamma(2, 14, 20, 14.8, 200);
        Assert.Equal(0.725 / 0.4275, beta, 10);
        Assert.Equal(0.725, alpha / beta, 10);
        // Alike: no surer than their exposure.
        Assert.Equal((14.5, 20), PeerRates.FitGamma(2, 14, 20, 9.8, 200));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0.5)]
    [InlineData(10, 1 / 1024.0)]
    public void A_gamma_of_shape_one_halves_with_each_outcome(int k, double expected) => Assert.Equal(expected, PeerRates.UpperTailPoisson(k, 3, 1, 3), 12);

    [Theory]
    [InlineData(4, 12, 2.5, 30)]
    [InlineData(40, 12, 2.5, 3)]
    [InlineData(1, 0.5, 80, 200)]
    [InlineData(300, 1_000, 50, 200)]
    public void The_upper_tail_is_the_poisson_one_averaged_over_the_gamma(int k, double exposure, double alpha, double beta)
    {
        // Simpson's rule over the rate, out to where the gamma is spent.
        var (steps, top) = (20_000, (alpha + (40 * Math.Sqrt(alpha)) + 40) / beta);
        double sum = 0, mass = 0;
        for (var i = 1; i <= steps; i++)
        {
            var rate = top * i / steps;
            var weight = Math.Exp(((alpha - 1) * Math.Log(rate * beta)) - (rate * beta)) * (i == steps ? 1 : i % 2 == 1 ? 4 : 2);
            mass += weight;
            sum += weight * (1 - Below(k, rate * exposure));
        }

        Assert.Equal(sum / mass, PeerRates.UpperTailPoisson(k, exposure, alpha, beta), 6);
    }

    [Theory]
    [InlineData(25, 0)]
    [InlineData(200, 8)]
    public void Who_is_like_the_others_seldom_stands_out(int persons, int shape)
    {
        const int Rounds = 300;
        var random = new Random(11);
        var alarms = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var people = Enumerable.Range(0, persons).Select(_ =>
            {
                var exposure = 50 + random.Next(400);
                return (Poisson(random, exposure * (shape == 0 ? 1 : Gamma(random, shape) / shape) * 0.03), exposure, (double)exposure);
            }).ToList();
            if (PeerRates.Compare(people).Any(r => r.StandsOut)) alarms++;
        }

        // One in twenty, and three standard errors.
        Assert.InRange(alarms, 0, (0.05 * Rounds) + (3 * Math.Sqrt(0.05 * 0.95 * Rounds)));
    }

    [Fact]
    public void By_resource_is_by_person()
    {
        var traces = Enumerable.Range(0, 60).Select(c => $"a@{c}/p{c % 5}" + (c % 5 == 1 || c % 7 == 0 ? $" b@{c}" : "")).ToArray();
        var people = Check(Log(traces), Rule("kind: rate, activation: a, target: b")).Rules[0];
        foreach (var threads in (int[])[1, 4])
        {
            var values = Check(Log(traces), Rule("kind: rate, activation: a, target: b, by: resource"), threads: threads).Rules[0];
            Assert.Equal(people.Rates, values.Rates.Select(r => r with { Person = people.Rates.First(p => p.Name == r.Name).Person }));
            Assert.All(values.Rates, r => Assert.Equal(-1, r.Person));
        }
    }

    [Theory]
    [InlineData("cases", 8)]
    [InlineData("events", 16)]
    [InlineData("days", 4)]
    public void What_outcomes_are_counted_against(string exposure, double expected)
    {
        // Each person has eight cases of two events, two cases a day.
        var traces = Enumerable.Range(0, 40).Select(c => $"a@{c / 10}/p{c % 5} a@{c / 10}.5/p{c % 5}" + (c % 5 == 0 ? $" b@{c}" : "")).ToArray();
        var rule = Check(Log(traces), Rule($"kind: rate, activation: a, target: b, exposure: {exposure}")).Rules[0];
        Assert.Equal(5, rule.Rates.Count);
        Assert.All(rule.Rates, r => Assert.Equal((expected, 8), (r.Exposure, r.Cases)));
        Assert.Equal(("p0", 8 / expected, true), (rule.Rates[0].Name, rule.Rates[0].Share, rule.Rates[0].Adjusted < rule.Rates[1].Adjusted));
    }

    [Fact]
    public void An_unknown_exposure_is_refused() =>
        Assert.Contains("no exposure 'years'; there are cases, events, days", Refusal("rules:\n- {id: r, kind: rate, activation: a, target: b, exposure: years}"));

    static double Below(int k, double mean)
    {
        double term = Math.Exp(-mean), sum = 0;
        for (var j = 0; j < k; j++)
        {
            sum += term;
            term *= mean / (j + 1);
        }

        return sum;
    }

    /// <summary>A gamma of whole shape and scale one: a sum of exponentials.</summary>
    static double Gamma(Random random, int shape) => -Enumerable.Range(0, shape).Sum(_ => Math.Log(1 - random.NextDouble()));

    static int Poisson(Random random, double mean)
    {
        var (count, left) = (0, Math.Exp(-mean));
        for (var product = random.NextDouble(); product > left; product *= random.NextDouble()) count++;
        return count;
    }
}
