using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

public sealed class ClearanceDecideTests
{
    static readonly DateTimeOffset s_now = ClearanceScene.Now;
    const string Reason = ClearanceScene.Reason;

    static Clearance State(string name) => name switch
    {
        "invited" => ClearanceScene.Invited, "submitted" => ClearanceScene.Submitted, "assessed" => ClearanceScene.Assessed, "granted" => ClearanceScene.Granted,
        "refused" => ClearanceScene.Refused, "withdrawing" => ClearanceScene.Withdrawing,
        "checked" => ClearanceScene.Of(ClearanceScene.Invite, ClearanceScene.Submit, ClearanceScene.Checks()),
        "suspended" => ClearanceScene.Of(ClearanceScene.Invite, ClearanceScene.Submit, ClearanceScene.Checks(), ClearanceScene.Assess, ClearanceScene.Grant(s_now.AddYears(3)), (new ClearanceSuspended([VettingGround.Conduct], Reason, "x 1"), "vera")),
        "answered" => ClearanceScene.Of(ClearanceScene.Invite, ClearanceScene.Submit, ClearanceScene.Checks(), ClearanceScene.Assess, ClearanceScene.Grant(s_now.AddYears(3)), ClearanceScene.Open, (new WithdrawalAnswered(Reason), "ana")),
        _ => ClearanceScene.Of(ClearanceScene.Invite, ClearanceScene.Submit, ClearanceScene.Checks(VettingResult.Adverse, CheckKind.Polygraph), ClearanceScene.Assess, name == "polygraph-granted" ? ClearanceScene.Grant(s_now.AddYears(3)) : (new ClearanceSubmitted(Reason), "ana")),
    };

