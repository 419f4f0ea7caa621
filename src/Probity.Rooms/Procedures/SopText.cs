using System.Globalization;
using System.Resources;

namespace Probity.Procedures;

/// <summary>The texts of the procedures' own pages, in the reader's language.</summary>
internal sealed class SopText
{
    static readonly ResourceManager Texts = new(typeof(SopText));

    SopText() { }

    /// <summary>The text of a code.</summary>
    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;
}
