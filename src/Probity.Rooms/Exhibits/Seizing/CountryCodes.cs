using System.Collections.Frozen;
using System.Globalization;

namespace Probity.Exhibits.Seizing;

/// <summary>Countries by their ISO 3166-1 alpha-3 codes, as the platform's own tables (ICU) know them.</summary>
internal static class CountryCodes
{
    static readonly FrozenDictionary<string, RegionInfo> Known = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(culture => new RegionInfo(culture.Name))
        .Where(region => region.ThreeLetterISORegionName.Length == 3 && region.TwoLetterISORegionName.All(char.IsAsciiLetterUpper))
        .GroupBy(region => region.ThreeLetterISORegionName)
        .ToFrozenDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);

    /// <summary>Whether this is a country's code, or one of those that the standard leaves for users' own (XAA to XZZ).</summary>
    public static bool IsOne(string? code) => code is not null && (Known.ContainsKey(code) || (code.Length == 3 && code[0] == 'X' && code.All(char.IsAsciiLetterUpper)));

    /// <summary>The countries by name: in English, and in another language with the name that the country has for itself, since the platform knows no third.</summary>
    public static IReadOnlyList<(string Code, string Name)> ByName() =>
        [.. Known.Select(k => (k.Key, Name: NameOf(k.Value))).OrderBy(k => k.Name, StringComparer.CurrentCulture)];

    static string NameOf(RegionInfo region)
    {
        var own = new RegionInfo(region.TwoLetterISORegionName).NativeName;
        return CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" || own == region.EnglishName ? region.EnglishName : $"{own} ({region.EnglishName})";
    }
}