    // State, what is done (with a polygraph ground or another), after so many days: accepted, or refused with a code.
    [Theory]
    [InlineData("invited", "submit", 0, null), InlineData("submitted", "submit", 0, SubmitForm.NotNow)]
    [InlineData("invited", "check", 0, RecordChecks.NotNow), InlineData("submitted", "check", 0, null), InlineData("granted", "check", 0, null), InlineData("refused", "check", 0, RecordChecks.NotNow)]
    [InlineData("submitted", "assess", 0, AssessClearance.ChecksMissing), InlineData("checked", "assess", 0, null), InlineData("assessed", "assess", 0, AssessClearance.NotNow)]
    [InlineData("checked", "grant", 0, DecideClearance.NotNow), InlineData("assessed", "grant", 0, null), InlineData("assessed", "grant-on-finances", 0, NoSoleGround.GroundsMissing)]
    [InlineData("assessed", "restrict-nothing", 0, DecideClearance.RestrictionsMissing), InlineData("assessed", "withhold-without-why", 0, DecideClearance.RedactionWrong)]
    [InlineData("assessed", "refuse-on-finances", 0, null), InlineData("assessed", "refuse-on-polygraph", 0, NoSoleGround.Code), InlineData("polygraph", "refuse-on-finances", 0, NoSoleGround.Code)]
    [InlineData("granted", "suspend-on-finances", 0, null), InlineData("granted", "suspend-on-polygraph", 0, NoSoleGround.Code), InlineData("polygraph-granted", "suspend-on-finances", 0, NoSoleGround.Code)]
    [InlineData("granted", "suspend-on-finances", 1096, SuspendClearance.NotHeld), InlineData("refused", "suspend-on-finances", 0, SuspendClearance.NotHeld)]
    [InlineData("granted", "lift", 0, SuspendClearance.NotSuspended), InlineData("suspended", "lift", 0, null)]
    [InlineData("granted", "open", 0, null), InlineData("withdrawing", "open", 0, WithdrawClearance.UnderWay), InlineData("suspended", "open", 0, null), InlineData("refused", "open", 0, SuspendClearance.NotHeld)]
    [InlineData("granted", "answer", 0, WithdrawClearance.NotUnderWay), InlineData("withdrawing", "answer", 0, null), InlineData("answered", "answer", 0, WithdrawClearance.Answered)]
    [InlineData("withdrawing", "withdraw", 13, WithdrawClearance.AnswerAwaited), InlineData("withdrawing", "withdraw", 14, null), InlineData("answered", "withdraw", 0, null)]
    [InlineData("answered", "withdraw-on-polygraph", 0, NoSoleGround.Code), InlineData("withdrawing", "keep", 0, null), InlineData("granted", "keep", 0, WithdrawClearance.NotUnderWay)]
    [InlineData("refused", "appeal", 13, null), InlineData("refused", "appeal", 14, AppealVetting.TooLate), InlineData("granted", "appeal", 0, AppealVetting.Nothing)]
    [InlineData("refused", "discontinue", 0, DiscontinueClearance.NotNow), InlineData("invited", "discontinue", 0, null)]
    public void What_can_be_done_at_a_stage_and_what_not(string state, string what, int days, string? code)
    {
        var facts = ClearanceScene.Facts(State(state), "valdo", s_now.AddDays(days));
        var id = facts.Clearance.Id;
        var decision = what switch
        {
            "submit" => SubmitForm.Decide(new(id, Reason), facts),
            "check" => RecordChecks.Decide(new(id, [new(CheckKind.Interview, VettingResult.Clear, new DateOnly(2026, 3, 1), null)]), facts),
            "assess" => AssessClearance.Decide(new(id, Reason), facts),
            "grant" => DecideClearance.Decide(Answer(ClearanceAnswer.Granted, VettingGround.NothingFound), facts),
            "grant-on-finances" => DecideClearance.Decide(Answer(ClearanceAnswer.Granted, VettingGround.Finances), facts),
            "restrict-nothing" => DecideClearance.Decide(Answer(ClearanceAnswer.Restricted, VettingGround.Bounded), facts),
            "withhold-without-why" => DecideClearance.Decide(Answer(ClearanceAnswer.Granted, VettingGround.NothingFound) with { Withheld = [CheckKind.Intelligence] }, facts),
            "refuse-on-finances" => DecideClearance.Decide(Answer(ClearanceAnswer.Refused, VettingGround.Finances), facts),
            "refuse-on-polygraph" => DecideClearance.Decide(Answer(ClearanceAnswer.Refused, VettingGround.Polygraph, VettingGround.Score), facts),
            "suspend-on-finances" => SuspendClearance.Decide(new SuspendClearance.Suspension(id, [VettingGround.Finances], Reason), facts),
            "suspend-on-polygraph" => SuspendClearance.Decide(new SuspendClearance.Suspension(id, [VettingGround.Polygraph], Reason), facts),
            "lift" => SuspendClearance.Decide(new SuspendClearance.Lifting(id, Reason), facts),
            "open" => WithdrawClearance.Decide(new WithdrawClearance.Opening(id, Reason), facts),
            "answer" => WithdrawClearance.Decide(new WithdrawClearance.Answer(id, Reason), facts),
            "withdraw" => WithdrawClearance.Decide(new WithdrawClearance.Ruling(id, true, [VettingGround.Finances], Reason, [], null), facts),
            "withdraw-on-polygraph" => WithdrawClearance.Decide(new WithdrawClearance.Ruling(id, true, [VettingGround.Score], Reason, [], null), facts),
            "keep" => WithdrawClearance.Decide(new WithdrawClearance.Ruling(id, false, [], Reason, [], null), facts),
            "appeal" => AppealVetting.Decide(new AppealVetting.Appeal(id, Reason), facts),
            _ => DiscontinueClearance.Decide(new DiscontinueClearance.Command(id, DiscontinuedBecause.LeftService, Reason), facts),
        };
        Assert.Equal(code, (decision as Decision.Refused)?.Refusal.Code);
        DecideClearance.Command Answer(ClearanceAnswer answer, params VettingGround[] grounds) => new(id, answer, grounds, Reason, null, [], null);
    }

    // How long each level holds, by the pack's defaults; 180 days before, it is looked at again.
    [Theory]
    [InlineData("Basic", 120), InlineData("Sensitive", 84), InlineData("Special", 36)]
    public void A_level_holds_as_long_as_the_pack_says_and_the_decision_keeps_the_pack(string level, int months)
    {
        var clearance = ClearanceScene.Assessed with { Level = Enum.Parse<ClearanceLevel>(level) };
        var granted = Assert.IsType<ClearanceGranted>(CaseHouse.Accepted(DecideClearance.Decide(
            new(clearance.Id, ClearanceAnswer.Granted, [VettingGround.NothingFound], Reason, null, [], null), ClearanceScene.Facts(clearance, "valdo"))));
        Assert.Equal((s_now.AddMonths(months), s_now.AddMonths(months).AddDays(-180), "default 0"), (granted.Until, granted.ReviewFrom, granted.Policy));
    }

