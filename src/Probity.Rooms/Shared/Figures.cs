using System.Globalization;

namespace Probity.Shared;

/// <summary>Figures as people write them in the reader's language. What is on the record keeps all of its digits.</summary>
internal static class Figures
{
    // The sign of typography, wider than a hyphen and never broken from its figure: one for all languages, whatever each culture would write.
    const char Minus = '\u2212';

    /// <summary>A count.</summary>
    public static string Whole(long count) => Said(count, "N0");

    /// <summary>A figure with its decimals as they were read.</summary>
    public static string Exact(decimal value) => Fixed(value, Scale(value));

    /// <summary>A figure without zeros at its end, with at most so many decimals.</summary>
    public static string Short(decimal value, int most) => Said(value, "#,0." + new string('#', most));

    /// <summary>A difference that was said, with its sign either way; what is nothing to the place to which it is said has none.</summary>
    public static string Signed(string said) => said.StartsWith(Minus) || IsNothing(said) ? said : "+" + said;

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

    static string Fixed(decimal value, int decimals) => Said(value, string.Create(CultureInfo.InvariantCulture, $"N{decimals}"));

    static string Said(decimal value, string format)
    {
        var said = Math.Abs(value).ToString(format, CultureInfo.CurrentCulture);
        return value < 0m && !IsNothing(said) ? Minus + said : said;
    }

    static bool IsNothing(string said) => !said.AsSpan().ContainsAnyInRange('1', '9');

    static int Scale(decimal value) => (decimal.GetBits(value)[3] >> 16) & 0xFF;
}
