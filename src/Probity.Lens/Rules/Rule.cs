using Probity.Lens.Rules.Conditions;

namespace Probity.Lens.Rules;

/// <summary>Which pairs of activation and target a <see cref="RuleKind.Value"/> rule looks at.</summary>
public enum PairOrder
{
    /// <summary>Every other event of the case.</summary>
    Any,

    /// <summary>Each one after the activation.</summary>
    After,

    /// <summary>Each one before it.</summary>
    Before,

    /// <summary>The first one after it.</summary>
    Next,

    /// <summary>The last one before it.</summary>
    Previous,
}

/// <summary>What the outcomes of a <see cref="RuleKind.Rate"/> rule are counted against.</summary>
public enum RateExposure
{
    /// <summary>The cases.</summary>
    Cases,

    /// <summary>The activations.</summary>
    Events,

    /// <summary>The days on which there was an activation, by the file's calendar.</summary>
    Days,
}

/// <summary>One rule, as its file states it.</summary>
public sealed record Rule
{
    internal Rule() { }

    /// <summary>Its name in its file.</summary>
    public required string Id { get; init; }

    /// <summary>What it asks.</summary>
    public required RuleKind Kind { get; init; }

    /// <summary>What its kind is called in rule files.</summary>
    public string KindName => Files.KindShape.NameOf(Kind);

    /// <summary>What it asks, in the words of who wrote it; null where they wrote none.</summary>
    public string? Sentence { get; init; }

    /// <summary>Why it is asked: a law, an instruction, a known way of cheating.</summary>
    public string? Why { get; init; }

    /// <summary>The activities that call the rule into play.</summary>
    public IReadOnlyList<string> Activation { get; init; } = [];

    /// <summary>The activities that must, or must not, be there.</summary>
    public IReadOnlyList<string> Target { get; init; } = [];

    /// <summary>The longest time from one to the other; it counts itself.</summary>
    public TimeLength? Within { get; init; }

    /// <summary>The shortest time from one to the other; it counts itself.</summary>
    public TimeLength? After { get; init; }

    /// <summary>The n of existence, absence, exactly and at-most-open.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The people of role-required.</summary>
    public IReadOnlyList<string> People { get; init; } = [];

    /// <summary>The values that role-required's attribute may have.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The pairs that value looks at.</summary>
    public PairOrder Order { get; init; }

    /// <summary>The fewest cases with which rate judges a person.</summary>
    public int Minimum { get; init; } = 8;

    /// <summary>What rate compares instead of people: the value of the activation or its case, as the file names it; null for people.</summary>
    public string? By { get; init; }

    /// <summary>What rate counts outcomes against.</summary>
    public RateExposure Exposure { get; init; }

    /// <summary>The attributes that its conditions speak of.</summary>
    internal IReadOnlyList<(Side Side, int Slot)> Attributes { get; init; } = [];

    internal Condition? ActivationWhere { get; init; }
    internal Condition? TargetWhere { get; init; }
    internal Condition? Correlation { get; init; }
    internal Condition? Since { get; init; }
    internal Condition? Attribute { get; init; }
    internal Condition? Demand { get; init; }
    internal Condition? ByValue { get; init; }
}
