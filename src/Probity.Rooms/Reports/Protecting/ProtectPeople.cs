using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Protecting;

/// <summary>Puts somebody among those whom a report protects, or takes them off.</summary>
internal sealed class ProtectPeople(ReportDesk desk)
{
    public const string PersonMissing = "reports.protect-person-missing";
    public const string Full = "reports.protect-full";
    public const string FullOfOne = "reports.protect-full-of-one";
    public const string Listed = "reports.protect-listed";
    public const string Oneself = "reports.protect-oneself";

    /// <param name="Report">The report.</param>
    /// <param name="Id">The act.</param>
    /// <param name="Person">Who.</param>
    /// <param name="Protect">Whether they are protected from now on, or no longer.</param>
    internal sealed record Command(Guid Report, Guid Id, Guid? Person, bool Protect);

    /// <param name="command">What is asked.</param>
    /// <param name="known">Whom it protects.</param>
    /// <param name="seal">Seals a list.</param>
    /// <param name="facts">What is known.</param>
    public static Decision Decide(Command command, IReadOnlyList<Guid> known, Func<IReadOnlyList<Guid>, string> seal, ReportFacts facts)
    {
        if (command.Person is not { } person || !facts.Register.People.TryGetValue(person, out var somebody) || (command.Protect && somebody.IsErased)) return Decision.Refuse(PersonMissing);
        // Nobody holds up what is done about themselves.
        if (person == facts.Person) return Decision.Refuse(Oneself);
        if (!command.Protect) return known.Contains(person) ? Change([.. known.Where(p => p != person)]) : Decision.Accept();
        if (known.Contains(person)) return Decision.Refuse(Listed);
        if (ProtectedList.PutOnBy(facts.Opened, facts.Report).Values.Count(p => p == facts.Person) >= ProtectedList.MostOfOne) return Decision.Refuse(FullOfOne);
        return known.Count >= ProtectedList.Most ? Decision.Refuse(Full) : Change([.. known, person]);

        // A change is of one person: what others put there stays as it is.
        Decision Change(IReadOnlyList<Guid> now) => Decision.Accept(facts.Report.File(new PeopleProtected(command.Id, seal(now))));
    }

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) => desk.RunAsync(
        person, command.Report, opened, ReportAction.Protect, command.Id,
        facts => Decide(command, ProtectedList.Of(facts.Opened, facts.Report), people => ProtectedList.Seal(facts.Opened, command.Id, people), facts), cancel);
}
