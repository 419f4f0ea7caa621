using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>A second person freezes a competition before its first day: from then on nobody changes criteria, weights, panel or the rule for equals.</summary>
internal sealed class FreezeCompetition(SelectionDesk desk, SelectionSeeds seeds)
{
    public const string DrawnAnew = "people.selection-drawn-anew";
    public const string TooLate = "people.selection-freeze-late";

    /// <param name="facts">All that is known.</param>
    /// <param name="commitment">What the lot is drawn from, hidden.</param>
    /// <param name="drawn">The how manieth drawing up was read: another may have been put in its place.</param>
    public static Decision Decide(SelectionFacts facts, string commitment, int drawn)
    {
        var competition = facts.Competition!;
        if (competition.FrozenBy is not null) return Decision.Refuse(DrawUpCompetition.IsFrozen);
        if (drawn != competition.Drawn) return Decision.Refuse(DrawnAnew);
        if (facts.Now >= competition.OpensAt) return Decision.Refuse(TooLate);
        // An appeal, or scoring anew, may have begun since.
        if (DrawUpCompetition.IsBusy(competition.Id, competition.Plan.Posts, facts, frozen: true)) return Decision.Refuse(DrawUpCompetition.PostBusy);
        // Somebody may have left, declared a tie, or asked for one of its posts, since it was drawn up.
        return PanelRules.Refuses(competition.Panel, competition.Plan.Posts, [.. competition.Drew, facts.Actor.Person], facts.All.AskersOf(competition), facts) is { } panel ? Decision.Refuse(panel)
            : Decision.Accept(Competitions.Stream, new CompetitionFrozen(competition.Id, commitment, facts.Policy.Label));
    }

    public Task<Outcome> HandleAsync(Guid person, Guid competition, int drawn, CancellationToken cancel) =>
        desk.RunAsync(person, competition, SelectionAction.Freeze, facts => Decide(facts, seeds.Commitment(competition, 1), drawn), cancel);
}
