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

    /// <summary>The text of a number of things: the key's <c>.one</c> or <c>.other</c>.</summary>
    public static string Count(string key, int count) =>
        string.Format(CultureInfo.CurrentCulture, Of($"{key}.{Plural.Category(count, CultureInfo.CurrentUICulture)}"), count);
}
