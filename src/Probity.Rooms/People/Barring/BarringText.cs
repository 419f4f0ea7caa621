using System.Globalization;
using System.Resources;

namespace Probity.People.Barring;

/// <summary>The texts of the barred list, by key and by code, in the reader's language.</summary>
internal sealed class BarringText
{
    static readonly ResourceManager Texts = new(typeof(BarringText));

    BarringText() { }

    /// <summary>A text of this list, or of the room.</summary>
    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? PeopleText.Of(key);

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);
}
