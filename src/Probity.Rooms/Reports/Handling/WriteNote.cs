using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>A note for the others who can open a report. An overseer may write one too.</summary>
internal sealed class WriteNote(ReportDesk desk)
{
    internal sealed record Command(Guid Report, Guid Id, string? Words);

    public static Decision Decide(Command command, string? words, ReportFacts facts) =>
        StaffText.Refuses(command.Words) is { } unfit ? unfit : Decision.Accept(facts.Report.File(new NoteWritten(command.Id, words!)));

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.Note, command.Id, facts => Decide(command, StaffText.Seal(facts.Opened, command.Id, command.Words), facts), cancel);
}
