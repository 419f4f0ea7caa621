using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Charging;
using Probity.Cases.Contract;
using Probity.Cases.Deciding;
using Probity.Cases.Ordering;
using Probity.Shared.Record;
using static Probity.Tests.Cases.CaseHouse;

namespace Probity.Tests.Cases;

/// <summary>Orders about exhibits as decisions alone: who may order what of which case, and what the court's part then says.</summary>
public sealed class OrderTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Guid First = Staff.Id("order one"), One = Staff.Id("charge one"), Point = Staff.Id("element");
    static readonly CaseThing Packet = new(Staff.Id("packet"), "E-0001/1", "Cocaine", "/story"), Car = new(Staff.Id("car"), "E-0001/2", "A car", "/story");
    const string Law = "Law 1, article 2";

    static Case At(Stage stage, params IEvent[] events) => events.Aggregate(
        Case.Initial with { Version = 1, Id = Staff.Id("case"), Stage = stage, WasBeforeCourt = stage is Stage.Adjudicate or Stage.Enforce, OpenedAt = Now.AddDays(-10) }, Apply);

    static Case Apply(Case @case, IEvent happened) =>
        @case.Apply(new Recorded(happened, EventTypes.NameOf(happened.GetType()), 0, @case.Stream, 2, Now, null, new(Staff.Id("pia"))));

    static OrderExhibits.Command Order(ExhibitOrderKind kind = ExhibitOrderKind.Destroy, params Guid[] exhibits) =>
        new(default, First, kind, exhibits.Length > 0 ? exhibits : [Packet.Id], "Court 2, 17/2026", new(2026, 3, 2), kind == ExhibitOrderKind.Destroy ? null : "A. Ejemplo", false, Reason, Law);

    static Decision Decide(OrderExhibits.Command command, Case @case, OrderedBy by = OrderedBy.Court) => OrderExhibits.Decide(command, by, @case, [Packet, Car], Now);

    static ExhibitsOrdered Said(Decision decision) => Assert.IsType<ExhibitsOrdered>(Accepted(decision));

    [Fact]
    public void An_order_names_its_exhibits_its_paper_and_its_reasons()
    {
        var court = At(Stage.Adjudicate);
        var said = Said(Decide(Order(), court));
        Assert.Equal((First, OrderedBy.Court, new EvidenceRef(EvidenceKind.Exhibit, Packet.Id, Packet.Number)), (said.Order, said.By, Assert.Single(said.Exhibits)));
        Refused(CourtRules.NotBeforeCourt, Decide(Order(), At(Stage.Investigate)));
        Refused(OrderExhibits.ExhibitsMissing, Decide(Order() with { Exhibits = [] }, court));
        Refused(LinkEvidence.ExhibitUnknown, Decide(Order(exhibits: Staff.Id("of another case")), court));
        Refused(OrderExhibits.ReferenceMissing, Decide(Order() with { Reference = " " }, court));
        Refused(OrderExhibits.DayMissing, Decide(Order() with { Ordered = new(2026, 3, 3) }, court));
        Refused(OrderExhibits.ToMissing, Decide(Order(ExhibitOrderKind.Return) with { To = "" }, court));
        Refused(OrderExhibits.OnlyDestroyed, Decide(Order(ExhibitOrderKind.Return) with { BeforeJudgment = true }, court));
        Refused(OrderExhibits.KindMissing, Decide(Order((ExhibitOrderKind)9), court));
        Refused(CaseTexts.ReasonMissing, Decide(Order() with { Reasons = "" }, court));
        Refused(DecideInCase.LegalBasisMissing, Decide(Order() with { LegalBasis = "" }, court));
    }

    [Fact]
    public void What_is_to_be_given_back_is_not_to_be_burned_as_well()
    {
        var returned = Apply(At(Stage.Adjudicate), Said(Decide(Order(ExhibitOrderKind.Return, Car.Id), At(Stage.Adjudicate))));
        // Sent once more, it is the same.
        Assert.Empty(Assert.IsType<Decision.Accepted>(Decide(Order(ExhibitOrderKind.Return, Car.Id), returned)).Filings);
        // With other content it is another order.
        Refused(OrderExhibits.RecordedOtherwise, Decide(Order(ExhibitOrderKind.Return, Car.Id) with { To = "B. Ejemplo" }, returned));
        Refused(OrderExhibits.RecordedOtherwise, Decide(Order(ExhibitOrderKind.Return, Car.Id, Packet.Id), returned));
        var next = Staff.Id("order two");
        Refused(OrderExhibits.Contradicts, Decide(Order(ExhibitOrderKind.Destroy, Packet.Id, Car.Id) with { Order = next }, returned));
        Refused(OrderExhibits.Contradicts, Decide(Order(ExhibitOrderKind.Forfeit, Car.Id) with { Order = next }, returned));
        Said(Decide(Order(ExhibitOrderKind.Destroy, Packet.Id) with { Order = next }, returned));
        Said(Decide(Order(ExhibitOrderKind.Destroy, Car.Id) with { Order = next }, Apply(returned, new ExhibitsOrderLifted(First, Reason, Law))));
    }

    [Fact]
    public void While_an_order_waits_for_the_judge_another_of_its_kind_about_the_same_thing_takes_its_place_or_is_refused()
    {
        var court = At(Stage.Adjudicate);
        var waiting = Apply(court, Said(Decide(Order(exhibits: [Packet.Id, Car.Id]), court)));
        var next = Order() with { Order = Staff.Id("order two") };
        var both = next with { Exhibits = [Packet.Id, Car.Id], Replaces = true };
        Refused(OrderExhibits.Waits, Decide(next, waiting));
        // What the first says of the car would be gone with it.
        Refused(OrderExhibits.ReplacesPart, Decide(next with { Replaces = true }, waiting));
        var filed = Assert.IsType<Decision.Accepted>(Decide(both, waiting)).Filings.Select(f => f.Event).ToList();
        Assert.Equal(new ExhibitsOrderLifted(First, Reason, Law), filed[0]);
        Assert.Equal(both.Order, Assert.Single(OrderRules.StandingOf(filed.Aggregate(waiting, Apply), Now).Orders).Id);

        // Of another kind, about another thing, or once the judge has seen the first, nothing takes another's place.
        Said(Decide(next with { Kind = ExhibitOrderKind.Forfeit, To = "Office" }, waiting));
        Said(Decide(next with { Exhibits = [Car.Id] }, Apply(court, Said(Decide(Order(), court)))));
        Said(Decide(both, Apply(waiting, new ExhibitsOrderConfirmed(First))));
        Said(OrderExhibits.Decide(next, OrderedBy.Court, waiting, [Packet, Car], Now + OrderPolicy.JudgeSeesWithin));

        // The prosecutor's waits for a second signature, and that answers it.
        var open = At(Stage.Investigate);
        var proposed = Apply(open, Said(Decide(Order(), open, OrderedBy.Prosecution)));
        Refused(OrderExhibits.WaitsForSignature, Decide(next with { Replaces = true }, proposed, OrderedBy.Prosecution));
        Said(Decide(next, Apply(proposed, new ExhibitsOrderSigned(First, false, Reason)), OrderedBy.Prosecution));
    }

    [Fact]
    public void The_prosecutor_orders_only_where_no_court_has_the_case_and_never_alone()
    {
        var open = At(Stage.Investigate);
        Assert.True(Said(Decide(Order(), open, OrderedBy.Prosecution)).BeforeJudgment);
        foreach (var courts in (Case[])[At(Stage.Adjudicate), At(Stage.Closed) with { WasBeforeCourt = true }, At(Stage.Prosecute, new ChargeBrought(One, "Law 1", "2", "Trafficking.", Reason)), At(Stage.Prosecute, new CaseDecided(DecisionKind.Charge, Reason, Law))])
            Refused(OrderRules.IsCourts, Decide(Order(), courts, OrderedBy.Prosecution));

        var ordered = Apply(open, Said(Decide(Order(), open, OrderedBy.Prosecution)));
        Assert.Empty(OrderRules.StandingOf(ordered, Now).Orders);
        Refused(Bars.Self, SignOrder.Decide(new(default, First, true, null), ordered, Staff.Id("pia")));
        var signed = Apply(ordered, Accepted(SignOrder.Decide(new(default, First, true, null), ordered, Staff.Id("oscar"))));
        Assert.Equal(First, Assert.Single(OrderRules.StandingOf(signed, Now).Orders).Id);
        Refused(OrderRules.Unknown, SignOrder.Decide(new(default, First, true, null), signed, Staff.Id("ines")));
        // Charged before it was signed: it is the court's.
        Refused(OrderRules.IsCourts, SignOrder.Decide(new(default, First, true, null), Apply(ordered, new ChargeBrought(One, "Law 1", "2", "Trafficking.", Reason)), Staff.Id("oscar")));
        // Nor does it last into the court.
        Assert.Empty(OrderRules.StandingOf(Apply(signed, new StageEntered(Stage.Adjudicate)), Now).Orders);
    }

    [Fact]
    public void What_the_court_has_not_decided_holds_an_order_up()
    {
        IEvent[] charged = [new ChargeBrought(One, "Law 1", "2", "Trafficking.", Reason), new CaseDecided(DecisionKind.Charge, Reason, Law), new ElementStated(One, Point, "It is a narcotic.")];
        CourtWait? Wait(Case @case, Guid of, bool before = false) => OrderRules.StandingOf(@case, Now).WaitsFor(
            new ExhibitOrder(Said(Decide(Order() with { BeforeJudgment = before }, At(Stage.Adjudicate, new JudgeAssigned("Judith", null, AssignedHow.Random)))), Staff.Id("rita"), Now), [of]);
        var unsaid = At(Stage.Adjudicate, charged);
        // Nobody has said what proves the charge: anything may.
        Assert.Equal(CourtWait.Judgment, Wait(unsaid, Car.Id));
        Assert.Equal(CourtWait.Judgment, Wait(At(Stage.Adjudicate, new CaseDecided(DecisionKind.Charge, Reason, Law)), Car.Id));
        var linked = Apply(unsaid, new EvidenceLinked(Point, new(EvidenceKind.Exhibit, Packet.Id, Packet.Number)));
        Assert.Equal((CourtWait.Judgment, null, null), (Wait(linked, Packet.Id), Wait(linked, Car.Id), Wait(linked, Packet.Id, before: true)));
        var judged = Apply(linked, new JudgmentGiven(One, Verdict.Guilty, Reason, Law));
        Assert.Null(Wait(judged, Packet.Id));
        Assert.Null(Wait(Apply(linked, new CaseDecided(DecisionKind.Discontinue, Reason, Law)), Packet.Id));
        var appealed = Apply(judged, new AppealLodged(CourtSide.Defence, Reason));
        Assert.Equal(CourtWait.Appeal, Wait(appealed, Packet.Id));
        Assert.Equal(CourtWait.Appeal, Wait(Apply(appealed, new AppealDecided(CourtSide.Prosecution, AppealOutcome.Dismissed, Reason, Law)), Packet.Id));
        Assert.Null(Wait(Apply(appealed, new AppealDecided(CourtSide.Defence, AppealOutcome.Dismissed, Reason, Law)), Packet.Id));
        var set = Apply(judged, new HearingScheduled(Point, Now.AddDays(-1), "Room 2", "Sentence"));
        Assert.Equal(CourtWait.Hearing, Wait(set, Packet.Id));
        Assert.Null(Wait(Apply(set, new HearingHeld(Point, "")), Packet.Id));
        Assert.Null(Wait(set with { Stage = Stage.Closed }, Packet.Id));
    }
}
