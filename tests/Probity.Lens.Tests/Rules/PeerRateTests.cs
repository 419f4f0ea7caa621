using Probity.Lens.Rules;
using static Probity.Lens.Tests.Rules.RuleLogs;

namespace Probity.Lens.Tests.Rules;

/// <summary>The statistics on examples small enough to work out by hand.</summary>
public class PeerRateTests
{
    [Fact]
    public void The_beta_of_the_peers_by_moments()
    {
        // Two peers, 2 of 10 and 6 of 10: mean 8.5/21; spread 10(0.2²+0.2²)... about 0.4: 10·0.04 + 10·0.04 = 0.8;
        // over mean(1 − mean) = 8.5·12.5/441: 3.32047; less 1: 2.32047; room 20 − 200/20 − 1 = 9; likeness 0.25783; size 2.87852.
        var (alpha, beta) = PeerRates.Fit(2, 8, 20, (4 / 10.0) + (36 / 10.0), 200);
        Assert.Equal(2.87852, alpha + beta, 4);
        Assert.Equal(8.5 / 21, alpha / (alpha + beta), 10);
    }

    [Fact]
    public void Peers_who_are_alike_are_no_surer_than_their_cases()
    {
        var (alpha, beta) = PeerRates.Fit(2, 8, 20, 3.2, 200);
        Assert.Equal((8.5, 12.5), (alpha, beta));
    }

    [Theory]
    // Under Beta(1, 1) each number of outcomes is as likely: 1/(n + 1).
    [InlineData(3, 4, 1, 1, 0.4)]
    [InlineData(0, 4, 1, 1, 1)]
    // Beta(1, 2), n = 2: P(j) = 6/12, 4/12, 2/12.
    [InlineData(1, 2, 1, 2, 0.5)]
    [InlineData(2, 2, 1, 2, 1 / 6.0)]
    public void The_upper_tail(int k, int n, double alpha, double beta, double expected) =>
        Assert.Equal(expected, PeerRates.UpperTail(k, n, alpha, beta), 12);

    [Fact]
    public void Probabilities_are_adjusted_for_their_number()
    {
        var rates = PeerRates.Compare([(1, 10), (2, 10), (1, 10), (9, 10)]);
        Assert.Equal(rates[3].Probability * 4, rates[3].Adjusted, 12);
        var sorted = rates.OrderBy(r => r.Probability).ToList();
        for (var i = 0; i < sorted.Count; i++)
            Assert.Equal(Enumerable.Range(i, sorted.Count - i).Min(j => sorted[j].Probability * sorted.Count / (j + 1)), sorted[i].Adjusted, 12);
    }

    [Fact]
    public void Two_people_have_no_peers() => Assert.Empty(PeerRates.Compare([(1, 10), (9, 10)]));

    [Fact]
    public void Who_stands_out_among_alike_is_found_and_who_has_few_cases_is_not_judged()
    {
        var traces = new List<string>();
        for (var person = 0; person < 12; person++)
            for (var c = 0; c < 40; c++) traces.Add($"a@{c}/p{person}" + (c < 4 || (person == 5 && c < 20) ? $" b@{c}" : ""));
        for (var c = 0; c < 7; c++) traces.Add($"a@{c}/few b@{c}");
        var result = Check(Log([.. traces]), Rule("kind: rate, activation: a, target: b")).Rules[0];
        var found = Assert.Single(result.Violations);
        Assert.Equal((12, 20, 40, 1), (result.Rates.Count, result.Rates[found.Number].Outcomes, result.Rates[found.Number].Cases, result.People));
        Assert.InRange(result.Rates[0].Shrunken, 0.1, 0.5);
    }
}
