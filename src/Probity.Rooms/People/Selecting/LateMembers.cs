using Probity.Access.Contract;
using Probity.Policies.Contract;

namespace Probity.People.Selecting;

/// <summary>
/// Whose step is past its day: who has not scored, in the chair has not asked for a ranking, has not answered to one, or has not answered an appeal. Another can be named in their place, or one member could hold
/// a competition up for good.
/// </summary>
internal static class LateMembers
{
    /// <summary>Whether somebody is late in what the panel has to do now.</summary>
    public static bool IsLate(SelectionFacts facts, Competition competition, Guid person) => competition.StageAt(facts.Now) switch
    {
        CompetitionStage.Scoring => IsPast(facts, competition, competition.ClosesAt, person) && !facts.IsOut(competition, person)
            && competition.ToScore.Any(a => competition.ScorersOf(a.Number).Contains(person) && !competition.HasScored(a.Number, person) && facts.Bar(person, a) is null),
        CompetitionStage.Opened => competition.Acting[0] == person && IsPast(facts, competition, competition.StepSince!.Value, person),
        CompetitionStage.Proposed => competition.Acting.IndexOf(person) > 0 && IsPast(facts, competition, competition.StepSince!.Value, person),
        _ => false,
    };

    /// <summary>Those who are late and for whom nobody has been asked to come yet.</summary>
    public static IEnumerable<Guid> Waiting(SelectionFacts facts, Competition competition) => competition.Scorers.Union(competition.Acting)
        .Where(p => IsLate(facts, competition, p) && !competition.Replacements.Any(r => r.Application is null && r.Out == p));

    /// <summary>Whether a member of an appeal's panel has not answered in time.</summary>
    public static bool IsLate(SelectionFacts facts, RankingAppeal appeal, Guid member) =>
        appeal.Votes.All(v => v.By != member) && appeal.NamedAt is { } named && facts.Now >= facts.Policy.After(PolicyRules.SelectionStepWithin, named);

    /// <summary>Whether somebody puts a late member out: those who watch over competitions, not the other members.</summary>
    public static bool PutsOut(Actor actor) => actor.Has(Role.Integrity) || actor.Has(Role.Vetting) || actor.Has(Role.Overseer);

    static bool IsPast(SelectionFacts facts, Competition competition, DateTimeOffset since, Guid person) =>
        facts.Now >= facts.Policy.After(PolicyRules.SelectionStepWithin, competition.Joined.TryGetValue(person, out var joined) && joined > since ? joined : since);
}
