using System.Globalization;
using System.Resources;
using Probity.Lens.Logs;
using Probity.Lens.Rules;

namespace Probity.Lens.Procedures.Tables;

/// <summary>The sentences about how a procedure table was read, in one language.</summary>
internal sealed class TableTexts
{
    static readonly ResourceManager Texts = new("Probity.Lens.Procedures.Tables.Texts.TableText", typeof(TableTexts).Assembly);

    readonly CultureInfo _culture;

    /// <exception cref="BadInputException">There are no texts in that language.</exception>
    public TableTexts(string language)
    {
        if (!RuleSentences.Languages.Contains(language))
            throw new BadInputException($"There are no texts in '{LogText.Show(language)}'; choose one of {string.Join(", ", RuleSentences.Languages)}.");
        _culture = CultureInfo.GetCultureInfo(language);
    }

    /// <summary>A sentence with values in its places.</summary>
    public string Fill(string key, params (string Name, string Value)[] values) => RuleSentences.Fill(
        Texts.GetString(key, _culture) ?? throw new MissingManifestResourceException(key), name => values.First(v => v.Name == name).Value);

    /// <summary>The texts of a language itself, never those of another one.</summary>
    internal static Dictionary<string, string> Of(string language) =>
        Texts.GetResourceSet(language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);
}
