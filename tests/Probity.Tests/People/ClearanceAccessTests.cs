using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

public sealed class ClearanceAccessTests
{
    // e see, V view, I invite, S submit, C checks, A assess, D decide, l appeal, L decide the appeal, U suspend, k confirm the suspension, u lift, O open, a answer, W decide the withdrawal, X discontinue, r report, R review, g agree to lift, G agree to discontinue.
    static readonly Dictionary<ClearanceAction, char> Letters = Enum.GetValues<ClearanceAction>().Zip("eVISCADlLUkuOaWXrRgG").ToDictionary();

    const string Vetting = "eVICADLUkuOWXR", Overseer = "eVLkgG", Integrity = "e";

    [Theory]
    [InlineData("Commander", ""), InlineData("Officer", ""), InlineData("Custodian", ""), InlineData("Prosecutor", ""), InlineData("Vetting", Vetting), InlineData("Integrity", Integrity)]
    [InlineData("Investigator", ""), InlineData("Overseer", Overseer), InlineData("Monitor", ""), InlineData("Secretariat", ""), InlineData("Analyst", ""), InlineData("Judge", "")]
    [InlineData("Registry", ""), InlineData("Administrator", "")]
    public void Each_role_may_what_stands_here_and_nothing_else(string role, string allowed)
    {
        var register = ClearanceScene.Agency().Post("somebody", "port", Enum.Parse<Role>(role)).ToRegister();
        Assert.Equal(allowed, May(ClearanceScene.Submitted, "somebody", register));
        Assert.Equal("", May(Clearance.Initial, "somebody", register));
    }

    [Fact]
    public void One_reads_ones_own_file_answers_appeals_and_reports_and_decides_nothing_in_it()
    {
        Assert.Equal("eVSlar", May(ClearanceScene.Granted, "ana"));
        var vetted = ClearanceScene.Granted with { Person = Staff.Id("vera") };
        Assert.Equal("eVSlar", May(vetted, "vera"));
        Assert.Equal(Bars.Self, ClearanceAccess.Refuses(ClearanceAction.Decide, ClearanceScene.Facts(vetted, "vera"))?.Code);
    }

    // Who checked or assessed does not decide, who decided hears no appeal, who opened proceedings does not end them.
    [Theory]
    [InlineData("vera", "Decide", "Assessed"), InlineData("vera", "DecideAppeal", "Refused"), InlineData("valdo", "DecideAppeal", "Refused"), InlineData("vera", "DecideWithdrawal", "Withdrawing")]
    public void Nobody_decides_twice(string person, string action, string state) =>
        Assert.Equal(Bars.EarlierRole, ClearanceAccess.Refuses(Enum.Parse<ClearanceAction>(action), ClearanceScene.Facts(State(state), person))?.Code);

    [Theory]
    [InlineData("valdo", "Decide", "Assessed"), InlineData("oscar", "DecideAppeal", "Refused"), InlineData("valdo", "DecideWithdrawal", "Withdrawing")]
    public void Somebody_else_does(string person, string action, string state) =>
        Assert.Null(ClearanceAccess.Refuses(Enum.Parse<ClearanceAction>(action), ClearanceScene.Facts(State(state), person)));

    [Fact]
    public void Where_nobody_of_vetting_may_the_overseer_does_and_a_refusal_says_so()
    {
        var alone = Staff.Agency().ToRegister();
        var facts = ClearanceScene.Facts(ClearanceScene.Assessed, "vera", register: alone);
        var refusal = ClearanceAccess.Refuses(ClearanceAction.Decide, facts);
        Assert.Equal((Bars.EarlierRole, nameof(Role.Overseer)), (refusal?.Code, refusal?.Reroute?.Role));
        Assert.Null(ClearanceAccess.Refuses(ClearanceAction.Decide, ClearanceScene.Facts(ClearanceScene.Assessed, "oscar", register: alone)));
        Assert.Equal(Bars.Role, ClearanceAccess.Refuses(ClearanceAction.Decide, ClearanceScene.Facts(ClearanceScene.Assessed, "oscar"))?.Code);
        // The only one of vetting is vetted by the overseers.
        var own = ClearanceScene.Submitted with { Person = Staff.Id("vera") };
        Assert.Null(ClearanceAccess.Refuses(ClearanceAction.RecordChecks, ClearanceScene.Facts(own, "oscar", register: alone)));
    }

