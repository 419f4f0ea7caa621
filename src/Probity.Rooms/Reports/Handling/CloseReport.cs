using Probity.Reports.Contract;
using Probity.Reports.Matters;
using Probity.Reports.Reading;
using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>
/// Whoever handles a report closes it, and tells its source why. A second person agrees: another of integrity who can open it, else an overseer; nobody closes a report alone, by whatever name.
/// </summary>
internal sealed class CloseReport(ReportDesk desk)
{
    public const string ReasonMissing = "reports.reason-missing";
    public const string ReasonUnfit = "reports.reason-does-not-fit";
    public const string MessageMissing = "reports.message-missing";
    public const string AskedAlready = "reports.closing-asked-already";
    public const string AgreesMissing = "reports.agrees-missing";
    public const string NotAsked = "reports.closing-not-asked";
    public const string SourceWrote = "reports.source-wrote";

    /// <summary>What it is about is still looked into.</summary>
    public const string MatterOpen = "reports.matter-open";

    /// <param name="Report">The report.</param>
    /// <param name="Id">The act.</param>
    /// <param name="Reason">Why, as a code.</param>
    /// <param name="Words">Why, for those who read it again here.</param>
    /// <param name="Message">What the source is told; may be left out of junk alone.</param>
    internal sealed record Command(Guid Report, Guid Id, CloseReason? Reason, string? Words, string? Message);

    /// <param name="Report">The report.</param>
    /// <param name="Id">The act.</param>
    /// <param name="Agrees">Whether it is closed.</param>
    /// <param name="Words">Why not.</param>
    internal sealed record Answer(Guid Report, Guid Id, bool? Agrees, string? Words);

    /// <summary>All that is wrong in what is asked, each with its field.</summary>
    public static IEnumerable<Fault> Faults(Command command)
    {
        if (command.Reason is not { } reason || !Enum.IsDefined(reason)) yield return new("reason", ReasonMissing);
        if (StaffText.Refuses(command.Words) is { } unfit) yield return new("words", unfit.Code);
        if (!IsSilent(command) && StaffText.Refuses(command.Message) is { Code: var code }) yield return new("message", code is StaffText.Missing or StaffText.TooShort ? MessageMissing : code);
    }

    /// <summary>All that is wrong in an answer, each with its field.</summary>
    public static IEnumerable<Fault> Faults(Answer command)
    {
        if (command.Agrees is null) yield return new("agrees", AgreesMissing);
        if (command.Agrees == false && StaffText.Refuses(command.Words) is { } unfit) yield return new("words", unfit.Code);
    }

    // Junk alone is closed without a word to its source.
    static bool IsSilent(Command command) => command.Reason == CloseReason.Junk && string.IsNullOrWhiteSpace(command.Message);

    /// <param name="command">What is asked.</param>
    /// <param name="words">The reason, sealed.</param>
    /// <param name="message">The message as it waits for a second person, sealed.</param>
    /// <param name="facts">The report.</param>
    public static Decision Decide(Command command, string? words, string? message, ReportFacts facts)
    {
        var report = facts.Report;
        if (report.Closed is not null) return Decision.Refuse(AcknowledgeReport.IsClosed);
        if (report.Triage is null) return Decision.Refuse(TakeReport.TriageFirst);
        if (report.Closing is not null) return Decision.Refuse(AskedAlready);
        if (command.Reason is not { } reason || !Enum.IsDefined(reason)) return Decision.Refuse(ReasonMissing);
        if (facts.SeenMatters.Any(m => m.Stage != MatterStage.Concluded)) return Decision.Refuse(MatterOpen);
        if (!Fits(reason, report, facts)) return Decision.Refuse(ReasonUnfit);
        return Faults(command).FirstOrDefault() is { } fault ? Decision.Refuse(fault.Code)
            : Decision.Accept(report.File(new ClosingAsked(command.Id, reason, facts.LastIndex, words!, IsSilent(command) ? null : message)));
    }

    /// <param name="command">The answer.</param>
    /// <param name="words">Why not, sealed.</param>
    /// <param name="letter">What the source is told; null where nothing.</param>
    /// <param name="facts">The report.</param>
    public static Decision Decide(Answer command, string? words, Letter? letter, ReportFacts facts)
    {
        if (facts.Report is not { Closing: { } asked, Closed: null } report) return Decision.Refuse(NotAsked);
        if (Faults(command).FirstOrDefault() is { } fault) return Decision.Refuse(fault.Code);
        if (command.Agrees == false) return Decision.Accept(report.File(new ClosingReturned(command.Id, words!)));
        if (facts.SeenMatters.Any(m => m.Stage != MatterStage.Concluded)) return Decision.Refuse(MatterOpen);
        // What came meanwhile has to be read by whoever would close it.
        if (facts.LastIndex > asked.LastIndex) return Decision.Refuse(SourceWrote);
        return Decision.Accept([.. letter?.Filings(report) ?? [], report.File(new ReportClosed(command.Id, asked.Reason, facts.Opened.Received, asked.LastIndex))]);
    }

    // Acting rests on something found, here or in a matter that was opened from it; a referral on having referred it, nothing done on having looked.
    static bool Fits(CloseReason reason, Report report, ReportFacts facts) => reason switch
    {
        CloseReason.Acted => report.Finding?.Finding is Finding.Substantiated or Finding.PartlySubstantiated || facts.SeenMatters.SelectMany(m => m.Outcomes).Contains(AllegationFinding.Substantiated),
        CloseReason.Referred => report.Triage!.Verdict == TriageVerdict.Referred,
        CloseReason.NoAction => report.Finding is not null || facts.SeenMatters.Any(m => m.Stage == MatterStage.Concluded),
        CloseReason.NotWrongdoing => report.Triage!.Verdict == TriageVerdict.NotWrongdoing,
        _ => report.Triage!.Verdict == TriageVerdict.Junk,
    };

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.AskClosing, command.Id, facts => Decide(
            command, StaffText.Seal(facts.Opened, command.Id, command.Words), StaffText.Seal(facts.Opened, StaffText.Second(command.Id), command.Message), facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Answer command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.AnswerClosing, command.Id, facts => Decide(
            command, StaffText.Seal(facts.Opened, command.Id, command.Words), Waiting(command, facts), facts), cancel);

    /// <summary>The message that waited for a second person, sealed for the source on the day on which it goes to it.</summary>
    public static Letter? Waiting(Answer command, ReportFacts facts) =>
        facts.Report.Closing is { } asked && StaffText.Open(facts.Opened, StaffText.Second(asked.Id), asked.Message) is { } message
            ? Letter.To(facts, StaffText.Second(command.Id), SourceStage.Closed, message, null) : null;
}
