using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Selecting;
using Probity.Tests.Cases;
using static Probity.Tests.People.SelectionScene;

namespace Probity.Tests.People;

/// <summary>One member who does nothing holds no competition up: past the day of their step another does it.</summary>
public sealed class SelectionLateTests
{
    static readonly Guid s_replacement = Staff.Id("r");

    // Paula and igor have scored, olga has not.
    static Competitions Waiting => Fold([.. Story[..^1].Where(e => e.Item2 != "olga")]);

    static string? Ask(Competitions all, string by, string leaves, string comes, DateTimeOffset at, Staff? staff = null) =>
        Refused(ReplaceScorer.Decide(new ReplaceScorer.Asking(Id, s_replacement, null, Staff.Id(leaves), Staff.Id(comes), Reason), Facts(all, by, at, staff)));

    static Competitions Asked(Competitions all, DateTimeOffset at, string leaves, string comes = "ada") =>
        all.Then(at, (new ScorerReplacementAsked(Id, s_replacement, Staff.Id(leaves), Staff.Id(comes), Reason, null, "default 0"), "ines"));

    static string? Answer(Competitions all, DateTimeOffset at) => Refused(ReplaceScorer.Decide(new ReplaceScorer.Answer(Id, s_replacement, true, null), Facts(all, "valdo", at)));

    [Fact]
    public void Who_has_not_scored_in_time_is_replaced_and_nobody_before()
    {
        var late = AtClosing.AddDays(14);
        Assert.Equal((ReplaceScorer.NotStepping, null), (Ask(Waiting, "ines", "olga", "ada", late.AddTicks(-1)), Ask(Waiting, "ines", "olga", "ada", late)));
        // Not who has scored, and not at the wish of another member.
        Assert.Equal((ReplaceScorer.NotStepping, ReplaceScorer.NotStepping), (Ask(Waiting, "ines", "igor", "ada", late), Ask(Waiting, "igor", "olga", "ada", late)));
        Assert.Equal((null, null), (Ask(Waiting, "valdo", "olga", "ada", late), Ask(Waiting, "oscar", "olga", "ada", late)));
        var said = Assert.IsType<ScorerReplacementAsked>(Assert.Single(Events(ReplaceScorer.Decide(new ReplaceScorer.Asking(Id, s_replacement, null, Staff.Id("olga"), Staff.Id("ada"), Reason), Facts(Waiting, "ines", late)))));
        Assert.Equal("default 0", said.Policy);
        Assert.Contains("replace-late", SelectionNextSteps.Of(Facts(Waiting, "oscar", late)).Select(s => s.Key));
        Assert.DoesNotContain("replace-late", SelectionNextSteps.Of(Facts(Waiting, "oscar", late.AddTicks(-1))).Select(s => s.Key));

        // Who does it before the second person answers stays.
        var asked = Asked(Waiting, late, "olga");
        Assert.Null(Answer(asked, late));
        Assert.Equal(ReplaceScorer.NotStepping, Answer(asked.Then(late, Score(1, "olga", 2, 3), Score(2, "olga", 3, 3), Score(3, "olga", 4, 3)), late));
        // Whoever came has the days of a step from then on; that it was so stands in the story.
        var replaced = asked.Then(late, (new ScorerReplaced(Id, s_replacement), "valdo"));
        Assert.Equal((ReplaceScorer.NotStepping, null), (Ask(replaced, "ines", "ada", "abel", late.AddDays(14).AddTicks(-1)), Ask(replaced, "ines", "ada", "abel", late.AddDays(14))));
        Assert.Equal(["replacement-asked-late", "replaced-late"], replaced.All[Id].Story.TakeLast(2).Select(s => s.What));
    }

