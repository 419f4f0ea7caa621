namespace Probity.Interdiction.Watching;

/// <summary>
/// How far a rate may lie from the rate of all by chance alone: the limits of a funnel plot, from exact binomial quantiles, interpolated
/// between counts (Spiegelhalter, Statistics in Medicine 24, 2005, appendix A.1.1).
/// </summary>
internal static class BinomialLimits
{
    /// <summary>Of twenty people who do as all do, one lies outside.</summary>
    public const double Warning = 0.95;

    /// <summary>Of five hundred, one.</summary>
    public const double Alarm = 0.998;

    /// <summary>The limits between which the given share of rates lies.</summary>
    /// <param name="rate">The rate of all, 0 to 1.</param>
    /// <param name="count">How many decisions.</param>
    /// <param name="share">Which share.</param>
    public static (double Low, double High) Of(double rate, int count, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (rate is <= 0 or >= 1) return (rate, rate);
        var tail = (1 - share) / 2;
        return (Math.Max(0, Quantile(tail)), Math.Min(1, Quantile(1 - tail)));

        double Quantile(double p)
        {
            // Each probability from the one before it, as logarithms: (1 - rate)^count alone may be nothing at all.
            var (log, sum) = (count * Math.Log(1 - rate), 0.0);
            for (var k = 0; k <= count; k++)
            {
                var one = Math.Exp(log);
                sum += one;
                if (sum >= p) return (k - (sum - p) / one) / count;
                log += Math.Log((double)(count - k) / (k + 1)) + Math.Log(rate / (1 - rate));
            }

            return 1;
        }
    }
}
