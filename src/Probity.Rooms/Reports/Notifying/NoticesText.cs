using System.Globalization;
using System.Resources;

namespace Probity.Reports.Notifying;

/// <summary>The texts of notices, by key and by code, in the reader's language.</summary>
internal sealed class NoticesText
{
    static readonly ResourceManager Texts = new(typeof(NoticesText));

    NoticesText() { }

    public static string Of(string key) => In(CultureInfo.CurrentUICulture, key);

    /// <summary>A text in a language that need not be the reader's.</summary>
    public static string In(CultureInfo language, string key) => Texts.GetString(key, language) ?? key;

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);
}