    [Fact]
    public void Somebody_else_takes_the_chair_of_who_asks_for_no_ranking_and_the_scores_stay()
    {
        var (opened, late) = (Opened, Now.AddDays(14));
        // The scene opens its scores at the time of all its events.
        var at = AtClosing > late ? AtClosing : late;
        Assert.Equal(ScoreApplication.Opened, Ask(Opened.Then(at, (new RankingProposed(Id, [3, 2, 1], false), "paula"), (new RankingReturned(Id, Reason), "igor")), "ines", "paula", "ada", at.AddDays(13)));
        Assert.Equal((null, ScoreApplication.Opened), (Ask(opened, "ines", "paula", "ada", at), Ask(opened, "ines", "igor", "ada", at)));
        // Who is near to an applicant, applied, or has scored does not come.
        Assert.Equal((ReplaceScorer.InBarred, ReplaceScorer.InBarred, ReplaceScorer.InBarred), (Ask(opened, "ines", "paula", "igor", at), Ask(opened, "ines", "paula", "carla", at), Ask(opened, "ines", "paula", "chief", at)));
        var asked = Asked(opened, at, "paula");
        Assert.Null(Answer(asked, at));
        Assert.Equal(SelectionDesk.Nothing, Answer(asked.Then(at, Propose(false)), at));
        var replaced = asked.Then(at, (new ScorerReplaced(Id, s_replacement), "valdo"));
        Assert.Equal([3, 2, 1], replaced.All[Id].Ranks().Select(r => r.Application));
        Assert.Equal((null, Bars.Role), (May("ada", SelectionAction.Propose), May("paula", SelectionAction.Propose)));
        Assert.Null(May("igor", SelectionAction.Second));
        Assert.Contains(Staff.Id("ada"), replaced.All[Id].Sat);

        string? May(string person, SelectionAction action) => SelectionAccess.Refuses(action, Facts(replaced, person, at))?.Code;
    }

    [Fact]
    public void Who_answers_to_no_ranking_is_replaced_and_the_ranking_is_seconded()
    {
        var (asked, at) = (Proposed(false), AtClosing.AddDays(14));
        Assert.Equal((null, null, ScoreApplication.Opened), (Ask(asked, "ines", "igor", "ada", at), Ask(asked, "ines", "olga", "ada", at), Ask(asked, "ines", "paula", "ada", at)));
        Assert.Equal(ScoreApplication.Opened, Ask(Seconded, "ines", "igor", "ada", at));
        var replaced = Asked(asked, at, "igor").Then(at, (new ScorerReplaced(Id, s_replacement), "valdo"));
        Assert.Null(SelectionAccess.Refuses(SelectionAction.Second, Facts(replaced, "ada", at)));
        Assert.IsType<RankingAdopted>(Events(AdoptRanking.Second(new(Id, 1, true, null), Facts(replaced, "ada", at)))[^1]);
        Assert.Equal(Bars.Role, SelectionAccess.Refuses(SelectionAction.Second, Facts(replaced, "igor", at))?.Code);
        // Who has left is replaced at once.
        Assert.Null(Ask(asked, "ines", "olga", "ada", Now.AddDays(1), Agency().ShutOut("olga")));
    }

    [Fact]
    public void An_overseer_names_another_for_a_member_of_an_appeals_panel_who_does_not_answer()
    {
        var voted = Heard.Then(AtClosing, (new RankingAppealAnswered(Id, Appeal, true, Reason), "ada"), (new RankingAppealAnswered(Id, Appeal, false, Reason), "abel"));
        var late = Now.AddDays(14);
        Assert.Equal(SelectionDesk.Nothing, Name(late.AddTicks(-1), "ada", "abel", "judith"));
        var named = Assert.IsType<PanelNamed>(Assert.Single(Events(AppealRanking.Decide(new AppealRanking.Naming(Id, Appeal, [Staff.Id("ada"), Staff.Id("abel"), Staff.Id("judith")]), Facts(voted, "otto", late), Seed))));
        Assert.Equal("default 0", named.Policy);
        // Whoever has answered stays, with what they said.
        Assert.Equal(AppealRanking.PanelAnswered, Name(late, "ada", "julio", "judith"));
        var again = voted.Then(late, (named, "otto")).All[Id];
        Assert.Equal([Staff.Id("ada"), Staff.Id("abel")], again.Appeals[0].Votes.Select(v => v.By));
        Assert.Null(again.Appeals[0].Confirmed);
        Assert.Equal("appeal-panel-late", again.Story[^1].What);
        Assert.False(voted.Then(late, (named, "otto"), (new RankingAppealAnswered(Id, Appeal, true, Reason), "judith")).All[Id].IsAppealOpen);

        string? Name(DateTimeOffset at, params string[] members) => Refused(AppealRanking.Decide(new AppealRanking.Naming(Id, Appeal, [.. members.Select(Staff.Id)]), Facts(voted, "otto", at), Seed));
    }
}
