namespace Probity.Lens.Rules.Files;

/// <summary>What a kind of rule is called in a file, what it needs, and what else it may say.</summary>
internal sealed record KindShape(RuleKind Kind, string Name, IReadOnlyList<string> Needs, IReadOnlyList<string> May)
{
    /// <summary>What a kind is called in files and in JSON.</summary>
    public static string NameOf(RuleKind kind) => All.First(s => s.Kind == kind).Name;

    /// <summary>What every rule may say.</summary>
    public static readonly IReadOnlyList<string> Common = ["id", "kind", "sentence", "why", "object"];

    static readonly string[] Pair = ["activation", "target"];
    static readonly string[] Conditions = ["activation-where", "target-where", "correlation"];
    static readonly string[] Timed = [.. Conditions, "within", "after"];

    public static readonly IReadOnlyList<KindShape> All =
    [
        new(RuleKind.Init, "init", ["activation"], ["activation-where"]),
        new(RuleKind.End, "end", ["activation"], ["activation-where"]),
        new(RuleKind.Existence, "existence", ["activation"], ["activation-where", "count", "within", "after"]),
        new(RuleKind.Absence, "absence", ["activation"], ["activation-where", "count", "within", "after"]),
        new(RuleKind.Exactly, "exactly", ["activation"], ["activation-where", "count", "within", "after"]),
        new(RuleKind.RespondedExistence, "responded-existence", Pair, Timed),
        new(RuleKind.Coexistence, "coexistence", Pair, Timed),
        new(RuleKind.Response, "response", Pair, Timed),
        new(RuleKind.Precedence, "precedence", Pair, Timed),
        new(RuleKind.Succession, "succession", Pair, Timed),
        new(RuleKind.AlternateResponse, "alternate-response", Pair, Timed),
        new(RuleKind.AlternatePrecedence, "alternate-precedence", Pair, Timed),
        new(RuleKind.AlternateSuccession, "alternate-succession", Pair, Timed),
        new(RuleKind.ChainResponse, "chain-response", Pair, Timed),
        new(RuleKind.ChainPrecedence, "chain-precedence", Pair, Timed),
        new(RuleKind.ChainSuccession, "chain-succession", Pair, Timed),
        new(RuleKind.NotResponse, "not-response", Pair, Timed),
        new(RuleKind.NotSuccession, "not-succession", Pair, Timed),
        new(RuleKind.NotCoexistence, "not-coexistence", Pair, Timed),
        new(RuleKind.FourEyes, "four-eyes", Pair, Timed),
        new(RuleKind.SamePerson, "same-person", Pair, Timed),
        new(RuleKind.RoleRequired, "role-required", ["activation"], ["activation-where", "people", "attribute", "values"]),
        new(RuleKind.NotSuperior, "not-superior", Pair, Timed),
        new(RuleKind.AtMostOpen, "at-most-open", [.. Pair, "count"], ["activation-where", "target-where"]),
        new(RuleKind.Deadline, "deadline", ["target", "within"], ["activation", "since", .. Conditions]),
        new(RuleKind.CoolingOff, "cooling-off", [.. Pair, "after"], Conditions),
        new(RuleKind.Value, "value", ["activation", "condition"], ["target", "activation-where", "target-where", "order"]),
        new(RuleKind.Rate, "rate", Pair, ["activation-where", "target-where", "minimum", "by", "exposure"]),
        new(RuleKind.Belongs, "belongs", ["object", "to"], ["as"]),
        new(RuleKind.PerEvent, "per-event", ["activation", "object"], ["as", "min", "max"]),
        new(RuleKind.ValueKept, "value-kept", ["object", "value"], ["fall", "rise", "minimum"]),
        new(RuleKind.OnePlace, "one-place", ["object", "place", "travel"], ["as"]),
    ];
}
