using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using Probity.Shared;

namespace Probity.Procedures;

/// <summary>
/// A step that a case records has one name on the record and in drawings, and one in each language on pages. Any other step has the name
/// that its author gave it.
/// </summary>
internal static class ActivityNames
{
    const string Prefix = "Activity.";

    static readonly ResourceManager Texts = new(typeof(ProceduresText));
    static readonly FrozenDictionary<string, string> Recorded = Read();

    /// <summary>The names of the steps that a case records by itself.</summary>
    public static FrozenSet<string> Known { get; } = Recorded.Values.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The name in the reader's language.</summary>
    public static string Of(string activity) => Texts.GetString("Activity." + activity, CultureInfo.CurrentUICulture) ?? activity;

    /// <summary>The name on the record of what somebody calls a step, in whichever of the languages.</summary>
    public static string OnRecord(string name) => Recorded.GetValueOrDefault(name, name);

    static FrozenDictionary<string, string> Read()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var language in Languages.All.Select(l => CultureInfo.GetCultureInfo(l.Code)).Prepend(CultureInfo.InvariantCulture))
        {
            // English is the neutral language and has no set of its own.
            foreach (DictionaryEntry text in Texts.GetResourceSet(language, createIfNotExists: true, tryParents: true)!)
            {
                if (text is { Key: string key, Value: string said } && key.StartsWith(Prefix, StringComparison.Ordinal)) names.TryAdd(said, key[Prefix.Length..]);
            }
        }

        foreach (var activity in names.Values.ToList()) names[activity] = activity;
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
