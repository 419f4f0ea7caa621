using Probity.Access.Contract;
using Probity.People;
using Probity.People.Contract;
using Probity.People.Selecting;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.People.SelectionScene;

namespace Probity.Tests.People;

public sealed class SelectionDecideTests
{
    static readonly IReadOnlyList<CriterionScore> s_scores = [new(4, Reason), new(3, Reason)];

    static readonly Func<Competition, string?> s_seeded = _ => Seed;

    [Fact]
    public void All_that_is_fixed_beforehand_has_to_be_right()
    {
        Assert.Equal(new CompetitionDrawnUp(Id, "S-2026-001", Plan), Assert.Single(Events(DrawUpCompetition.Decide(new(Id, Plan), Facts(Competitions.Initial, "vera")))));
        Assert.Equal(DrawUpCompetition.TitleMissing, Wrong(Plan with { Title = " " }));
        Assert.Equal(DrawUpCompetition.TaskMissing, Wrong(Plan with { Task = new(null, null, null) }));
        Assert.Equal(DrawUpCompetition.PostMissing, Wrong(Plan with { Posts = [Staff.Id("none")] }));
        Assert.Equal(DrawUpCompetition.PostMissing, Wrong(Plan with { Posts = [Staff.Id("post of ana"), Staff.Id("post of keeper")] }));
        Assert.Equal(DrawUpCompetition.CriteriaWrong, Wrong(Plan with { Criteria = [] }));
        Assert.Equal(DrawUpCompetition.WeightsWrong, Wrong(Plan with { Criteria = [new("One", 60), new("Other", 39)] }));
        Assert.Equal(DrawUpCompetition.WeightsWrong, Wrong(Plan with { Criteria = [new("One", 101), new("Other", -1)] }));
        Assert.Equal(DrawUpCompetition.TieWrong, Wrong(Plan with { TieCriterion = 2 }));
        Assert.Equal(DrawUpCompetition.PlacesWrong, Wrong(Plan with { Places = 2 }));
        Assert.Equal(DrawUpCompetition.DaysWrong, Wrong(Plan with { Opens = new DateOnly(2026, 3, 2) }));
        Assert.Equal(DrawUpCompetition.DaysWrong, Wrong(Plan with { Closes = new DateOnly(2026, 3, 8) }));
        // Another one for the same post, as long as the first runs.
        Assert.Equal(DrawUpCompetition.PostBusy, Refused(DrawUpCompetition.Decide(new(Staff.Id("other"), Plan), Facts(Applied, "vera") with { Competition = null })));
        Assert.Equal(DrawUpCompetition.PostBusy, Refused(DrawUpCompetition.Decide(new(Staff.Id("other"), Plan), Facts(Appealed, "vera") with { Competition = null })));
        Assert.Null(Refused(DrawUpCompetition.Decide(new(Staff.Id("other"), Plan), Facts(Adopted, "vera") with { Competition = null })));

        static string? Wrong(CompetitionPlan plan) => Refused(DrawUpCompetition.Decide(new(Id, plan), Facts(Competitions.Initial, "vera")));
    }

