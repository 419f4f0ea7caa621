using Probity.Lens.Rules;

namespace Probity.Lens.Reports;

/// <summary>What was found rule by rule: those not kept first, with a few examples of each.</summary>
internal static class RulesPart
{
    const int RulesTold = 50;
    const int RulesListed = 200;
    const int Examples = 5;

    public static void Write(PageWriter page, ReportTexts texts, ReportSubject subject, ShownPeople people)
    {
        if (subject.Rules is not { } rules) return;
        var sentences = new RuleSentences(rules, subject.Language, people.Of);
        page.Heading("Rules.Heading");
        var broken = rules.Rules.Where(r => r.Violations.Count > 0).OrderByDescending(r => r.Violations.Count).ToList();
        foreach (var rule in broken.Take(RulesTold)) WriteBroken(page, texts, sentences, rule);
        if (broken.Count > RulesTold) WriteListed(page, texts, "Rules.More", [.. broken.Skip(RulesTold)]);
        WriteListed(page, texts, "Rules.Wholly", [.. rules.Rules.Where(r => r.Violations.Count == 0)]);
    }

    static void WriteBroken(PageWriter page, ReportTexts texts, RuleSentences sentences, RuleResult rule)
    {
        page.Line($"<h3>{Title(rule)}</h3>");
        if (rule.Rule.Why is { } why) page.Note($"{texts["Rules.Why"]} {why}");
        page.Note(State(texts, rule) + ".", "lead");
        page.Note(texts.Fill("Rules.Counts", ("activations", texts.Number(rule.Activations)), ("pending", texts.Number(rule.Pending)),
            ("unknown", texts.Number(rule.Unknown)), ("vacuous", texts.Number(rule.Vacuous))));
        if (rule.NeverSeen.Count > 0) page.Note(texts.Fill("Rules.NeverSeen", ("names", string.Join(", ", rule.NeverSeen.Select(PageText.Cut)))));
        page.Listed(rule.Violations.Take(Examples).Select(v => sentences.Explain(rule, v)));
        page.LeftOut(rule.Violations.Count, Examples);
    }

    static void WriteListed(PageWriter page, ReportTexts texts, string caption, List<RuleResult> rules)
    {
        if (rules.Count == 0) return;
        page.Table(caption, [new("Rules.Rule"), new("Rules.State"), new("Col.Times", true)],
            rules.Take(RulesListed).Select(r => (string[])[Title(r), PageText.Text(State(texts, r)), texts.Number(r.Activations)]));
        page.LeftOut(rules.Count, RulesListed);
    }

    static string Title(RuleResult rule) => rule.Rule.Sentence is { } sentence
        ? $"{PageText.Text(sentence)} <span class=\"note\">({PageText.Name(rule.Rule.Id)})</span>"
        : $"{PageText.Name(rule.Rule.Id)} <span class=\"note\">({PageText.Text(rule.Rule.KindName)})</span>";

    static string State(ReportTexts texts, RuleResult rule) => rule switch
    {
        { Violations.Count: 0, Activations: 0 } => texts["Rules.Idle"],
        { Violations.Count: 0, Rule.Kind: RuleKind.Rate } => texts[rule.Rates.Count == 0 ? "Rules.NobodyCompared" : "Rules.NobodyStandsOut"],
        { Violations.Count: 0, Pending: 0, Unknown: 0 } => texts["Rules.Kept"],
        { Violations.Count: 0 } => Undecided(texts, rule),
        { Rule.Kind: RuleKind.Rate } => texts.Fill("Rules.StandOut", ("n", texts.Number(rule.People))),
        _ => texts.Fill("Rules.Broken", ("times", texts.Count("Times", rule.Violations.Count)), ("cases", texts.Count("Cases", rule.Cases))),
    };

    // What could not be judged is never told as kept.
    static string Undecided(ReportTexts texts, RuleResult rule)
    {
        var kept = rule.Activations - rule.Pending - rule.Unknown;
        return texts.Fill(kept > 0 ? "Rules.KeptOf" : "Rules.NotJudged",
            ("kept", texts.Number(kept)), ("activations", texts.Number(rule.Activations)), ("pending", texts.Number(rule.Pending)), ("unknown", texts.Number(rule.Unknown)));
    }
}
