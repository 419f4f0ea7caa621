using System.Globalization;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Rules.Conditions;

namespace Probity.Lens.Rules.Files;

/// <summary>Makes rules of a YAML document, and says of each mistake where it stands and what is possible there.</summary>
internal sealed class RuleFileReader(string file, AttributeNames names)
{
    public const int MostRules = 1_000;
    public const int LongestText = 4_000;
    const int MostInList = 10_000;

    public RuleFile Read(YamlNode root)
    {
        if (root is not YamlMap map) throw Fault(root, "a rule file begins with 'rules:'");
        TimeZoneInfo? zone = null;
        List<Rule>? rules = null;
        foreach (var (key, value) in map.Entries)
        {
            if (key.Value == "zone") zone = Zone(value);
            else if (key.Value == "rules") rules = Rules(value);
            else throw Fault(key, $"'{LogText.Show(key.Value)}' is not known here; there are 'zone' and 'rules'");
        }

        return new RuleFile(rules ?? throw Fault(root, "no 'rules:'"), zone, names);
    }

    /// <summary>The rule of an annotation: its text, and what it is tied to where the text does not say so itself.</summary>
    public Rule Drawn(YamlNode root, RuleNote note)
    {
        // In the text box of an editor the lines below are mostly not indented.
        var map = root switch
        {
            YamlMap { Entries: [({ Value: "rule" }, YamlMap indented)] } => indented,
            YamlMap { Entries: [({ Value: "rule" }, YamlText { Value: "" }), _, ..] } flat => flat with { Entries = [.. flat.Entries.Skip(1)] },
            _ => null,
        };
        if (map is null)
            throw Fault(root, "an annotation that begins with 'rule:' goes on with one rule, as in 'rule: {kind: four-eyes, id: two-hands}'");
        return One(DrawnTies.Add(map, note, what => Fault(map, what)));
    }

    TimeZoneInfo Zone(YamlNode node)
    {
        var name = Text(node);
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone
            : throw Fault(node, $"no time zone '{LogText.Show(name)}' is known on this machine; use a name such as Europe/Rome");
    }

    List<Rule> Rules(YamlNode node)
    {
        if (node is not YamlList { Items.Count: > 0 } list) throw Fault(node, "'rules' is a list of at least one rule, each beginning with '- id:'");
        if (list.Items.Count > MostRules) throw Fault(list, $"more than {MostRules:N0} rules; split the file");
        var rules = new List<Rule>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            var rule = One(item);
            if (!ids.Add(rule.Id)) throw Fault(item, $"a second rule '{LogText.Show(rule.Id)}'; give each an id of its own");
            rules.Add(rule);
        }

