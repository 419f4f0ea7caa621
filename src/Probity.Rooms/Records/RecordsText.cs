using System.Globalization;
using System.Resources;
using Probity.Shared;

namespace Probity.Records;

/// <summary>The texts of this room, in the reader's language.</summary>
internal sealed class RecordsText
{
    static readonly ResourceManager Texts = new(typeof(RecordsText));

    RecordsText() { }

    public static string Of(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;

    /// <summary>How many things somebody still has, in words.</summary>
    public static string Things(int count) =>
        string.Format(CultureInfo.CurrentCulture, Of("things." + Plural.Category(count, CultureInfo.CurrentUICulture)), count);
}
