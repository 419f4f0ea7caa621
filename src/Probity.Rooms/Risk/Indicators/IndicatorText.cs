using System.Globalization;
using System.Resources;

namespace Probity.Risk.Indicators;

/// <summary>The texts of the indicators, by key and by code, in the reader's language.</summary>
internal sealed class IndicatorText
{
    static readonly ResourceManager Texts = new(typeof(IndicatorText));

    IndicatorText() { }

    /// <summary>A text of the indicators, or of the room.</summary>
    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? RiskText.Of(key);

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);

    /// <summary>A score as pages say it: a number, or that the evidence is not enough.</summary>
    public static string Score(int? score) => score is { } known ? known.ToString(CultureInfo.CurrentCulture) : Of("not-enough");
}
