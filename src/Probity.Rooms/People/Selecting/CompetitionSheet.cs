using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.People.Selecting;

/// <summary>A criterion with its weight in percent.</summary>
public sealed record CriterionLine(int Number, string Name, int Weight, bool Parts);

/// <summary>An application as the course of a competition shows it: how many scores are in, never which; the name once scores are opened.</summary>
public sealed record ApplicationLine(int Number, string? Name, int Scored, int Of, string? Mine, Tone Tone);

/// <summary>The opened scores of a criterion.</summary>
public sealed record Strip(int Criterion, string Name, IReadOnlyList<(int Points, string Reason)> Scores, bool IsFar, string? Explained);

/// <summary>An application with its rank.</summary>
public sealed record RankLine(int Application, string Name, int Place, string Mean, string? Parted, IReadOnlyList<Strip> Strips);

/// <summary>An applicant's own score of a criterion, and the mean of all; null where too few applied for it to say nothing of another.</summary>
public sealed record OwnLine(string Criterion, string Points, string Mean, string? All);

/// <summary>An applicant's own application.</summary>
public sealed record OwnSheet(
    int Number, IReadOnlyList<(string Criterion, string Answer)> Answers, IReadOnlyList<OwnLine> Scores, int? Place, int Count, string? Mean, DateTimeOffset? AppealUntil, bool MayAppeal, string? Appeal);

/// <summary>Somebody else who is to score.</summary>
public sealed record ReplacementLine(Guid Id, string Text, string Reason, bool MayAnswer);

/// <summary>An application that waits for somebody else to score it.</summary>
public sealed record NeedLine(int? Application, Guid Out, string Text);

/// <summary>An appeal.</summary>
public sealed record AppealLine(Guid Id, string Title, string Reason, string State, string? Panel, bool MayName, bool MayAnswer);

/// <summary>All that the page of a competition shows to this reader.</summary>
public sealed record CompetitionSheet(Guid Id, string Number, string Title, string Stage, Tone Tone, string Task, IReadOnlyList<SummaryItem> Facts, IReadOnlyList<CriterionLine> Criteria)
{
    /// <summary>Which of the forms and links the reader has.</summary>
    public required IReadOnlySet<string> May { get; init; }
    /// <summary>Which drawing up this is.</summary>
    public int Drawn { get; init; }
    /// <summary>The reader's own application.</summary>
    public OwnSheet? Own { get; init; }
    /// <summary>Whether the reader sees its course.</summary>
    public bool SeesCourse { get; init; }
    /// <summary>The applications.</summary>
    public IReadOnlyList<ApplicationLine> Applications { get; init; } = [];
    /// <summary>What the scores come to, once opened.</summary>
    public IReadOnlyList<RankLine> Ranks { get; init; } = [];
    /// <summary>What the panel has to explain.</summary>
    public IReadOnlyList<(int Application, int Criterion, string Text)> ToExplain { get; init; } = [];
    /// <summary>The ranking that was asked for, or holds.</summary>
    public string? Proposal { get; init; }
    /// <summary>The how manieth that is.</summary>
    public int Proposals { get; init; }
    /// <summary>Its order.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];
    /// <summary>Where somebody else has to score.</summary>
    public IReadOnlyList<NeedLine> Needs { get; init; } = [];
    /// <summary>Who was asked to.</summary>
    public IReadOnlyList<ReplacementLine> Replacements { get; init; } = [];
    /// <summary>The appeals.</summary>
    public IReadOnlyList<AppealLine> Appeals { get; init; } = [];
    /// <summary>Applicants from outside whose appeal can be entered.</summary>
    public IReadOnlyList<Choice> Outsiders { get; init; } = [];
    /// <summary>Whether the reader names the panel that scores anew.</summary>
    public bool MayNameAnew { get; init; }
    /// <summary>Who may sit in a panel.</summary>
    public IReadOnlyList<Choice> People { get; init; } = [];
    /// <summary>What happened, the newest first.</summary>
    public IReadOnlyList<TimelineItem> Story { get; init; } = [];
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
    /// <summary>Where to turn after a refusal.</summary>
    public string? TurnTo { get; init; }
    /// <summary>What was typed, by field.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}
