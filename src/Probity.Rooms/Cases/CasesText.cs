using System.Globalization;
using System.Resources;

namespace Probity.Cases;

/// <summary>The words of the cases' room, by code, in the reader's language.</summary>
internal sealed class CasesText
{
    static readonly ResourceManager Texts = new(typeof(CasesText));

    CasesText() { }

    /// <summary>The text of a key; the key itself where there is none, which a test forbids for every code of ours.</summary>
    public static string Of(string key) => Find(key, CultureInfo.CurrentUICulture) ?? key;

    public static string? Find(string key, CultureInfo culture) => Texts.GetString(key, culture);
}
