using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using Probity.Shared;

namespace Probity.Exhibits.Seizing;

/// <summary>Countries by their ISO 3166-1 alpha-3 codes, as the platform's own tables (ICU) know them.</summary>
internal static class CountryCodes
{
    static readonly FrozenDictionary<string, RegionInfo[]> Known = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(culture => new RegionInfo(culture.Name))
        .Where(region => region.ThreeLetterISORegionName.Length == 3 && region.TwoLetterISORegionName.All(char.IsAsciiLetterUpper))
        .GroupBy(region => region.ThreeLetterISORegionName)
        .ToFrozenDictionary(same => same.Key, same => same.ToArray(), StringComparer.Ordinal);

    static readonly ConcurrentDictionary<string, FrozenDictionary<string, string>> Names = new(StringComparer.Ordinal);

    /// <summary>Whether this is a country's code, or one of those that the standard leaves for users' own (XAA to XZZ).</summary>
    public static bool IsOne(string? code) => code is not null && (Known.ContainsKey(code) || (code.Length == 3 && code[0] == 'X' && code.All(char.IsAsciiLetterUpper)));

    /// <summary>
    /// The code of a country that is written as its code of three letters or two, or by its name in English, in a language of the pages or in one spoken there; null where it is none.
    /// </summary>
    public static string? Find(string written)
    {
        var name = written.Trim();
        if (IsOne(name.ToUpperInvariant())) return name.ToUpperInvariant();
        return Known.FirstOrDefault(k => k.Value.Any(r => r.TwoLetterISORegionName.Equals(name, StringComparison.OrdinalIgnoreCase) || Is(r.EnglishName) || Is(r.NativeName))
            || Languages.All.Any(l => Is(NamesIn(l.Code)[k.Key]))).Key;

        bool Is(string known) => CultureInfo.InvariantCulture.CompareInfo.Compare(known, name, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) == 0;
    }

    /// <summary>A country as people call it, with its code; the code alone where the platform knows no name for it.</summary>
    public static string NameOf(string code) => NamesIn(Language).TryGetValue(code, out var name) ? $"{name} ({code})" : code;

    /// <summary>The countries by name, in the reader's language.</summary>
    public static IReadOnlyList<(string Code, string Name)> ByName() => [.. NamesIn(Language).Select(k => (k.Key, Name: k.Value)).OrderBy(k => k.Name, StringComparer.CurrentCulture)];

    static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    // A country is called in a language as one that speaks it would call itself: Spanish of the Netherlands says "Países Bajos".
    static FrozenDictionary<string, string> NamesIn(string language) => Names.GetOrAdd(language, static l =>
        Known.ToFrozenDictionary(k => k.Key, k => new RegionInfo($"{l}-{k.Value[0].TwoLetterISORegionName}").NativeName, StringComparer.Ordinal));
}
