using System.Globalization;
using System.Resources;

namespace Probity.People.Revetting;

/// <summary>The texts of re-vetting by lot, by key and by code, in the reader's language.</summary>
internal sealed class RevettingText
{
    static readonly ResourceManager Texts = new(typeof(RevettingText));

    RevettingText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);

    /// <summary>A quarter, as people say it.</summary>
    public static string Say(Quarter quarter) => Say("quarter", quarter.Number, quarter.Year);
}
