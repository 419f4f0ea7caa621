using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Selecting;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.People.SelectionScene;

namespace Probity.Tests.People;

/// <summary>Ways past a competition that one person alone could go: days without end, scorers put out, ties with everybody, names tried one after the other, drafts that keep a post.</summary>
public sealed class SelectionAttackTests
{
    static readonly Guid s_replacement = Staff.Id("r"), s_other = Staff.Id("other competition");

    static readonly DateTimeOffset s_later = AtClosing.AddHours(2);

    static readonly IReadOnlyList<CriterionScore> s_scores = [new(4, Reason), new(3, Reason)];

    static Decision Ask(Competitions all, string by, string leaves, string comes, int? application = null, Staff? staff = null, DateTimeOffset? at = null) =>
        ReplaceScorer.Decide(new ReplaceScorer.Asking(Id, s_replacement, application, Staff.Id(leaves), Staff.Id(comes), Reason), Facts(all, by, at ?? s_later, staff));

    static string? DrawUpAs(CompetitionPlan plan, Competitions? all = null, string by = "vera", DateTimeOffset? at = null, Guid? id = null) =>
        Refused(DrawUpCompetition.Decide(new(id ?? Id, plan), Facts(all ?? Competitions.Initial, by, at, of: id ?? Id)));

    [Theory]
    [InlineData("9998-12-31", "9999-12-31", false), InlineData("9999-12-31", "9999-12-31", false), InlineData("0001-01-01", "0001-01-01", false), InlineData("2026-03-09", "9999-12-31", false)]
    // Today is 2 March 2026.
    [InlineData("2027-03-03", "2027-03-04", true), InlineData("2027-03-04", "2027-03-05", false), InlineData("2026-03-03", "2027-03-04", true), InlineData("2026-03-03", "2027-03-05", false)]
    public void The_first_day_lies_within_a_year_and_the_last_within_a_year_of_it(string opens, string closes, bool fits) =>
        Assert.Equal(fits ? null : DrawUpCompetition.DaysWrong, DrawUpAs(Plan with { Opens = DateOnly.ParseExact(opens, "yyyy-MM-dd", null), Closes = DateOnly.ParseExact(closes, "yyyy-MM-dd", null) }));

    [Fact]
    public void A_day_without_end_that_is_on_the_record_is_read_all_the_same()
    {
        var plan = Plan with { Opens = new DateOnly(9998, 12, 31), Closes = DateOnly.MaxValue };
        var all = Fold((new CompetitionDrawnUp(Id, "S-2026-001", plan), "vera"), Freeze);
        Assert.Equal((CompetitionStage.Frozen, DateTimeOffset.MaxValue), (all.All[Id].StageAt(Now), all.All[Id].ClosesAt));
        Assert.Equal(CompetitionStage.Open, (all.All[Id] with { Plan = plan with { Opens = Plan.Opens } }).StageAt(AtClosing));
        Assert.Empty(SelectionNextSteps.Of(Facts(all, "ines")));
        Assert.Equal(ScoreApplication.NotYet, Refused(ScoreApplication.Decide(new(Id, 1, s_scores), Facts(all, "paula"), _ => Seed)));
        Assert.Equal(CompetitionStage.Frozen, (all.All[Id] with { Plan = plan with { Opens = DateOnly.MaxValue } }).StageAt(Now));
    }

    [Fact]
    public void Whoever_has_scored_all_is_not_replaced_whatever_becomes_of_them()
    {
        // Paula and igor have scored all, olga has not; the posting of igor ends.
        var (all, staff) = (Fold([.. Story[..^1].Where(e => e.Item2 != "olga")]), Agency().ShutOut("igor"));
        Assert.Equal(ReplaceScorer.NotStepping, Refused(Ask(all, "ines", "igor", "ada", staff: staff)));
        Assert.Equal(ReplaceScorer.NotStepping, Refused(Ask(all, "paula", "paula", "ada")));
        Assert.DoesNotContain(SelectionNextSteps.Of(Facts(all, "ines", s_later, staff)), s => s.Key == "replace-gone");
        // What olga gives last opens all, with what he gave.
        var last = all.Then(AtClosing, Score(1, "olga", 2, 3), Score(2, "olga", 3, 3));
        Assert.Equal(new ScoresOpened(Id, Seed), Events(ScoreApplication.Decide(new(Id, 3, s_scores), Facts(last, "olga", s_later, staff), _ => Seed))[^1]);
        // Nor where somebody had agreed to be asked before the last of them was in.
        var asked = Applied.Then(AtClosing, (new ScorerReplacementAsked(Id, s_replacement, Staff.Id("igor"), Staff.Id("ada"), Reason), "igor"), Score(1, "igor", 2, 3), Score(2, "igor", 3, 3), Score(3, "igor", 4, 3));
        Assert.Equal(ReplaceScorer.NotStepping, Refused(ReplaceScorer.Decide(new ReplaceScorer.Answer(Id, s_replacement, true, null), Facts(asked, "ines", s_later))));
    }

