using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>Whoever handles a report writes to its source: a message, or the feedback that the law asks for. There is no way to put that off.</summary>
internal sealed class TellSource(ReportDesk desk)
{
    public const string UntilWrong = "reports.until-wrong";
    public const string FeedbackAlready = "reports.feedback-already";

    const int MostDays = 366;

    /// <param name="Report">The report.</param>
    /// <param name="Id">The act.</param>
    /// <param name="Text">What the source is told.</param>
    /// <param name="Until">The day by which they are told more, if one is said.</param>
    /// <param name="IsFeedback">Whether it says what was found or is done.</param>
    internal sealed record Command(Guid Report, Guid Id, string? Text, DateOnly? Until, bool IsFeedback);

    /// <summary>All that is wrong in what was written, each with its field.</summary>
    public static IEnumerable<Fault> Faults(Command command, DateOnly today)
    {
        if (StaffText.Refuses(command.Text) is { } unfit) yield return new("message", unfit.Code);
        if (command.Until is { } until && (until <= today || until > today.AddDays(MostDays))) yield return new("until", UntilWrong);
    }

    public static Decision Decide(Command command, Letter? letter, ReportFacts facts)
    {
        var report = facts.Report;
        if (report.Closed is not null) return Decision.Refuse(AcknowledgeReport.IsClosed);
        if (report.AcknowledgedOn is null) return Decision.Refuse(TriageReport.NotAcknowledged);
        if (command.IsFeedback && report.FeedbackOn is not null) return Decision.Refuse(FeedbackAlready);
        if (Faults(command, facts.Today).FirstOrDefault() is { } fault) return Decision.Refuse(fault.Code);
        return command.IsFeedback ? Decision.Accept([.. letter!.Filings(report), report.File(new FeedbackGiven(StaffText.Second(command.Id)))]) : Decision.Accept([.. letter!.Filings(report)]);
    }

    /// <summary>Where the source is told that it stands: once that it is looked into, and with feedback that it is answered.</summary>
    public static SourceStage? StageOf(Command command, Report report) =>
        command.IsFeedback ? SourceStage.Answered : report.ToldStage is null or SourceStage.Acknowledged or SourceStage.Closed ? SourceStage.LookedInto : null;

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.Tell, command.Id, facts => Decide(command, Letter.To(facts, command.Id, StageOf(command, facts.Report), command.Text, command.Until), facts), cancel);
}
