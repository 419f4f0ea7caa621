using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>A closed report is opened again where its source wrote. The time for feedback begins anew.</summary>
internal sealed class ReopenReport(ReportDesk desk)
{
    public const string NotClosed = "reports.not-closed";
    public const string NothingNew = "reports.nothing-new";

    internal sealed record Command(Guid Report, Guid Id, string? Words);

    public static Decision Decide(Command command, string? words, ReportFacts facts) =>
        facts.Report.Closed is null ? Decision.Refuse(NotClosed)
        : !facts.SourceWrote ? Decision.Refuse(NothingNew)
        : StaffText.RefusesNote(command.Words) is { } unfit ? unfit
        : Decision.Accept(facts.Report.File(new ReportReopened(command.Id, words)));

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.Reopen, command.Id, facts => Decide(command, StaffText.Seal(facts.Opened, command.Id, command.Words), facts), cancel);
}
