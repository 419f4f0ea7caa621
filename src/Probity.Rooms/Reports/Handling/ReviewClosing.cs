using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>An overseer looks again at a closing that was drawn: one without action, or a referral. Where they do not agree it is open again; they themselves neither handle nor close it.</summary>
internal sealed class ReviewClosing(ReportDesk desk)
{
    internal sealed record Command(Guid Report, Guid Id, bool? Agrees, string? Words);

    /// <summary>All that is wrong in what was said, each with its field.</summary>
    public static IEnumerable<Fault> Faults(Command command)
    {
        if (command.Agrees is null) yield return new("agrees", CloseReport.AgreesMissing);
        if (StaffText.Refuses(command.Words) is { } unfit) yield return new("words", unfit.Code);
    }

    public static Decision Decide(Command command, string? words, ReportFacts facts)
    {
        if (Faults(command).FirstOrDefault() is { } fault) return Decision.Refuse(fault.Code);
        var agrees = command.Agrees == true;
        var reviewed = facts.Report.File(new ClosingReviewed(command.Id, agrees, words!));
        return agrees ? Decision.Accept(reviewed) : Decision.Accept(reviewed, facts.Report.File(new ReportReopened(StaffText.Second(command.Id))));
    }

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.Review, command.Id, facts => Decide(command, StaffText.Seal(facts.Opened, command.Id, command.Words), facts), cancel);
}
