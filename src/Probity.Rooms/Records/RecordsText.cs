using System.Globalization;
using System.Resources;

namespace Probity.Records;

/// <summary>The texts of this room, in the reader's language.</summary>
internal sealed class RecordsText
{
    static readonly ResourceManager Texts = new(typeof(RecordsText));

    RecordsText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;
}
