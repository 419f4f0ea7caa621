using Probity.Lens.Procedures;

namespace Probity.Lens.Rules.Files;

/// <summary>Completes a rule that is drawn in a procedure from the tasks that its annotation is tied to.</summary>
internal static class DrawnTies
{
    // In the flow the later task calls these into play: before it, the earlier one had to come.
    static readonly RuleKind[] LookingBack = [RuleKind.Precedence, RuleKind.AlternatePrecedence, RuleKind.ChainPrecedence];

    public static YamlMap Add(YamlMap rule, RuleNote note, Func<string, BadInputException> fault)
    {
        var entries = rule.Entries.ToList();
        if (!Has("id")) entries.Add((Text("id"), Text(note.Id)));
        var kind = rule.Entries.Find(e => e.Key.Value == "kind").Value is YamlText text ? text.Value : null;
        // Without a kind that is known there is nothing to complete; the reader says so.
        if (KindShape.All.FirstOrDefault(s => s.Name == kind) is not { } shape) return rule with { Entries = entries };
        var (activation, target) = (Asks("activation"), Asks("target"));
        if (!activation && !target) return rule with { Entries = entries };
        if (note.Unclear is { } unclear) throw fault(unclear);
        var (first, second) = (note.First, note.Second);
        if (!Takes("target")) (first, second) = ([.. first, .. second], []);
        else if (!note.ByArrow && LookingBack.Contains(shape.Kind) && second.Count > 0) (first, second) = (second, first);
        Fill("activation", activation, first);
        Fill("target", target, second);
        return rule with { Entries = entries };

        bool Has(string key) => rule.Entries.Any(e => e.Key.Value == key);
        bool Takes(string key) => shape.Needs.Contains(key) || shape.May.Contains(key);
        bool Asks(string key) => Takes(key) && !Has(key);
        YamlText Text(string value) => new(value, true, rule.Line, rule.Column);
        void Fill(string key, bool asked, IReadOnlyList<string> names)
        {
            if (asked && names.Count > 0) entries.Add((Text(key), new YamlList([.. names.Select(Text)], rule.Line, rule.Column)));
        }
    }
}
