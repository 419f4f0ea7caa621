using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>A second person freezes a competition before its first day: from then on nobody changes criteria, weights, panel or the rule for equals.</summary>
internal sealed class FreezeCompetition(SelectionDesk desk, SelectionSeeds seeds)
{
    public const string TooLate = "people.selection-freeze-late";

    public static Decision Decide(SelectionFacts facts, string commitment)
    {
        var competition = facts.Competition!;
        if (competition.FrozenBy is not null) return Decision.Refuse(DrawUpCompetition.IsFrozen);
        if (facts.Now >= competition.OpensAt) return Decision.Refuse(TooLate);
        // Somebody may have left, or declared a tie, since it was drawn up.
        return PanelRules.Refuses(competition.Panel, competition.Plan.Posts, [competition.DrawnBy, competition.AskedBy, facts.Actor.Person], facts) is { } panel ? Decision.Refuse(panel)
            : Decision.Accept(Competitions.Stream, new CompetitionFrozen(competition.Id, commitment, facts.Policy.Label));
    }

    public Task<Outcome> HandleAsync(Guid person, Guid competition, CancellationToken cancel) =>
        desk.RunAsync(person, competition, SelectionAction.Freeze, facts => Decide(facts, seeds.Commitment(competition, 1)), cancel);
}
