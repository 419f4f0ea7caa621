using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Probity.Risk.Contract;

namespace Probity.Risk.Library;

/// <summary>A scenario that the program comes with: what holds in every language.</summary>
/// <param name="Key">Its stable name.</param>
/// <param name="Function">Whose it is.</param>
/// <param name="Discretion">How free whoever takes the step is, 0 to 3.</param>
/// <param name="Source">The published document that describes such a scheme.</param>
/// <param name="Checked">Whether somebody has the document before them; otherwise it is named from memory.</param>
internal sealed record LibraryScenario(string Key, UnitFunction Function, int Discretion, string Source, bool Checked);

/// <summary>The scenarios that come with the program, and their words in each language.</summary>
internal static class ScenarioLibrary
{
    /// <summary>Raised when scenarios change; an assessment keeps the one that it took them from.</summary>
    public const int Edition = 1;

    static readonly JsonSerializerOptions s_strict = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    static readonly FrozenDictionary<string, FrozenDictionary<string, ScenarioWords>> Languages =
        Shared.Languages.All.ToFrozenDictionary(l => l.Code, l => Read<Dictionary<string, ScenarioWords>>(l.Code).ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>All of them, function by function.</summary>
    public static readonly IReadOnlyList<LibraryScenario> All = Read<List<LibraryScenario>>("scenarios");

    /// <summary>A scenario by its key, or null.</summary>
    public static LibraryScenario? Find(string key) => All.FirstOrDefault(s => s.Key == key);

    /// <summary>The keys that a language has words for.</summary>
    public static IEnumerable<string> KeysOf(string language) => Languages[language].Keys;

    /// <summary>A scenario's words in a language.</summary>
    public static ScenarioWords WordsOf(string key, string language) => (Languages.GetValueOrDefault(language) ?? Languages["en"])[key];

    /// <summary>A scenario's words in the reader's language: the assessment's own, or the library's.</summary>
    public static ScenarioWords WordsOf(AssessedScenario scenario) => scenario.Own ?? WordsOf(scenario.Key, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    static T Read<T>(string name)
    {
        using var stream = typeof(ScenarioLibrary).Assembly.GetManifestResourceStream($"Probity.Risk.Library.{name}.json")!;
        return JsonSerializer.Deserialize<T>(stream, s_strict)!;
    }
}