    [Fact]
    public void Whoever_had_scored_a_part_is_replaced_for_what_is_left()
    {
        var staff = Agency().ShutOut("igor");
        var all = Applied.Then(AtClosing, Score(1, "igor", 2, 3), (new ScorerReplacementAsked(Id, s_replacement, Staff.Id("igor"), Staff.Id("ada"), Reason), "ines"));
        var replaced = Assert.IsType<ScorerReplaced>(Assert.Single(Events(ReplaceScorer.Decide(new ReplaceScorer.Answer(Id, s_replacement, true, null), Facts(all, "valdo", s_later, staff)))));
        Assert.True(replaced.Keeps);
        var after = all.Then(s_later, (replaced, "valdo"));
        var (one, others) = (after.All[Id].ScorersOf(1).ToList(), after.All[Id].ScorersOf(2).ToList());
        Assert.Equal([Staff.Id("paula"), Staff.Id("igor"), Staff.Id("olga")], one);
        Assert.Equal([Staff.Id("paula"), Staff.Id("ada"), Staff.Id("olga")], others);
        Assert.True(after.All[Id].HasScored(1, Staff.Id("igor")));
        Assert.Equal(ScoreApplication.NotYours, Refused(ScoreApplication.Decide(new(Id, 1, s_scores), Facts(after, "ada", s_later, staff), _ => Seed)));
        Assert.Null(Refused(ScoreApplication.Decide(new(Id, 2, s_scores), Facts(after, "ada", s_later, staff), _ => Seed)));
        (IEvent, string)[] rest = [.. from n in new[] { 1, 2, 3 } from m in new[] { "paula", "olga" } select Score(n, m, n + 1, 3), Score(2, "ada", 3, 3), Score(3, "ada", 4, 3)];
        var opened = after.Then(s_later, [.. rest, (new ScoresOpened(Id, Seed), "ada")]).All[Id];
        Assert.Equal([3, 2, 1], opened.Ranks().Select(r => r.Application));
        Assert.Equal([Staff.Id("paula"), Staff.Id("ada"), Staff.Id("olga")], opened.Acting);
        // Ada goes as well, before she has scored: what igor gave stays.
        var again = after.All[Id].Put(null, Staff.Id("ada"), Staff.Id("abel"), keeps: true);
        Assert.Equal((true, true), (again.ScorersOf(1).Contains(Staff.Id("igor")), again.ScorersOf(3).Contains(Staff.Id("abel"))));
    }

    [Fact]
    public void What_an_applicant_declares_alone_once_a_competition_comes_bars_nobody()
    {
        var (staff, number) = (Agency(), 0);
        foreach (var other in new[] { "paula", "igor", "olga", "ada", "abel", "otto", "oscar" }) staff = staff.Tie("ben", other, TieKind.Blood, ++number, at: Now.AddMinutes(1));
        var scored = Fold([.. Story[..^1]]);
        Assert.Empty(Facts(scored, "ines", s_later, staff).Barred(scored.All[Id]));
        Assert.True(Facts(scored, "ines", s_later, staff).AreAllIn(scored.All[Id]));
        Assert.Null(Refused(ScoreApplication.Decide(new(Id, 1, s_scores), Facts(Applied, "paula", s_later, staff), _ => Seed)));
        Assert.IsType<ScorerReplacementAsked>(Assert.Single(Events(Ask(Applied, "olga", "olga", "abel", staff: staff))));
        // An overseer names a panel for the appeal, and sits in one.
        var named = AppealRanking.Decide(new AppealRanking.Naming(Id, Appeal, [Staff.Id("ada"), Staff.Id("abel"), Staff.Id("oscar")]), Facts(Appealed, "otto", s_later, staff), Seed);
        Assert.Equal((null, null), (Refused(named), SelectionAccess.Refuses(SelectionAction.NamePanel, Facts(Appealed, "otto", s_later, staff))));

        // Once the other says so too, or an overseer, it bars; and what was declared before anybody knew of a competition does.
        var also = staff.Tie("paula", "ben", TieKind.Blood, at: Now.AddMinutes(2));
        Assert.Equal([(1, Staff.Id("paula"))], Facts(Applied, "ines", s_later, also).Barred(Applied.All[Id]));
        var confirmed = staff.Confirm(Staff.Id("tie 1 of ben and paula"));
        Assert.Equal([(1, Staff.Id("paula"))], Facts(Applied, "ines", s_later, confirmed).Barred(Applied.All[Id]));
        Assert.Equal([(1, Staff.Id("igor"))], Facts(Applied, "ines", s_later, Agency().Tie("ben", "igor", TieKind.Blood, at: Now.AddMinutes(-1))).Barred(Applied.All[Id]));
        // A scorer who says so after the last day is out of all, and learns no number by it.
        Assert.Equal([Staff.Id("igor")], Facts(Applied, "ines", s_later, staff.Tie("igor", "ben", TieKind.Blood, at: AtClosing.AddHours(1))).Out(Applied.All[Id]));
    }

