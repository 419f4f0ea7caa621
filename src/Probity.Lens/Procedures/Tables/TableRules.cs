using System.Globalization;
using System.Text;
using Probity.Lens.Logs;

namespace Probity.Lens.Procedures.Tables;

/// <summary>
/// Makes rules of the cells of a procedure table that the net cannot hold: who, within, second person, evidence. They are written as the entries of
/// a rule file, and are read and merged like the rules that are drawn in BPMN.
/// </summary>
internal sealed class TableRules(ProcedureTableOptions options, StepOrder order)
{
    /// <summary>So that an id fits with its kind before it.</summary>
    const int LongestInId = 80;

    /// <summary>Rule files take up to 4,000 characters; a sentence is read by people.</summary>
    const int LongestSentence = 1_000;

    readonly TableTexts _texts = new(options.Language);
    readonly List<RuleNote> _rules = [];
    readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public static IReadOnlyList<RuleNote> Of(IReadOnlyList<TableStep> steps, StepOrder order, ProcedureTableOptions options)
    {
        var made = new TableRules(options, order);
        foreach (var step in steps) made.Add(step);
        return made._rules;
    }

    void Add(TableStep step)
    {
        if (step.Who.Count > 0 && options.RoleAttribute is { } role)
            Add("who", step, "role-required", _texts.Fill("RuleWho", ("step", step.Name), ("roles", string.Join(", ", step.Who))), $", activation: {Quote(step.Name)}, attribute: {Quote(Attribute(role))}, values: [{string.Join(", ", step.Who.Select(Quote))}]");
        if (step.Within is { } within) AddWithin(step, within);
        if (step.TakesTwo && options.SecondPersonAttribute is { } second)
            Add("second person", step, "value", _texts.Fill("RuleSecond", ("step", step.Name), ("column", second)), $", activation: {Quote(step.Name)}, condition: {Quote($"has {Attribute(second)} and {Attribute(second)} != resource")}");
        else if (step.TakesTwo)
            Add("second person", step, "four-eyes", _texts.Fill("RuleTwo", ("step", step.Name)), $", activation: {Quote(step.Name)}, target: {Quote(step.Name)}");
        if (step.Evidence.Count > 0)
            Add("evidence", step, "value", _texts.Fill("RuleEvidence", ("step", step.Name), ("names", string.Join(", ", step.Evidence))), $", activation: {Quote(step.Name)}, condition: {Quote(string.Join(" and ", step.Evidence.Select(e => "has " + Attribute(e))))}");
    }

    /// <summary>
    /// Whether a step is due: a deadline asks for one that has not come as well. That is right only where the step has to come, and where one record
    /// sets the clock going; else the time is measured where the step was done, from the last record before it.
    /// </summary>
    public static bool IsDue(TableStep step, StepOrder order, ProcedureTableOptions options)
    {
        var node = order.Branches[step].Node;
        var recordedOnce = options.SecondPersonAttribute is not null || !Since(step, order).Exists(s => s.TakesTwo);
        return node.Before.Count <= 1 && node is { Optional: false, Branches.Count: 1 } && recordedOnce;
    }

    /// <summary>The steps from which its time is counted.</summary>
    public static List<TableStep> Since(TableStep step, StepOrder order) =>
        [.. step.After.SelectMany(a => order.IsApart(a) ? [a] : a.Choice).Distinct()];

    void AddWithin(TableStep step, string within)
    {
        if (step.After.Count == 0) throw step.WithinCell.Fault($"'{LogText.Show(step.Name)}' comes after nothing, so there is no time to count from");
        var since = Since(step, order);
        var isDue = IsDue(step, order, options);
        var names = $"[{string.Join(", ", since.Select(s => Quote(s.Name)))}]";
        var sentence = _texts.Fill(isDue ? "Due" : "InTimeIfDone",
            ("step", step.Name), ("within", step.WithinCell.Text), ("since", string.Join(", ", since.Select(s => $"“{s.Name}”"))));
        if (isDue) Add("within", step, "deadline", sentence, $", activation: {names}, target: {Quote(step.Name)}, within: {within}");
        else Add("within", step, "value", sentence, $", activation: {Quote(step.Name)}, target: {names}, order: previous, condition: {Quote($"A.time <= T.time + {within}")}");
    }

    void Add(string what, TableStep step, string kind, string sentence, string rest)
    {
        var name = step.Name.Length <= LongestInId ? step.Name : step.Name[..(LongestInId - 1)] + "…";
        var id = $"{what}: {name}";
        if (!_ids.Add(id)) _ids.Add(id += string.Create(CultureInfo.InvariantCulture, $" ({step.Index + 1})"));
        _rules.Add(new RuleNote(id, $"rule: {{kind: {kind}, id: {Quote(id)}, sentence: {Quote(Cut(sentence))}{rest}}}", [], []) { Place = step.Place, About = step.Name });
    }

    static string Cut(string sentence) => sentence.Length <= LongestSentence ? sentence : sentence[..(LongestSentence - 1)] + "…";

    /// <summary>A name of the log as conditions have it.</summary>
    static string Attribute(string name) => name.Contains(']', StringComparison.Ordinal)
        ? throw new BadInputException($"The column '{LogText.Show(name)}' cannot be asked for, as it has ']' in its name; give it another one.") : $"[{name}]";

    /// <summary>A text in YAML, in double quotes; all that a reader could mistake is escaped.</summary>
    static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF') quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
