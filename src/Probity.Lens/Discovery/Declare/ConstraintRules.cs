using System.Globalization;
using System.Text;
using Probity.Lens.Logs;
using Probity.Lens.Rules;
using Probity.Lens.Rules.Files;

namespace Probity.Lens.Discovery;

/// <summary>Writes constraints as a rule file, so that <see cref="RuleCheck"/> can hold this log, or the next one, to them.</summary>
public static class ConstraintRules
{
    /// <summary>The text of the file: a rule for each constraint, with its sentence and, as its why, how far the log holds to it.</summary>
    /// <param name="log">The log that they were found in.</param>
    /// <param name="constraints">The constraints.</param>
    /// <param name="sentences">The sentences to write.</param>
    /// <exception cref="BadInputException">There are none, more than a rule file may have, or an activity has a name that no rule can have.</exception>
    public static string Write(EventLog log, IReadOnlyList<Constraint> constraints, ConstraintSentences sentences)
    {
        if (constraints.Count == 0) throw new BadInputException("No constraint was found, and a rule file has at least one rule; ask for less support or less confidence.");
        if (constraints.Count > RuleFileReader.MostRules)
            throw new BadInputException($"{constraints.Count:N0} constraints were found, and a rule file has at most {RuleFileReader.MostRules:N0} rules; ask for more support or more confidence.");
        var text = new StringBuilder("# Found in a log by probity discover --declare. That cases did so does not make it a duty: read each rule, and keep what the procedure asks.\nrules:\n");
        foreach (var c in constraints)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - id: {c.KindName}-{c.Activation + 1}");
            if (c.Target >= 0) text.Append(CultureInfo.InvariantCulture, $"-{c.Target + 1}");
            else if (c.HasCount) text.Append(CultureInfo.InvariantCulture, $"-x{c.Count}");
            text.Append(CultureInfo.InvariantCulture, $"\n    kind: {c.KindName}\n    activation: {Quoted(Named(log, c.Activation))}\n");
            if (c.Target >= 0) text.Append(CultureInfo.InvariantCulture, $"    target: {Quoted(Named(log, c.Target))}\n");
            if (c.HasCount) text.Append(CultureInfo.InvariantCulture, $"    count: {c.Count}\n");
            var sentence = sentences.Say(c);
            if (sentence.Length <= RuleFileReader.LongestText) text.Append(CultureInfo.InvariantCulture, $"    sentence: {Quoted(sentence)}\n");
            text.Append(CultureInfo.InvariantCulture, $"    why: \"{c.Kept} of {c.Called} cases did so.\"\n");
        }

        if (Encoding.UTF8.GetByteCount(text.ToString()) > YamlDocument.LargestFile)
            throw new BadInputException("The rules would be larger than a rule file may be; ask for more support or more confidence.");
        return text.ToString();
    }

    static string Named(EventLog log, int activity) => log.Activities[activity] is { Length: > 0 and <= RuleFileReader.LongestText } name ? name
        : throw new BadInputException($"The activity '{LogText.Show(log.Activities[activity])}' has a name of no or more than {RuleFileReader.LongestText:N0} characters, which no rule can have; rename it in the log.");

    /// <summary>Between double quotes, with what steers or hides escaped; and brackets that nobody closes, which a reader may count as depth.</summary>
    static string Quoted(string text)
    {
        var unclosed = text.Count(c => c is '[' or '{') > text.Count(c => c is ']' or '}');
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\') quoted.Append('\\').Append(rune);
            else if (Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 or 0xFEFF or 0xFFFE or 0xFFFF || (unclosed && rune.Value is '[' or '{'))
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            else quoted.Append(rune);
        }

        return quoted.Append('"').ToString();
    }
}