    [Fact]
    public void Who_is_tried_for_a_scorer_and_cannot_come_stands_on_the_record_and_twice_is_enough()
    {
        // Carla applied, chief is above an applicant.
        var first = Assert.IsType<ScorerNamedInVain>(Assert.Single(Events(Ask(Applied, "olga", "olga", "carla"))));
        Assert.Equal((Staff.Id("olga"), Staff.Id("carla"), Reason), (first.Out, first.In, first.Reason));
        var once = Applied.Then(s_later, (first, "olga"));
        Assert.Empty(once.All[Id].Replacements);
        Assert.Equal((Competition.InVain, Staff.Id("olga"), Reason), (once.All[Id].Story[^1].What, once.All[Id].Story[^1].By, once.All[Id].Story[^1].Text));
        Assert.IsType<ScorerReplacementAsked>(Assert.Single(Events(Ask(once, "olga", "olga", "ada"))));
        var twice = once.Then(s_later, (Assert.IsType<ScorerNamedInVain>(Assert.Single(Events(Ask(once, "olga", "olga", "chief")))), "olga"));
        Assert.All(["ada", "carla", "chief", "maria"], name => Assert.Equal(ReplaceScorer.InVain, Refused(Ask(twice, "olga", "olga", name))));
        Assert.Null(Refused(Ask(twice, "igor", "igor", "ada")));
        // Who could sit in no panel, or sits in it already, is refused by that alone, whether or not they applied.
        var applied = Fold([DrawUp, Freeze, .. SelectionScene.Apply(1, "root"), .. SelectionScene.Apply(2, "carla")]);
        Assert.Equal((PanelRules.Unfit, PanelRules.Unfit), (Refused(Ask(applied, "olga", "olga", "root")), Refused(Ask(Applied, "olga", "olga", "root"))));
        // Somebody who applies after they were named: it shows to whoever answers, and is told of who asked.
        var asked = Frozen.Then(Now, (new ScorerReplacementAsked(Id, s_replacement, Staff.Id("olga"), Staff.Id("ada"), Reason), "olga")).Then(AtOpening, SelectionScene.Apply(1, "ada"));
        var answered = Assert.IsType<ScorerNamedInVain>(Assert.Single(Events(ReplaceScorer.Decide(new ReplaceScorer.Answer(Id, s_replacement, true, null), Facts(asked, "ines", s_later)))));
        Assert.Equal((1, 0), (asked.Then(s_later, (answered, "ines")).All[Id].NamedInVain(Staff.Id("olga")), asked.Then(s_later, (answered, "ines")).All[Id].Replacements.Count));
        // Once names are told it is refused as ever.
        Assert.Equal(ReplaceScorer.InBarred, Refused(Ask(Opened, "ines", "paula", "carla", at: AtClosing.AddDays(14))));
    }

    [Theory]
    [InlineData(nameof(SelectionAction.NamePanel)), InlineData(nameof(SelectionAction.AgreeDeparture))]
    public void Before_it_is_due_an_overseer_is_told_no_tie(string what)
    {
        var (action, tied) = (Enum.Parse<SelectionAction>(what), Agency().Tie("otto", "ben", TieKind.Blood));
        Assert.All([Agency(), tied], staff => Assert.Equal(SelectionAccess.NotDue, SelectionAccess.Refuses(action, Facts(Applied, "otto", s_later, staff))?.Code));
        Assert.Equal(SelectionAccess.NotDue, SelectionAccess.Refuses(SelectionAction.NamePanel, Facts(Seconded, "otto", s_later, tied))?.Code);
    }

    [Fact]
    public void Nobody_reads_who_applied_from_whom_a_refusal_names()
    {
        // Ivo of integrity applied: who may not enter an application is sent to the office, and not to the others by name.
        var all = Fold([DrawUp, Freeze, .. SelectionScene.Apply(1, "ivo")]);
        var refusal = SelectionAccess.Refuses(SelectionAction.ApplyForOutsider, Facts(all, "chief", AtOpening))!;
        Assert.Equal((Bars.Role, nameof(Role.Integrity), 0), (refusal.Code, refusal.Reroute!.Role, refusal.Reroute.People.Count));
        var namesake = Assert.IsType<Decision.Refused>(ApplyForPost.Decide(
            new(Id, ["As long as it has to be.", "The same again."], "dina", true), Facts(Fold([DrawUp, Freeze, .. SelectionScene.Apply(1, "otto")]), "valdo", AtOpening)));
        Assert.Equal(new[] { "oscar", "otto" }.Select(Staff.Id).Order(), namesake.Refusal.Reroute!.People.Order());
    }

