using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Files;

/// <summary>A file as it was sent: one asks, another agrees, and then whoever asked downloads it once.</summary>
internal sealed class ReleaseOriginal(ReportDesk desk)
{
    public const string AskedAlready = "reports.original-asked-already";
    public const string NoFile = "reports.original-no-file";
    public const string NotAsked = "reports.original-not-asked";
    public const string OwnAsking = "reports.original-own-asking";
    public const string NotOpen = "reports.original-not-open";

    /// <param name="Report">The report.</param>
    /// <param name="Id">What is asked.</param>
    /// <param name="File">The file.</param>
    /// <param name="Words">Why.</param>
    internal sealed record Ask(Guid Report, Guid Id, Guid File, string? Words);

    /// <param name="Report">The report.</param>
    /// <param name="Id">The act.</param>
    /// <param name="Asked">What was asked.</param>
    internal sealed record Agree(Guid Report, Guid Id, Guid Asked);

    /// <param name="Report">The report.</param>
    /// <param name="Id">The act: a new one for each download, for the same one twice would be given twice.</param>
    /// <param name="Asked">What was asked.</param>
    internal sealed record Give(Guid Report, Guid Id, Guid Asked);

    public static Decision Decide(Ask command, string? box, ReportFacts facts) =>
        ReportFile.Find(facts.Opened, command.File) is null ? Decision.Refuse(NoFile)
        : facts.Report.Originals.Any(a => a.File == command.File && a.By == facts.Person && (a.Waits || a.IsOpen(facts.Now))) ? Decision.Refuse(AskedAlready)
        : StaffText.Refuses(command.Words) is { } unfit ? unfit
        : Decision.Accept(facts.Report.File(new OriginalAsked(command.Id, command.File, box!)));

    public static Decision Decide(Agree command, ReportFacts facts) =>
        facts.Report.Originals.Find(a => a.Id == command.Asked && a.Waits) is not { } asked ? Decision.Refuse(NotAsked)
        : asked.By == facts.Person ? Decision.Refuse(OwnAsking)
        : Decision.Accept(facts.Report.File(new OriginalAgreed(command.Id, command.Asked)));

    public static Decision Decide(Give command, ReportFacts facts) =>
        facts.Report.Originals.Find(a => a.Id == command.Asked && a.By == facts.Person) is not { } asked ? Decision.Refuse(NotAsked)
        : !asked.IsOpen(facts.Now) ? Decision.Refuse(NotOpen)
        : Decision.Accept(facts.Report.File(new OriginalGiven(command.Id, command.Asked)));

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Ask command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.AskOriginal, command.Id, facts => Decide(command, StaffText.Seal(facts.Opened, command.Id, command.Words), facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Agree command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.AgreeOriginal, command.Id, facts => Decide(command, facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Give command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.GiveOriginal, command.Id, facts => Decide(command, facts), cancel);
}
