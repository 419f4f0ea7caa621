namespace Probity.Lens.Rules;

/// <summary>
/// The shares that peers would have by chance, by the number of their cases: exact limits with interpolation between whole outcomes
/// (Spiegelhalter, Statistics in Medicine 24, 2005, appendix A.1). Among peers who differ, the outcomes are beta-binomial as the rule
/// has them, or negative binomial over an exposure, fitted to all who were judged; among peers who are alike, binomial or Poisson.
/// </summary>
internal sealed class FunnelLimits
{
    readonly bool _isPoisson;
    readonly double _alpha;
    readonly double _beta;

    public FunnelLimits(double alpha, double beta, bool isPoisson)
    {
        (_alpha, _beta, _isPoisson) = (alpha, beta, isPoisson);
        Mean = isPoisson ? alpha / beta : alpha / (alpha + beta);
    }

    public static FunnelLimits Of(RuleResult rule)
    {
        double outcomes = 0, exposure = 0, squares = 0, weights = 0;
        foreach (var rate in rule.Rates)
        {
            outcomes += rate.Outcomes;
            exposure += rate.Exposure;
            squares += rate.Outcomes * rate.Share;
            weights += rate.Exposure * rate.Exposure;
        }

        var isPoisson = rule.Rule.Exposure != RateExposure.Cases;
        var (alpha, beta) = isPoisson
            ? PeerRates.FitGamma(rule.Rates.Count, outcomes, exposure, squares, weights)
            : PeerRates.Fit(rule.Rates.Count, outcomes, exposure, squares, weights);
        return new FunnelLimits(alpha, beta, isPoisson);
    }

    /// <summary>The share of all.</summary>
    public double Mean { get; }

    /// <summary>The share below which the given probabilities, rising, lie, among peers who differ.</summary>
    public double[] Differing(double exposure, IReadOnlyList<double> probabilities) => Quantiles(exposure, probabilities, _isPoisson
        ? j => (_alpha + j) / (j + 1.0) * (exposure / (_beta + exposure))
        : j => (exposure - j) / (j + 1.0) * (j + _alpha) / (exposure - j - 1 + _beta), _isPoisson ? _alpha * Math.Log(_beta / (_beta + exposure)) : NoOutcome(exposure));

    /// <summary>The same among peers who are all alike.</summary>
    public double[] Alike(double exposure, IReadOnlyList<double> probabilities) => Quantiles(exposure, probabilities, _isPoisson
        ? j => Mean * exposure / (j + 1)
        : j => (exposure - j) / (j + 1.0) * (Mean / (1 - Mean)), _isPoisson ? -Mean * exposure : exposure * Math.Log(1 - Mean));

    double NoOutcome(double cases)
    {
        var log = 0.0;
        for (var i = 0; i < cases; i++) log += Math.Log((_beta + i) / (_alpha + _beta + i));
        return log;
    }

    double[] Quantiles(double exposure, IReadOnlyList<double> probabilities, Func<int, double> ratio, double logOfNone)
    {
        var limits = new double[probabilities.Count];
        var (log, below, next, k) = (logOfNone, 0.0, 0, 0);
        for (; next < limits.Length && (_isPoisson || k <= exposure); k++)
        {
            var term = Math.Exp(log);
            var sum = below + term;
            for (; next < limits.Length && sum > probabilities[next]; next++)
                limits[next] = Math.Max(0, k - ((sum - probabilities[next]) / term)) / exposure;
            below = sum;
            log += Math.Log(ratio(k));
            if (_isPoisson && term < 1e-18 && k > Mean * exposure) break;
        }

        // Rounding may have kept the sum just below a probability near one.
        for (; next < limits.Length; next++) limits[next] = (k - 1) / exposure;
        return limits;
    }
}