    [Theory]
    [InlineData(0, "Active"), InlineData(915, "Active"), InlineData(916, "ReviewDue"), InlineData(1095, "ReviewDue"), InlineData(1096, "Lapsed")]
    public void Its_time_runs_by_itself(int days, string stage) => Assert.Equal(stage, ClearanceScene.Granted.StageAt(s_now.AddDays(days)).ToString());

    [Fact]
    public void A_refusal_becomes_final_when_nobody_appeals_and_an_appeal_that_is_right_grants()
    {
        Assert.Equal(ClearanceStage.Refused, ClearanceScene.Refused.StageAt(s_now.AddDays(13)));
        Assert.Equal(ClearanceStage.Final, ClearanceScene.Refused.StageAt(s_now.AddDays(14)));
        var appealed = ClearanceScene.Of(ClearanceScene.Invite, ClearanceScene.Submit, ClearanceScene.Checks(VettingResult.Adverse, CheckKind.Finances), ClearanceScene.Assess, ClearanceScene.Refuse, (new VettingAppealLodged(Reason), "ana"));
        Assert.Equal(ClearanceStage.Appeal, appealed.StageAt(s_now.AddDays(20)));
        var decided = Assert.IsType<VettingAppealDecided>(CaseHouse.Accepted(AppealVetting.Decide(new AppealVetting.Answer(appealed.Id, true, Reason), ClearanceScene.Facts(appealed, "oscar"))));
        Assert.Equal(s_now.AddMonths(84), decided.Until);
    }

    [Theory]
    [InlineData(13, null), InlineData(14, AppealVetting.TooLate)]
    public void Restrictions_can_be_appealed_against_in_time(int days, string? code)
    {
        var restricted = ClearanceScene.Of(ClearanceScene.Invite, ClearanceScene.Submit, ClearanceScene.Checks(), ClearanceScene.Assess, ClearanceScene.Restrict);
        Assert.Equal(code, (AppealVetting.Decide(new AppealVetting.Appeal(restricted.Id, Reason), ClearanceScene.Facts(restricted, "ana", s_now.AddDays(days))) as Decision.Refused)?.Refusal.Code);
        Assert.Equal(AppealVetting.Nothing, (AppealVetting.Decide(new AppealVetting.Appeal(restricted.Id, Reason), ClearanceScene.Facts(ClearanceScene.Granted, "ana")) as Decision.Refused)?.Refusal.Code);
    }

    // It goes on holding meanwhile; where the person is suspended, an appeal that is right gives no access back.
    [Theory]
    [InlineData(false, 1), InlineData(true, 0)]
    public void An_appeal_against_restrictions_that_is_right_takes_them_away_and_nothing_else(bool suspended, int restored)
    {
        (IEvent, string)[] events = [ClearanceScene.Invite, ClearanceScene.Submit, ClearanceScene.Checks(), ClearanceScene.Assess, ClearanceScene.Restrict, (new VettingAppealLodged(Reason), "ana")];
        var appealed = ClearanceScene.Of(suspended ? [.. events, ClearanceScene.Suspend] : events);
        Assert.Equal(!suspended, appealed.IsValidAt(s_now));
        // Whose access ended for another reason gets it back where this clearance stands.
        var shut = ClearanceScene.Agency().ShutOut("ana").ToRegister();
        var filings = Assert.IsType<Decision.Accepted>(AppealVetting.Decide(new AppealVetting.Answer(appealed.Id, true, Reason), ClearanceScene.Facts(appealed, "oscar", register: shut))).Filings;
        Assert.Equal(restored, filings.Count(f => f.Event is AccessRestored));
        var decided = Assert.IsType<VettingAppealDecided>(filings[0].Event);
        Assert.Null(decided.Until);
        var after = ClearanceScene.Of([.. events, .. suspended ? [ClearanceScene.Suspend] : Array.Empty<(IEvent, string)>(), (decided, "oscar")]);
        Assert.Equal((null, appealed.Until, suspended), (after.Restrictions, after.Until, after.Suspension is not null));
    }

