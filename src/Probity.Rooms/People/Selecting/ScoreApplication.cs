using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Selecting;

/// <summary>Somebody of the panel scores an application, sealed; with the last score all are opened together.</summary>
internal sealed class ScoreApplication(SelectionDesk desk, SelectionSeeds seeds)
{
    public const string NotYet = "people.selection-score-not-yet";
    public const string Opened = "people.selection-opened";
    public const string Barred = "people.selection-barred";
    public const string BarredFromAll = "people.selection-barred-all";
    public const string NotYours = "people.selection-not-yours";
    public const string ScoreMissing = "people.selection-scores";
    public const string NotAllIn = "people.selection-not-all-in";

    internal sealed record Command(Guid Competition, int Application, IReadOnlyList<CriterionScore> Scores);

    public static Decision Decide(Command command, SelectionFacts facts, Func<Competition, string?> seedOf)
    {
        var (competition, me) = (facts.Competition!, facts.Actor.Person);
        if (competition.IsOpened) return Decision.Refuse(Opened);
        if (competition.FrozenBy is null || facts.Now < competition.ClosesAt) return Decision.Refuse(NotYet);
        if (competition.Find(command.Application) is not { IsErased: false } application) return Decision.Refuse(SelectionDesk.Nothing);
        if (!competition.ScorersOf(application.Number).Contains(me)) return Decision.Refuse(NotYours);
        if (facts.IsOut(competition, me)) return Decision.Refuse(BarredFromAll);
        // Only that they are barred is said: by what would say who it is.
        if (facts.Bar(me, application) is not null) return Decision.Refuse(Barred);
        if (command.Scores.Count != competition.Plan.Criteria.Count || command.Scores.Any(s => s is null || s.Points is < 0 or > Ranking.Most || VettingTexts.Refuses(s.Reason) is not null)) return Decision.Refuse(ScoreMissing);
        var scored = SelectionDesk.File(competition, application.Person, new ApplicationScored(competition.Id, application.Number, [.. command.Scores.Select(s => s with { Reason = s.Reason.Trim() })]));
        return facts.AreAllIn(competition.Score(application.Number, me, command.Scores)) ? Decision.Accept(scored, Opening(competition, seedOf)) : Decision.Accept(scored);
    }

    /// <summary>Opens them where the last that was missing is not missing any more, without a score having come: an application was erased, or a bar ended.</summary>
    public static Decision Open(SelectionFacts facts, Func<Competition, string?> seedOf)
    {
        var competition = facts.Competition!;
        return competition.IsOpened ? Decision.Refuse(Opened) : facts.Now < competition.ClosesAt || !facts.AreAllIn(competition) ? Decision.Refuse(NotAllIn) : Decision.Accept(Opening(competition, seedOf));
    }

    static Filing Opening(Competition competition, Func<Competition, string?> seedOf) => new(Competitions.Stream, new ScoresOpened(competition.Id, seedOf(competition)));

    public Task<Outcome> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Competition, SelectionAction.Score, facts => Decide(command, facts, seeds.Reveal), cancel);

    public Task<Outcome> OpenAsync(Guid person, Guid competition, CancellationToken cancel) =>
        desk.RunAsync(person, competition, SelectionAction.Open, facts => Open(facts, seeds.Reveal), cancel);
}
