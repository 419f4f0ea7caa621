using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>Somebody takes a report in hand: the first answers for it, a second works with them. Whose post has ended is replaced, and where a day was missed whoever may take it takes it over.</summary>
internal sealed class TakeReport(ReportDesk desk)
{
    public const string Already = "reports.taken-already";
    public const string Full = "reports.taken-by-two";
    public const string TriageFirst = "reports.triage-first";

    internal sealed record Command(Guid Report, Guid Id);

    public static Decision Decide(Command command, ReportFacts facts)
    {
        var report = facts.Report;
        if (report.Closed is not null) return Decision.Refuse(AcknowledgeReport.IsClosed);
        if (report.Handler == facts.Person || report.Second == facts.Person) return Decision.Refuse(Already);
        // An overseer to whom it came because nothing was done does not wait for what was not done.
        if (report.Triage is null && !facts.Clock.IsEscalated) return Decision.Refuse(TriageFirst);
        if (!IsThere(report.Handler)) return Take(leads: true);
        if (!IsThere(report.Second)) return Take(leads: false);
        return facts.Clock.IsEscalated ? Take(leads: true) : Decision.Refuse(Full);

        bool IsThere(Guid? person) => person is { } known && (facts.Readers(Role.Integrity).Contains(known) || facts.Readers(Role.Overseer).Contains(known));
        Decision Take(bool leads) => Decision.Accept(report.File(new ReportTaken(command.Id, leads)));
    }

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.Take, command.Id, facts => Decide(command, facts), cancel);
}
