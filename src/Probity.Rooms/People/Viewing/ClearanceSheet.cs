using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.People.Viewing;

/// <summary>A check as a page shows it; null where the reader does not read it.</summary>
public sealed record CheckLine(string Key, string Name, string? Result, Tone Tone, string? Note, string? By, bool IsWithheld);

/// <summary>A reported change as a page shows it.</summary>
public sealed record CircumstanceLine(Guid Id, string Kind, string Since, string What, string? Result);

/// <summary>All that a clearance's page shows.</summary>
public sealed record ClearanceSheet(string Path, string Name, string Level, long Version, string Stage, Tone Tone, IReadOnlyList<SummaryItem> Facts)
{
    /// <summary>Whether it is the reader's own.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Who asked to lift the suspension, for those who answer; null where nobody did.</summary>
    public string? LiftingBy { get; init; }

    /// <summary>Whether the reader reads what is in it, or sees its state alone.</summary>
    public bool ReadsContents { get; init; }

    /// <summary>The checks.</summary>
    public IReadOnlyList<CheckLine> Checks { get; init; } = [];

    /// <summary>What was reported.</summary>
    public IReadOnlyList<CircumstanceLine> Circumstances { get; init; } = [];

    /// <summary>What happened, the newest first.</summary>
    public IReadOnlyList<TimelineItem> Timeline { get; init; } = [];

    /// <summary>The forms that the reader can send now, by the last part of their address.</summary>
    public IReadOnlySet<string> May { get; init; } = new HashSet<string>();

    /// <summary>Other clearances of the same person.</summary>
    public IReadOnlyList<Link> Others { get; init; } = [];

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>The form that was refused: it stands open.</summary>
    public string Sent { get; init; } = "";

    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }

    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();

    /// <summary>What was typed into a field.</summary>
    public string? this[string field] => Typed.GetValueOrDefault(field);

    /// <summary>What was ticked of a group.</summary>
    public IReadOnlyCollection<string> Ticked(string field) => this[field]?.Split(',') ?? [];
}

/// <summary>The forms of a clearance: the last part of each one's address.</summary>
internal static class ClearanceForm
{
    public const string Submit = "submit", Checks = "checks", Assess = "assess", Decide = "decide", Appeal = "appeal", AppealAnswer = "appeal-answer", Suspend = "suspend", Confirm = "confirm", Lift = "lift",
        Open = "open", Answer = "answer", Ruling = "ruling", Discontinue = "discontinue", Report = "report", Review = "review", LiftAnswer = "lift-answer",
        DiscontinueAnswer = "discontinue-answer";
}
