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

    /// <summary>What people's outcomes are counted against, as JSON and text call it: of value-kept the intervals between two records.</summary>
    public string ExposureName => (Kind, Exposure) switch
    {
        (RuleKind.ValueKept, _) => "intervals",
        (_, RateExposure.Events) => "events",
        (_, RateExposure.Days) => "days",
        _ => "cases",
    };

    /// <summary>The type of object of which each is a case; of per-event the type that is counted. Null where the call says what the cases are.</summary>
    public string? ObjectType { get; init; }

    /// <summary>The type that the objects of belongs belong to.</summary>
    public string? To { get; init; }

    /// <summary>What the relation that belongs, per-event and one-place look at is qualified as; null: anything.</summary>
    public string? As { get; init; }

    /// <summary>The fewest objects that per-event asks for; null: none.</summary>
    public int? Least { get; init; }

    /// <summary>The most objects that per-event allows; null: any number.</summary>
    public int? Most { get; init; }

    /// <summary>The attribute of value-kept.</summary>
    public string? ValueName { get; init; }

    /// <summary>How far the value of value-kept may fall from one record to the next; null: as far as it will.</summary>
    public Allowance? Fall { get; init; }

    /// <summary>How far it may rise.</summary>
    public Allowance? Rise { get; init; }

    /// <summary>The type of object that is a place, of one-place.</summary>
    public string? Place { get; init; }

    /// <summary>The shortest time in which one can be at another place, of one-place.</summary>
    public TimeLength? Travel { get; init; }

    /// <summary>Whether it is about the objects of an object-centric log themselves, not about cases.</summary>
    public bool IsOfObjects => Kind >= RuleKind.Belongs;

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
