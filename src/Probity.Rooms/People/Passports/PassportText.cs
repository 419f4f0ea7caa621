using System.Globalization;
using System.Resources;

namespace Probity.People.Passports;

/// <summary>The texts of passports, by key and by code, in the reader's language.</summary>
internal sealed class PassportText
{
    static readonly ResourceManager Texts = new(typeof(PassportText));

    PassportText() { }

    /// <summary>A text of this room, else one of vetting.</summary>
    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? PeopleText.Of(key);

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);
}