    [Fact]
    public void Once_frozen_nobody_changes_it_and_it_is_frozen_before_its_first_day()
    {
        Assert.Null(Refused(DrawUpCompetition.Decide(new(Id, Plan), Facts(Drawn, "vera"))));
        Assert.Equal(DrawUpCompetition.IsFrozen, Refused(DrawUpCompetition.Decide(new(Id, Plan), Facts(Frozen, "vera"))));
        Assert.Equal(new CompetitionFrozen(Id, Seed, "default 0"), Assert.Single(Events(FreezeCompetition.Decide(Facts(Drawn, "ines"), Seed, 1))));
        Assert.Equal(FreezeCompetition.DrawnAnew, Refused(FreezeCompetition.Decide(Facts(Fold(DrawUp, DrawUp), "ines"), Seed, 1)));
        Assert.Equal(FreezeCompetition.TooLate, Refused(FreezeCompetition.Decide(Facts(Drawn, "ines", AtOpening), Seed, 1)));
        Assert.Equal(DrawUpCompetition.IsFrozen, Refused(FreezeCompetition.Decide(Facts(Frozen, "ivo"), Seed, 1)));
        // Who is tied to whoever drew it up.
        Assert.Null(SelectionAccess.Refuses(SelectionAction.Freeze, Facts(Drawn, "ines")));
        Assert.Equal(Bars.Tie, SelectionAccess.Refuses(SelectionAction.Freeze, Facts(Drawn, "ines", staff: Agency().Tie("ines", "vera", TieKind.Associate)))?.Code);
        // Who asked for one of its posts is not in the panel, though the drawing up does not name the request.
        var asked = Fold((new CompetitionAsked(Staff.Id("request"), Plan.Posts[0], Reason), "paula"));
        Assert.Equal(PanelRules.EarlierRole, Refused(DrawUpCompetition.Decide(new(Id, Plan), Facts(asked, "vera"))));
        Assert.Equal([Staff.Id("paula")], Fold((new CompetitionAsked(Staff.Id("request"), Plan.Posts[0], Reason), "paula"), DrawUp).All[Id].AskedBy);
        // A tie that two of the panel declared since.
        Assert.Equal(PanelRules.Tied, Refused(FreezeCompetition.Decide(Facts(Drawn, "ines", staff: Agency().Tie("igor", "olga", TieKind.Associate)), Seed, 1)));
    }

    [Fact]
    public void Applications_are_taken_on_their_days_once_each_and_lie_with_their_applicant()
    {
        Assert.Equal(ApplyForPost.NotOpen, Refused(Apply("ben", AtOpening.AddTicks(-1))));
        Assert.Null(Refused(Apply("ben", AtOpening)));
        Assert.Null(Refused(Apply("ben", AtClosing.AddTicks(-1))));
        Assert.Equal(ApplyForPost.Late, Refused(Apply("ben", AtClosing)));
        Assert.Equal(ApplyForPost.Already, Refused(ApplyForPost.Decide(new(Id, ["As long as it has to be.", "The same again."]), Facts(Applied, "ben", AtOpening))));
        Assert.Equal(ApplyForPost.Already, Refused(ApplyForPost.Decide(new(Id, ["As long as it has to be.", "The same again."], "benigna  MUESTRA exterior", true), Facts(Applied, "valdo", AtOpening))));
        Assert.Equal(ApplyForPost.NameMissing, Refused(ApplyForPost.Decide(new(Id, ["As long as it has to be.", "The same again."], " ", true), Facts(Frozen, "valdo", AtOpening))));
        Assert.Equal(ApplyForPost.AnswerMissing, Refused(ApplyForPost.Decide(new(Id, ["As long as it has to be."]), Facts(Frozen, "ben", AtOpening))));
        var filed = Assert.IsType<Decision.Accepted>(Apply("ben", AtOpening)).Filings;
        Assert.Equal(Compartments.OfPerson(Staff.Id("ben")), filed[1].Compartment);

        static Decision Apply(string person, DateTimeOffset at) => ApplyForPost.Decide(new(Id, ["As long as it has to be.", "The same again."]), Facts(Frozen, person, at));
    }

