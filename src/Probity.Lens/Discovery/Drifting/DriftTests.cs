namespace Probity.Lens.Discovery;

/// <summary>The two tests that periods are compared by; both two-sided.</summary>
internal static class DriftTests
{
    /// <summary>
    /// Pearson's chi-square of two shares, k of n. Null where a cell is expected to hold fewer than five, when it is no guide
    /// (Cochran, Biometrics 10, 1954).
    /// </summary>
    public static double? Shares(int k1, int n1, int k2, int n2)
    {
        double all = (double)n1 + n2, with = (double)k1 + k2;
        if (Math.Min(with, all - with) * Math.Min(n1, n2) < 5 * all) return null;
        var difference = ((double)k1 * (n2 - k2)) - ((double)k2 * (n1 - k1));
        return Erfc(Math.Sqrt(difference / n1 * (difference / n2) * all / (with * (all - with)) / 2));
    }

    /// <summary>
    /// Mann and Whitney's U (Annals of Mathematical Statistics 18, 1947) by its normal limit, corrected for ties. Null below twenty of
    /// either, or where all are equal.
    /// </summary>
    /// <param name="one">Rising.</param>
    /// <param name="other">Rising.</param>
    public static double? Lengths(ReadOnlySpan<long> one, ReadOnlySpan<long> other)
    {
        double m = one.Length, n = other.Length;
        if (Math.Min(m, n) < 20) return null;
        double ranks = 0, ties = 0, below = 0;
        for (int i = 0, j = 0; i < one.Length || j < other.Length;)
        {
            var value = j == other.Length || (i < one.Length && one[i] <= other[j]) ? one[i] : other[j];
            double own = 0, both;
            for (; i < one.Length && one[i] == value; i++) own++;
            var from = j;
            while (j < other.Length && other[j] == value) j++;
            both = own + (j - from);
            ranks += own * (below + ((both + 1) / 2));
            ties += both * (both - 1) * (both + 1);
            below += both;
        }

        var variance = m * n / 12 * (m + n + 1 - (ties / ((m + n) * (m + n - 1))));
        if (variance <= 0) return null;
        var distance = Math.Max(0, Math.Abs(ranks - (m * (m + n + 1) / 2)) - 0.5);
        return Erfc(distance / Math.Sqrt(2 * variance));
    }

    /// <summary>
    /// The complementary error function from 0 on: its series below 2, and its continued fraction above (Abramowitz and Stegun 7.1.6, 7.1.14).
    /// </summary>
    internal static double Erfc(double x)
    {
        if (x < 2)
        {
            double term = x, sum = x;
            for (var n = 1; term > 1e-17 * sum; n++)
            {
                term *= 2 * x * x / ((2 * n) + 1);
                sum += term;
            }

            return 1 - (2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum);
        }

        var fraction = x;
        for (var n = 60; n >= 1; n--) fraction = x + (n / 2.0 / fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
