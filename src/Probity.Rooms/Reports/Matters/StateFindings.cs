using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Shared.Record;

namespace Probity.Reports.Matters;

/// <summary>Whoever looks into a matter says what was found of each allegation; a second person, who neither opened it nor looked into it, confirms that or returns it.</summary>
internal sealed class StateFindings(MatterDesk desk)
{
    public const string FindingMissing = "matters.finding-missing";
    public const string NothingStated = "matters.nothing-stated";
    public const string AgreesMissing = "matters.agrees-missing";
    public const string OverseerConfirms = "matters.overseer-confirms";

    /// <summary>What is said of one allegation.</summary>
    internal sealed record Said(Guid Allegation, AllegationFinding? Finding, string? Reason);

    internal sealed record Command(Guid Matter, Guid Id, IReadOnlyList<Said> Findings);

    internal sealed record Answer(Guid Matter, Guid Id, bool? Agrees, string? Reason);

    public static Decision Decide(Command command, MatterFacts facts)
    {
        if (AddAllegation.NotOpen(facts.Matter) is { } code) return Decision.Refuse(code);
        var stated = new List<StatedFinding>();
        foreach (var allegation in facts.Matter.Allegations)
        {
            if (command.Findings.FirstOrDefault(f => f.Allegation == allegation.Id) is not { Finding: { } finding } said || !Enum.IsDefined(finding)) return Decision.Refuse(FindingMissing);
            if (StaffText.Refuses(said.Reason) is { } unfit) return unfit;
            stated.Add(new StatedFinding(allegation.Id, finding, said.Reason!.Trim()));
        }

        return command.Findings.Count == stated.Count ? Decision.Accept(facts.Matter.File(new FindingsStated(command.Id, stated))) : Decision.Refuse(FindingMissing);
    }

    public static Decision Decide(Answer command, MatterFacts facts) =>
        facts.Matter.Stage != MatterStage.Found ? Decision.Refuse(NothingStated)
        : command.Agrees is not { } agrees ? Decision.Refuse(AgreesMissing)
        : agrees && MatterAccess.WaitsForOverseer(facts) ? Decision.Refuse(OverseerConfirms)
        : agrees ? Decision.Accept(facts.Matter.File(new FindingsConfirmed(command.Id)))
        : StaffText.Refuses(command.Reason) is { } unfit ? unfit
        : Decision.Accept(facts.Matter.File(new FindingsReturned(command.Id, command.Reason!.Trim())));

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) => desk.RunAsync(person, command.Matter, MatterAction.State, command.Id, facts => Decide(command, facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Answer command, CancellationToken cancel) => desk.RunAsync(person, command.Matter, MatterAction.Answer, command.Id, facts => Decide(command, facts), cancel);
}

/// <summary>The opener, or whoever was named to see a matter, gives it to another investigator or another body, and says why.</summary>
internal sealed class GiveMatter(MatterDesk desk)
{
    internal sealed record Command(Guid Matter, Guid Id, Guid? Investigator, string? Body, string? Reason);

    public static Decision Decide(Command command, MatterFacts facts)
    {
        var matter = facts.Matter;
        if (matter.Stage == MatterStage.Concluded) return Decision.Refuse(AddAllegation.Concluded);
        if ((MatterCandidates.Of(matter.Opener, facts.Register, facts.Now).RefusesLookingInto(command.Investigator, command.Body) ?? StaffText.Refuses(command.Reason)) is { } unfit) return unfit;
        // Whoever tries people one after the other with something missing learns nothing: ties come last.
        return command.Investigator is { } investigator && matter.People.Contains(investigator) ? Decision.Refuse(MatterCandidates.InvestigatorUnfit)
            : command.Investigator is { } next && MatterAccess.Bar(next, matter, facts.Register, facts.Now) is not null ? Decision.Refuse(MatterCandidates.NotFree)
            : Decision.Accept(matter.File(new MatterGiven(command.Id, command.Investigator, command.Investigator is null ? command.Body!.Trim() : null, command.Reason!.Trim())));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) => desk.RunAsync(person, command.Matter, MatterAction.Give, command.Id, facts => Decide(command, facts), cancel);
}
