using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Objects;
using Probity.Lens.Procedures;
using Probity.Lens.Rules;

namespace Probity.Lens.Reports;

/// <summary>What a report is about, and how it is to be told.</summary>
public sealed record ReportSubject
{
    /// <summary>The log that was checked.</summary>
    public required EventLog Log { get; init; }

    /// <summary>The object-centric log that the cases were taken from, and how; null where the log has cases of itself.</summary>
    public (ObjectLog Log, ObjectView View)? Objects { get; init; }

    /// <summary>Where the log was read from.</summary>
    public required SourceFile LogFile { get; init; }

    /// <summary>The procedure and what was found against it; null where there was none.</summary>
    public (PetriNet Net, ConformanceResult Result)? Procedure { get; init; }

    /// <summary>Where the procedure was read from.</summary>
    public SourceFile? ProcedureFile { get; init; }

    /// <summary>What was found by rules; null where there were none.</summary>
    public RuleCheckResult? Rules { get; init; }

    /// <summary>The file that the rules were read from; null where there was none.</summary>
    public SourceFile? RulesFile { get; init; }

    /// <summary>One of <see cref="RuleSentences.Languages"/>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Whether people are named; else each has a number within the report.</summary>
    public bool Names { get; init; }

    /// <summary>When the report is made.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>What people are called, where the report is to agree with another one; null for numbers or names of its own.</summary>
    public ShownPeople? People { get; init; }

    /// <summary>The command that makes it again; null where it was made on a page.</summary>
    public string? Command { get; init; }

    /// <summary>The version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>The limits of the check.</summary>
    public ConformanceOptions Limits { get; init; } = new();
}
