using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>
/// An applicant appeals, an overseer names another panel, and each of its members says whether the ranking stands; unless more than half say so, another panel scores anew.
/// Integrity or vetting enters the appeal of somebody from outside.
/// </summary>
internal sealed class AppealRanking(SelectionDesk desk, SelectionSeeds seeds)
{
    public const string TooLate = "people.selection-appeal-late";
    public const string Already = "people.selection-appealed";
    public const string PanelAnswered = "people.selection-panel-answered";
    public const string Answered = "people.selection-appeal-answered";

    /// <summary>An appeal; of the application of who acts unless it is one from outside.</summary>
    internal sealed record Command(Guid Competition, Guid Appeal, string? Reason, int? Outsider = null);

    /// <summary>A panel for an appeal, or for scoring anew where none is named.</summary>
    internal sealed record Naming(Guid Competition, Guid? Appeal, IReadOnlyList<Guid> Members);

    internal sealed record Answer(Guid Competition, Guid Appeal, bool? Confirms, string? Reason);

    public static Decision Decide(Command command, SelectionFacts facts)
    {
        var competition = facts.Competition!;
        var application = command.Outsider is { } number ? competition.Find(number) is { Name: not null } outside ? outside : null : competition.Of(facts.Actor.Person);
        if (application is null) return Decision.Refuse(SelectionDesk.Nothing);
        // An applicant appeals for themselves alone.
        if (command.Outsider is not null && competition.Of(facts.Actor.Person) is not null) return Decision.Refuse(Access.Contract.Bars.Self);
        if (competition.StageAt(facts.Now) != CompetitionStage.Adopted || facts.Now >= competition.AppealUntil) return Decision.Refuse(TooLate);
        if (competition.Appeals.Any(a => a.Application == application.Number)) return Decision.Refuse(Already);
        return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
            : Decision.Accept(SelectionDesk.File(competition, application.Person, new RankingAppealed(competition.Id, command.Appeal, application.Number, command.Reason!.Trim())));
    }

    public static Decision Decide(Naming command, SelectionFacts facts, string commitment)
    {
        var competition = facts.Competition!;
        var late = false;
        if (command.Appeal is { } id)
        {
            if (competition.Appeals.Find(a => a.Id == id) is not { } appeal || !TakesPanel(facts, competition, appeal)) return Decision.Refuse(SelectionDesk.Nothing);
            // An answer is not got rid of by another panel.
            if (appeal.Votes.Any(v => !command.Members.Contains(v.By) && SelectionAccess.MaySit(v.By, facts.Register, facts.Now))) return Decision.Refuse(PanelAnswered);
            late = appeal.Panel.Any(p => LateMembers.IsLate(facts, appeal, p));
        }
        else if (competition.AnewSince is null)
        {
            return Decision.Refuse(SelectionDesk.Nothing);
        }

        // Nobody who scored is in it, nor an applicant, nor who is near to one of them.
        if (command.Members.Any(m => competition.ToScore.Any(a => a.Person == m || facts.Bar(m, a) is not null))) return Decision.Refuse(ReplaceScorer.InBarred);
        var excluded = competition.Sat.Select(p => (Guid?)p).Concat([.. competition.Drew, competition.FrozenBy, facts.Actor.Person]);
        return PanelRules.Refuses(command.Members, competition.Plan.Posts, excluded, competition.AskedBy, facts) is { } panel ? Decision.Refuse(panel)
            : Decision.Accept(Competitions.Stream, new PanelNamed(competition.Id, command.Members, command.Appeal, command.Appeal is null ? commitment : null, late ? facts.Policy.Label : null));
    }

    /// <summary>Whether an appeal takes a panel: it has none, or somebody of it is late or has left the service.</summary>
    public static bool TakesPanel(SelectionFacts facts, Competition competition, RankingAppeal appeal) => competition.AnewSince is null && appeal.Confirmed is null
        && (appeal.Panel.IsEmpty || appeal.Panel.Any(p => LateMembers.IsLate(facts, appeal, p) || !SelectionAccess.MaySit(p, facts.Register, facts.Now)));

    public static Decision Decide(Answer command, SelectionFacts facts)
    {
        var (competition, me) = (facts.Competition!, facts.Actor.Person);
        if (competition.AnewSince is not null || competition.Appeals.Find(a => a.Id == command.Appeal) is not { Confirmed: null } appeal || !appeal.Panel.Contains(me)) return Decision.Refuse(SelectionDesk.Nothing);
        if (appeal.Votes.Any(v => v.By == me)) return Decision.Refuse(Answered);
        if (competition.Find(appeal.Application) is { } application && facts.Bar(me, application) is not null) return Decision.Refuse(ScoreApplication.Barred);
        if (command.Confirms is not { } confirms) return Decision.Refuse(ReplaceScorer.AnswerMissing);
        return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
            : Decision.Accept(Competitions.Stream, new RankingAppealAnswered(competition.Id, appeal.Id, confirms, command.Reason!.Trim()));
    }

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Competition, SelectionAction.Appeal, facts => command.Outsider is not null || facts.Competition!.Of(person) is not null
            ? Decide(command, facts) : Decision.Refuse(SelectionDesk.Nothing), cancel);

    public Task<Outcome> HandleAsync(Guid person, Naming command, CancellationToken cancel) => desk.RunAsync(
        person, command.Competition, SelectionAction.NamePanel, facts => Decide(command, facts, seeds.Commitment(command.Competition, facts.Competition!.Round + 1)), cancel, null, command.Members);

    public Task<Outcome> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Competition, SelectionAction.AnswerAppeal, facts => Decide(command, facts), cancel);
}
