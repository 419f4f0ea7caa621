using Probity.People.Contract;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>The panel explains where its scores lie far apart; its chair asks that the ranking be adopted, a second member agrees, and to a departure from the rank an overseer too.</summary>
internal sealed class AdoptRanking(SelectionDesk desk)
{
    public const string NotFar = "people.selection-not-far";
    public const string Unexplained = "people.selection-unexplained";
    public const string OrderWrong = "people.selection-order";
    public const string AskedAnew = "people.selection-asked-anew";
    public const string NotOpened = "people.selection-not-opened";

    internal sealed record Explanation(Guid Competition, int Application, int Criterion, string? Reason);

    /// <summary>The order by application number; empty for the one that the scores come to.</summary>
    internal sealed record Asking(Guid Competition, IReadOnlyList<int> Order, string? Reason);

    /// <summary>An answer to the how manieth ranking that was asked for: another may have been put in its place since it was read.</summary>
    internal sealed record Answer(Guid Competition, int Proposal, bool? Agree, string? Reason);

    public static Decision Decide(Explanation command, SelectionFacts facts)
    {
        var competition = facts.Competition!;
        if (competition.Find(command.Application) is not { } application || !competition.Unexplained().Contains((command.Application, command.Criterion))) return Decision.Refuse(NotFar);
        return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
            : Decision.Accept(SelectionDesk.File(competition, application.Person, new SpreadExplained(competition.Id, command.Application, command.Criterion, command.Reason!.Trim())));
    }

    public static Decision Decide(Asking command, SelectionFacts facts)
    {
        var competition = facts.Competition!;
        if (competition.StageAt(facts.Now) != CompetitionStage.Opened) return Decision.Refuse(NotOpened);
        if (competition.Unexplained().Any()) return Decision.Refuse(Unexplained);
        var ranks = competition.Ranks();
        var rank = ranks.Select(r => r.Application).ToList();
        var order = command.Order.Count == 0 ? rank : command.Order;
        if (order.Count != rank.Count || !order.Order().SequenceEqual(rank.Order())) return Decision.Refuse(OrderWrong);
        // Where no lot parts equals any more, somebody chooses between them: that is a departure too.
        var departs = !order.SequenceEqual(rank) || ranks.Any(r => r.Parted == Parting.Undecided);
        if (departs && SelectionAccess.Near(competition, facts) is { } bar) return Decision.Refuse(bar);
        if ((departs ? VettingTexts.Refuses(command.Reason) : null) is { } unfit) return unfit;
        return Decision.Accept(Competitions.Stream, new RankingProposed(competition.Id, [.. order], departs, departs ? command.Reason!.Trim() : null));
    }

    /// <summary>A second member of the panel answers.</summary>
    public static Decision Second(Answer command, SelectionFacts facts) => Decide(
        command, facts, CompetitionStage.Proposed, competition => competition.Proposal!.Departs ? [new RankingSeconded(competition.Id)] : [new RankingSeconded(competition.Id), Adopted(competition, facts)]);

    /// <summary>An overseer answers to a departure.</summary>
    public static Decision Agree(Answer command, SelectionFacts facts) =>
        Decide(command, facts, CompetitionStage.Seconded, competition => [new DepartureAgreed(competition.Id), Adopted(competition, facts)]);

    static Decision Decide(Answer command, SelectionFacts facts, CompetitionStage stage, Func<Competition, IEvent[]> agreed)
    {
        var competition = facts.Competition!;
        if (competition.StageAt(facts.Now) != stage) return Decision.Refuse(SelectionDesk.Nothing);
        if (command.Proposal != competition.Proposals) return Decision.Refuse(AskedAnew);
        if (command.Agree is not { } agree) return Decision.Refuse(ReplaceScorer.AnswerMissing);
        if (agree) return Decision.Accept(Competitions.Stream, agreed(competition));
        return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit : Decision.Accept(Competitions.Stream, new RankingReturned(competition.Id, command.Reason!.Trim()));
    }

    static RankingAdopted Adopted(Competition competition, SelectionFacts facts) => new(
        competition.Id, facts.Policy.After(PolicyRules.SelectionAppealWithin, facts.Now), facts.Policy.After(PolicyRules.SelectionListHolds, facts.Now), facts.Policy.Label);

    public Task<Outcome> HandleAsync(Guid person, Explanation command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Competition, SelectionAction.Explain, facts => Decide(command, facts), cancel);

    public Task<Outcome> HandleAsync(Guid person, Asking command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Competition, SelectionAction.Propose, facts => Decide(command, facts), cancel);

    public Task<Outcome> SecondAsync(Guid person, Answer command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Competition, SelectionAction.Second, facts => Second(command, facts), cancel);

    public Task<Outcome> AgreeAsync(Guid person, Answer command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Competition, SelectionAction.AgreeDeparture, facts => Agree(command, facts), cancel);
}
