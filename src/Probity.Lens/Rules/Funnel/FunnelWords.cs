using System.Globalization;
using System.Resources;

namespace Probity.Lens.Rules;

/// <summary>The words and figures of a funnel plot in one language.</summary>
internal sealed class FunnelWords(string language)
{
    static readonly ResourceManager Texts = new("Probity.Lens.Rules.Funnel.Texts.FunnelText", typeof(FunnelWords).Assembly);

    readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language);

    public string this[string key] => Texts.GetString(key, _culture) ?? throw new MissingManifestResourceException(key);

    public string Say(string key, params object[] values) => string.Format(_culture, this[key], values);

    public string Whole(double number) => number.ToString("N0", _culture);

    /// <summary>A share of cases as a percentage; outcomes over another exposure as they are.</summary>
    public string Share(double share, bool isPercent, double step)
    {
        var digits = Math.Clamp((int)Math.Ceiling(-Math.Log10(isPercent ? step * 100 : step) - 1e-9), 0, 8);
        return share.ToString((isPercent ? "P" : "N") + digits, _culture);
    }

    /// <summary>The text of a key in a language itself, never in another one; null where it has none.</summary>
    internal static string? Own(string key, string language) => Texts.GetResourceSet(
        language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)?.GetString(key);
}
