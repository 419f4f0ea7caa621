using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Selecting;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.People.SelectionScene;

namespace Probity.Tests.People;

/// <summary>What panels hold against: rankings that change under the answer, and ties that are declared to learn whose number it is.</summary>
public sealed class SelectionPanelTests
{
    // Igor declares after the last day that he is close to ben, whose number is 1.
    static Staff Late(string by = "igor", string other = "ben") => Agency().Tie(by, other, TieKind.Associate, at: AtClosing.AddHours(1));

    static readonly DateTimeOffset s_later = AtClosing.AddHours(2);

    static readonly IReadOnlyList<CriterionScore> s_scores = [new(4, Reason), new(3, Reason)];

    static string? Score(Competitions all, string by, int application, Staff staff) => Refused(ScoreApplication.Decide(new(Id, application, s_scores), Facts(all, by, s_later, staff), _ => Seed));

    [Fact]
    public void A_tie_declared_after_the_last_day_bars_from_all_and_tells_no_number()
    {
        var facts = Facts(Applied, "igor", s_later, Late());
        Assert.All([1, 2, 3], number => Assert.Equal(ScoreApplication.BarredFromAll, Score(Applied, "igor", number, Late())));
        Assert.All(facts.Competition!.ToScore, a => Assert.Equal("barred", ShowCompetition.MineOf(facts, facts.Competition, a)));
        // Nor does whoever arranges the replacement learn of one.
        Assert.Empty(facts.Barred(facts.Competition));
        var steps = SelectionNextSteps.Of(Facts(Applied, "ines", s_later, Late())).ToList();
        Assert.Equal([("replace-out", (int?)null)], steps.Select(s => (s.Key, s.Application)));
        Assert.DoesNotContain(SelectionNextSteps.Of(facts), s => s.Key == "score");
        Assert.All([1, 2, 3], number => Assert.Equal(ReplaceScorer.NotBarred, Replace("igor", "ada", number)));
        Assert.Null(Replace("igor", "ada", null));
        // An interest in the name of somebody from outside is the same.
        var declared = facts with { Register = Agency().ToRegister(), Declared = new Dictionary<(Guid, int), DateTimeOffset> { [(Staff.Id("igor"), 3)] = AtClosing.AddHours(1) } };
        Assert.Equal([Staff.Id("igor")], declared.Out(declared.Competition!));

        static string? Replace(string leaves, string comes, int? application) => Refused(ReplaceScorer.Decide(new ReplaceScorer.Asking(Id, Staff.Id("r"), application, Staff.Id(leaves), Staff.Id(comes), Reason), Facts(Applied, "ines", s_later, Late())));
    }

    [Fact]
    public void A_tie_of_before_or_of_the_applicant_bars_from_that_application_alone()
    {
        // That of the applicant once an overseer has confirmed it.
        foreach (var staff in new[] { Agency().Tie("igor", "ben", TieKind.Associate), Agency().Tie("ben", "igor", TieKind.Associate), Late("ben", "igor").Confirm(Staff.Id("tie 1 of ben and igor")) })
        {
            Assert.Equal((ScoreApplication.Barred, null), (Score(Applied, "igor", 1, staff), Score(Applied, "igor", 2, staff)));
            Assert.Equal([(1, Staff.Id("igor"))], Facts(Applied, "ines", s_later, staff).Barred(Applied.All[Id]));
        }
    }

    [Fact]
    public void What_somebody_gave_who_is_out_does_not_count_and_goes_with_them()
    {
        var all = Fold([.. Story[..^1]]);
        Assert.True(Facts(all, "ines", s_later).AreAllIn(all.All[Id]));
        Assert.False(Facts(all, "ines", s_later, Late()).AreAllIn(all.All[Id]));
        var replaced = all.Then(s_later, (new ScorerReplacementAsked(Id, Staff.Id("r"), Staff.Id("igor"), Staff.Id("ada"), Reason), "ines"), (new ScorerReplaced(Id, Staff.Id("r")), "valdo")).All[Id];
        Assert.All([1, 2, 3], number => Assert.False(replaced.HasScored(number, Staff.Id("igor"))));
        Assert.Equal([Staff.Id("paula"), Staff.Id("ada"), Staff.Id("olga")], replaced.Panel);
    }

