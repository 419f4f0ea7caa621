using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>
/// Somebody of the register applies, or integrity or vetting enters an application from outside; that of a namesake of somebody registered, an overseer. It gets a number; scorers see that and the answers alone.
/// </summary>
internal sealed class ApplyForPost(SelectionDesk desk)
{
    public const string NotOpen = "people.selection-not-open";
    public const string Late = "people.selection-late";
    public const string Already = "people.selection-applied";
    public const string Namesake = "people.selection-namesake";
    public const string NameMissing = "people.selection-name";
    public const string AnswerMissing = "people.selection-answers";

    /// <summary>An application; a name is that of somebody from outside.</summary>
    internal sealed record Command(Guid Competition, IReadOnlyList<string> Answers, string? Name = null, bool IsOutsider = false);

    public static Decision Decide(Command command, SelectionFacts facts)
    {
        var (competition, me) = (facts.Competition!, facts.Actor.Person);
        if (competition.FrozenBy is null || facts.Now < competition.OpensAt) return Decision.Refuse(NotOpen);
        if (facts.Now >= competition.ClosesAt) return Decision.Refuse(Late);
        var name = command.IsOutsider ? command.Name?.Trim() ?? "" : null;
        if (name is not null && (!WrittenText.SaysSomething(name) || name.Length > DrawUpCompetition.MostName || !WrittenText.IsPlain(name, lines: false))) return Decision.Refuse(NameMissing);
        if (name is null ? competition.Of(me) is not null : competition.Applications.Any(a => a.Name is { } known && PeopleNames.AreSame(known, name))) return Decision.Refuse(Already);
        // As from outside a colleague would be held against no tie: what the register knows goes by its ids.
        if (name is not null && !facts.Actor.Has(Role.Overseer) && facts.Register.People.Values.Any(p => p.Name is { } registered && PeopleNames.AreSame(registered, name)))
        {
            return new Refusal(Namesake, new Reroute(nameof(Role.Overseer), [.. facts.Register.Holders(Role.Overseer, facts.Now)
                .Where(p => !competition.Sat.Contains(p))]));
        }

        if (command.Answers.Count != competition.Plan.Criteria.Count || command.Answers.Any(a => VettingTexts.Refuses(a) is not null)) return Decision.Refuse(AnswerMissing);
        var (number, person) = (competition.Applications.Count + 1, name is null ? me : default(Guid?));
        return Decision.Accept(
            new Filing(Competitions.Stream, new ApplicationNumbered(competition.Id, number)),
            SelectionDesk.File(competition, person, new ApplicationFiled(competition.Id, number, [.. command.Answers.Select(a => a.Trim())], person, name)));
    }

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) => desk.RunAsync(
        person, command.Competition, command.IsOutsider ? SelectionAction.ApplyForOutsider : SelectionAction.Apply, facts => Decide(command, facts), cancel);
}
