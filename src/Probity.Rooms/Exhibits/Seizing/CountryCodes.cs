using System.Collections.Frozen;
using System.Globalization;

namespace Probity.Exhibits.Seizing;

/// <summary>Countries by their ISO 3166-1 alpha-3 codes, as the platform's own tables (ICU) know them.</summary>
internal static class CountryCodes
{
    static readonly FrozenDictionary<string, (string Language, RegionInfo Region)[]> Known = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(culture => (Language: culture.TwoLetterISOLanguageName, Region: new RegionInfo(culture.Name)))
        .Where(k => k.Region.ThreeLetterISORegionName.Length == 3 && k.Region.TwoLetterISORegionName.All(char.IsAsciiLetterUpper))
        .GroupBy(k => k.Region.ThreeLetterISORegionName)
        .ToFrozenDictionary(same => same.Key, same => same.ToArray(), StringComparer.Ordinal);

    /// <summary>Whether this is a country's code, or one of those that the standard leaves for users' own (XAA to XZZ).</summary>
    public static bool IsOne(string? code) => code is not null && (Known.ContainsKey(code) || (code.Length == 3 && code[0] == 'X' && code.All(char.IsAsciiLetterUpper)));

    /// <summary>The countries by name: as they are called in the reader's language where it is spoken there, and else in English, since the platform tells no more.</summary>
    public static IReadOnlyList<(string Code, string Name)> ByName()
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return [.. Known.Select(k => (k.Key, Name: k.Value.FirstOrDefault(r => r.Language == language).Region?.NativeName ?? k.Value[0].Region.EnglishName))
            .OrderBy(k => k.Name, StringComparer.CurrentCulture)];
    }
}
