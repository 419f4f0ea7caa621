using Probity.Cases;
using Probity.Cases.Charging;
using Probity.Cases.Contract;
using Probity.Cases.Deciding;
using Probity.Cases.Hearing;
using Probity.Cases.Ordering;
using Probity.Shared.Record;
using static Probity.Tests.Cases.CaseHouse;

namespace Probity.Tests.Cases;

/// <summary>When an order about exhibits ends or has to wait, as decisions alone: with the judgment it rested on, for a case that may be taken up again, for the judge, by who signed it.</summary>
public sealed class OrderEndTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Guid First = Staff.Id("order one"), One = Staff.Id("charge one"), Point = Staff.Id("element"), Packet = Staff.Id("packet");
    static readonly CaseThing Thing = new(Packet, "E-0001/1", "Cocaine", "/story");
    const string Law = "Law 1, article 2";

    static Case At(Stage stage, params IEvent[] events) => events.Aggregate(
        Case.Initial with { Version = 1, Id = Staff.Id("case"), Stage = stage, WasBeforeCourt = stage is Stage.Adjudicate or Stage.Enforce, OpenedAt = Now.AddDays(-10) }, (c, e) => Apply(c, e));

    static Case Apply(Case @case, IEvent happened, string by = "pia", DateTimeOffset? at = null) =>
        @case.Apply(new Recorded(happened, EventTypes.NameOf(happened.GetType()), 0, @case.Stream, 2, at ?? Now, null, new(Staff.Id(by))));

    static ExhibitsOrdered Ordered(OrderedBy by = OrderedBy.Court, bool before = false, ExhibitOrderKind kind = ExhibitOrderKind.Destroy) =>
        new(First, by, kind, [new(EvidenceKind.Exhibit, Packet, Thing.Number)], "Court 2, 17/2026", new(2026, 3, 2), null, before, Reason, Law);

    static Case Judged() => At(
        Stage.Adjudicate, new ChargeBrought(One, "Law 1", "2", "Trafficking.", Reason), new CaseDecided(DecisionKind.Charge, Reason, Law), new ElementStated(One, Point, "It is a narcotic."),
        new EvidenceLinked(Point, new(EvidenceKind.Exhibit, Packet, Thing.Number)), new JudgmentGiven(One, Verdict.Guilty, Reason, Law), new CaseDecided(DecisionKind.Convict, Reason, Law));

    static Case Appealed(Case @case, AppealOutcome outcome) =>
        Apply(Apply(@case, new AppealLodged(CourtSide.Defence, Reason)), new AppealDecided(CourtSide.Defence, outcome, Reason, Law));

    [Fact]
    public void With_the_judgment_falls_what_was_ordered_on_it_and_its_proof_waits_for_another()
    {
        var ordered = Apply(Judged(), Ordered());
        Assert.Single(OrderRules.StandingOf(Appealed(ordered, AppealOutcome.Dismissed), Now).Orders);
        var fallen = Appealed(ordered, AppealOutcome.Allowed);
        Assert.Empty(OrderRules.StandingOf(fallen, Now).Orders);
        // What is ordered anew waits for the judgment that is to come; also where the case was closed before.
        var again = new ExhibitOrder(Ordered() with { Order = Point }, Staff.Id("rita"), Now);
        Assert.Equal(CourtWait.Judgment, OrderRules.StandingOf(fallen, Now).WaitsFor(again, [Packet]));
        Assert.Equal(CourtWait.Judgment, OrderRules.StandingOf(fallen with { Stage = Stage.Closed }, Now).WaitsFor(again, [Packet]));
        var anew = Apply(fallen, new JudgmentGiven(One, Verdict.NotGuilty, Reason, Law));
        Assert.Null(OrderRules.StandingOf(anew, Now).WaitsFor(again, [Packet]));
        // What needed no judgment does not fall with one.
        Assert.Single(OrderRules.StandingOf(Appealed(Apply(Judged(), Ordered(before: true)), AppealOutcome.Allowed), Now).Orders);
    }

    [Fact]
    public void What_an_appeal_set_aside_is_judged_anew_also_in_a_closed_case()
    {
        var command = new GiveJudgment.Command(default, One, Verdict.NotGuilty, Reason, Law);
        Refused(AmendCharge.Judged, GiveJudgment.Decide(command, Judged()));
        var fallen = Appealed(Judged(), AppealOutcome.Allowed);
        var filings = Assert.IsType<Decision.Accepted>(GiveJudgment.Decide(command, fallen)).Filings;
        Assert.Equal([typeof(JudgmentGiven), typeof(CaseDecided)], filings.Select(f => f.Event.GetType()));
        var acquitted = filings.Aggregate(fallen, (c, f) => Apply(c, f.Event));
        Assert.True(DecideInCase.HasEnded(acquitted));
        Refused(PassSentence.NotConvicted, PassSentence.Decide(new(default, One, "Six years.", Reason, Law), fallen));
        Assert.IsType<JudgmentGiven>(Accepted(GiveJudgment.Decide(command, fallen with { Stage = Stage.Closed })));
        Refused(CaseDesk.Closed, GiveJudgment.Decide(command, At(Stage.Closed, new ChargeBrought(One, "Law 1", "2", "Trafficking.", Reason))));
    }

    [Fact]
    public void A_closed_case_goes_back_to_the_court_once_an_appeal_was_allowed_and_to_nobody_else()
    {
        var closed = Judged() with { Stage = Stage.Closed };
        var anew = Appealed(Judged(), AppealOutcome.Allowed) with { Stage = Stage.Closed };
        Assert.True(CasePlace.Court.IsShutBy(closed));
        Assert.False(CasePlace.Court.IsShutBy(anew));
        Assert.True(CasePlace.Prosecution.IsShutBy(anew) && CasePlace.Case.IsShutBy(anew));
        var hearing = new HearingScheduled(Point, Now.AddDays(3), "Room 2", "Second trial");
        Assert.False(OrderRules.StandingOf(Apply(closed, hearing), Now).HasHearingAhead);
        Assert.True(OrderRules.StandingOf(Apply(anew, hearing), Now).HasHearingAhead);
        Assert.IsType<SentencePassed>(Accepted(PassSentence.Decide(new(default, One, "Six years.", Reason, Law), Apply(anew, new JudgmentGiven(One, Verdict.Guilty, Reason, Law)))));
    }

    [Theory]
    [InlineData(DecisionKind.Decline, 0, true), InlineData(DecisionKind.Decline, 89, true), InlineData(DecisionKind.Decline, 90, false), InlineData(DecisionKind.Discontinue, 1, true)]
    public void What_the_prosecutor_alone_laid_to_rest_leaves_a_sample_until_nobody_can_take_it_up_again(object kind, int days, bool keeps)
    {
        var rested = At(Stage.Prosecute, new CaseDecided((DecisionKind)kind, Reason, Law));
        var said = Assert.IsType<ExhibitsOrdered>(Accepted(OrderExhibits.Decide(
            new(default, First, ExhibitOrderKind.Destroy, [Packet], "P-1", new(2026, 3, 2), null, false, Reason, Law), OrderedBy.Prosecution, rested, [Thing], Now.AddDays(days))));
        Assert.Equal(keeps, said.BeforeJudgment);
        // An order that was put on the record as if it were over is held to it too; and a commander who closes the case ends no waiting.
        var order = new ExhibitOrder(Ordered(OrderedBy.Prosecution), Staff.Id("pia"), Now);
        Assert.Equal(keeps, OrderRules.StandingOf(rested, Now.AddDays(days)).KeepsSample(order));
        Assert.Equal(keeps, OrderRules.StandingOf(Apply(rested, new CaseClosed(CaseOutcome.Declined, Reason)), Now.AddDays(days)).KeepsSample(order));
        Assert.False(OrderRules.StandingOf(At(Stage.Investigate, new CaseClosed(CaseOutcome.NoFurtherAction, Reason)), Now).KeepsSample(order));
    }

    [Fact]
    public void Before_the_judgment_the_registrys_order_to_destroy_waits_for_the_judge()
    {
        OrderExhibits.Command Command(bool before) => new(default, First, ExhibitOrderKind.Destroy, [Packet], "Court 2, 17/2026", new(2026, 3, 2), null, before, Reason, Law);
        Refused(OrderExhibits.JudgeMissing, OrderExhibits.Decide(Command(true), OrderedBy.Court, At(Stage.Adjudicate), [Thing], Now));
        var court = At(Stage.Adjudicate, new JudgeAssigned("Judith", Staff.Id("judith"), AssignedHow.Random));
        CourtWait? Wait(Case @case, int days = 0) => OrderRules.StandingOf(@case, Now.AddDays(days)).WaitsFor(@case.Court.Orders[0], [Packet]);
        var alone = Apply(court, Accepted(OrderExhibits.Decide(Command(true), OrderedBy.Court, court, [Thing], Now)), "rita");
        Assert.Equal((CourtWait.Judge, CourtWait.Judge, null), (Wait(alone), Wait(alone, 6), Wait(alone, 7)));
        Assert.Null(Wait(Apply(alone, Accepted(ConfirmOrder.Decide(new(default, First), alone)), "judith")));
        Assert.Null(Wait(Apply(court, Ordered(before: true), "judith")));
        Refused(OrderRules.Unknown, ConfirmOrder.Decide(new(default, First), Apply(court, Ordered(before: true), "judith")));
        Assert.Equal(First, Assert.Single(alone.Court.Orders).Id);
    }

    // The judgment too may be the word of the one registrar; and where the court has nobody on the record, the overseer's.
    [Theory]
    [InlineData(ExhibitOrderKind.Destroy, "rita"), InlineData(ExhibitOrderKind.Return, "rita"), InlineData(ExhibitOrderKind.Forfeit, "rita"), InlineData(ExhibitOrderKind.Return, "oscar")]
    public void Whatever_the_court_orders_waits_for_the_judge_unless_they_put_it_on_the_record(object kind, string by)
    {
        var judged = Judged();
        CourtWait? Wait(Case @case, int days) => OrderRules.StandingOf(@case, Now.AddDays(days)).WaitsFor(@case.Court.Orders[0], [Packet]);
        var alone = Apply(judged, Ordered(kind: (ExhibitOrderKind)kind), by);
        Assert.Equal((CourtWait.Judge, CourtWait.Judge, null), (Wait(alone, 0), Wait(alone, 6), Wait(alone, 7)));
        var named = Apply(judged, new JudgeAssigned("Judith", Staff.Id("judith"), AssignedHow.Random), "rita");
        Assert.Null(Wait(Apply(named, Ordered(kind: (ExhibitOrderKind)kind), "judith"), 0));
        Assert.Null(Wait(Apply(Apply(named, Ordered(kind: (ExhibitOrderKind)kind), by), new ExhibitsOrderConfirmed(First), "judith"), 0));
        // The prosecutor's has its second signature.
        Assert.Empty(OrderRules.StandingOf(Apply(At(Stage.Investigate), Ordered(OrderedBy.Prosecution)), Now).AwaitingJudge);
    }

    [Fact]
    public void The_prosecutors_order_is_taken_back_by_who_signed_it_or_by_two_of_both_posts()
    {
        var register = Staff.Agency().ToRegister();
        var signed = Apply(Apply(At(Stage.Investigate), Ordered(OrderedBy.Prosecution, before: true)), new ExhibitsOrderSigned(First, true, null), "oscar");
        Decision Lift(Case @case, string by) => LiftOrder.DecideSigned(new(default, First, Reason, Law), @case, [Thing], Staff.Id(by), register, Now);
        Assert.IsType<ExhibitsOrderLifted>(Accepted(Lift(signed, "oscar")));
        var asked = Apply(signed, Assert.IsType<ExhibitsOrderLiftingAsked>(Accepted(Lift(signed, "ines"))), "ines");
        Assert.True(asked.Court.Orders[0].Stands);
        // Two of one post are not both.
        Refused(LiftOrder.AskedAlready, Lift(asked, "ines"));
        Refused(LiftOrder.AskedAlready, Lift(asked, "ivo"));
        var other = Apply(Apply(At(Stage.Investigate), Ordered(OrderedBy.Prosecution, before: true)), new ExhibitsOrderSigned(First, true, null), "ivo");
        Assert.IsType<ExhibitsOrderLifted>(Accepted(Lift(Apply(other, new ExhibitsOrderLiftingAsked(First, Reason, Law), "ines"), "oscar")));
        Refused(CaseTexts.ReasonMissing, LiftOrder.DecideSigned(new(default, First, "", Law), signed, [Thing], Staff.Id("oscar"), register, Now));
        Refused(LiftOrder.CarriedOut, LiftOrder.DecideSigned(new(default, First, Reason, Law), signed, [Thing with { EndedAt = Now }], Staff.Id("oscar"), register, Now));
        // Nor does it serve for an order of the court, which is the court's to take back.
        Refused(OrderRules.Unknown, Lift(Apply(At(Stage.Adjudicate), Ordered()), "oscar"));
        Assert.Empty(OrderRules.StandingOf(Apply(signed, new ExhibitsOrderLifted(First, Reason, Law), "oscar"), Now).Orders);
    }
}
