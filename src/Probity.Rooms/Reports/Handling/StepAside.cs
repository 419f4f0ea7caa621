using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>Somebody has no more to do with a report: their own act, at any time, for good. From then on it is not there for them. Only whoever is the last who can open it cannot: nobody would read it any more.</summary>
internal sealed class StepAside(ReportDesk desk)
{
    public const string LastReader = "reports.last-reader";

    /// <summary>The page asks for a tick that it is meant for good: nobody can take it back.</summary>
    public const string FinalMissing = "reports.aside-final-missing";

    /// <param name="Report">The report.</param>
    /// <param name="Id">The act.</param>
    /// <param name="Words">Why, for those who stay; may be left out.</param>
    internal sealed record Command(Guid Report, Guid Id, string? Words);

    public static Decision Decide(Command command, string? words, ReportFacts facts) =>
        facts.Readers(Role.Integrity).Concat(facts.Readers(Role.Overseer)).All(p => p == facts.Person) ? Decision.Refuse(LastReader)
        : StaffText.RefusesNote(command.Words) is { } unfit ? unfit
        : Decision.Accept(facts.Report.File(new SteppedAside(command.Id, words)));

    /// <summary>The end is Done for whoever may see the report no more.</summary>
    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.StepAside, command.Id, facts => Decide(command, StaffText.Seal(facts.Opened, command.Id, command.Words), facts), cancel);
}