    [Fact]
    public void Whoever_commands_the_person_has_no_part_in_it_even_from_vetting()
    {
        var register = Staff.Agency().Post("boss", "agency", Role.Vetting).Post("hers", "narcotics", Role.Officer, "boss").ToRegister();
        var clearance = ClearanceScene.Submitted with { Person = Staff.Id("hers") };
        foreach (var action in Letters.Keys.Where(a => ClearanceAccess.Refuses(a, ClearanceScene.Facts(clearance, "vera", register: register)) is null))
            Assert.Equal(Bars.Superior, ClearanceAccess.Refuses(action, ClearanceScene.Facts(clearance, "boss", register: register))?.Code);
    }

    [Fact]
    public void Whose_access_ended_answers_on_paper_and_acts_in_no_post()
    {
        var register = ClearanceScene.Agency().ShutOut("ana").ToRegister();
        Assert.Empty(Actor.From(register, Staff.Id("ana"), ClearanceScene.Now).Posts);
        Assert.DoesNotContain(Staff.Id("ana"), register.Holders(Role.Officer, ClearanceScene.Now));
        foreach (var action in (ClearanceAction[])[ClearanceAction.AnswerWithdrawal, ClearanceAction.LodgeAppeal])
        {
            Assert.Null(ClearanceAccess.Refuses(action, ClearanceScene.Facts(ClearanceScene.Granted, "valdo", register: register)));
            Assert.Equal(Bars.Role, ClearanceAccess.Refuses(action, ClearanceScene.Facts(ClearanceScene.Granted, "valdo"))?.Code);
        }
    }

    // One person suspends; another stands for it, and until then an overseer may lift it.
    [Fact]
    public void A_suspension_takes_a_second_person_and_until_then_an_overseer_may_lift_it()
    {
        var suspended = ClearanceScene.Of(ClearanceScene.Invite, ClearanceScene.Submit, ClearanceScene.Checks(), ClearanceScene.Assess, ClearanceScene.Grant(ClearanceScene.Now.AddYears(3)), ClearanceScene.Suspend);
        Assert.Equal(Bars.EarlierRole, ClearanceAccess.Refuses(ClearanceAction.ConfirmSuspension, ClearanceScene.Facts(suspended, "vera"))?.Code);
        foreach (var second in (string[])["valdo", "oscar"]) Assert.Null(ClearanceAccess.Refuses(ClearanceAction.ConfirmSuspension, ClearanceScene.Facts(suspended, second)));
        Assert.Null(ClearanceAccess.Refuses(ClearanceAction.LiftSuspension, ClearanceScene.Facts(suspended, "oscar")));
        var confirmed = ClearanceScene.Of(
            ClearanceScene.Invite, ClearanceScene.Submit, ClearanceScene.Checks(), ClearanceScene.Assess, ClearanceScene.Grant(ClearanceScene.Now.AddYears(3)), ClearanceScene.Suspend, (new SuspensionConfirmed(ClearanceScene.Reason), "valdo"));
        Assert.Equal((true, false), (suspended.IsSuspendedByOne, confirmed.IsSuspendedByOne));
        Assert.Equal(Bars.Role, ClearanceAccess.Refuses(ClearanceAction.LiftSuspension, ClearanceScene.Facts(confirmed, "oscar"))?.Code);
    }

