using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>A closed report is opened again where its source wrote, or where somebody writes what became known since. The time for feedback begins anew; its source is told nothing by it.</summary>
internal sealed class ReopenReport(ReportDesk desk)
{
    public const string NotClosed = "reports.not-closed";

    /// <summary>Its source did not write, and nobody says what became known.</summary>
    public const string NothingNew = "reports.nothing-new";

    internal sealed record Command(Guid Report, Guid Id, string? Words);

    public static Decision Decide(Command command, string? words, ReportFacts facts) =>
        facts.Report.Closed is null ? Decision.Refuse(NotClosed)
        : !facts.SourceWrote && string.IsNullOrWhiteSpace(command.Words) ? Decision.Refuse(NothingNew)
        : (facts.SourceWrote ? StaffText.RefusesNote(command.Words) : StaffText.Refuses(command.Words)) is { } unfit ? unfit
        : Decision.Accept(facts.Report.File(new ReportReopened(command.Id, words)));

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.Reopen, command.Id, facts => Decide(command, StaffText.Seal(facts.Opened, command.Id, command.Words), facts), cancel);
}