    [Fact]
    public void Suspending_and_withdrawing_end_access_and_what_undoes_them_restores_it()
    {
        var facts = ClearanceScene.Facts(ClearanceScene.Granted, "vera");
        var suspended = Assert.IsType<Decision.Accepted>(SuspendClearance.Decide(new SuspendClearance.Suspension(facts.Clearance.Id, [VettingGround.Conduct], Reason), facts));
        Assert.Contains(suspended.Filings, f => f.Stream == Register.Stream && f.Event is AccessEnded);
        Assert.All(suspended.Filings.Where(f => f.Stream != Register.Stream), f => Assert.Equal(Compartments.OfPerson(Staff.Id("ana")), f.Compartment));
        var shut = ClearanceScene.Agency().ShutOut("ana").ToRegister();
        var lifted = Assert.IsType<Decision.Accepted>(SuspendClearance.Decide(new SuspendClearance.Lifting(facts.Clearance.Id, Reason), ClearanceScene.Facts(State("suspended"), "valdo", register: shut)));
        Assert.Contains(lifted.Filings, f => f.Stream == Register.Stream && f.Event is AccessRestored);
    }

    [Fact]
    public void A_person_reads_their_checks_after_the_decision_and_not_what_would_do_harm()
    {
        var clearance = ClearanceScene.Of(ClearanceScene.Invite, ClearanceScene.Submit, ClearanceScene.Checks(VettingResult.Inconclusive, CheckKind.Intelligence), ClearanceScene.Assess);
        Assert.All(clearance.Checks.Values, c => Assert.False(clearance.IsRead(c)));
        var granted = clearance with { Decision = new([VettingGround.Explained], Reason, Staff.Id("valdo"), s_now, "x 1"), Redactions = [new(CheckKind.Intelligence, Reason)] };
        Assert.Equal([CheckKind.Intelligence], granted.Checks.Values.Where(c => !granted.IsRead(c)).Select(c => c.Kind));
    }

    [Theory]
    [InlineData(VettingResult_Adverse, true, null, RecordChecks.NoteMissing), InlineData(VettingResult_Clear, false, null, RecordChecks.DayWrong), InlineData(VettingResult_NotDone, false, "There is none here.", null)]
    public void A_check_says_when_and_where_it_is_not_clear_why(string result, bool day, string? note, string? code) => Assert.Equal(code, (RecordChecks.Decide(
        new(Guid.Empty, [new(CheckKind.Interview, Enum.Parse<VettingResult>(result), day ? new DateOnly(2026, 3, 1) : null, note)]), ClearanceScene.Facts(ClearanceScene.Submitted, "vera")) as Decision.Refused)?.Refusal.Code);

    const string VettingResult_Adverse = nameof(VettingResult.Adverse), VettingResult_Clear = nameof(VettingResult.Clear), VettingResult_NotDone = nameof(VettingResult.NotDone);

    // A first one, then another while it is open, while it holds, and when its review falls due.
    [Fact]
    public void Another_clearance_begins_when_the_last_falls_due_for_review()
    {
        Assert.Null(Refused(Invite(s_now)));
        Assert.Equal(InviteForClearance.Open, Refused(Invite(s_now, ClearanceScene.Submitted)));
        Assert.Equal(InviteForClearance.StillHolds, Refused(Invite(s_now, ClearanceScene.Granted)));
        Assert.Null(Refused(Invite(s_now.AddDays(916), ClearanceScene.Granted)));
        Assert.Null(Refused(Invite(s_now, ClearanceScene.Granted, ClearanceLevel.Special)));

        static string? Refused(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;

        static Decision Invite(DateTimeOffset at, Clearance? known = null, ClearanceLevel level = ClearanceLevel.Sensitive) => InviteForClearance.Decide(
            new(Staff.Id("ana"), level), new PersonClearances(Staff.Id("ana"), known is null ? [] : [known]), ClearanceScene.Facts(Clearance.Initial with { Person = Staff.Id("ana") }, "vera", at));
    }
}
