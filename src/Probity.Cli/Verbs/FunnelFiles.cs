using Probity.Lens;
using Probity.Lens.Rules;

namespace Probity.Cli.Verbs;

/// <summary>Where <c>check --funnel</c> writes: one file for one rule, or a folder with a file for each rule of kind rate.</summary>
internal static class FunnelFiles
{
    /// <summary>Refuses, before any work is done, a place that does not fit the rules.</summary>
    public static void Check(string? path, RuleFile? rules, IEnumerable<string> inputs)
    {
        if (path is null) return;
        var rates = rules?.Rules.Count(Compares) ?? 0;
        if (rates == 0) throw new BadInputException("--funnel draws rules of kind rate or value-kept, and there is none; give such rules with --rules.");
        if (Directory.Exists(path)) return;
        if (rates > 1) throw new BadInputException($"--funnel {path}: there are {rates} rules of kind rate or value-kept; name a folder that exists, for a picture of each.");
        WholeFile.Check(path, inputs);
    }

    /// <summary>Whether a rule compares people.</summary>
    static bool Compares(Rule rule) => rule.Kind is RuleKind.Rate or RuleKind.ValueKept;

    public static void Write(string path, RuleCheckResult result, string language)
    {
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in result.Rules.Where(r => Compares(r.Rule)))
        {
            if (!FunnelPlot.CanDraw(rule))
            {
                Console.Error.WriteLine(PlainText.OneLine($"{rule.Rule.Id}: not drawn, as there are fewer than three to compare."));
                continue;
            }

            var svg = FunnelPlot.Svg(rule, language);
            WholeFile.Write(Directory.Exists(path) ? Path.Combine(path, Name(rule.Rule.Id, used)) : path, svg);
        }
    }

    /// <summary>The rule's id with what no file name should have replaced; numbered where two would be one.</summary>
    static string Name(string id, HashSet<string> used)
    {
        var plain = string.Concat(id.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        var name = $"{plain}.svg";
        for (var n = 2; !used.Add(name); n++) name = $"{plain}-{n}.svg";
        return name;
    }
}
