using Probity.Lens.Conformance;

namespace Probity.Lens.Reports;

/// <summary>Says what happened where a case departs from its procedure.</summary>
/// <param name="language">One of <see cref="Rules.RuleSentences.Languages"/>.</param>
public sealed class DepartureSentences(string language)
{
    readonly ReportTexts _texts = new(language);

    /// <summary>A departure as part of a sentence, such as “Weigh” was skipped.</summary>
    public string Say(DeviationKind kind, string activity) => _texts.Fill($"Say.{kind}", ("activity", activity));
}
