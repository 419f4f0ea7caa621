using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>Says what a report is, how urgent, and how likely retaliation is. It can be said again while the report is open: what is known changes.</summary>
internal sealed class TriageReport(ReportDesk desk)
{
    public const string VerdictMissing = "reports.verdict-missing";
    public const string UrgencyMissing = "reports.urgency-missing";
    public const string RiskMissing = "reports.risk-missing";
    public const string ProtectionMissing = "reports.protection-missing";
    public const string NotAcknowledged = "reports.not-acknowledged";

    /// <param name="Report">The report.</param>
    /// <param name="Id">The act.</param>
    /// <param name="Verdict">What it is.</param>
    /// <param name="Urgency">How soon something has to be done.</param>
    /// <param name="Risk">How likely retaliation is.</param>
    /// <param name="Retaliated">Whether the source says that it has come.</param>
    /// <param name="Words">Why, and for a referral to whom.</param>
    /// <param name="Protection">What is done about it: has to be said where the risk is not low.</param>
    internal sealed record Command(Guid Report, Guid Id, TriageVerdict? Verdict, ReportUrgency? Urgency, RetaliationRisk? Risk, bool Retaliated, string? Words, string? Protection);

    /// <summary>All that is wrong in what was said, each with its field.</summary>
    public static IEnumerable<Fault> Faults(Command command)
    {
        if (command.Verdict is not { } verdict || !Enum.IsDefined(verdict)) yield return new("verdict", VerdictMissing);
        if (command.Urgency is not { } urgency || !Enum.IsDefined(urgency)) yield return new("urgency", UrgencyMissing);
        if (command.Risk is not { } risk || !Enum.IsDefined(risk)) yield return new("risk", RiskMissing);
        var isNeeded = command.Retaliated || command.Risk is RetaliationRisk.Medium or RetaliationRisk.High;
        if ((isNeeded ? StaffText.Refuses(command.Protection) : StaffText.RefusesNote(command.Protection)) is { Code: var code }) yield return new("protection", code == StaffText.Missing ? ProtectionMissing : code);
        if (StaffText.Refuses(command.Words) is { } unfit) yield return new("words", unfit.Code);
    }

    public static Decision Decide(Command command, string? words, string? protection, ReportFacts facts)
    {
        if (facts.Report.Closed is not null) return Decision.Refuse(AcknowledgeReport.IsClosed);
        // A machine that floods is not written to; whoever else wrote has been answered by somebody first.
        if (command.Verdict is { } said && said != TriageVerdict.Junk && facts.Report.AcknowledgedOn is null) return Decision.Refuse(NotAcknowledged);
        return Faults(command).FirstOrDefault() is { } fault ? Decision.Refuse(fault.Code)
            : Decision.Accept(facts.Report.File(new ReportTriaged(command.Id, command.Verdict!.Value, command.Urgency!.Value, command.Risk!.Value, command.Retaliated, words!, protection)));
    }

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.Triage, command.Id, facts => Decide(
            command, StaffText.Seal(facts.Opened, command.Id, command.Words), StaffText.Seal(facts.Opened, StaffText.Second(command.Id), command.Protection), facts), cancel);
}
