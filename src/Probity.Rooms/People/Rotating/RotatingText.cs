using System.Globalization;
using System.Resources;

namespace Probity.People.Rotating;

/// <summary>The texts of postings over time, by key and by code, in the reader's language; what they share with the room of people is said in its words.</summary>
internal sealed class RotatingText
{
    static readonly ResourceManager Texts = new(typeof(RotatingText));

    RotatingText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? PeopleText.Of(key);

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);
}
