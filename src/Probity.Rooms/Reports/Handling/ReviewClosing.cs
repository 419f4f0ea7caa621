using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>An overseer looks again at a closing without action that was drawn. Where they do not agree it is open again; they themselves neither handle nor close it.</summary>
internal sealed class ReviewClosing(ReportDesk desk)
{
    internal sealed record Command(Guid Report, Guid Id, bool? Agrees, string? Words);

    public static Decision Decide(Command command, string? words, ReportFacts facts)
    {
        if (command.Agrees is not { } agrees) return Decision.Refuse(CloseReport.AgreesMissing);
        if (StaffText.Refuses(command.Words) is { } unfit) return unfit;
        var reviewed = facts.Report.File(new ClosingReviewed(command.Id, agrees, words!));
        return agrees ? Decision.Accept(reviewed) : Decision.Accept(reviewed, facts.Report.File(new ReportReopened(StaffText.Second(command.Id))));
    }

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.Review, command.Id, facts => Decide(command, StaffText.Seal(facts.Opened, command.Id, command.Words), facts), cancel);
}