    [Fact]
    public void Scores_are_given_after_the_last_day_by_whoever_is_not_barred_and_the_last_opens_all()
    {
        Assert.Equal(ScoreApplication.NotYet, Refused(Score(Applied, "paula", AtClosing.AddTicks(-1))));
        Assert.Equal(ScoreApplication.ScoreMissing, Refused(ScoreApplication.Decide(new(Id, 1, [new(6, Reason), new(3, Reason)]), Facts(Applied, "paula", AtClosing), s_seeded)));
        Assert.Equal(ScoreApplication.ScoreMissing, Refused(ScoreApplication.Decide(new(Id, 1, [new(5, "No."), new(3, Reason)]), Facts(Applied, "paula", AtClosing), s_seeded)));
        Assert.IsType<ApplicationScored>(Assert.Single(Events(Score(Applied, "paula", AtClosing))));
        Assert.Equal(SelectionDesk.Nothing, Refused(Score(Applied, "paula", AtClosing, 4)));
        Assert.Equal(ScoreApplication.Opened, Refused(Score(Opened, "paula", AtClosing)));
        // Kin, and an interest in the name of somebody from outside, bar from that one alone.
        var kin = Agency().Tie("ben", "paula", TieKind.Blood);
        Assert.Equal(ScoreApplication.Barred, Refused(Score(Applied, "paula", AtClosing, 1, kin)));
        Assert.Null(Refused(Score(Applied, "paula", AtClosing, 2, kin)));
        Assert.Equal(ScoreApplication.Barred, Refused(ScoreApplication.Decide(new(Id, 3, s_scores), Facts(Applied, "igor", AtClosing, declared: [("igor", 3)]), s_seeded)));
        var last = Fold([.. Story[..^2]]);
        Assert.Equal(new ScoresOpened(Id, Seed), Events(Score(last, "olga", AtClosing, 3))[^1]);
        // A tie declared since keeps what its member gave from counting: somebody else scores first.
        Assert.IsType<ApplicationScored>(Assert.Single(Events(Score(last, "olga", AtClosing, 3, kin))));
        Assert.Equal(ScoreApplication.NotAllIn, Refused(ScoreApplication.Open(Facts(last, "ines", AtClosing), s_seeded)));

        static Decision Score(Competitions all, string by, DateTimeOffset at, int application = 1, Staff? staff = null) => ScoreApplication.Decide(new(Id, application, s_scores), Facts(all, by, at, staff), s_seeded);
    }

    [Fact]
    public void Somebody_else_scores_where_a_member_is_barred_or_steps_down_and_never_once_opened()
    {
        var kin = Agency().Tie("ben", "paula", TieKind.Blood).Tie("ben", "ivo", TieKind.Blood);
        Assert.Equal(ReplaceScorer.NotBarred, Refused(Ask(Applied, "valdo", "paula", "ada", 2)));
        Assert.Null(Refused(Ask(Applied, "valdo", "paula", "ada", 1)));
        Assert.All(["ivo", "carla"], name => Assert.IsType<ScorerNamedInVain>(Assert.Single(Events(Ask(Applied, "valdo", "paula", name, 1)))));
        Assert.Equal(PanelRules.Twice, Refused(Ask(Applied, "valdo", "paula", "olga", 1)));
        Assert.Equal(ReplaceScorer.NotStepping, Refused(Ask(Applied, "valdo", "olga", "ada", null)));
        Assert.Null(Refused(Ask(Applied, "olga", "olga", "otto", null)));
        Assert.Equal(ScoreApplication.Opened, Refused(Ask(Opened, "valdo", "paula", "ada", 1)));
        // Nobody outside the unit is left in the panel.
        Assert.Null(Refused(ReplaceScorer.Decide(new ReplaceScorer.Asking(Id, Staff.Id("r"), null, Staff.Id("olga"), Staff.Id("keeper"), Reason), Facts(Applied, "olga", AtClosing, kin))));

        var asked = Fold([.. Story[..8], (new ScorerReplacementAsked(Id, Staff.Id("r"), Staff.Id("paula"), Staff.Id("ada"), Reason, 1), "valdo")]);
        Assert.Equal(Bars.EarlierRole, Refused(ReplaceScorer.Decide(new ReplaceScorer.Answer(Id, Staff.Id("r"), true, null), Facts(asked, "valdo", AtClosing, kin))));
        Assert.Equal(new ScorerReplaced(Id, Staff.Id("r")), Assert.Single(Events(ReplaceScorer.Decide(new ReplaceScorer.Answer(Id, Staff.Id("r"), true, null), Facts(asked, "ines", AtClosing, kin)))));
        var replaced = Fold([.. Story[..8], (new ScorerReplacementAsked(Id, Staff.Id("r"), Staff.Id("paula"), Staff.Id("ada"), Reason, 1), "valdo"), (new ScorerReplaced(Id, Staff.Id("r")), "ines")]).All[Id];
        Assert.Equal([Staff.Id("ada"), Staff.Id("igor"), Staff.Id("olga")], replaced.ScorersOf(1));
        Assert.Equal([Staff.Id("paula"), Staff.Id("igor"), Staff.Id("olga")], replaced.ScorersOf(2));

        Decision Ask(Competitions all, string by, string leaves, string comes, int? application) =>
            ReplaceScorer.Decide(new ReplaceScorer.Asking(Id, Staff.Id("r"), application, Staff.Id(leaves), Staff.Id(comes), Reason), Facts(all, by, AtClosing, kin));
    }

