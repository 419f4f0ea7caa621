using System.Globalization;
using System.Resources;
using Probity.Lens.Logs;
using Probity.Lens.Rules;

namespace Probity.Lens.Discovery;

/// <summary>Says constraints, each in one sentence, in one of <see cref="RuleSentences.Languages"/>.</summary>
public sealed class ConstraintSentences
{
    static readonly ResourceManager Texts = new("Probity.Lens.Discovery.Declare.Texts.DeclareText", typeof(ConstraintSentences).Assembly);

    readonly EventLog _log;
    readonly CultureInfo _culture;

    /// <summary>Sentences about the constraints of a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="language">One of <see cref="RuleSentences.Languages"/>.</param>
    /// <exception cref="BadInputException">There are no texts in that language.</exception>
    public ConstraintSentences(EventLog log, string language)
    {
        if (!RuleSentences.Languages.Contains(language))
            throw new BadInputException($"There are no sentences in '{LogText.Show(language)}'; choose one of {string.Join(", ", RuleSentences.Languages)}.");
        _log = log;
        _culture = CultureInfo.GetCultureInfo(language);
    }

    /// <summary>The constraint as a demand on every case.</summary>
    public string Say(Constraint constraint)
    {
        var times = constraint.Kind == RuleKind.Absence ? constraint.Count - 1 : constraint.Count;
        var key = constraint.Kind.ToString() + (constraint.HasCount && times == 1 ? "Once" : "");
        var text = Texts.GetString(key, _culture) ?? throw new MissingManifestResourceException(key);
        // Split at the places, so that a name with braces stays what it is.
        return string.Concat(text.Split('{', '}').Select((part, i) => i % 2 == 0 ? part : part switch
        {
            "a" => Name(constraint.Activation),
            "b" => Name(constraint.Target),
            _ => times.ToString(_culture),
        }));
    }

    /// <summary>The text of a key in a language itself, never in another one; null where it has none.</summary>
    internal static string? Own(string key, string language) => Texts.GetResourceSet(
        language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)?.GetString(key);

    string Name(int activity) => string.Concat(_log.Activities[activity].Select(c => char.IsControl(c) ? ' ' : c));
}
