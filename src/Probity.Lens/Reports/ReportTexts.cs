using System.Globalization;
using System.Resources;
using Probity.Lens.Logs;
using Probity.Lens.Rules;

namespace Probity.Lens.Reports;

/// <summary>The words of a report in one language, with numbers as its readers write them.</summary>
internal sealed class ReportTexts
{
    static readonly ResourceManager Texts = new("Probity.Lens.Reports.Texts.ReportText", typeof(ReportTexts).Assembly);

    readonly CultureInfo _culture;

    /// <exception cref="BadInputException">There are no texts in that language.</exception>
    public ReportTexts(string language)
    {
        if (!RuleSentences.Languages.Contains(language))
            throw new BadInputException($"There are no texts in '{LogText.Show(language)}'; choose one of {string.Join(", ", RuleSentences.Languages)}.");
        Language = language;
        _culture = CultureInfo.GetCultureInfo(language);
    }

    public string Language { get; }

    public string this[string key] => Texts.GetString(key, _culture) ?? throw new MissingManifestResourceException(key);

    /// <summary>The text with values in its places, put in in one pass: a value with braces stays what it is.</summary>
    public string Fill(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values) known[name] = value;
        return RuleSentences.Fill(this[key], name => known[name]);
    }

    /// <summary>A number with its noun: one case, two cases.</summary>
    public string Count(string noun, long number) => Fill(number == 1 ? $"{noun}.one" : $"{noun}.other", ("n", Number(number)));

    public string Number(long number) => number.ToString("N0", _culture);

    public string Number(double number, string format) => number.ToString(format, _culture);

    /// <summary>A part of a whole in percent, never rounded to none or to all where it is neither.</summary>
    public string Share(long part, long whole)
    {
        if (whole == 0) return "–";
        var percent = 100.0 * part / whole;
        return percent switch
        {
            > 0 and < 0.1 => $"< {Number(0.1, "0.0")}\u00A0%",
            > 99.9 and < 100 => $"> {Number(99.9, "0.0")}\u00A0%",
            _ => Number(percent, "0.0") + "\u00A0%",
        };
    }

    /// <summary>The text of a key in a language itself, never in another one; null where it has none.</summary>
    internal static string? Own(string key, string language) => Of(language)?.GetString(key);

    /// <summary>The keys of a language.</summary>
    internal static IReadOnlyList<string> Keys(string language) =>
        [.. Of(language)!.Cast<System.Collections.DictionaryEntry>().Select(e => (string)e.Key)];

    static ResourceSet? Of(string language) =>
        Texts.GetResourceSet(language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false);
}
