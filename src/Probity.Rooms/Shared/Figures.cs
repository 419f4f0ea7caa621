using System.Globalization;

namespace Probity.Shared;

/// <summary>Figures as people write them in the reader's language. What is on the record keeps all of its digits.</summary>
internal static class Figures
{
    /// <summary>A count.</summary>
    public static string Whole(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A figure with its decimals as they were read.</summary>
    public static string Exact(decimal value) => Fixed(value, Scale(value));

    /// <summary>A figure without zeros at its end, with at most so many decimals.</summary>
    public static string Short(decimal value, int most) => value.ToString("#,0." + new string('#', most), CultureInfo.CurrentCulture);

    /// <summary>
    /// A figure and its uncertainty, which is said with at most two digits that count and never smaller than it is, and the figure to the same place (JCGM 100:2008,
    /// 7.2.6). Neither gets a digit that nobody read.
    /// </summary>
    public static (string Value, string Uncertainty) Within(decimal value, decimal uncertainty)
    {
        if (uncertainty <= 0m) return (Exact(value), Exact(uncertainty));
        var place = 0;
        while (uncertainty >= Unit(place) * 100m) place--;
        while (place < 10 && uncertainty < Unit(place) * 10m) place++;
        // 0.0996 is 0.10, not 0.100.
        if (Math.Ceiling(uncertainty / Unit(place)) >= 100m) place--;
        var (said, unit) = (Math.Ceiling(uncertainty / Unit(place)) * Unit(place), Unit(place));
        var decimals = Math.Clamp(place, 0, Math.Max(Scale(value), Scale(uncertainty)));
        return (Fixed(Math.Round(value / unit, MidpointRounding.AwayFromZero) * unit, decimals), Fixed(said, decimals));
    }

    static decimal Unit(int place)
    {
        var unit = 1m;
        for (; place < 0; place++) unit *= 10m;
        for (; place > 0; place--) unit /= 10m;
        return unit;
    }

    static string Fixed(decimal value, int decimals) => value.ToString(string.Create(CultureInfo.InvariantCulture, $"N{decimals}"), CultureInfo.CurrentCulture);

    static int Scale(decimal value) => (decimal.GetBits(value)[3] >> 16) & 0xFF;
}