    [Fact]
    public void What_nobody_froze_for_thirty_days_keeps_no_post_and_another_takes_it_on()
    {
        var late = Plan with { Opens = new DateOnly(2026, 12, 1), Closes = new DateOnly(2026, 12, 31) };
        var (all, after) = (Fold((new CompetitionDrawnUp(Id, "S-2026-001", late), "vera")), Now.AddDays(30));
        Assert.Equal((DrawUpCompetition.PostBusy, null), (DrawUpAs(late, all, "valdo", after.AddTicks(-1), s_other), DrawUpAs(late, all, "valdo", after, s_other)));
        Assert.Equal((Bars.EarlierRole, null), (DrawUpAs(late, all, "valdo", after.AddTicks(-1)), DrawUpAs(late, all, "valdo", after)));
        // Drawing it up again does not begin the days anew, nor does another of whoever left the first lie.
        var again = all.Then(after.AddDays(-1), (new CompetitionDrawnUp(Id, "S-2026-001", late), "vera")).Then(after, (new CompetitionDrawnUp(s_other, "S-2026-002", late), "vera"));
        Assert.Null(DrawUpAs(late, again, "valdo", after, Staff.Id("third")));
        Assert.Equal(DrawUpCompetition.PostBusy, DrawUpAs(late, all.Then(after, (new CompetitionDrawnUp(s_other, "S-2026-002", late), "ivo")), "valdo", after, Staff.Id("third")));
        // Whoever drew it up before neither freezes it nor comes into its panel.
        var taken = all.Then(after, (new CompetitionDrawnUp(Id, "S-2026-001", late), "valdo"));
        Assert.Equal((Bars.EarlierRole, null), (SelectionAccess.Refuses(SelectionAction.Freeze, Facts(taken, "vera", after))?.Code, SelectionAccess.Refuses(SelectionAction.Freeze, Facts(taken, "ines", after))?.Code));
        Assert.Equal(PanelRules.EarlierRole, DrawUpAs(late with { Panel = [Staff.Id("vera"), Staff.Id("paula"), Staff.Id("olga")] }, taken, "valdo", after));
    }

    [Fact]
    public void Nobody_comes_in_their_own_place() =>
        Assert.Equal(PanelRules.EarlierRole, Refused(Ask(Applied.Then(AtClosing, Score(1, "igor", 5, 3)), "igor", "igor", "igor")));

    [Fact]
    public void Who_asked_for_the_post_after_it_was_drawn_up_is_looked_at_when_it_is_frozen()
    {
        (IEvent, string) asked = (new CompetitionAsked(Staff.Id("request"), Plan.Posts[0], Reason), "chief");
        var staff = Agency().Tie("paula", "chief", TieKind.Associate);
        Assert.Equal(PanelRules.NearAsker, Refused(FreezeCompetition.Decide(Facts(Drawn.Then(Now, asked), "ines", staff: staff), Seed, 1)));
        Assert.Equal(Bars.Tie, SelectionAccess.Refuses(SelectionAction.Freeze, Facts(Drawn.Then(Now, asked), "ines", staff: Agency().Tie("ines", "chief", TieKind.Associate)))?.Code);
        // Also where another drawing up took the request over, and once it is frozen.
        var other = Fold(asked, (new CompetitionDrawnUp(s_other, "S-2026-002", Plan), "vera"), DrawUp);
        Assert.Equal(PanelRules.NearAsker, Refused(FreezeCompetition.Decide(Facts(other, "ines", staff: staff), Seed, 1)));
        var frozen = Drawn.Then(Now, asked, Freeze);
        Assert.Equal((Staff.Id("chief"), 0), (Assert.Single(frozen.All[Id].AskedBy), frozen.Requests.Count));
    }

    [Theory]
    [InlineData("chief", "post of ana", null), InlineData("deputy", "post of ana", null), InlineData("deputy", "post of chief", Bars.Role)]
    public void A_deputy_does_not_ask_for_the_post_of_somebody_above_them(string person, string post, string? code) =>
        Assert.Equal(code, SelectionAccess.Refuses(SelectionAction.Ask, Facts(Competitions.Initial, person, staff: Agency().Post("deputy", "narcotics", Role.Commander, "chief"), post: Staff.Id(post)))?.Code);

    [Theory]
    [InlineData("Experience", "experience "), InlineData("Night duty", "NIGHT  duty")]
    public void Two_criteria_are_not_one_in_other_letters(string one, string other) => Assert.Equal(DrawUpCompetition.CriteriaWrong, DrawUpAs(Plan with { Criteria = [new(one, 60), new(other, 40)] }));
}
