using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Risk;
using Probity.Risk.Accepting;
using Probity.Risk.Contract;
using Probity.Risk.Controlling;
using Probity.Risk.Preparing;
using Probity.Risk.ViewingRisks;

namespace Probity.Tests.Risk;

/// <summary>Who lowers a risk on the ground of which control, and up to what it is accepted.</summary>
public sealed class RiskLoweringTests
{
    [Fact]
    public void A_risk_goes_below_the_current_one_only_on_a_test_that_passed_and_holds()
    {
        var house = RiskHouse.At(AssessmentStage.Active);
        Assert.Equal(TestControl.ControlUnknown, house.Lower("ines"));
        Assert.Equal(nameof(ControlAdded), house.AddControl("chief"));
        Assert.Equal(LowerRisk.Untested, house.Lower("ines"));
        Assert.Equal((Bars.Role, Bars.Role), (house.Test("keeper"), house.Test("chief")));
        Assert.Equal(TestControl.FiguresMissing, house.Test("igor", design: null));
        Assert.Equal(nameof(ControlTested), house.Test("igor", design: 3, operation: 1));
        Assert.Equal(LowerRisk.Untested, house.Lower("ines"));
        house.Test("igor");
        // No commander lowers what is theirs, and nothing is lowered to what it is or above.
        Assert.Equal((Bars.Role, LowerRisk.NotLower, LowerRisk.NotLower), (house.Lower("chief"), house.Lower("ines", 3, 4), house.Lower("ines", 4, 2)));
        Assert.Equal(nameof(LoweringAsked), house.Lower("ines"));
        // Until an overseer has agreed it stays where it was.
        Assert.Equal((new Rating(3, 4), LowerRisk.Pending), (house.Residual.Rating, house.Lower("ivo")));
        Assert.Equal((Bars.Role, Bars.Role, RiskTexts.ReasonMissing), (house.Agree("ines"), house.Agree("chief"), house.Agree("oscar", agree: false)));
        Assert.Equal((nameof(LoweringRefused), ChooseScenarios.NotNow), (house.Agree("oscar", agree: false, RiskHouse.Why), house.Agree("oscar")));
        Assert.Equal((nameof(LoweringAsked), nameof(ResidualSet)), (house.Lower("ines"), house.Agree("oscar")));
        Assert.Equal(new Rating(2, 3), house.Residual.Rating);
        house.Now = house.Now.AddDays(91);
        Assert.Equal((new Rating(3, 4), ResidualReason.TestOverdue), (house.Residual.Rating, house.Residual.Steps[^1].Reason));
        Assert.Equal(LowerRisk.Untested, house.Lower("ines", 1, 1));
        house.Test("igor");
        Assert.Equal(new Rating(2, 3), house.Residual.Rating);
        house.Test("igor", operation: 0);
        Assert.Equal((new Rating(3, 4), ResidualReason.TestFailed), (house.Residual.Rating, house.Residual.Steps[^1].Reason));
    }

    [Fact]
    public void Who_wrote_a_control_down_who_tests_it_and_who_lowers_for_it_are_three_people()
    {
        var house = RiskHouse.At(AssessmentStage.Active);
        house.AddControl("ines");
        Assert.Equal((Bars.EarlierRole, nameof(ControlTested)), (house.Test("ines"), house.Test("ivo")));
        Assert.Equal((Bars.EarlierRole, Bars.EarlierRole), (house.Lower("ines"), house.Lower("ivo")));
        house.Test("igor");
        Assert.Equal((Bars.EarlierRole, nameof(LoweringAsked)), (house.Lower("ines"), house.Lower("ivo")));
        // What was asked rests on a test that no longer passes.
        house.Test("igor", operation: 0);
        Assert.Equal(LowerRisk.Untested, house.Agree("oscar"));
        Assert.Equal(new Rating(3, 4), house.Residual.Rating);
    }

    [Theory]
    [InlineData(364, nameof(ControlTested)), InlineData(370, AddControl.TestTooFar), InlineData(800, AddControl.DayWrong)]
    public void The_next_test_is_no_further_off_than_the_pack_says(int days, string expected)
    {
        var house = RiskHouse.At(AssessmentStage.Active);
        Assert.Equal(expected == nameof(ControlTested) ? nameof(ControlAdded) : expected, house.AddControl("chief", "another", days: days));
        house.AddControl("chief");
        Assert.Equal(expected, house.Test("igor", days: days));
    }

