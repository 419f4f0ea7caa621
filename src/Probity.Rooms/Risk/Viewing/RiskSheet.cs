using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Risk.Viewing;

/// <summary>One step of how the risk that remains came about.</summary>
public sealed record StepLine(string Why, string Rating);

/// <summary>A fact that bears on the risk: what is counted, what was found, from when on it raises the risk and by how much, and where it was counted.</summary>
public sealed record FactLine(string What, string Found, string From, string Adds, Tone Tone, string? Href);

/// <summary>A control with its newest test.</summary>
public sealed record ControlLine(Guid Id, string What, string Owner, string Tested, Tone Tone, string? Found, string NextTest, bool MayTest);

/// <summary>A treatment and how far it has come.</summary>
public sealed record TreatmentLine(Guid Id, string What, string Owner, string Due, string State, Tone Tone, string? Evidence, bool MayReport, bool MayVerify);

/// <summary>A post in which the step is done, and whether it is marked where it is to be.</summary>
public sealed record PostLine(string Post, string? Mark, Tone Tone);

/// <summary>All that the page of one risk shows.</summary>
public sealed record RiskSheet(string Path, string Assessment, string Number, long Version, string Title, string Level, Tone Tone, IReadOnlyList<SummaryItem> Words, IReadOnlyList<StepLine> Steps)
{
    /// <summary>Who answers for it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The facts of the record that bear on it.</summary>
    public IReadOnlyList<FactLine> RecordFacts { get; init; } = [];

    /// <summary>When they were counted; null before the assessment is in force.</summary>
    public string? CountedAt { get; init; }

    /// <summary>That it moved by itself, or that nothing says whether it should.</summary>
    public string? Moved { get; init; }

    /// <summary>Whether facts moved it higher than it was rated without controls.</summary>
    public bool IsAbove { get; init; }

    /// <summary>Whether nothing that bears on it was measured.</summary>
    public bool IsUnmeasured { get; init; }

    /// <summary>The posts in which the step is done.</summary>
    public IReadOnlyList<PostLine> Posts { get; init; } = [];

    /// <summary>That none is named, of a risk whose posts are to be marked.</summary>
    public PostLine? NoPosts { get; init; }

    /// <summary>Whether the reader names them.</summary>
    public bool MayNamePosts { get; init; }

    /// <summary>The posts to choose from, those that are named ticked.</summary>
    public IReadOnlyList<Choice> PostChoices { get; init; } = [];

    /// <summary>Those that are ticked.</summary>
    public IReadOnlyCollection<string> Ticked { get; init; } = [];

    /// <summary>Titles of more posts than there are boxes for.</summary>
    public IReadOnlyList<string> MorePosts { get; init; } = [];

    /// <summary>The controls.</summary>
    public IReadOnlyList<ControlLine> Controls { get; init; } = [];

    /// <summary>The treatments.</summary>
    public IReadOnlyList<TreatmentLine> Treatments { get; init; } = [];

    /// <summary>What there is of an acceptance.</summary>
    public string? Acceptance { get; init; }

    /// <summary>Whether the reader sees the assessment that it stands in.</summary>
    public bool SeesAssessment { get; init; }

    /// <summary>That somebody asks to lower it, and to what.</summary>
    public string? Lowering { get; init; }

    /// <summary>Whether the reader answers that.</summary>
    public bool MayAgree { get; init; }

    /// <summary>Whether the reader names who answers for it.</summary>
    public bool MayName { get; init; }

    /// <summary>Whether the reader adds controls.</summary>
    public bool MayControl { get; init; }

    /// <summary>Whether the reader plans treatments.</summary>
    public bool MayPlan { get; init; }

    /// <summary>Whether the reader sets the risk that remains: where a control passed its test.</summary>
    public bool MayLower { get; init; }

    /// <summary>Whether the reader asks for acceptance.</summary>
    public bool MayAsk { get; init; }

    /// <summary>Whether the reader answers that.</summary>
    public bool MayAnswer { get; init; }

    /// <summary>Whether the reader ends it.</summary>
    public bool MayRevoke { get; init; }

    /// <summary>Controls that passed and are not overdue.</summary>
    public IReadOnlyList<Choice> Passed { get; init; } = [];

    /// <summary>Who may answer for something.</summary>
    public IEnumerable<Choice> People { get; init; } = [];

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was typed into a field.</summary>
    public string? this[string field] => Typed.GetValueOrDefault(field);
}