        return rules;
    }

    Rule One(YamlNode node)
    {
        if (node is not YamlMap map) throw Fault(node, "a rule has 'id' and 'kind'");
        var given = map.Entries.ToDictionary(e => e.Key.Value, e => e.Value, StringComparer.Ordinal);
        var kindNode = given.GetValueOrDefault("kind") ?? throw Fault(node, "a rule without 'kind'");
        var kind = Text(kindNode);
        var shape = KindShape.All.FirstOrDefault(s => s.Name == kind)
            ?? throw Fault(kindNode, $"no kind '{LogText.Show(kind)}'; there are {string.Join(", ", KindShape.All.Select(s => s.Name))}");
        foreach (var (key, _) in map.Entries)
        {
            if (!KindShape.Common.Contains(key.Value) && !shape.Needs.Contains(key.Value) && !shape.May.Contains(key.Value))
                throw Fault(key, $"'{LogText.Show(key.Value)}' has no meaning in a rule of kind {kind}; it may have {string.Join(", ", shape.Needs.Concat(shape.May))}");
        }

        if (shape.Needs.FirstOrDefault(need => !given.ContainsKey(need)) is { } missing)
            throw Fault(node, $"a rule of kind {kind} needs '{missing}'");
        var id = Text(given.GetValueOrDefault("id") ?? throw Fault(node, "a rule without 'id'"));
        var rule = new Rule
        {
            Id = id.Length is > 0 and <= 100 ? id : throw Fault(given["id"], "an id has 1 to 100 characters"),
            Kind = shape.Kind,
            Sentence = Optional(given, "sentence"),
            Why = Optional(given, "why"),
            Activation = Texts(given, "activation"),
            Target = Texts(given, "target"),
            Within = Length(given, "within"),
            After = Length(given, "after"),
            Count = Number(given, "count", 1),
            People = Texts(given, "people"),
            Values = Texts(given, "values"),
            Order = Order(given),
            Minimum = Number(given, "minimum", 8),
            By = Optional(given, "by"),
            Exposure = Exposure(given),
            ObjectType = Optional(given, "object"),
            To = Optional(given, "to"),
            As = Optional(given, "as"),
            Least = Bound(given, "min"),
            Most = Bound(given, "max"),
            ValueName = Optional(given, "value"),
            Fall = Allowed(given, "fall"),
            Rise = Allowed(given, "rise"),
            Place = Optional(given, "place"),
            Travel = Length(given, "travel"),
            ActivationWhere = Condition(given, "activation-where", [Side.Activation], Side.Activation),
            TargetWhere = Condition(given, "target-where", [Side.Target], Side.Target),
            Correlation = Condition(given, "correlation", [Side.Activation, Side.Target], null),
            Since = Condition(given, "since", given.ContainsKey("activation") ? [Side.Activation] : [], given.ContainsKey("activation") ? Side.Activation : null, truth: false),
            Attribute = Condition(given, "attribute", [Side.Activation], Side.Activation, truth: false),
            ByValue = Condition(given, "by", [Side.Activation], Side.Activation, truth: false),
            Demand = Condition(given, "condition", given.ContainsKey("target") ? [Side.Activation, Side.Target] : [Side.Activation], given.ContainsKey("target") ? null : Side.Activation),
        };
        Check(node, rule, given);
        var asked = names.Asked;
        names.Asked = [];
        return rule with { Attributes = [.. asked] };
    }

    void Check(YamlNode node, Rule rule, Dictionary<string, YamlNode> given)
    {
        if (rule is { Within: { } within, After: { } after } && within.Total < after.Total)
            throw Fault(node, "'within' is shorter than 'after'; nothing can be both");
        if (rule.Kind == RuleKind.RoleRequired && (rule.Attribute is null) != (rule.Values.Count == 0))
            throw Fault(node, "'attribute' and 'values' go together");
        if (rule.Kind == RuleKind.RoleRequired && rule.People.Count == 0 && rule.Attribute is null)
            throw Fault(node, "a rule of kind role-required needs 'people', or 'attribute' with 'values'");
        if (rule.Kind == RuleKind.Deadline && rule.Activation.Count == 0 && (rule.Since is null || given.ContainsKey("activation-where") || given.ContainsKey("correlation")))
            throw Fault(node, "a deadline without 'activation' runs since a date of the case: it needs 'since: case.NAME', and has no 'activation-where' or 'correlation'");
        if (rule.Kind == RuleKind.Value && rule.Target.Count == 0 && (rule.TargetWhere is not null || given.ContainsKey("order")))
            throw Fault(node, "'target-where' and 'order' need a 'target'");
        CheckObjects(node, rule);
    }

    void CheckObjects(YamlNode node, Rule rule)
    {
        if (rule is { Kind: RuleKind.PerEvent, Least: null, Most: null }) throw Fault(node, "a rule of kind per-event needs 'min', 'max', or both");
        if (rule is { Least: { } least, Most: { } most } && least > most) throw Fault(node, "'min' is more than 'max'; nothing can be both");
        if (rule is { Kind: RuleKind.ValueKept, Fall: null, Rise: null }) throw Fault(node, "a rule of kind value-kept needs 'fall', 'rise', or both");
    }

    string Text(YamlNode node)
    {
        if (node is not YamlText text) throw Fault(node, "a text has to stand here");
        return text.Value.Length <= LongestText ? text.Value : throw Fault(node, $"longer than {LongestText:N0} characters");
    }

    string? Optional(Dictionary<string, YamlNode> given, string key) => given.TryGetValue(key, out var node) ? Text(node) : null;

    List<string> Texts(Dictionary<string, YamlNode> given, string key)
    {
        if (!given.TryGetValue(key, out var node)) return [];
        List<string> texts = node is YamlList list ? [.. list.Items.Select(Text)] : [Text(node)];
        if (texts.Count is 0 or > MostInList) throw Fault(node, $"'{key}' has 1 to {MostInList:N0} values");
        return texts.Any(t => t.Length == 0) ? throw Fault(node, $"an empty text in '{key}'") : texts;
    }

    TimeLength? Length(Dictionary<string, YamlNode> given, string key)
    {
        if (!given.TryGetValue(key, out var node)) return null;
        var text = Text(node);
        return TimeLength.TryParse(text, out var length) ? length
            : throw Fault(node, $"'{LogText.Show(text)}' is no length of time; write 90d, 2w, 8h, 15m, 30s or P90D, PT8H (months and years have no one length)");
    }

    int Number(Dictionary<string, YamlNode> given, string key, int usual)
    {
        if (!given.TryGetValue(key, out var node)) return usual;
        return int.TryParse(Text(node), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1_000_000 ? number
            : throw Fault(node, $"'{key}' is a whole number from 1 to 1,000,000");
    }

    int? Bound(Dictionary<string, YamlNode> given, string key)
    {
        if (!given.TryGetValue(key, out var node)) return null;
        return int.TryParse(Text(node), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 1_000_000 ? number
            : throw Fault(node, $"'{key}' is a whole number from 0 to 1,000,000");
    }

    Allowance? Allowed(Dictionary<string, YamlNode> given, string key)
    {
        if (!given.TryGetValue(key, out var node)) return null;
        return Allowance.TryParse(Text(node), out var allowance) ? allowance
            : throw Fault(node, $"'{key}' is how far the value may go: an amount such as 0.5, or a share such as 2%");
    }

    PairOrder Order(Dictionary<string, YamlNode> given)
    {
        if (!given.TryGetValue("order", out var node)) return PairOrder.Any;
        return Text(node) switch
        {
            "any" => PairOrder.Any,
            "after" => PairOrder.After,
            "before" => PairOrder.Before,
            "next" => PairOrder.Next,
            "previous" => PairOrder.Previous,
            var other => throw Fault(node, $"no order '{LogText.Show(other)}'; there are any, after, before, next, previous"),
        };
    }

    RateExposure Exposure(Dictionary<string, YamlNode> given)
    {
        if (!given.TryGetValue("exposure", out var node)) return RateExposure.Cases;
        return Text(node) switch
        {
            "cases" => RateExposure.Cases,
            "events" => RateExposure.Events,
            "days" => RateExposure.Days,
            var other => throw Fault(node, $"no exposure '{LogText.Show(other)}'; there are cases, events, days"),
        };
    }

    Condition? Condition(Dictionary<string, YamlNode> given, string key, IReadOnlyList<Side> sides, Side? unprefixed, bool truth = true)
    {
        if (!given.TryGetValue(key, out var node)) return null;
        try
        {
            return ConditionParser.Parse(Text(node), names, sides, unprefixed, truth);
        }
        catch (ConditionException e)
        {
            throw new BadInputException($"{file}: line {node.Line}, column {node.Column}: in '{key}', character {e.At + 1}: {e.Message}.", e);
        }
    }

    BadInputException Fault(YamlNode at, string what) => new($"{file}: line {at.Line}, column {at.Column}: {what}.");
}
