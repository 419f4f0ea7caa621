namespace Probity.Lens.Rules;

/// <summary>An axis: from values to places, and where its ticks stand.</summary>
/// <param name="From">The least value.</param>
/// <param name="To">The greatest.</param>
/// <param name="Start">The place of the least value.</param>
/// <param name="End">The place of the greatest.</param>
/// <param name="ByFactors">Whether equal steps are equal factors.</param>
internal sealed record FunnelScale(double From, double To, double Start, double End, bool ByFactors)
{
    public double Place(double value)
    {
        var share = ByFactors ? Math.Log(value / From) / Math.Log(To / From) : (value - From) / (To - From);
        return Start + (share * (End - Start));
    }

    public double Value(double share) => ByFactors ? From * Math.Pow(To / From, share) : From + (share * (To - From));

    /// <summary>The distance between ticks on an even axis, of about six.</summary>
    public double Step
    {
        get
        {
            var rough = (To - From) / 6;
            var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
            return power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        }
    }

    public IEnumerable<double> Ticks()
    {
        if (!ByFactors)
        {
            for (var i = (long)Math.Ceiling((From / Step) - 1e-9); i * Step <= To * (1 + 1e-9); i++) yield return i * Step;
            yield break;
        }

        for (var power = Math.Pow(10, Math.Floor(Math.Log10(From))); power <= To; power *= 10)
        {
            foreach (var first in (int[])[1, 2, 5])
                if (first * power >= From && first * power <= To) yield return first * power;
        }
    }
}
