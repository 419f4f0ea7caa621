using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Probity.Shared;

/// <summary>Plural categories of CLDR for whole numbers in the languages of the house.</summary>
public static class Plural
{
    /// <summary><c>one</c> or <c>other</c>.</summary>
    /// <remarks>Portuguese counts 0 and 1 as one; English and Spanish only 1.</remarks>
    public static string Category(long count, CultureInfo culture) => culture.TwoLetterISOLanguageName switch
    {
        "pt" => count is 0 or 1 ? "one" : "other",
        _ => count == 1 ? "one" : "other",
    };

    /// <summary>The text <c>key.one</c> or <c>key.other</c>; {0} is the count, {1} and later are <paramref name="more"/>.</summary>
    public static string Count(this IStringLocalizer text, string key, long count, params object[] more) =>
        text[$"{key}.{Category(count, CultureInfo.CurrentUICulture)}", [count, .. more]];
}
