using Probity.Policies.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>A person says to the source that they have read it. Once: the receipt that the reporter's side gives by itself is none.</summary>
internal sealed class AcknowledgeReport(ReportDesk desk)
{
    public const string Already = "reports.acknowledged-already";
    public const string IsClosed = "reports.is-closed";

    /// <param name="Report">The report.</param>
    /// <param name="Id">The act.</param>
    /// <param name="Message">What the source is told.</param>
    internal sealed record Command(Guid Report, Guid Id, string? Message);

    public static Decision Decide(Command command, Letter? letter, ReportFacts facts)
    {
        if (facts.Report.AcknowledgedOn is not null) return Decision.Refuse(Already);
        if (facts.Report.Closed is not null) return Decision.Refuse(IsClosed);
        if (StaffText.Refuses(command.Message) is { } unfit) return unfit;
        var due = facts.Opened.Received.AddDays(facts.Policy.Of(PolicyRules.ReportAcknowledgedWithin));
        return Decision.Accept([.. letter!.Filings(facts.Report), facts.Report.File(new ReportAcknowledged(command.Id, facts.Opened.Received, due, facts.Policy.Label))]);
    }

    /// <summary>The day by which the source is told that it gets feedback: the one that the page shows once this is done, for the time runs from the acknowledgement.</summary>
    public static DateOnly? FeedbackBy(ReportFacts facts) =>
        ReportClock.Of(facts.Report with { AcknowledgedOn = facts.Today }, facts.Opened.Received, facts.Policy, facts.Today).Lines.FirstOrDefault(l => l.Kind == ClockKind.Feedback)?.Due;

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.Acknowledge, command.Id, facts =>
            Decide(command, Letter.To(facts, StaffText.Second(command.Id), SourceStage.Acknowledged, command.Message, FeedbackBy(facts)), facts), cancel);
}
