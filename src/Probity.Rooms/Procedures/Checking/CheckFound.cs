using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Reports;
using Probity.Lens.Rules;

namespace Probity.Procedures.Checking;

/// <summary>What a check found, with all that its page, its report and its table are made from.</summary>
internal sealed record CheckFound(EventLog Log, PetriNet? Net, ConformanceResult? Result, RuleCheckResult? Rules)
{
    /// <summary>What people are called, in everything that is made from it.</summary>
    public ShownPeople People { get; } = new(Log.Resources, named: false);

    /// <summary>The register's file.</summary>
    public required SourceFile LogFile { get; init; }

    /// <summary>The procedure's file; null where there was none.</summary>
    public required SourceFile? ProcedureFile { get; init; }

    /// <summary>The rule file; null where there was none.</summary>
    public required SourceFile? RulesFile { get; init; }

    /// <summary>The limits of the comparison.</summary>
    public required ConformanceOptions Limits { get; init; }

    /// <summary>When it was found.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>The procedure and what was found against it.</summary>
    public (PetriNet Net, ConformanceResult Result)? Procedure => Net is { } net && Result is { } result ? (net, result) : null;
}
