using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>Whoever handles a report records what was found, and on what it rests. A later finding takes the place of an earlier one; both stay on the record.</summary>
internal sealed class RecordFinding(ReportDesk desk)
{
    public const string FindingMissing = "reports.finding-missing";

    internal sealed record Command(Guid Report, Guid Id, Finding? Finding, string? Words);

    /// <summary>All that is wrong in what was said, each with its field.</summary>
    public static IEnumerable<Fault> Faults(Command command)
    {
        if (command.Finding is not { } finding || !Enum.IsDefined(finding)) yield return new("finding", FindingMissing);
        if (StaffText.Refuses(command.Words) is { } unfit) yield return new("words", unfit.Code);
    }

    public static Decision Decide(Command command, string? words, ReportFacts facts)
    {
        if (facts.Report.Closed is not null) return Decision.Refuse(AcknowledgeReport.IsClosed);
        if (facts.Report.Triage is null) return Decision.Refuse(TakeReport.TriageFirst);
        return Faults(command).FirstOrDefault() is { } fault ? Decision.Refuse(fault.Code) : Decision.Accept(facts.Report.File(new FindingRecorded(command.Id, command.Finding!.Value, words!)));
    }

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.Find, command.Id, facts => Decide(command, StaffText.Seal(facts.Opened, command.Id, command.Words), facts), cancel);
}
