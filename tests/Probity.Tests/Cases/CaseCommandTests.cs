using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Assigning;
using Probity.Cases.Charging;
using Probity.Cases.Closing;
using Probity.Cases.Contract;
using Probity.Cases.Deciding;
using Probity.Cases.Hearing;
using Probity.Cases.Opening;
using Probity.Cases.Viewing;
using Probity.Cases.Working;
using Probity.Ledger;
using Probity.Shared.Record;
using static Probity.Tests.Cases.CaseHouse;

namespace Probity.Tests.Cases;

public sealed class CaseCommandTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Register Agency = Staff.Agency().ToRegister();

    static Case At(Stage stage, params DecisionKind[] decisions) => Case.Initial with
    {
        Version = 1, Id = Staff.Id("case"), Unit = Staff.Id("narcotics"), Stage = stage, OpenedAt = Now, Decisions = [.. decisions],
        Seats = Case.Initial.Seats.Add(Seat.Handler, Staff.Id("ana")).Add(Seat.Prosecutor, Staff.Id("paula")),
        EverSeated = [Staff.Id("ana"), Staff.Id("paula")],
    };

    static OpenCase.Command Opening(string unit = "narcotics", string offence = "060121", string summary = "A load.", params Party[] parties) =>
        new(Staff.Id("case"), Staff.Id(unit), offence, summary, parties);

    static Decision Open(string by, OpenCase.Command command) =>
        OpenCase.Decide(command, 6, Actor.From(Agency, Staff.Id(by), Now), Agency, Now);

    [Theory]
    [InlineData("ana", null), InlineData("chief", null), InlineData("ines", null)]
    [InlineData("pedro", Bars.Role), InlineData("port chief", Bars.Role), InlineData("paula", Bars.Role), InlineData("oscar", Bars.Role)]
    [InlineData("root", Bars.Role), InlineData("keeper", Bars.Role), InlineData("nobody", Bars.Role)]
    public void A_case_is_opened_from_its_unit_or_over_it(string by, string? code)
    {
        var decision = Open(by, Opening());
        if (code is not null) Refused(code, decision);
        else Assert.Equal("NAR-2026-0007", Assert.IsType<CaseOpened>(Assert.IsType<Decision.Accepted>(decision).Filings[1].Event).Number);
    }

    [Fact]
    public void What_a_case_is_opened_with_is_checked()
    {
        Refused(OpenCase.IdMissing, Open("ana", Opening() with { CaseId = Guid.Empty }));
        Refused(OpenCase.UnitUnknown, Open("ana", Opening("nowhere")));
        Refused(OpenCase.OffenceUnknown, Open("ana", Opening(offence: "0101")));
        Refused(OpenCase.SummaryMissing, Open("ana", Opening(summary: " \n")));
        Refused(CaseTexts.TooLong, Open("ana", Opening(summary: new string('x', 2_001))));
        Refused(CaseTexts.ControlCharacters, Open("ana", Opening(summary: "a\u0007b")));
        Refused(CaseTexts.ControlCharacters, Open("ana", Opening(summary: "a\u202Eb")));
        Refused(CaseTexts.ControlCharacters, Open("ana", Opening(summary: "half \uD83D")));
        Assert.IsType<Decision.Accepted>(Open("ana", Opening(summary: "Two\nlines \uD83D\uDE00" + new string('x', 1_980))));
        Refused(OpenCase.PartyNameMissing, Open("ana", Opening(parties: new Party(PartyRole.Subject, "", null))));
        Refused(CaseTexts.ControlCharacters, Open("ana", Opening(parties: new Party(PartyRole.Subject, "two\nlines", null))));
        Refused(CaseTexts.TooLong, Open("ana", Opening(parties: new Party(PartyRole.Subject, new string('x', 201), null))));
        Refused(OpenCase.PartyRoleUnknown, Open("ana", Opening(parties: new Party((PartyRole)9, "x", null))));
        Refused(OpenCase.PersonUnknown, Open("ana", Opening(parties: new Party(PartyRole.Subject, "x", Staff.Id("nobody")))));
        Refused(OpenCase.TooManyParties, Open("ana", Opening(parties: [.. Enumerable.Repeat(new Party(PartyRole.Victim, "x", null), 51)])));
        Refused(Bars.Self, Open("ana", Opening(parties: new Party(PartyRole.Witness, "Ana", Staff.Id("ana")))));
        Assert.IsType<Decision.Accepted>(Open("ana", Opening(parties: new Party(PartyRole.Subject, "The chief", Staff.Id("chief")))));
    }

    [Theory]
    [InlineData(Stage.Detect, Stage.Prosecute, "ana", EnterStage.NotNext)]
    [InlineData(Stage.Investigate, Stage.Investigate, "ana", EnterStage.NotNext)]
    [InlineData(Stage.Prosecute, Stage.Investigate, "ana", EnterStage.NotNext)]
    [InlineData(Stage.Enforce, Stage.Closed, "paula", EnterStage.NotNext)]
    [InlineData(Stage.Investigate, Stage.Prosecute, "ana", EnterStage.NeedsReport)]
    [InlineData(Stage.Prosecute, Stage.Adjudicate, "ana", EnterStage.NeedsProsecutor)]
    [InlineData(Stage.Prosecute, Stage.Adjudicate, "paula", EnterStage.NeedsCharge)]
    [InlineData(Stage.Adjudicate, Stage.Enforce, "ana", EnterStage.NeedsProsecutor)]
    [InlineData(Stage.Adjudicate, Stage.Enforce, "paula", EnterStage.NeedsConviction)]
    [InlineData(Stage.Adjudicate, Stage.Enforce, "paula", EnterStage.NeedsSentence, DecisionKind.Charge, DecisionKind.Convict)]
    public void A_stage_has_its_gate(object from, object to, string by, string code, params object[] decided) =>
        Refused(code, EnterStage.Decide(new(Staff.Id("case"), (Stage)to), At((Stage)from, [.. decided.Cast<DecisionKind>()]), Staff.Id(by)));

    [Fact]
    public void A_stage_is_entered_where_its_gate_is_open()
    {
        EnterStage.Command To(Stage stage) => new(Staff.Id("case"), stage);
        Refused(EnterStage.NeedsHandler, EnterStage.Decide(To(Stage.Investigate), At(Stage.Detect) with { Seats = Case.Initial.Seats }, Staff.Id("ana")));
        Assert.Equal(new StageEntered(Stage.Investigate), Accepted(EnterStage.Decide(To(Stage.Investigate), At(Stage.Detect), Staff.Id("ana"))));
        Accepted(EnterStage.Decide(To(Stage.Prosecute), At(Stage.Investigate) with { Steps = [Step.ReportFiled] }, Staff.Id("ana")));
        Accepted(EnterStage.Decide(To(Stage.Adjudicate), At(Stage.Prosecute, DecisionKind.Charge), Staff.Id("paula")));
        Accepted(EnterStage.Decide(To(Stage.Enforce), At(Stage.Adjudicate, DecisionKind.Charge, DecisionKind.Convict, DecisionKind.Sentence), Staff.Id("paula")));
        Refused(DecideInCase.Final, EnterStage.Decide(To(Stage.Adjudicate), At(Stage.Prosecute, DecisionKind.Charge, DecisionKind.Discontinue), Staff.Id("paula")));
        Refused(ProposeClosing.Pending, EnterStage.Decide(
            To(Stage.Investigate), At(Stage.Detect) with { Closing = new(CaseOutcome.NoFurtherAction, "", Staff.Id("ana")) }, Staff.Id("ana")));
    }

    [Theory]
    [InlineData(Stage.Detect, "")]
    [InlineData(Stage.Investigate, "")]
    [InlineData(Stage.Prosecute, "Charge Decline Discontinue Downgrade")]
    [InlineData(Stage.Adjudicate, "Discontinue Downgrade", "Bail Adjourn Acquit Convict Sentence")]
    [InlineData(Stage.Enforce, "", "Sentence")]
    public void Each_decision_has_its_stage_and_what_is_the_courts_is_not_the_prosecutors(object stage, string kinds, string courts = "")
    {
        foreach (var kind in Enum.GetValues<DecisionKind>())
        {
            DecisionKind[] before = kind switch
            {
                DecisionKind.Charge or DecisionKind.Decline => [],
                DecisionKind.Sentence => [DecisionKind.Charge, DecisionKind.Convict],
                _ => [DecisionKind.Charge],
            };
            var decision = DecideInCase.Decide(new(Staff.Id("case"), kind, Reason, "Law 1"), At((Stage)stage, before));
            if (kinds.Split(' ').Contains(kind.ToString())) Accepted(decision);
            else Refused(courts.Split(' ').Contains(kind.ToString()) ? DecideInCase.IsCourts : DecideInCase.NotInStage, decision);
        }
    }

    [Theory]
    [InlineData(Stage.Prosecute, DecisionKind.Downgrade, DecideInCase.OutOfOrder)]
    [InlineData(Stage.Prosecute, DecisionKind.Discontinue, DecideInCase.OutOfOrder)]
    [InlineData(Stage.Prosecute, DecisionKind.Charge, DecideInCase.AlreadyTaken, DecisionKind.Charge)]
    [InlineData(Stage.Prosecute, DecisionKind.Decline, DecideInCase.OutOfOrder, DecisionKind.Charge)]
    [InlineData(Stage.Adjudicate, DecisionKind.Sentence, DecideInCase.OutOfOrder, DecisionKind.Charge)]
    [InlineData(Stage.Adjudicate, DecisionKind.Acquit, DecideInCase.OutOfOrder, DecisionKind.Charge, DecisionKind.Convict)]
    [InlineData(Stage.Adjudicate, DecisionKind.Downgrade, DecideInCase.OutOfOrder, DecisionKind.Charge, DecisionKind.Convict)]
    [InlineData(Stage.Adjudicate, DecisionKind.Convict, DecideInCase.AlreadyTaken, DecisionKind.Charge, DecisionKind.Convict)]
    [InlineData(Stage.Adjudicate, DecisionKind.Sentence, DecideInCase.AlreadyTaken, DecisionKind.Charge, DecisionKind.Convict, DecisionKind.Sentence)]
    [InlineData(Stage.Enforce, DecisionKind.Sentence, DecideInCase.AlreadyTaken, DecisionKind.Charge, DecisionKind.Convict, DecisionKind.Sentence)]
    [InlineData(Stage.Adjudicate, DecisionKind.Bail, DecideInCase.OutOfOrder, DecisionKind.Charge, DecisionKind.Convict, DecisionKind.Sentence)]
    [InlineData(Stage.Adjudicate, DecisionKind.Convict, DecideInCase.Final, DecisionKind.Charge, DecisionKind.Acquit)]
    [InlineData(Stage.Prosecute, DecisionKind.Charge, DecideInCase.Final, DecisionKind.Decline)]
    public void A_decision_follows_from_those_before(object stage, object kind, string code, params object[] before) =>
        Refused(code, DecideInCase.DecideFrom(
            new(Staff.Id("case"), (DecisionKind)kind, Reason, "Law 1"), At((Stage)stage, [.. before.Cast<DecisionKind>()])));

    [Fact]
    public void What_is_open_is_what_is_accepted()
    {
        DecisionKind[][] histories =
        [
            [], [DecisionKind.Charge], [DecisionKind.Decline], [DecisionKind.Charge, DecisionKind.Convict],
            [DecisionKind.Charge, DecisionKind.Acquit], [DecisionKind.Charge, DecisionKind.Convict, DecisionKind.Sentence],
        ];
        foreach (var stage in Enum.GetValues<Stage>())
        {
            foreach (var history in histories)
            {
                var @case = At(stage, history);
                var accepted = Enum.GetValues<DecisionKind>()
                    .Where(k => DecideInCase.Decide(new(@case.Id, k, Reason, "Law 1"), @case) is Decision.Accepted);
                Assert.Equal(accepted.Order(), DecideInCase.OpenIn(@case).Order());
            }
        }

        Assert.Empty(DecideInCase.OpenIn(At(Stage.Prosecute) with { Closing = new(CaseOutcome.Declined, "", Staff.Id("paula")) }));
    }

    [Fact]
    public void Whoever_agrees_may_say_why_and_it_is_kept()
    {
        var proposed = At(Stage.Investigate) with
        {
            Closing = new(CaseOutcome.NoFurtherAction, Reason, Staff.Id("ana")),
            SeatProposals = Case.Initial.SeatProposals.Add(Seat.Handler, new(Staff.Id("ben"), Reason, Staff.Id("ana"))),
        };
        Decision Assign(string? why) => ApproveAssignment.Decide(new(proposed.Id, Seat.Handler, true, why), proposed, new Pool([Staff.Id("ben")], 1));
        Decision Close(string? why) => ApproveClosing.Decide(
            new(proposed.Id, true, why), proposed with { SeatProposals = Case.Initial.SeatProposals }, Actor.From(Agency, Staff.Id("ines"), Now), Agency, Now);
        Assert.Equal(new AssignmentApproved(Seat.Handler, "Fine."), Accepted(Assign("Fine.")));
        Assert.Equal(new AssignmentApproved(Seat.Handler), Accepted(Assign(" ")));
        Refused(CaseTexts.ControlCharacters, Assign("a\u0007b"));
        Assert.Equal(new CaseClosed(CaseOutcome.NoFurtherAction, "Fine."), Accepted(Close("Fine.")));
        Assert.Equal(new CaseClosed(CaseOutcome.NoFurtherAction), Accepted(Close(null)));
        Refused(CaseTexts.TooLong, Close(new string('x', 4_001)));
    }

    [Fact]
    public void A_decision_has_reasons_and_a_law()
    {
        DecideInCase.Command Charge(string reasons, string basis) => new(Staff.Id("case"), DecisionKind.Charge, reasons, basis);
        Refused(CaseTexts.ReasonMissing, DecideInCase.Decide(Charge("", "Law 1"), At(Stage.Prosecute)));
        Refused(CaseTexts.ReasonTooShort, DecideInCase.Decide(Charge("Because.", "Law 1"), At(Stage.Prosecute)));
        Refused(CaseTexts.TooLong, DecideInCase.Decide(Charge(new string('x', 4_001), "Law 1"), At(Stage.Prosecute)));
        Refused(DecideInCase.LegalBasisMissing, DecideInCase.Decide(Charge(Reason, " "), At(Stage.Prosecute)));
    }

    [Theory]
    [InlineData(CaseOutcome.Enforced, Stage.Adjudicate, DecisionKind.Sentence, false)]
    [InlineData(CaseOutcome.Enforced, Stage.Enforce, DecisionKind.Convict, false)]
    [InlineData(CaseOutcome.Enforced, Stage.Enforce, DecisionKind.Sentence, true)]
    [InlineData(CaseOutcome.Acquitted, Stage.Adjudicate, DecisionKind.Adjourn, false)]
    [InlineData(CaseOutcome.Acquitted, Stage.Adjudicate, DecisionKind.Acquit, true)]
    [InlineData(CaseOutcome.Declined, Stage.Prosecute, DecisionKind.Charge, false)]
    [InlineData(CaseOutcome.Declined, Stage.Prosecute, DecisionKind.Decline, true)]
    [InlineData(CaseOutcome.Discontinued, Stage.Adjudicate, DecisionKind.Acquit, false)]
    [InlineData(CaseOutcome.Discontinued, Stage.Adjudicate, DecisionKind.Discontinue, true)]
    [InlineData(CaseOutcome.NoFurtherAction, Stage.Prosecute, DecisionKind.Charge, false)]
    [InlineData(CaseOutcome.NoFurtherAction, Stage.Investigate, null, true)]
    public void An_outcome_is_borne_out_by_the_case_when_proposed_and_when_approved(object asked, object stage, object? decided, bool fine)
    {
        var outcome = (CaseOutcome)asked;
        var @case = decided is DecisionKind d ? At((Stage)stage, d) : At((Stage)stage);
        var proposed = ProposeClosing.Decide(new(@case.Id, outcome, Reason), @case);
        var approved = ApproveClosing.Decide(
            new(@case.Id, true, null), @case with { Closing = new(outcome, Reason, Staff.Id("ana")) }, Actor.From(Agency, Staff.Id("ines"), Now), Agency, Now);
        if (fine)
        {
            Assert.Equal(new ClosingProposed(outcome, Reason), Accepted(proposed));
            Assert.Equal(new CaseClosed(outcome), Accepted(approved));
        }
        else
        {
            Refused(ProposeClosing.OutcomeUnfounded, proposed);
            Refused(ProposeClosing.OutcomeUnfounded, approved);
        }
    }

    [Fact]
    public void A_step_happened_neither_later_than_now_nor_long_before_the_case()
    {
        Decision Step(DateTimeOffset? at, string note = "") => RecordStep.Decide(new(Staff.Id("case"), Probity.Cases.Contract.Step.ReportFiled, note, at), At(Stage.Detect), Now);
        Refused(RecordStep.InFuture, Step(Now.AddSeconds(1)));
        Refused(RecordStep.TooEarly, Step(Now.AddDays(-30).AddSeconds(-1)));
        Refused(CaseTexts.TooLong, Step(null, new string('x', 4_001)));
        Refused(RecordStep.UnknownStep, RecordStep.Decide(new(Staff.Id("case"), (Step)99, "", null), At(Stage.Detect), Now));
        var local = new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.FromHours(-5)).AddTicks(7);
        var filing = Assert.Single(Assert.IsType<Decision.Accepted>(Step(local)).Filings);
        Assert.Equal((new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero), TimeSpan.Zero), (filing.Occurred!.Value, filing.Occurred.Value.Offset));
    }

    [Theory]
    [InlineData(Step.ExhibitsDestroyed, Stage.Investigate, true), InlineData(Step.ExhibitsDestroyed, Stage.Enforce, false)]
    [InlineData(Step.ReportFiled, Stage.Detect, true), InlineData(Step.ReportFiled, Stage.Investigate, false)]
    [InlineData(Step.ExhibitsStored, Stage.Investigate, true), InlineData(Step.InterviewHeld, Stage.Detect, false)]
    public void A_step_that_comes_later_is_recorded_all_the_same_but_not_unasked(object step, object stage, bool later)
    {
        Decision Record(bool asks) => RecordStep.Decide(new(Staff.Id("case"), (Step)step, "", null, asks), At((Stage)stage), Now);
        Accepted(Record(asks: false));
        if (later) Refused(RecordStep.OutOfOrder, Record(asks: true));
        else Accepted(Record(asks: true));
    }

    [Fact]
    public void Exhibits_are_destroyed_in_their_order_when_the_prosecution_has_ended() =>
        Accepted(RecordStep.Decide(
            new(Staff.Id("case"), Step.ExhibitsDestroyed, "", null, AsksOrder: true), At(Stage.Prosecute, DecisionKind.Decline), Now));

    [Theory]
    [InlineData("keeper", null), InlineData("igor", null), InlineData("pedro", null)]
    [InlineData("nobody", GiveAccess.NoPost), InlineData("root", GiveAccess.RoleSeesNoCase), InlineData("maria", GiveAccess.RoleSeesNoCase)]
    [InlineData("ben", Bars.Self), InlineData("chief", Bars.Superior), InlineData("dina", GiveAccess.AlreadyNamed)]
    public void Access_is_never_given_to_whom_the_guard_bars_or_to_no_purpose(string person, string? code)
    {
        var @case = At(Stage.Detect) with { Parties = [new Party(PartyRole.Subject, "Ben", Staff.Id("ben"))], Named = [Staff.Id("dina")] };
        var decision = GiveAccess.Decide(new(@case.Id, Staff.Id(person), Reason), @case, Agency, Now);
        if (code is null) Assert.Equal(new AccessGiven(Staff.Id(person), Reason), Accepted(decision));
        else Refused(code, decision);
    }

    [Fact]
    public async Task A_case_goes_from_detection_to_its_end_and_takes_nothing_after_that()
    {
        await using var house = await CreateAsync();
        var id = await house.ProsecutedAsync();
        var (handler, prosecutor) = ((await house.CaseAsync(id)).Handler!.Value, (await house.CaseAsync(id)).Prosecutor!.Value);
        Refused(Bars.Role, await house.DecideAsync(id, handler, DecisionKind.Charge));
        var (charge, registry) = (Guid.CreateVersion7(), Staff.Id("rita"));
        Done(await house.Get<BringCharge>().HandleAsync(prosecutor, new(id, charge, "Law 1", "2", "Trafficking.", Reason), null, Cancel));
        Done(await house.EnterAsync(id, prosecutor, Stage.Adjudicate));
        Refused(DecideInCase.IsCourts, await house.DecideAsync(id, prosecutor, DecisionKind.Convict));
        Done(await house.Get<GiveJudgment>().HandleAsync(registry, new(id, charge, Verdict.Guilty, Reason, "Law 1"), null, Cancel));
        Refused(EnterStage.NeedsSentence, await house.EnterAsync(id, prosecutor, Stage.Enforce));
        Done(await house.Get<PassSentence>().HandleAsync(registry, new(id, charge, "Six years.", Reason, "Law 1"), null, Cancel));
        Done(await house.EnterAsync(id, prosecutor, Stage.Enforce));
        Done(await house.Get<GiveAccess>().HandleAsync(handler, new(id, Staff.Id("keeper"), Reason), null, Cancel));
        Refused(RecordStep.NotTheirs, await house.StepAsync(id, Staff.Id("keeper"), Step.InterviewHeld));
        Done(await house.StepAsync(id, Staff.Id("keeper"), Step.ExhibitsDestroyed));

        Done(await house.ProposeClosingAsync(id, handler, CaseOutcome.Enforced));
        Refused(Bars.Role, await house.ApproveClosingAsync(id, handler));
        Refused(Bars.Role, await house.ApproveClosingAsync(id, prosecutor));
        Done(await house.ApproveClosingAsync(id, Staff.Id("chief"), approve: false));
        Refused(ApproveAssignment.NothingProposed, await house.ApproveClosingAsync(id, Staff.Id("chief")));
        Done(await house.ProposeClosingAsync(id, handler, CaseOutcome.Enforced));
        Done(await house.ApproveClosingAsync(id, Staff.Id("chief")));

        var closed = await house.CaseAsync(id);
        Assert.Equal((Stage.Closed, CaseOutcome.Enforced), (closed.Stage, closed.Outcome));
        Refused(CaseDesk.Closed, await house.StepAsync(id, handler, Step.InterviewHeld));
        Refused(CaseDesk.Closed, await house.EnterAsync(id, handler, Stage.Enforce));
        Refused(CaseDesk.Closed, await house.DecideAsync(id, prosecutor, DecisionKind.Sentence));
        Refused(CaseDesk.Closed, await house.ProposeSeatAsync(id, handler, null));
        Refused(CaseDesk.Closed, await house.ProposeClosingAsync(id, handler, CaseOutcome.Enforced));
        Refused(CaseDesk.Closed, await house.RequestAsync(id, Staff.Id("ines")));
        Refused(CaseDesk.Closed, await house.Get<GiveAccess>().HandleAsync(handler, new(id, Staff.Id("igor"), Reason), null, Cancel));
        Assert.Equal(closed.Version, (await house.CaseAsync(id)).Version);
    }

    [Fact]
    public async Task A_case_without_prosecution_is_laid_to_rest_from_outside_the_unit_only()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync();
        Done(await house.ProposeClosingAsync(id, (await house.CaseAsync(id)).Handler!.Value, CaseOutcome.NoFurtherAction));
        var refusal = Refused(Bars.Role, await house.ApproveClosingAsync(id, Staff.Id("chief")));
        Assert.Equal("Integrity", refusal.Reroute!.Role);
        Assert.Equal([.. new[] { "ines", "ivo" }.Select(Staff.Id).Order()], refusal.Reroute.People);
        Done(await house.ApproveClosingAsync(id, Staff.Id("oscar")));
        Assert.Equal(CaseOutcome.NoFurtherAction, (await house.CaseAsync(id)).Outcome);
    }

    [Fact]
    public async Task A_seat_is_given_by_hand_only_to_the_eligible_and_with_a_second_person()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync("ines", true, new Party(PartyRole.Witness, "Ana", Staff.Id("ana")));
        var handler = (await house.CaseAsync(id)).Handler!.Value;
        var other = new[] { "ben", "carla", "dina", "eva" }.Select(Staff.Id).First(p => p != handler);
        Refused(ProposeAssignment.NotEligible, await house.ProposeSeatAsync(id, Staff.Id("ines"), Staff.Id("ana")));
        Refused(ProposeAssignment.NotEligible, await house.ProposeSeatAsync(id, Staff.Id("ines"), Staff.Id("pedro")));
        Refused(ProposeAssignment.NotEligible, await house.ProposeSeatAsync(id, Staff.Id("ines"), handler));
        Refused(ProposeAssignment.SeatEmpty, await house.ProposeSeatAsync(id, Staff.Id("ines"), null, Seat.Prosecutor));
        Done(await house.ProposeSeatAsync(id, Staff.Id("ines"), other));
        Refused(ProposeClosing.SeatPending, await house.ProposeClosingAsync(id, handler, CaseOutcome.NoFurtherAction));
        Done(await house.ApproveSeatAsync(id, Staff.Id("oscar"), approve: false));
        Assert.Equal(handler, (await house.CaseAsync(id)).Handler);
        Done(await house.ProposeSeatAsync(id, Staff.Id("ines"), other));
        Done(await house.ApproveSeatAsync(id, Staff.Id("oscar")));
        Assert.Equal(other, (await house.CaseAsync(id)).Handler);
        Assert.Single(await house.EventsAsync(new StreamId(id)), e => e.Event is AssignmentRequested);
    }

    [Fact]
    public async Task A_refusal_is_on_the_record_and_says_where_to_turn()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync();
        var version = (await house.CaseAsync(id)).Version;
        var handler = (await house.CaseAsync(id)).Handler!.Value;
        var refusal = Refused(Bars.Role, await house.RequestAsync(id, handler));
        Assert.Equal(("Commander", Staff.Id("chief")), (refusal.Reroute!.Role, refusal.Reroute.People.Single()));
        var filed = Assert.Single(await house.EventsAsync(Streams.RefusalsOf(new StreamId(id))));
        Assert.Equal((new ActionRefused("cases.RequestAssignment", Bars.Role), handler), (filed.Event, filed.Actor.Value));
        Assert.Equal(version, (await house.CaseAsync(id)).Version);
    }

    [Fact]
    public async Task Whoever_need_not_know_gets_the_same_answer_as_for_no_case()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync("ines", true, new Party(PartyRole.Subject, "Ben", Staff.Id("ben")));
        foreach (var person in new[] { "root", "pedro", "ben", "chief", "vera", "maria", "sara", "nobody", "paula" })
        {
            Assert.IsType<CaseAnswer.NotFound>(await house.StepAsync(id, Staff.Id(person), Step.InterviewHeld));
            Assert.Null(await house.Get<ViewCase>().HandleAsync(Staff.Id(person), id, Cancel));
        }

        Assert.IsType<CaseAnswer.NotFound>(await house.StepAsync(Guid.NewGuid(), Staff.Id("ines"), Step.InterviewHeld));
    }

    [Fact]
    public async Task Every_reading_is_recorded_by_who_works_the_case_too()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync();
        var reads = Streams.ReadsOf(new StreamId(id));
        var handler = (await house.CaseAsync(id)).Handler!.Value;
        Assert.NotNull(await house.Get<ViewCase>().HandleAsync(handler, id, Cancel));
        Assert.NotNull(await house.Get<ViewDraws>().HandleAsync(Staff.Id("oscar"), id, Cancel));
        Assert.Equal(
            [(handler, new MatterRead("cases.view", "handler")), (Staff.Id("oscar"), new MatterRead("cases.draws", "office"))],
            (await house.EventsAsync(reads)).Select(r => (r.Actor.Value, (MatterRead)r.Event!)));
    }

    [Fact]
    public async Task Opening_twice_opens_once_and_another_may_not_take_the_id()
    {
        await using var house = await CreateAsync();
        var command = Opening() with { CaseId = Guid.CreateVersion7() };
        var open = house.Get<OpenCase>();
        Done(await open.HandleAsync(Staff.Id("ana"), command, null, Cancel));
        Done(await open.HandleAsync(Staff.Id("ana"), command, null, Cancel));
        Refused(OpenCase.IdTaken, await open.HandleAsync(Staff.Id("ana"), command with { Summary = "Another." }, null, Cancel));
        Assert.IsType<CaseAnswer.NotFound>(await open.HandleAsync(Staff.Id("ben"), command, null, Cancel));
        Assert.Single(await house.EventsAsync(new StreamId(command.CaseId)));
    }

    [Fact]
    public async Task Cases_opened_at_the_same_time_get_numbers_without_gap_or_double()
    {
        await using var house = await CreateAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(() => house.OpenAsync(draw: false))));
        var numbers = new List<string>();
        foreach (var id in ids) numbers.Add((await house.CaseAsync(id)).Number);
        Assert.Equal(Enumerable.Range(1, 24).Select(n => $"NAR-2026-{n:0000}"), numbers.Order());
        house.Time.Now = house.Time.Now.AddYears(1);
        Assert.Equal("NAR-2027-0001", (await house.CaseAsync(await house.OpenAsync(draw: false))).Number);
    }

    [Fact]
    public async Task A_conflict_is_decided_anew_but_not_for_whoever_said_what_they_saw()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync();
        var seen = await house.CaseAsync(id);
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => house.StepAsync(id, seen.Handler!.Value, Step.InterviewHeld))))) Done(answer);
        Assert.Equal(seen.Version + 8, (await house.CaseAsync(id)).Version);
        var stale = await house.Get<RecordStep>().HandleAsync(seen.Handler!.Value, new(id, Step.InterviewHeld, "", null), seen.Version, Cancel);
        Assert.IsType<Outcome.Stale>(Assert.IsType<CaseAnswer.Ended>(stale).Outcome);
        Done(await house.Get<RecordStep>().HandleAsync(seen.Handler!.Value, new(id, Step.InterviewHeld, "", null), seen.Version + 8, Cancel));
    }

    [Fact]
    public async Task Reactions_happen_once_though_they_run_again_from_the_start()
    {
        await using var house = await CreateAsync();
        var id = await house.ProsecutedAsync();
        var size = house.Log.Size;
        var again = new ReactionRunner(
            house.Log, house.Get<Clerk>(), house.Get<IEnumerable<IReaction>>(), Microsoft.Extensions.Logging.Abstractions.NullLogger<ReactionRunner>.Instance);
        await again.CatchUpAsync(Cancel);
        Assert.Equal(size, house.Log.Size);
        Assert.Equal(2, (await house.EventsAsync(new StreamId(id))).Count(e => e.Event is SeatDrawn));
    }

    [Fact]
    public async Task A_step_entered_late_does_not_make_the_case_look_idle()
    {
        await using var house = await CreateAsync();
        var id = await house.OpenAsync();
        var before = await house.CaseAsync(id);
        Done(await house.Get<RecordStep>().HandleAsync(before.Handler!.Value, new(id, Step.SeizureRecorded, "", before.OpenedAt.AddDays(-3)), null, Cancel));
        Assert.Equal(before.LastActivity, (await house.CaseAsync(id)).LastActivity);
    }
}
