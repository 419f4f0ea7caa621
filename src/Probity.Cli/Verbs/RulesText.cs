using System.Globalization;
using Probity.Lens.Rules;

namespace Probity.Cli.Verbs;

/// <summary>What <c>check --rules</c> found, for people to read.</summary>
internal sealed class RulesText(RuleCheckResult result, RuleSentences sentences)
{
    const int Shown = 3;
    const int RatesShown = 5;

    public void Print(TextWriter to)
    {
        var violated = result.Rules.Count(r => r.Violations.Count > 0);
        to.WriteLine();
        to.WriteLine($"{Said.Count(violated, "rule")} of {result.Rules.Count} {(violated == 1 ? "is" : "are")} violated. A violation says where to look, not that somebody did wrong.");
        foreach (var rule in result.Rules) PrintRule(to, rule);
    }

    void PrintRule(TextWriter to, RuleResult rule)
    {
        to.WriteLine();
        to.WriteLine($"{PlainText.OneLine(rule.Rule.Id)}: {(rule.Violations.Count > 0 ? Found(rule) : rule.Activations == 0 ? "nothing called it into play" : "no violation")}; {Counts(rule)}");
        if (rule.Rule.Sentence is not null) to.WriteLine("    " + PlainText.OneLine(rule.Rule.Sentence));
        if (rule.NeverSeen.Count > 0)
            to.WriteLine($"    NEVER SEEN in this log: {string.Join(", ", rule.NeverSeen.Select(PlainText.OneLine))}. Is it spelled as in the log?");
        foreach (var violation in rule.Violations.Take(Shown)) to.WriteLine("  - " + PlainText.OneLine(sentences.Explain(rule, violation)));
        if (rule.Violations.Count > Shown) to.WriteLine($"    and {Said.Count(rule.Violations.Count - Shown, "more", "more")}; --json with --examples has them");
        if (rule.Rates.Count > 0) PrintRates(to, rule);
    }

    // Those nearest to standing out want to be seen too, with what speaks against making much of it.
    static void PrintRates(TextWriter to, RuleResult rule)
    {
        var over = rule.Rule.ExposureName;
        to.WriteLine($"    {Said.Count(rule.Rates.Count, "share")} compared; the most notable, with outcomes and {over}, share, the share drawn towards the peers', theirs, and probabilities:");
        to.WriteLine($"    {"with",7} {over,9} {"share",8} {"drawn in",9} {"peers",8} {"p",9} {"adjusted",9}");
        foreach (var rate in rule.Rates.Take(RatesShown))
        {
            to.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"    {rate.Outcomes,7:N0} {rate.Exposure,9:N0} {rate.Share,8:0.0000} {rate.Shrunken,9:0.0000} {rate.Peers,8:0.0000} {rate.Probability,9:0.0e-0} {rate.Adjusted,9:0.0000}  {PlainText.OneLine(rate.Name)}{(rate.StandsOut ? "  stands out" : "")}"));
        }

        if (rule.Rates.Count > RatesShown) to.WriteLine($"    {"",7} and {Said.Count(rule.Rates.Count - RatesShown, "more", "more")}; --json with --examples has them");
    }

    static string Found(RuleResult rule) => rule.Rule.Kind == RuleKind.Rate
        ? rule.Rule.By is null ? Said.Count(rule.People, "person stands out", "people stand out") : Said.Count(rule.Violations.Count, "value stands out", "values stand out")
        : $"violated in {Said.Count(rule.Cases, "case")}";

    static string Counts(RuleResult rule)
    {
        var counts = Said.Count(rule.Activations, "activation");
        if (rule.Pending > 0) counts += $", {Said.Count(rule.Pending, "pending", "pending")}";
        if (rule.Unknown > 0) counts += $", {Said.Count(rule.Unknown, "not judged as something is missing", "not judged as something is missing")}";
        return counts;
    }
}