    [Fact]
    public void Who_stands_in_and_is_out_is_replaced_wherever_they_score()
    {
        var staff = Late("ada", "carla").Tie("ben", "paula", TieKind.Blood);
        var all = Applied.Then(AtClosing, (new ScorerReplacementAsked(Id, Staff.Id("r"), Staff.Id("paula"), Staff.Id("ada"), Reason, 1), "valdo"), (new ScorerReplaced(Id, Staff.Id("r")), "ines"));
        Assert.Equal(ScoreApplication.BarredFromAll, Score(all, "ada", 1, staff));
        ReplaceScorer.Asking ask = new(Id, Staff.Id("s"), null, Staff.Id("ada"), Staff.Id("abel"), Reason);
        Assert.Null(Refused(ReplaceScorer.Decide(ask, Facts(all, "ines", s_later, staff))));
        // Who scores that application already does not come in a second time, nor does who is out.
        Assert.Equal(PanelRules.Twice, Refused(ReplaceScorer.Decide(ask with { In = Staff.Id("olga") }, Facts(all, "ines", s_later, staff))));
        Assert.IsType<ScorerNamedInVain>(Assert.Single(Events(ReplaceScorer.Decide(ask, Facts(all, "ines", s_later, staff.Tie("abel", "ben", TieKind.Associate, at: AtClosing.AddHours(1)))))));
        var after = all.All[Id].Put(null, Staff.Id("ada"), Staff.Id("abel"));
        Assert.Equal([Staff.Id("abel"), Staff.Id("igor"), Staff.Id("olga")], after.ScorersOf(1));
        Assert.Equal([Staff.Id("paula"), Staff.Id("igor"), Staff.Id("olga")], after.ScorersOf(2));
    }

    [Fact]
    public void Whoever_comes_in_for_all_is_near_to_no_applicant()
    {
        // Whoever is above an applicant would be told the number by being barred from it.
        Assert.Equal((typeof(ScorerNamedInVain), typeof(ScorerReplacementAsked)), (Come("chief"), Come("ada")));
        Assert.IsType<ScorerNamedInVain>(Assert.Single(Events(ReplaceScorer.Decide(new ReplaceScorer.Answer(Id, Staff.Id("r"), true, null), Facts(
            Applied.Then(AtClosing, (new ScorerReplacementAsked(Id, Staff.Id("r"), Staff.Id("olga"), Staff.Id("chief"), Reason), "olga")), "ines", s_later)))));

        static Type Come(string comes) =>
            Assert.Single(Events(ReplaceScorer.Decide(new ReplaceScorer.Asking(Id, Staff.Id("r"), null, Staff.Id("olga"), Staff.Id(comes), Reason), Facts(Applied, "olga", s_later)))).GetType();
    }

    [Fact]
    public void Two_who_have_left_the_panel_are_replaced_one_after_the_other()
    {
        var staff = Agency().ShutOut("igor").ShutOut("olga");
        Assert.Null(Refused(ReplaceScorer.Decide(new ReplaceScorer.Asking(Id, Staff.Id("r"), null, Staff.Id("igor"), Staff.Id("ada"), Reason), Facts(Applied, "ines", s_later, staff))));
        Assert.Equal(PanelRules.Unfit, Refused(ReplaceScorer.Decide(new ReplaceScorer.Asking(Id, Staff.Id("r"), null, Staff.Id("igor"), Staff.Id("maria"), Reason), Facts(Applied, "ines", s_later, staff))));
    }

