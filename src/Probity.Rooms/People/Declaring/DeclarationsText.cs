using System.Globalization;
using System.Resources;

namespace Probity.People.Declaring;

/// <summary>The texts of declarations, by key and by code, in the reader's language.</summary>
internal sealed class DeclarationsText
{
    static readonly ResourceManager Texts = new(typeof(DeclarationsText));

    DeclarationsText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>A text in a language that need not be the reader's.</summary>
    public static string In(CultureInfo language, string key) => Texts.GetString(key, language) ?? key;

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);
}
