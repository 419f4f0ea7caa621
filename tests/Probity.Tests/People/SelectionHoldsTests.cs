using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Selecting;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using Staffing = Probity.Access.Staffing;
using static Probity.Tests.People.SelectionScene;

namespace Probity.Tests.People;

/// <summary>What a competition holds against once it is drawn up: a second one, and a post made beside the one that it is for.</summary>
public sealed class SelectionHoldsTests
{
    static readonly Guid s_other = Staff.Id("other competition");

    static readonly CompetitionPlan s_plan = Plan with { Opens = new DateOnly(2026, 5, 1), Closes = new DateOnly(2026, 5, 14) };

    // A second competition, whose ranking puts carla first, a month after the first one.
    static (IEvent, string) Again(IEvent happened, string by) => (happened, by);

    static Competitions SecondDrawn(CompetitionPlan? plan = null) => Adopted.Then(AtClosing.AddDays(10), Again(new CompetitionDrawnUp(s_other, "S-2026-002", plan ?? s_plan), "vera"));

    static Competitions SecondFrozen => SecondDrawn().Then(AtClosing.AddDays(11), Again(new CompetitionFrozen(s_other, Seed, "default 0"), "oscar"));

    static Competitions SecondAdopted => SecondFrozen.Then(
        AtClosing.AddDays(60), Again(new ApplicationNumbered(s_other, 1), "carla"), Again(new ApplicationFiled(s_other, 1, ["Nine years.", "Would ask first."], Staff.Id("carla")), "carla"),
        Again(new ScoresOpened(s_other, Seed), "olga"), Again(new RankingProposed(s_other, [1], false), "paula"), Again(new RankingSeconded(s_other), "igor"),
        Again(new RankingAdopted(s_other, AtClosing.AddDays(74), AtClosing.AddMonths(14), "default 0"), "igor"));

    static CompetitionSays? Says(Competitions all, string person, DateTimeOffset at, string post = "post of ana", Staff? staff = null) =>
        PostCompetitions.Of(all, (staff ?? Agency()).ToRegister(), Staff.Id(person), Staff.Id(post), at)?.Says;

    [Theory]
    [InlineData("ines", SelectionAccess.ListHolds), InlineData("valdo", SelectionAccess.ListHolds), InlineData("oscar", null), InlineData("chief", Bars.Role), InlineData("vera", Bars.EarlierRole)]
    public void A_second_competition_is_frozen_by_an_overseer_as_long_as_the_first_ranking_holds(string person, string? code)
    {
        Assert.Equal(code, SelectionAccess.Refuses(SelectionAction.Freeze, Facts(SecondDrawn(), person, AtClosing.AddDays(11), of: s_other))?.Code);
        // Once it holds no longer, and for another post, as any.
        var later = code == SelectionAccess.ListHolds ? null : code;
        Assert.Equal(later, SelectionAccess.Refuses(SelectionAction.Freeze, Facts(SecondDrawn(), person, AtClosing.AddMonths(12), of: s_other))?.Code);
        Assert.Equal(later, SelectionAccess.Refuses(SelectionAction.Freeze, Facts(SecondDrawn(s_plan with { Posts = [Staff.Id("post of pedro")] }), person, AtClosing.AddDays(11), of: s_other))?.Code);
    }

    [Fact]
    public void Who_may_not_freeze_it_is_told_who_does()
    {
        var refusal = SelectionAccess.Refuses(SelectionAction.Freeze, Facts(SecondDrawn(), "ines", AtClosing.AddDays(11), of: s_other))!;
        // Olga scores in it.
        Assert.Equal((nameof(Role.Overseer), string.Join(' ', new[] { "oscar", "otto" }.Select(Staff.Id).Order())), (refusal.Reroute!.Role, string.Join(' ', refusal.Reroute.People.Order())));
    }

    [Fact]
    public void A_second_competition_is_not_frozen_while_the_first_is_appealed()
    {
        var all = SecondDrawn().Then(AtClosing.AddDays(11), Again(new RankingAppealed(Id, Appeal, 1, Reason), "ben"));
        Assert.Equal(DrawUpCompetition.PostBusy, Refused(FreezeCompetition.Decide(Facts(all, "oscar", AtClosing.AddDays(11), of: s_other), Seed, 1)));
        Assert.Null(Refused(FreezeCompetition.Decide(Facts(SecondDrawn(), "oscar", AtClosing.AddDays(11), of: s_other), Seed, 1)));
    }

