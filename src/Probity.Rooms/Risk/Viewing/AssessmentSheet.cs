using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Risk.Viewing;

/// <summary>A scenario of an assessment that is not rated yet.</summary>
public sealed record ScenarioLine(string Key, string Title, string Function, IReadOnlyList<SummaryItem> Words, string? ScoreHref, bool IsScored);

/// <summary>An assessor, and how many scenarios they have scored.</summary>
public sealed record AssessorLine(string Name, string Unit, string Scored, bool IsIn);

/// <summary>A rated risk of an assessment.</summary>
public sealed record RatedLine(int Number, string Href, string Title, string Inherent, string Current, string Residual, string WithFacts, Tone Tone, string Owner, string? Overdue, string? Accepted, string? Moved);

/// <summary>All that an assessment's page shows.</summary>
public sealed record AssessmentSheet(string Path, string Number, long Version, string Unit, string Stage, Tone Tone, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<TimelineItem> Timeline)
{
    /// <summary>What waits for whom, in a sentence.</summary>
    public string? Waiting { get; init; }

    /// <summary>What the overseer or the head wants looked at again.</summary>
    public string? Questioned { get; init; }

    /// <summary>The scenarios, as long as they are not rated.</summary>
    public IReadOnlyList<ScenarioLine> Scenarios { get; init; } = [];

    /// <summary>Who scores.</summary>
    public IReadOnlyList<AssessorLine> Assessors { get; init; } = [];

    /// <summary>The scores, once they are open and until they are approved.</summary>
    public IReadOnlyList<StripLine> Strips { get; init; } = [];

    /// <summary>The rated risks.</summary>
    public IReadOnlyList<RatedLine> Risks { get; init; } = [];

    /// <summary>The map of them.</summary>
    public HeatPicture? Map { get; init; }

    /// <summary>Whether the reader chooses scenarios now.</summary>
    public bool MayChoose { get; init; }

    /// <summary>Whether the reader names assessors now.</summary>
    public bool MayName { get; init; }

    /// <summary>Whether others were named before.</summary>
    public bool IsRenaming { get; init; }

    /// <summary>How many assessors there have to be.</summary>
    public int Needed { get; init; }

    /// <summary>Who may score.</summary>
    public IEnumerable<Choice> People { get; init; } = [];

    /// <summary>The unit's functions, for a scenario of its own.</summary>
    public IReadOnlyList<Choice> Functions { get; init; } = [];

    /// <summary>Whether the reader rates the scenarios now.</summary>
    public bool MayConsolidate { get; init; }

    /// <summary>Whether the reader challenges the ratings now.</summary>
    public bool MayChallenge { get; init; }

    /// <summary>Whether the reader approves now.</summary>
    public bool MayApprove { get; init; }

    /// <summary>The next scenario that the reader has not scored.</summary>
    public string? ScoreHref { get; init; }

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was typed into a field.</summary>
    public string? this[string field] => Typed.GetValueOrDefault(field);
}
