namespace Probity.Lens.Rules;

/// <summary>
/// Shares compared between people who have more cases and fewer. The peers' shares are taken to follow a beta
/// distribution, fitted to the others by moments (Kleinman, Journal of the American Statistical Association 68, 1973); a
/// person's own outcomes are then beta-binomial. Many people are many tests: Benjamini and Hochberg, Journal of the Royal
/// Statistical Society B 57, 1995.
/// </summary>
public static class PeerRates
{
    /// <summary>Compares each person with all others.</summary>
    /// <param name="people">The outcomes and the cases of each; at least one case.</param>
    /// <returns>One figure a person, in the same order; none where there are fewer than three people, who have no peers to speak of.</returns>
    public static IReadOnlyList<PersonRate> Compare(IReadOnlyList<(int Outcomes, int Cases)> people)
    {
        if (people.Count < 3) return [];
        double outcomes = 0, cases = 0, squares = 0, weights = 0;
        foreach (var (k, n) in people)
        {
            outcomes += k;
            cases += n;
            squares += (double)k * k / n;
            weights += (double)n * n;
        }

        var rates = new PersonRate[people.Count];
        for (var i = 0; i < rates.Length; i++)
        {
            var (k, n) = people[i];
            // Without the person: who stands out must not widen what they are measured by.
            var (alpha, beta) = Fit(people.Count - 1, outcomes - k, cases - n, squares - ((double)k * k / n), weights - ((double)n * n));
            rates[i] = new PersonRate(i, k, n, (k + alpha) / (n + alpha + beta), alpha / (alpha + beta), UpperTail(k, n, alpha, beta), 1);
        }

        Adjust(rates);
        return rates;
    }

    /// <summary>
    /// The beta distribution of the peers. The mean has half an outcome and half a case without one added (Jeffreys), so it
    /// is never 0 or 1; and it is held for no surer than their cases make it.
    /// </summary>
    internal static (double Alpha, double Beta) Fit(int people, double outcomes, double cases, double squares, double weights)
    {
        var mean = (outcomes + 0.5) / (cases + 1);
        var spread = squares - (outcomes * outcomes / cases);
        var room = cases - (weights / cases) - (people - 1);
        var likeness = room <= 0 ? 0 : ((spread / (mean * (1 - mean))) - (people - 1)) / room;
        var size = likeness <= 0 ? cases + 1 : Math.Min(cases + 1, (1 - Math.Min(likeness, 0.999)) / Math.Min(likeness, 0.999));
        return (mean * size, (1 - mean) * size);
    }

    /// <summary>The probability of at least <paramref name="k"/> outcomes in <paramref name="n"/> cases.</summary>
    internal static double UpperTail(int k, int n, double alpha, double beta)
    {
        if (k <= 0) return 1;
        var log = 0.0;
        for (var i = 0; i < n; i++) log += Math.Log((beta + i) / (alpha + beta + i));
        var tail = 0.0;
        for (var j = 0; j <= n; j++)
        {
            if (j >= k) tail += Math.Exp(log);
            if (j < n) log += Math.Log((n - j) / (j + 1.0) * (j + alpha) / (n - j - 1 + beta));
        }

        return Math.Min(1, tail);
    }

    static void Adjust(PersonRate[] rates)
    {
        var order = Enumerable.Range(0, rates.Length).OrderBy(i => rates[i].Probability).ToArray();
        var least = 1.0;
        for (var rank = order.Length; rank >= 1; rank--)
        {
            ref var rate = ref rates[order[rank - 1]];
            least = Math.Min(least, rate.Probability * order.Length / rank);
            rate = rate with { Adjusted = least };
        }
    }
}