    // vera suspends, oscar stands for it; valdo asks to lift it, and another overseer than who asks agrees.
    [Fact]
    public void What_two_stand_for_is_lifted_with_an_overseer_alone()
    {
        (Probity.Shared.Record.IEvent, string)[] events =
        [
            ClearanceScene.Invite, ClearanceScene.Submit, ClearanceScene.Checks(), ClearanceScene.Assess, ClearanceScene.Grant(ClearanceScene.Now.AddYears(3)), ClearanceScene.Suspend, (new SuspensionConfirmed(ClearanceScene.Reason), "oscar"),
        ];
        var confirmed = ClearanceScene.Of(events);
        var asked = Assert.IsType<Probity.Shared.Record.Decision.Accepted>(SuspendClearance.Decide(new SuspendClearance.Lifting(confirmed.Id, ClearanceScene.Reason), ClearanceScene.Facts(confirmed, "valdo")));
        Assert.IsType<LiftingAsked>(Assert.Single(asked.Filings).Event);
        var waiting = ClearanceScene.Of([.. events, (new LiftingAsked(ClearanceScene.Reason), "valdo")]);
        Assert.False(waiting.IsValidAt(ClearanceScene.Now));
        Assert.Equal(SuspendClearance.LiftingPending, Code(SuspendClearance.Decide(new SuspendClearance.Lifting(waiting.Id, ClearanceScene.Reason), ClearanceScene.Facts(waiting, "vera"))));
        foreach (var other in (string[])["vera", "valdo", "ines", "chief"]) Assert.Equal(Bars.Role, ClearanceAccess.Refuses(ClearanceAction.AgreeToLift, ClearanceScene.Facts(waiting, other))?.Code);
        Assert.Null(ClearanceAccess.Refuses(ClearanceAction.AgreeToLift, ClearanceScene.Facts(waiting, "oscar")));
        Assert.Equal(Bars.EarlierRole, ClearanceAccess.Refuses(ClearanceAction.AgreeToLift, ClearanceScene.Facts(ClearanceScene.Of([.. events, (new LiftingAsked(ClearanceScene.Reason), "oscar")]), "oscar"))?.Code);
        Assert.Equal(SuspendClearance.NotAsked, Code(Answer(confirmed, true)));
        Assert.Contains(Assert.IsType<Probity.Shared.Record.Decision.Accepted>(Answer(waiting, true)).Filings, f => f.Event is SuspensionLifted);
        Assert.IsType<LiftingRefused>(Assert.Single(Assert.IsType<Probity.Shared.Record.Decision.Accepted>(Answer(waiting, false)).Filings).Event);
        Assert.True(ClearanceScene.Of([.. events, (new LiftingAsked(ClearanceScene.Reason), "valdo"), (new SuspensionLifted(ClearanceScene.Reason), "oscar")]).IsValidAt(ClearanceScene.Now));
        // Nor is it undone by proceedings that end with the clearance kept.
        var open = ClearanceScene.Of([.. events, ClearanceScene.Open]);
        Assert.Equal(WithdrawClearance.LiftFirst, Code(WithdrawClearance.Decide(new WithdrawClearance.Ruling(open.Id, false, [], ClearanceScene.Reason, [], null), ClearanceScene.Facts(open, "valdo"))));

        static Probity.Shared.Record.Decision Answer(Clearance clearance, bool agree) => SuspendClearance.Decide(new SuspendClearance.LiftingAnswer(clearance.Id, agree, ClearanceScene.Reason), ClearanceScene.Facts(clearance, "oscar"));
        static string? Code(Probity.Shared.Record.Decision decision) => (decision as Probity.Shared.Record.Decision.Refused)?.Refusal.Code;
    }

    static Clearance State(string name) => name switch { "Assessed" => ClearanceScene.Assessed, "Refused" => ClearanceScene.Refused, _ => ClearanceScene.Withdrawing };

    static string May(Clearance clearance, string person, Register? register = null) =>
        string.Concat(Letters.Where(l => ClearanceAccess.Refuses(l.Key, ClearanceScene.Facts(clearance, person, register: register)) is null).Select(l => l.Value));
}