    [Fact]
    public void A_ranking_holds_when_a_second_agrees_and_a_departure_when_an_overseer_does_too()
    {
        Assert.Equal([3, 2, 1], Opened.All[Id].Ranks().Select(r => r.Application));
        var asked = Assert.IsType<RankingProposed>(Assert.Single(Events(AdoptRanking.Decide(new AdoptRanking.Asking(Id, [], null), Facts(Opened, "paula", AtClosing)))));
        Assert.Equal((false, "3 2 1"), (asked.Departs, string.Join(' ', asked.Order)));
        Assert.Equal(VettingTexts.Missing, Refused(AdoptRanking.Decide(new AdoptRanking.Asking(Id, [1, 2, 3], null), Facts(Opened, "paula", AtClosing))));
        Assert.Equal(AdoptRanking.OrderWrong, Refused(AdoptRanking.Decide(new AdoptRanking.Asking(Id, [1, 2], Reason), Facts(Opened, "paula", AtClosing))));
        Assert.True(Assert.IsType<RankingProposed>(Assert.Single(Events(AdoptRanking.Decide(new AdoptRanking.Asking(Id, [1, 2, 3], Reason), Facts(Opened, "paula", AtClosing))))).Departs);
        Assert.Equal(Bars.Kin, Refused(AdoptRanking.Decide(new AdoptRanking.Asking(Id, [1, 2, 3], Reason), Facts(Opened, "paula", AtClosing, Agency().Tie("ben", "paula", TieKind.Blood)))));
        Assert.Equal(AdoptRanking.NotOpened, Refused(AdoptRanking.Decide(new AdoptRanking.Asking(Id, [], null), Facts(Applied, "paula", AtClosing))));

        AdoptRanking.Answer yes = new(Id, 1, true, null), no = new(Id, 1, false, Reason);
        Assert.Equal([typeof(RankingSeconded), typeof(RankingAdopted)], Events(AdoptRanking.Second(yes, Facts(Proposed(false), "igor", AtClosing))).Select(e => e.GetType()));
        Assert.IsType<RankingSeconded>(Assert.Single(Events(AdoptRanking.Second(yes, Facts(Proposed(true), "igor", AtClosing)))));
        Assert.IsType<RankingReturned>(Assert.Single(Events(AdoptRanking.Second(no, Facts(Proposed(true), "igor", AtClosing)))));
        Assert.Equal(VettingTexts.Missing, Refused(AdoptRanking.Second(no with { Reason = null }, Facts(Proposed(true), "igor", AtClosing))));
        var adopted = Assert.IsType<RankingAdopted>(Events(AdoptRanking.Agree(yes, Facts(Seconded, "oscar", AtClosing)))[^1]);
        Assert.Equal((AtClosing.AddDays(14), AtClosing.AddMonths(12)), (adopted.AppealUntil, adopted.HoldsUntil));
        Assert.Equal(SelectionDesk.Nothing, Refused(AdoptRanking.Agree(yes, Facts(Proposed(true), "oscar", AtClosing))));
    }

