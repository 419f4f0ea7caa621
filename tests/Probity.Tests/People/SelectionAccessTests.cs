using Probity.Access.Contract;
using Probity.People.Selecting;
using Probity.Tests.Cases;
using static Probity.Tests.People.SelectionScene;

namespace Probity.Tests.People;

public sealed class SelectionAccessTests
{
    // V see, A ask, D draw up, F freeze, P apply, O enter one from outside, R ask for a replacement, r answer one, S score, o open, E explain, Q propose, 2 second, L agree to a departure,
    // a appeal, N name a panel, W answer an appeal. Of the frozen competition with applications; ben applied. Nobody agrees to a departure or names a panel before it is due.
    [Theory]
    [InlineData("vera", "VDORroa"), InlineData("valdo", "VDFPORroa"), InlineData("ines", "VDFORroa"), InlineData("ivo", "VDFPORroa")]
    [InlineData("oscar", "VFPORr"), InlineData("olga", "VrRSoE2"), InlineData("otto", "VFPORr")]
    [InlineData("paula", "VRSoEQ"), InlineData("igor", "VRSoE2"), InlineData("ben", "Pa"), InlineData("ana", "P"), InlineData("chief", "AP"), InlineData("port chief", "P")]
    [InlineData("keeper", "P"), InlineData("root", "P"), InlineData("maria", "P"), InlineData("sara", "P"), InlineData("judith", "P"), InlineData("rita", "P"), InlineData("nobody", "")]
    public void Each_may_what_stands_here_and_nothing_else(string person, string allowed)
    {
        var facts = Facts(Applied, person, AtClosing, post: Staff.Id("post of ana"));
        var may = string.Concat(Enum.GetValues<SelectionAction>().Zip("VADFPORrSoEQ2LaNW").Where(a => SelectionAccess.Refuses(a.First, facts) is null).Select(a => a.Second).Order());
        Assert.Equal(string.Concat(allowed.Order()), may);
    }

    [Theory]
    // Who is near to an applicant neither agrees to a departure nor names a panel, and a member who is does not second a departure.
    [InlineData("otto", nameof(SelectionAction.AgreeDeparture), Bars.Kin), InlineData("otto", nameof(SelectionAction.NamePanel), Bars.Kin)]
    [InlineData("igor", nameof(SelectionAction.Second), Bars.Kin), InlineData("oscar", nameof(SelectionAction.AgreeDeparture), null), InlineData("oscar", nameof(SelectionAction.NamePanel), null)]
    public void Nobody_near_to_an_applicant_decides_on_a_departure(string person, string what, string? bar)
    {
        var action = Enum.Parse<SelectionAction>(what);
        var staff = Agency().Tie("otto", "ben", TieKind.Blood).Tie("ben", "igor", TieKind.Blood);
        Assert.Equal(bar, SelectionAccess.Refuses(action, Facts(action switch { SelectionAction.Second => Proposed(true), SelectionAction.NamePanel => Appealed, _ => Seconded }, person, AtClosing, staff))?.Code);
    }

    [Fact]
    public void A_second_of_the_order_of_the_scores_is_no_choice_and_asks_for_no_distance() =>
        Assert.Null(SelectionAccess.Refuses(SelectionAction.Second, Facts(Proposed(false), "igor", AtClosing, Agency().Tie("ben", "igor", TieKind.Blood))));

    [Theory]
    // Integrity, vetting and an overseer who applied, once the scores are opened and names with them: they appeal for themselves, and see and do nothing else.
    [InlineData("ivo"), InlineData("valdo"), InlineData("oscar")]
    public void Who_applied_sees_what_an_applicant_sees_whatever_they_hold(string person)
    {
        var all = Fold([DrawUp, Freeze, .. Apply(1, "ben"), .. Apply(2, person), .. Apply(3, Outsider), .. Story[8..]]);
        Assert.True(all.All[Id].IsOpened);
        var facts = Facts(all, person, AtClosing);
        Assert.Equal(Bars.Self, SelectionAccess.Refuses(SelectionAction.See, facts)?.Code);
        SelectionAction[] own = [SelectionAction.Apply, SelectionAction.Appeal, SelectionAction.Freeze];
        Assert.All(Enum.GetValues<SelectionAction>().Except(own), action => Assert.NotNull(SelectionAccess.Refuses(action, facts)));
        Assert.Equal(Bars.Self, Refused(AppealRanking.Decide(new AppealRanking.Command(Id, Appeal, Reason, 3), facts)));
        Assert.Null(SelectionAccess.Refuses(SelectionAction.See, Facts(all, "ines", AtClosing)));
    }

    [Fact]
    public void Who_lost_their_access_does_nothing() =>
        Assert.All(Enum.GetValues<SelectionAction>(), action => Assert.NotNull(SelectionAccess.Refuses(action, Facts(Applied, "paula", AtClosing, Agency().ShutOut("paula")))));

    [Theory]
    [InlineData("paula igor olga", null), InlineData("paula igor", PanelRules.TooFew), InlineData("paula paula olga", PanelRules.Twice), InlineData("paula igor maria", PanelRules.Unfit)]
    [InlineData("paula igor root", PanelRules.Unfit), InlineData("chief ana carla", PanelRules.NoOutsider), InlineData("igor ivo valdo", PanelRules.NoOutsider), InlineData("paula vera olga", PanelRules.EarlierRole)]
    [InlineData("paula igor keeper nobody", PanelRules.Unfit), InlineData("ada abel otto", PanelRules.Tied)]
    public void A_panel_has_three_or_more_an_outsider_and_nobody_near_to_another(string members, string? code)
    {
        var plan = Plan with { Panel = [.. members.Split(' ').Select(Staff.Id)] };
        Assert.Equal(code, Refused(DrawUpCompetition.Decide(new(Id, plan), Facts(Competitions.Initial, "vera", staff: Agency().Tie("ada", "otto", TieKind.Associate)))));
    }
}