    [Theory]
    // Chief asked: carla and keeper stand below chief, paula is tied to chief.
    [InlineData("igor olga ada", null), InlineData("igor olga carla", PanelRules.NearAsker), InlineData("igor olga keeper", PanelRules.NearAsker), InlineData("igor olga paula", PanelRules.NearAsker)]
    [InlineData("igor olga chief", PanelRules.EarlierRole), InlineData("igor olga otto", null)]
    public void Who_is_tied_to_whoever_asked_or_stands_below_them_sits_in_no_panel(string members, string? code)
    {
        var staff = Agency().Tie("paula", "chief", TieKind.Associate);
        var asked = Fold((new CompetitionAsked(Staff.Id("request"), Plan.Posts[0], Reason), "chief"));
        var plan = Plan with { Panel = [.. members.Split(' ').Select(Staff.Id)] };
        Assert.Equal(code, Refused(DrawUpCompetition.Decide(new(Id, plan), Facts(asked, "vera", staff: staff))));
        // Nor when it is frozen, when somebody comes in later, or when an appeal is heard.
        var drawn = asked.Then(Now, (new CompetitionDrawnUp(Id, "S-2026-001", plan), "vera"));
        Assert.Equal(code, Refused(FreezeCompetition.Decide(Facts(drawn, "ines", staff: staff), Seed, 1)));
        if (code is null) return;
        var appealed = asked.Then(Now, [.. AdoptedStory(), (new RankingAppealed(Id, Appeal, 1, Reason), "ben")]);
        Assert.NotNull(Refused(AppealRanking.Decide(new AppealRanking.Naming(Id, Appeal, [Staff.Id("ada"), Staff.Id("abel"), Staff.Id(members.Split(' ')[^1])]), Facts(appealed, "otto", staff: staff), Seed)));
    }

    [Theory]
    [InlineData("dina", "valdo", ApplyForPost.Namesake), InlineData("  DINA ", "ivo", ApplyForPost.Namesake), InlineData("dína", "ivo", ApplyForPost.Namesake)]
    [InlineData("dina", "oscar", null), InlineData("dinara", "valdo", null)]
    public void Who_has_the_name_of_somebody_registered_is_entered_by_an_overseer(string name, string by, string? code)
    {
        var decision = ApplyForPost.Decide(new(Id, ["As long as it has to be.", "The same again."], name, true), Facts(Frozen, by, AtOpening));
        Assert.Equal(code, Refused(decision));
        // Olga scores in it.
        if (code is not null) Assert.Equal(new[] { "oscar", "otto" }.Select(Staff.Id).Order(), ((Decision.Refused)decision).Refusal.Reroute!.People.Order());
        Assert.Null(Refused(ApplyForPost.Decide(new(Id, ["As long as it has to be.", "The same again."], name, true), Facts(Frozen, by, AtOpening, Agency().Erase("dina")))));
    }

    [Fact]
    public void Two_who_asked_for_posts_of_one_competition_are_both_remembered()
    {
        var plan = Plan with { Posts = [Staff.Id("post of ana"), Staff.Id("post of pedro")] };
        var all = Fold(
            (new CompetitionAsked(Staff.Id("one"), plan.Posts[0], Reason), "chief"), (new CompetitionAsked(Staff.Id("two"), plan.Posts[1], Reason), "port chief"), (new CompetitionDrawnUp(Id, "S-2026-001", plan), "vera"), (new CompetitionDrawnUp(Id, "S-2026-001", plan), "vera"));
        Assert.Equal(new[] { "chief", "port chief" }.Select(Staff.Id).Order(), all.All[Id].AskedBy.Order());
    }

    [Fact]
    public void Whoever_answers_to_a_ranking_says_which_they_read()
    {
        // Asked for as scored, returned, and asked for again as a departure.
        var again = Fold([.. Story, Propose(false), (new RankingReturned(Id, Reason), "igor"), Propose(true)]);
        AdoptRanking.Answer first = new(Id, 1, true, null), second = first with { Proposal = 2 };
        Assert.Equal(AdoptRanking.AskedAnew, Refused(AdoptRanking.Second(first, Facts(again, "igor", AtClosing))));
        Assert.Equal(AdoptRanking.AskedAnew, Refused(AdoptRanking.Second(first with { Proposal = 0 }, Facts(again, "igor", AtClosing))));
        Assert.IsType<RankingSeconded>(Assert.Single(Events(AdoptRanking.Second(second, Facts(again, "igor", AtClosing)))));
        var seconded = again.Then(AtClosing, (new RankingSeconded(Id), "igor"));
        Assert.Equal(AdoptRanking.AskedAnew, Refused(AdoptRanking.Agree(first with { Agree = false, Reason = Reason }, Facts(seconded, "oscar", AtClosing))));
        Assert.IsType<RankingAdopted>(Events(AdoptRanking.Agree(second, Facts(seconded, "oscar", AtClosing)))[^1]);
    }
}
