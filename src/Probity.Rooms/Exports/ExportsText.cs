using System.Globalization;
using System.Resources;

namespace Probity.Exports;

/// <summary>The words of the room of copies, by code, in the reader's language.</summary>
internal sealed class ExportsText
{
    static readonly ResourceManager Texts = new(typeof(ExportsText));

    ExportsText() { }

    /// <summary>The text of a key; the key itself where there is none, which a test forbids for every code of ours.</summary>
    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;
}
