namespace Probity.Lens.Rules;

/// <summary>
/// Shares compared between people who have more cases and fewer. The peers' shares are taken to follow a beta
/// distribution, fitted to the others by moments (Kleinman, Journal of the American Statistical Association 68, 1973); a
/// person's own outcomes are then beta-binomial. Many people are many tests: Benjamini and Hochberg, Journal of the Royal
/// Statistical Society B 57, 1995.
/// </summary>
/// <remarks>
/// Outcomes over an exposure other than cases (days, events) are Poisson, and the peers' rates follow a gamma distribution,
/// fitted by moments (Marshall, Applied Statistics 40, 1991) with the same allowance for the number of peers as the beta.
/// </remarks>
public static class PeerRates
{
    /// <summary>The share of false alarms among those who stand out that is put up with.</summary>
    public const double FalseDiscoveries = 0.05;

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

    /// <summary>Compares each person with all others by outcomes over an exposure.</summary>
    /// <param name="people">The outcomes, the cases and the exposure of each; the exposure is above 0.</param>
    /// <returns>As <see cref="Compare(IReadOnlyList{ValueTuple{int, int}})"/>.</returns>
    public static IReadOnlyList<PersonRate> Compare(IReadOnlyList<(int Outcomes, int Cases, double Exposure)> people)
    {
        if (people.Count < 3) return [];
        double outcomes = 0, exposure = 0, squares = 0, weights = 0;
        foreach (var (k, _, e) in people)
        {
            outcomes += k;
            exposure += e;
            squares += k * (k / e);
            weights += e * e;
        }

        var rates = new PersonRate[people.Count];
        for (var i = 0; i < rates.Length; i++)
        {
            var (k, n, e) = people[i];
            var (alpha, beta) = FitGamma(people.Count - 1, outcomes - k, exposure - e, squares - (k * (k / e)), weights - (e * e));
            rates[i] = new PersonRate(i, k, n, (k + alpha) / (e + beta), alpha / beta, UpperTailPoisson(k, e, alpha, beta), 1) { Exposure = e };
        }

        Adjust(rates);
        return rates;
    }

    /// <summary>Those compared, the most notable first; of equals in the order in which they were given.</summary>
    internal static List<PersonRate> Rank(IEnumerable<PersonRate> rates) =>
        [.. rates.Index().OrderBy(r => r.Item.Adjusted).ThenBy(r => r.Item.Probability).ThenBy(r => r.Index).Select(r => r.Item)];

    /// <summary>The gamma distribution of the peers; its mean has half an outcome added (Jeffreys), and it is held for no surer than their exposure makes it.</summary>
    internal static (double Alpha, double Beta) FitGamma(int people, double outcomes, double exposure, double squares, double weights)
    {
        var mean = (outcomes + 0.5) / exposure;
        var spread = squares - (outcomes * outcomes / exposure);
        var room = exposure - (weights / exposure);
        var variance = room <= 0 ? 0 : (spread - (mean * (people - 1))) / room;
        var beta = variance <= 0 ? exposure : Math.Min(exposure, mean / variance);
        return (mean * beta, beta);
    }

    /// <summary>The probability of at least <paramref name="k"/> outcomes over an exposure: of the gamma-Poisson, or negative binomial.</summary>
    internal static double UpperTailPoisson(int k, double exposure, double alpha, double beta)
    {
        if (k <= 0) return 1;
        var log = alpha * Math.Log(beta / (beta + exposure));
        var step = exposure / (beta + exposure);
        for (var j = 0; j < k; j++) log += Math.Log((alpha + j) / (j + 1.0) * step);
        double tail = 0, term = Math.Exp(log);
        // The terms fall once past their peak, and then by no less than the factor of the step.
        for (var j = k; term > 0 && j < int.MaxValue; j++)
        {
            tail += term;
            var ratio = (alpha + j) / (j + 1.0) * step;
            if (ratio < 1 && term * ratio / (1 - Math.Max(ratio, step)) < tail * 1e-14) break;
            term *= ratio;
        }

        return Math.Min(1, tail);
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
