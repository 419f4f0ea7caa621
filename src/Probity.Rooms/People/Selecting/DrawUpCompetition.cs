using System.Globalization;
using Probity.People.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>Integrity or vetting writes down all that is fixed before anybody applies; until a second person freezes it, it can be drawn up anew.</summary>
internal sealed class DrawUpCompetition(SelectionDesk desk)
{
    public const int MostPosts = 20, MostCriteria = 8, MostName = 200;

    /// <summary>How many days the first one may be away, and the last one from it.</summary>
    public const int MostDays = 366;
    public const string TitleMissing = "people.selection-title";
    public const string TaskMissing = "people.selection-task";
    public const string PostMissing = "people.selection-post";
    public const string PostBusy = "people.selection-post-busy";
    public const string CriteriaWrong = "people.selection-criteria";
    public const string WeightsWrong = "people.selection-weights";
    public const string TieWrong = "people.selection-tie";
    public const string PlacesWrong = "people.selection-places";
    public const string DaysWrong = "people.selection-days";
    public const string IsFrozen = "people.selection-frozen";

    internal sealed record Command(Guid Competition, CompetitionPlan Plan, Guid? Request = null);

    public static Decision Decide(Command command, SelectionFacts facts)
    {
        var (plan, known) = (command.Plan, facts.Competition);
        if (known?.FrozenBy is not null) return Decision.Refuse(IsFrozen);
        // Once nobody has frozen it for long another draws it up anew; who did before comes into its panel no more than they do.
        if (known is not null && known.DrawnBy != facts.Actor.Person && !known.IsStaleAt(facts.Now)) return Decision.Refuse(Access.Contract.Bars.EarlierRole);
        if (Wrong(plan, facts) is { } wrong) return Decision.Refuse(wrong);
        if (IsBusy(command.Competition, plan.Posts, facts)) return Decision.Refuse(PostBusy);
        if (command.Request is { } request && !facts.All.Requests.Any(r => r.Id == request && plan.Posts.Contains(r.Post))) return Decision.Refuse(SelectionDesk.Nothing);
        var asked = facts.All.AskersOf(plan.Posts).Concat(known?.AskedBy ?? []);
        if (PanelRules.Refuses(plan.Panel, plan.Posts, [facts.Actor.Person, .. known?.Drew ?? []], asked, facts) is { } panel) return Decision.Refuse(panel);
        var number = known?.Number ?? string.Create(CultureInfo.InvariantCulture, $"S-{facts.Now.UtcDateTime.Year}-{facts.All.All.Count + 1:000}");
        return Decision.Accept(Competitions.Stream, new CompetitionDrawnUp(command.Competition, number, plan, command.Request));
    }

    static string? Wrong(CompetitionPlan plan, SelectionFacts facts)
    {
        if (!Fits(plan.Title, MostName, false)) return TitleMissing;
        var tasks = new[] { plan.Task.En, plan.Task.Es, plan.Task.Pt }.Where(t => t is not null).ToList();
        if (tasks.Count == 0 || !tasks.All(t => Fits(t, VettingTexts.Max, true))) return TaskMissing;
        if (plan.Posts.Count is 0 or > MostPosts || plan.Posts.Distinct().Count() != plan.Posts.Count || !plan.Posts.All(facts.Register.Posts.ContainsKey)
            || plan.Posts.Select(p => facts.Register.Posts[p].Role).Distinct().Count() > 1) return PostMissing;
        if (plan.Criteria.Count is 0 or > MostCriteria || !plan.Criteria.All(c => Fits(c.Name, MostName, false))
            || plan.Criteria.Select(c => string.Join(' ', c.Name.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))).Distinct(StringComparer.InvariantCultureIgnoreCase).Count() != plan.Criteria.Count) return CriteriaWrong;
        if (plan.Criteria.Any(c => c.Weight is < 1 or > 100) || plan.Criteria.Sum(c => c.Weight) != 100) return WeightsWrong;
        if (plan.TieCriterion < 0 || plan.TieCriterion >= plan.Criteria.Count) return TieWrong;
        if (plan.Places < 1 || plan.Places > plan.Posts.Count) return PlacesWrong;
        // Counted in whole days: a day of year 9999 has no day after it.
        var (ahead, lasts) = (plan.Opens.DayNumber - DateOnly.FromDateTime(facts.Now.UtcDateTime).DayNumber, plan.Closes.DayNumber - plan.Opens.DayNumber);
        return ahead is < 1 or > MostDays || lasts is < 0 or > MostDays ? DaysWrong : null;
    }

    /// <summary>
    /// Whether another competition for one of these posts is not over: there is one at a time, or whoever lost could have another begun beside it. What was drawn up and is not frozen for long keeps a post no more, nor does
    /// what somebody draws up next for whom that was so.
    /// </summary>
    internal static bool IsBusy(Guid competition, IReadOnlyList<Guid> posts, SelectionFacts facts, bool frozen = false) => facts.All.All.Values.Any(c => c.Id != competition && posts.Any(p => c.Covers(p, facts.Register))
        && (c.FrozenBy is not null || (!frozen && !c.IsStaleAt(facts.Now) && !HasLeftOne(c, facts))) && (c.IsAppealOpen || c.StageAt(facts.Now) is not (CompetitionStage.Adopted or CompetitionStage.Empty or CompetitionStage.Late)));

    // Or one draft after the other would keep a post from being filled.
    static bool HasLeftOne(Competition draft, SelectionFacts facts) => facts.All.All.Values.Any(c => c.Id != draft.Id && c.FrozenBy is null && c.Drew.Overlaps(draft.Drew) && c.Plan.Posts.Any(draft.Plan.Posts.Contains)
        && (c.IsStaleAt(facts.Now) || c.StageAt(facts.Now) == CompetitionStage.Late));

    static bool Fits(string? text, int most, bool lines) => WrittenText.SaysSomething(text) && text!.Length <= most && WrittenText.IsPlain(text, lines);

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Competition, SelectionAction.DrawUp, facts => Decide(command, facts), cancel);
}