    [Fact]
    public void Who_answers_for_a_control_sees_its_risk_and_not_the_assessment()
    {
        var house = RiskHouse.At(AssessmentStage.Active);
        house.AddControl("chief");
        var keeper = house.As("keeper");
        Assert.Null(RiskAccess.RefusesRisk(keeper, RiskHouse.First));
        Assert.Equal((Bars.Role, Bars.Role), (RiskAccess.RefusesRisk(keeper, RiskHouse.Second)?.Code, RiskAccess.Refuses(RiskAction.View, keeper)?.Code));
        Assert.Equal((true, false), (RiskAccess.MayKnow(keeper), RiskAccess.MayKnow(house.As("vera"))));
    }

    [Fact]
    public void Whoever_owns_a_control_or_commands_its_owner_does_not_test_it()
    {
        var house = RiskHouse.At(AssessmentStage.Active);
        house.AddControl("ines", "own", "igor");
        Assert.Equal((Bars.Self, nameof(ControlTested)), (house.Test("igor", control: "own"), house.Test("ivo", control: "own")));
        house.Staff.Hold("igor", "post of chief");
        house.AddControl("ines", "under", "ana");
        Assert.Equal(Bars.Superior, house.Test("igor", control: "under"));
    }

    [Fact]
    public void What_was_accepted_as_high_is_not_accepted_as_critical()
    {
        var house = RiskHouse.At(AssessmentStage.Active);
        house.Ask("chief");
        house.Answer("oscar");
        var (high, critical) = (new Rating(3, 4), new Rating(4, 4));
        Assert.Equal((true, false), (house.Risk.Acceptance!.Covers(high, house.Now), house.Risk.Acceptance.Covers(critical, house.Now)));
        // The band and not the figure: 14 is high like 12.
        Assert.True(house.Risk.Acceptance.Covers(new(2, 7), house.Now));
        var row = new RiskRow { Scenario = RiskHouse.First, Acceptance = AcceptanceStage.Accepted, AcceptedUntil = house.Now.AddDays(1), AcceptedUpTo = house.Risk.Acceptance.UpTo };
        Assert.Equal((true, false), (row.IsAccepted(high, house.Now), row.IsAccepted(critical, house.Now)));
        var again = new AcceptRisk.Request(Guid.Empty, RiskHouse.First, RiskHouse.Why, house.Now.AddDays(50));
        Assert.Equal(AcceptRisk.Pending, house.Do("chief", RiskAction.AskAcceptance, f => AcceptRisk.Decide(again with { Moved = high }, f)));
        Assert.Equal(nameof(AcceptanceAsked), house.Do("chief", RiskAction.AskAcceptance, f => AcceptRisk.Decide(again with { Moved = critical }, f)));
    }

    [Fact]
    public void A_high_risk_is_accepted_by_an_overseer_with_reasons_and_an_end()
    {
        var house = RiskHouse.At(AssessmentStage.Active);
        Assert.Equal(AcceptRisk.NotHigh, house.Ask("chief", scenario: RiskHouse.Second));
        Assert.Equal((RiskTexts.ReasonMissing, AcceptRisk.TooLong, AddControl.DayWrong), (house.Ask("chief", reason: ""), house.Ask("chief", 400), house.Ask("chief", 0)));
        Assert.Equal((Bars.Role, nameof(AcceptanceAsked), AcceptRisk.Pending), (house.Ask("ana"), house.Ask("chief"), house.Ask("ines")));
        Assert.Equal((Bars.Role, Bars.Role, RiskTexts.ReasonMissing), (house.Answer("ines"), house.Answer("chief"), house.Answer("oscar", reason: null)));
        Assert.Equal(nameof(AcceptanceGiven), house.Answer("oscar"));
        Assert.True(house.Risk.Acceptance!.HoldsAt(house.Now.AddDays(100)));
        Assert.False(house.Risk.Acceptance.HoldsAt(house.Now.AddDays(101)));
        Assert.Equal((RiskTexts.ReasonMissing, nameof(AcceptanceRevoked)), (house.Revoke("olga", null), house.Revoke("olga")));
        Assert.False(house.Risk.Acceptance.HoldsAt(house.Now));
        Assert.Equal(nameof(AcceptanceAsked), house.Ask("ines"));
        house.Policy = house.Policy with { Figures = house.Policy.Figures.SetItem(PolicyRules.AcceptanceHolds.Key, 1) };
        Assert.Equal((AcceptRisk.TooLong, nameof(AcceptanceRefused)), (house.Answer("oscar"), house.Answer("oscar", accept: false)));
    }
}