    [Fact]
    public void The_first_ranking_speaks_for_as_long_as_it_holds_and_the_second_after_it()
    {
        var (first, both, after) = (AtClosing.AddDays(40), AtClosing.AddDays(80), AtClosing.AddMonths(12));
        // Somebody from outside leads the first, so whoever of the house is to be posted takes an overseer.
        var departed = Fold(AdoptedStory(true));
        Assert.Equal((CompetitionSays.Chosen, CompetitionSays.NotChosen), (Says(departed, "ben", first), Says(departed, "carla", first)));
        var second = departed with { All = departed.All.Add(s_other, SecondAdopted.All[s_other]) };
        var running = departed with { All = departed.All.Add(s_other, SecondFrozen.All[s_other]) };
        Assert.Equal((CompetitionSays.Chosen, CompetitionSays.NotChosen), (Says(running, "ben", first), Says(running, "carla", first)));
        Assert.Equal((CompetitionSays.Chosen, CompetitionSays.NotChosen), (Says(second, "ben", both), Says(second, "carla", both)));
        Assert.Equal((CompetitionSays.NotChosen, CompetitionSays.Chosen), (Says(second, "ben", after), Says(second, "carla", after)));
        Assert.Null(Says(second, "carla", AtClosing.AddMonths(14)));
    }

    [Theory]
    [InlineData(nameof(CompetitionSays.NotChosen), "ines", "posting.not-chosen"), InlineData(nameof(CompetitionSays.Appealable), "ines", "posting.appeals-run"), InlineData(nameof(CompetitionSays.Chosen), "ines", null)]
    [InlineData(nameof(CompetitionSays.NotChosen), "oscar", null), InlineData(nameof(CompetitionSays.Appealable), "oscar", null), InlineData(nameof(CompetitionSays.Appealed), "oscar", "posting.competition-appealed")]
    public void A_posting_waits_for_the_end_of_appeals_or_for_an_overseer(string says, string person, string? code)
    {
        var register = Agency().Propose("dina", "post of ana").ToRegister();
        var facts = new Staffing.RegisterFacts(register, Actor.From(register, Staff.Id(person), AtClosing), AtClosing) { Competition = new(Enum.Parse<CompetitionSays>(says), Id, "", says == nameof(CompetitionSays.Appealable) ? AtClosing.AddDays(14) : null) };
        var decision = Staffing.ApprovePosting.Decide(facts, Staff.Id("dina for post of ana"));
        Assert.Equal(code, Refused(decision));
        Assert.Equal(code == "posting.appeals-run" ? AtClosing.AddDays(14) : null, (decision as Decision.Refused)?.Refusal.Until);
    }

    [Theory]
    // Created in the unit, or in one below it, after the competition was drawn up.
    [InlineData("narcotics", "Officer", 1, true), InlineData("night team", "Officer", 1, true), InlineData("narcotics", "Officer", 90, true)]
    // There before, of another role, elsewhere.
    [InlineData("narcotics", "Officer", -1, false), InlineData("narcotics", "Custodian", 1, false), InlineData("port", "Officer", 1, false), InlineData("agency", "Officer", 1, false)]
    public void A_post_created_beside_the_one_in_competition_is_one_of_its_own(string unit, string role, int days, bool covered)
    {
        var staff = Agency().Unit("night team", "NIG", "narcotics").Desk("bis", unit, Enum.Parse<Role>(role), Now.AddDays(days));
        var at = AtClosing.AddDays(100);
        Assert.Equal(covered ? CompetitionSays.NotChosen : null, Says(Applied, "dina", at, "bis", staff));
        Assert.Equal(covered ? CompetitionSays.NotChosen : null, Says(Adopted, "dina", at, "bis", staff));
        Assert.Equal(covered ? CompetitionSays.Appealed : null, Says(Appealed, "dina", at, "bis", staff));
        Assert.Null(Says(Adopted, "dina", AtClosing.AddMonths(12), "bis", staff));
        // Nor is a competition of its own begun beside the first, or without an overseer after it.
        var plan = s_plan with { Posts = [Staff.Id("bis")], Opens = s_plan.Opens.AddMonths(4), Closes = s_plan.Closes.AddMonths(4) };
        Assert.Equal(covered ? DrawUpCompetition.PostBusy : null, Refused(DrawUpCompetition.Decide(new(s_other, plan), Facts(Applied, "vera", at, staff, of: s_other))));
        Assert.Equal(covered ? SelectionAccess.ListHolds : null, SelectionAccess.Refuses(SelectionAction.Freeze, Facts(SecondDrawn(plan), "ines", at, staff, of: s_other))?.Code);
    }

    [Fact]
    public void A_post_made_between_the_request_and_the_drawing_up_is_one_of_its_own_too()
    {
        var asked = Competitions.Initial.Then(Now.AddDays(-20), Again(new CompetitionAsked(Staff.Id("request"), Plan.Posts[0], Reason), "chief")).Then(Now, DrawUp, Freeze);
        Assert.Equal(CompetitionSays.NotChosen, Says(asked, "dina", AtOpening, "bis", Agency().Desk("bis", "narcotics", Role.Officer, Now.AddDays(-3))));
        Assert.Null(Says(asked, "dina", AtOpening, "bis", Agency().Desk("bis", "narcotics", Role.Officer, Now.AddDays(-30))));
        // Whom the competition chose may have it as well.
        Assert.Equal(CompetitionSays.Chosen, Says(Fold(AdoptedStory(true)), "ben", AtClosing.AddDays(100), "bis", Agency().Desk("bis", "narcotics", Role.Officer, Now.AddDays(1))));
    }
}