    [Fact]
    public void Scores_more_than_two_points_apart_are_explained_first()
    {
        var far = Fold([.. Story[..^1], Score(1, "olga", 5, 3), (new ScoresOpened(Id, Seed), "olga")]);
        Assert.Equal([(1, 0)], far.All[Id].Unexplained());
        Assert.Equal(AdoptRanking.Unexplained, Refused(AdoptRanking.Decide(new AdoptRanking.Asking(Id, [], null), Facts(far, "paula", AtClosing))));
        Assert.Equal(AdoptRanking.NotFar, Refused(AdoptRanking.Decide(new AdoptRanking.Explanation(Id, 1, 1, Reason), Facts(far, "igor", AtClosing))));
        Assert.IsType<SpreadExplained>(Assert.Single(Events(AdoptRanking.Decide(new AdoptRanking.Explanation(Id, 1, 0, Reason), Facts(far, "igor", AtClosing)))));
        // Two points are not far.
        Assert.Empty(Fold([.. Story[..^1], Score(1, "olga", 4, 3), (new ScoresOpened(Id, Seed), "olga")]).All[Id].Unexplained());
    }

    [Fact]
    public void An_appeal_goes_to_others_and_unless_more_than_half_confirm_all_is_scored_anew_by_others()
    {
        Assert.Null(Refused(AppealRanking.Decide(new AppealRanking.Command(Id, Appeal, Reason), Facts(Adopted, "ben", AtClosing))));
        Assert.Equal(AppealRanking.TooLate, Refused(AppealRanking.Decide(new AppealRanking.Command(Id, Appeal, Reason), Facts(Adopted, "ben", AtClosing.AddDays(30)))));
        Assert.Equal(AppealRanking.Already, Refused(AppealRanking.Decide(new AppealRanking.Command(Id, Appeal, Reason), Facts(Appealed, "ben", AtClosing))));
        Assert.Equal(SelectionDesk.Nothing, Refused(AppealRanking.Decide(new AppealRanking.Command(Id, Appeal, Reason, 1), Facts(Adopted, "ines", AtClosing))));
        Assert.Null(Refused(AppealRanking.Decide(new AppealRanking.Command(Id, Appeal, Reason, 3), Facts(Adopted, "ines", AtClosing))));

        Assert.Null(Refused(Name(Appealed, "ada", "abel", "oscar")));
        Assert.Equal(PanelRules.EarlierRole, Refused(Name(Appealed, "ada", "abel", "igor")));
        Assert.Equal(ReplaceScorer.InBarred, Refused(Name(Appealed, "ada", "abel", "carla")));
        Assert.Equal(PanelRules.TooFew, Refused(Name(Appealed, "ada", "abel")));
        Assert.Equal(SelectionDesk.Nothing, Refused(Name(Heard, "ada", "abel", "oscar")));

        (IEvent, string) Vote(string by, bool confirms) => (new RankingAppealAnswered(Id, Appeal, confirms, Reason), by);
        (IEvent, string)[] heard = [.. AdoptedStory(), (new RankingAppealed(Id, Appeal, 1, Reason), "ben"), (new PanelNamed(Id, [Staff.Id("ada"), Staff.Id("abel"), Staff.Id("oscar")], Appeal), "otto")];
        Assert.True(Heard.All[Id].IsAppealOpen);
        var confirmed = Fold([.. heard, Vote("ada", true), Vote("abel", false), Vote("oscar", true)]).All[Id];
        Assert.Equal((false, CompetitionStage.Adopted), (confirmed.IsAppealOpen, confirmed.StageAt(AtClosing)));
        Assert.Equal(AppealRanking.Answered, Refused(AppealRanking.Decide(new AppealRanking.Answer(Id, Appeal, true, Reason), Facts(Fold([.. heard, Vote("ada", true)]), "ada", AtClosing))));
        Assert.Equal(SelectionDesk.Nothing, Refused(AppealRanking.Decide(new AppealRanking.Answer(Id, Appeal, true, Reason), Facts(Heard, "igor", AtClosing))));

        var anew = Fold([.. heard, Vote("ada", false), Vote("abel", false), Vote("oscar", true)]);
        Assert.Equal((true, CompetitionStage.Anew), (anew.All[Id].IsAppealOpen, anew.All[Id].StageAt(AtClosing)));
        var named = Assert.IsType<PanelNamed>(Assert.Single(Events(AppealRanking.Decide(new AppealRanking.Naming(Id, null, [Staff.Id("ada"), Staff.Id("abel"), Staff.Id("oscar")]), Facts(anew, "otto", AtClosing), Seed))));
        Assert.Equal(Seed, named.Commitment);
        var again = Fold([.. heard, Vote("ada", false), Vote("abel", false), Vote("oscar", true), (named, "otto")]).All[Id];
        Assert.Equal((2, CompetitionStage.Scoring, true), (again.Round, again.StageAt(AtClosing), again.IsAppealOpen));
        Assert.Empty(again.Ranks());
        Assert.False(again.HasScored(1, Staff.Id("paula")));

        static Decision Name(Competitions all, params string[] members) =>
            AppealRanking.Decide(new AppealRanking.Naming(Id, Appeal, [.. members.Select(Staff.Id)]), Facts(all, "otto"), Seed);
    }

