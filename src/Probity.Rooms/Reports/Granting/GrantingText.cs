using System.Globalization;
using System.Resources;

namespace Probity.Reports.Granting;

/// <summary>The texts of what is handed on, by key and by code, in the reader's language.</summary>
internal sealed class GrantingText
{
    static readonly ResourceManager Texts = new(typeof(GrantingText));

    GrantingText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>A text with its values filled in.</summary>
    public static string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, Of(key), values);
}
