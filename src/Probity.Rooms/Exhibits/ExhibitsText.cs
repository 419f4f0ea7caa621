using System.Globalization;
using System.Resources;

namespace Probity.Exhibits;

/// <summary>The words of the exhibits' room, by code, in the reader's language.</summary>
internal sealed class ExhibitsText
{
    static readonly ResourceManager Texts = new(typeof(ExhibitsText));

    ExhibitsText() { }

    /// <summary>The text of a key; the key itself where there is none, which a test forbids for every code of ours.</summary>
    public static string Of(string key) => Said(key, CultureInfo.CurrentUICulture);

    /// <summary>The same in a language of the caller's.</summary>
    public static string Said(string key, CultureInfo language) => Texts.GetString(key, language) ?? key;
}