    [Fact]
    public void A_posting_asks_for_an_overseer_unless_the_competition_chose_and_waits_for_an_appeal()
    {
        Assert.Null(Says(Drawn, "ben"));
        Assert.Equal(CompetitionSays.NotChosen, Says(Applied, "ben"));
        Assert.Equal(CompetitionSays.NotChosen, Says(Adopted, "ben"));
        Assert.Equal(CompetitionSays.NotChosen, Says(Adopted, "dina"));
        Assert.Equal(CompetitionSays.Appealable, Says(Fold([.. AdoptedStory(true)]), "ben"));
        Assert.Equal(CompetitionSays.Appealable, Says(Fold([.. AdoptedStory(true)]), "ben", AtClosing.AddDays(30).AddTicks(-1)));
        Assert.Equal(CompetitionSays.Chosen, Says(Fold([.. AdoptedStory(true)]), "ben", AtClosing.AddDays(30)));
        Assert.Equal(CompetitionSays.Appealed, Says(Appealed, "ben"));
        Assert.Null(Says(Adopted, "ben", AtClosing.AddMonths(12)));
        Assert.Null(Says(Frozen, "ben"));
        Assert.Null(PostCompetitions.Of(Adopted, Agency().ToRegister(), Staff.Id("ben"), Staff.Id("post of ben"), AtClosing));

        static CompetitionSays? Says(Competitions all, string person, DateTimeOffset? at = null) => PostCompetitions.Of(all, Agency().ToRegister(), Staff.Id(person), Staff.Id("post of ana"), at ?? AtClosing)?.Says;
    }

    [Fact]
    public void What_an_erased_applicant_wrote_is_gone_and_nobody_has_to_score_it()
    {
        var facts = Facts(Applied, "paula", AtClosing, Agency().Erase("ben"));
        Assert.Equal([2, 3], facts.Competition!.ToScore.Select(a => a.Number));
        Assert.Equal(SelectionDesk.Nothing, Refused(ScoreApplication.Decide(new(Id, 1, s_scores), facts, s_seeded)));
        // As the record reads once the key is gone: the number stays.
        var read = Applied with { All = Applied.All.SetItem(Id, Fold(DrawUp, Freeze, (new ApplicationNumbered(Id, 1), "ben")).All[Id]) };
        Assert.True(read.All[Id].Applications.Single().IsErased);
        Assert.Equal(2, Assert.IsType<ApplicationNumbered>(Events(ApplyForPost.Decide(new(Id, ["As long as it has to be.", "The same again."]), Facts(read, "carla", AtOpening)))[0]).Number);
    }

    [Fact]
    public void No_figure_under_five_is_told()
    {
        Assert.Empty(ShowFigures.Count(Applied));
        Assert.Equal([(SelectionFigure.Competitions, 1), (SelectionFigure.Applications, 3)], ShowFigures.Count(Adopted).Select(c => (c.Figure, c.Count)));
        var (told, leavesOut) = ShowFigures.Tell([new(SelectionFigure.Applications, 2025, 3), new(SelectionFigure.Applications, 2026, 4), new(SelectionFigure.Appeals, 2026, 1), new(SelectionFigure.Competitions, 2026, 9)]);
        Assert.Equal([new(SelectionFigure.Competitions, 2026, 9), new(SelectionFigure.Applications, null, 7)], told);
        Assert.True(leavesOut);
    }
}
