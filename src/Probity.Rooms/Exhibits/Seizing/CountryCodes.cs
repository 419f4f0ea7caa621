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

    /// <summary>The code of a country that is written as its code of three letters or two, or by its name in English or in a language spoken there; null where it is none.</summary>
    public static string? Find(string written)
    {
        var name = written.Trim();
        if (IsOne(name.ToUpperInvariant())) return name.ToUpperInvariant();
        return Known.FirstOrDefault(k => k.Value.Any(r => r.Region.TwoLetterISORegionName.Equals(name, StringComparison.OrdinalIgnoreCase)
            || Is(r.Region.EnglishName) || Is(r.Region.NativeName))).Key;

        bool Is(string known) => CultureInfo.InvariantCulture.CompareInfo.Compare(known, name, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) == 0;
    }

    /// <summary>A country as people call it, with its code; the code alone where the platform knows no name for it.</summary>
    public static string NameOf(string code) => Known.TryGetValue(code, out var same) ? $"{NameIn(same)} ({code})" : code;

    /// <summary>The countries by name: as they are called in the reader's language where it is spoken there, and else in English, since the platform tells no more.</summary>
    public static IReadOnlyList<(string Code, string Name)> ByName() =>
        [.. Known.Select(k => (k.Key, Name: NameIn(k.Value))).OrderBy(k => k.Name, StringComparer.CurrentCulture)];

    static string NameIn((string Language, RegionInfo Region)[] same) =>
        same.FirstOrDefault(r => r.Language == CultureInfo.CurrentUICulture.TwoLetterISOLanguageName).Region?.NativeName ?? same[0].Region.EnglishName;
}
