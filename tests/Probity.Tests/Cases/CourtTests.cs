using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Charging;
using Probity.Cases.Contract;
using Probity.Cases.Deciding;
using Probity.Cases.Disclosing;
using Probity.Cases.Hearing;
using Probity.Cases.Viewing;
using Probity.Shared.Record;
using Probity.Tests.Cases.Pages;
using static Probity.Tests.Cases.CaseHouse;

namespace Probity.Tests.Cases;

/// <summary>What is charged, what proves it, what is disclosed, and what the court does, as decisions alone and on a real record.</summary>
public sealed class CourtTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Guid One = Staff.Id("charge one"), Two = Staff.Id("charge two"), Point = Staff.Id("element"), Sitting = Staff.Id("hearing");
    static readonly EvidenceRef Packet = new(EvidenceKind.Exhibit, Staff.Id("packet"), "E-0001/1");
    static readonly CaseThing[] Things = [new(Packet.Id, Packet.Label, "Cocaine", "/story")];
    const string Law = "Law 1, article 2";

    static Case At(Stage stage, params IEvent[] events) => events.Aggregate(
        Case.Initial with { Version = 1, Id = Staff.Id("case"), Stage = stage, OpenedAt = Now.AddDays(-10), Decisions = stage >= Stage.Adjudicate ? [DecisionKind.Charge] : [] },
        (state, e) => state.Apply(new Recorded(e, EventTypes.NameOf(e.GetType()), 0, new(Staff.Id("case")), 1, Now, null, new(Staff.Id("pia")))));

    static ChargeBrought Brought(Guid id) => new(id, "Law 1", "2", "Trafficking.", Reason);

    static IReadOnlyList<Type> Kinds(Decision decision) => [.. Assert.IsType<Decision.Accepted>(decision).Filings.Select(f => f.Event.GetType())];

    [Fact]
    public void The_first_charge_is_also_the_decision_to_charge_and_the_next_is_not()
    {
        Assert.Equal([typeof(ChargeBrought), typeof(CaseDecided)], Kinds(BringCharge.Decide(new(default, One, "Law 1", "2", "Trafficking.", Reason), At(Stage.Prosecute))));
        var again = At(Stage.Prosecute, Brought(One), new CaseDecided(DecisionKind.Charge, Reason, Law));
        Assert.Equal([typeof(ChargeBrought)], Kinds(BringCharge.Decide(new(default, Two, "Law 1", "3", "Possession.", Reason), again)));
    }

    [Theory]
    [InlineData("Investigate", CourtRules.NotNow), InlineData("Enforce", CourtRules.NotNow)]
    public void Charges_belong_between_the_prosecutor_and_the_judgment(string stage, string code) =>
        Refused(code, BringCharge.Decide(new(default, One, "Law 1", "2", "Trafficking.", Reason), At(Enum.Parse<Stage>(stage))));

    [Theory]
    [InlineData("", "2", "T", BringCharge.LawMissing), InlineData("L", " ", "T", BringCharge.ArticleMissing), InlineData("L", "2", "-", BringCharge.TextMissing)]
    public void A_charge_names_law_article_and_deed(string law, string article, string text, string code) =>
        Refused(code, BringCharge.Decide(new(default, One, law, article, text, Reason), At(Stage.Prosecute)));

    [Fact]
    public void A_charge_is_amended_and_withdrawn_never_deleted_and_not_after_the_judgment()
    {
        var open = At(Stage.Prosecute, Brought(One));
        Assert.Equal([typeof(ChargeAmended)], Kinds(AmendCharge.Decide(new(default, One, "Law 1", "3", "Possession.", Reason), open)));
        Refused(CaseTexts.ReasonMissing, AmendCharge.Decide(new(default, One, "Law 1", "3", "Possession.", ""), open));
        Refused(DecideInCase.LegalBasisMissing, WithdrawCharge.Decide(new(default, One, Reason, ""), open));
        Refused(CourtRules.ChargeUnknown, WithdrawCharge.Decide(new(default, Two, Reason, Law), open));
        var gone = At(Stage.Prosecute, Brought(One), new ChargeWithdrawn(One, Reason, Law));
        Refused(CourtRules.ChargeUnknown, AmendCharge.Decide(new(default, One, "L", "3", "P", Reason), gone));
        Assert.True(Assert.Single(gone.Court.Charges).Withdrawn);
        Refused(AmendCharge.Judged, WithdrawCharge.Decide(new(default, One, Reason, Law), At(Stage.Adjudicate, Brought(One), Brought(Two), new JudgmentGiven(One, Verdict.Guilty, Reason, Law))));
    }

    [Fact]
    public void What_proves_an_element_joins_the_list_once_and_makes_it_stale_until_it_is_disclosed()
    {
        var stated = At(Stage.Prosecute, Brought(One), new ElementStated(One, Point, "It is a narcotic."));
        Refused(LinkEvidence.ElementUnknown, LinkEvidence.Decide(new(default, Staff.Id("other"), Packet), stated, Things));
        Refused(LinkEvidence.EvidenceMissing, LinkEvidence.Decide(new(default, Point, new(EvidenceKind.Document, Two, " ")), stated, Things));
        Assert.Equal([typeof(EvidenceLinked), typeof(DisclosureListed)], Kinds(LinkEvidence.Decide(new(default, Point, Packet), stated, Things)));
        var linked = At(Stage.Prosecute, Brought(One), new ElementStated(One, Point, "It is a narcotic."), new EvidenceLinked(Point, Packet), new DisclosureListed(Packet));
        Refused(LinkEvidence.AlreadyLinked, LinkEvidence.Decide(new(default, Point, Packet), linked, []));
        Assert.True(linked.Court.DisclosureIsStale);

        Refused(Disclose.ItemMissing, Disclose.Decide(new(default, [], "Dr. Exemplo"), linked));
        Refused(Disclose.ToMissing, Disclose.Decide(new(default, [Packet.Id], ""), linked));
        var shown = Apply(linked, Accepted(Disclose.Decide(new(default, [Packet.Id, Packet.Id], "Dr. Exemplo"), linked)));
        Assert.False(shown.Court.DisclosureIsStale);
        Refused(Disclose.AlreadyDisclosed, Disclose.Decide(new(default, [Packet.Id], "Dr. Exemplo"), shown));
        Refused(Disclose.AlreadyDisclosed, WithholdItem.Decide(new(default, Packet.Id, Reason, Law), shown));

        var more = Apply(shown, Accepted(ListItem.Decide(new(default, new(EvidenceKind.Document, Two, "A log")), shown, Things)));
        Assert.True(more.Court.DisclosureIsStale);
        Refused(DecideInCase.LegalBasisMissing, WithholdItem.Decide(new(default, Two, Reason, ""), more));
        var held = Apply(more, Accepted(WithholdItem.Decide(new(default, Two, Reason, Law), more)));
        Assert.False(held.Court.DisclosureIsStale);
        Assert.Equal([typeof(Disclosed)], Kinds(Disclose.Decide(new(default, [Two], "Dr. Exemplo"), held)));
    }

    [Fact]
    public void What_the_case_knows_is_chosen_by_its_id_and_called_what_it_is_called_there()
    {
        var stated = At(Stage.Prosecute, Brought(One), new ElementStated(One, Point, "It is a narcotic.")) with
        {
            Parties = [new Party(PartyRole.Subject, "Importer Exemplo", null), new Party(PartyRole.Witness, "Docker Exemplo", null), new Party(PartyRole.Victim, "Porter Exemplo", null)],
        };
        EvidenceRef Linked(EvidenceRef asked, Case? @case = null) =>
            Assert.IsType<EvidenceLinked>(Assert.IsType<Decision.Accepted>(LinkEvidence.Decide(new(default, Point, asked), @case ?? stated, Things)).Filings[0].Event).Evidence;
        Assert.Equal(["E-0001/1", "Docker Exemplo", "Porter Exemplo"], CaseEvidence.All(stated, Things).Select(e => e.Label));
        foreach (var known in CaseEvidence.All(stated, Things))
        {
            Assert.Equal(known, Linked(new(default, known.Id, "")));
            // Whatever a caller says of it.
            Assert.Equal(known, Linked(new(EvidenceKind.Document, known.Id, "Something else")));
            Assert.Equal(new DisclosureListed(known), Accepted(ListItem.Decide(new(default, new(default, known.Id, "")), stated, Things)));
        }

        // An exhibit of another case, or one that is only typed, is none.
        Refused(LinkEvidence.ExhibitUnknown, LinkEvidence.Decide(new(default, Point, Packet), stated, []));
        Refused(LinkEvidence.ExhibitUnknown, ListItem.Decide(new(default, new(EvidenceKind.Exhibit, LinkEvidence.IdOf(stated.Id, EvidenceKind.Exhibit, "E-0001/1"), "E-0001/1")), stated, Things));
        // One that was named before by its label alone stays what it is.
        var typed = new EvidenceRef(EvidenceKind.Exhibit, Two, "E1");
        var before = Apply(stated, new DisclosureListed(typed));
        Assert.Equal(typed, Linked(new(default, Two, ""), before));
        Assert.Equal(["E-0001/1", "Docker Exemplo", "Porter Exemplo", "E1"], CaseEvidence.All(before, Things).Select(e => e.Label));
        // Who turned out to be no part of it proves nothing.
        Assert.DoesNotContain(CaseEvidence.All(stated with { PartiesEnded = [2] }, Things), e => e.Label == "Docker Exemplo");
        Assert.Equal(new(EvidenceKind.Document, Two, "Customs declaration"), Linked(new(EvidenceKind.Document, Two, "Customs declaration")));
    }

    static Case Apply(Case @case, IEvent happened) =>
        @case.Apply(new Recorded(happened, EventTypes.NameOf(happened.GetType()), 0, @case.Stream, 2, Now, null, new(Staff.Id("pia"))));

    [Fact]
    public void A_hearing_is_set_held_or_put_off_and_never_before_its_time()
    {
        Refused(CourtRules.NotBeforeCourt, SetHearing.Decide(new(default, Sitting, Now, "Room 2", "Trial"), At(Stage.Prosecute), Now));
        Refused(SetHearing.TimeMissing, SetHearing.Decide(new(default, Sitting, Now.AddYears(9), "Room 2", "Trial"), At(Stage.Adjudicate), Now));
        var set = At(Stage.Adjudicate, new HearingScheduled(Sitting, Now.AddDays(3), "Room 2", "Trial"));
        Refused(EndHearing.NotYet, EndHearing.Decide(new(default, Sitting, null, "", ""), set, Now));
        Refused(EndHearing.Unknown, EndHearing.Decide(new(default, One, null, "", ""), set, Now));
        Assert.Equal([typeof(HearingHeld)], Kinds(EndHearing.Decide(new(default, Sitting, null, "", ""), set, Now.AddDays(3))));
        Refused(DecideInCase.LegalBasisMissing, EndHearing.Decide(new(default, Sitting, CourtSide.Defence, Reason, ""), set, Now));
        Assert.Equal([typeof(HearingAdjourned), typeof(CaseDecided)], Kinds(EndHearing.Decide(new(default, Sitting, CourtSide.Defence, Reason, Law), set, Now)));
        Refused(EndHearing.Over, EndHearing.Decide(new(default, Sitting, null, "", ""), Apply(set, new HearingHeld(Sitting, "")), Now.AddDays(3)));
    }

    [Theory]
    [InlineData("Granted", true), InlineData("WithConditions", true), InlineData("Refused", false)]
    public void Bail_is_a_decision_of_the_case_where_somebody_is_released(string outcome, bool released) => Assert.Equal(
        released ? [typeof(BailDecided), typeof(CaseDecided)] : [typeof(BailDecided)],
        Kinds(DecideBail.Decide(new(default, Enum.Parse<BailOutcome>(outcome), Reason, Law), At(Stage.Adjudicate))));

    [Fact]
    public void The_last_judgment_decides_the_case_convicted_where_one_charge_was_proved()
    {
        var two = At(Stage.Adjudicate, Brought(One), Brought(Two));
        Assert.Equal([typeof(JudgmentGiven)], Kinds(GiveJudgment.Decide(new(default, One, Verdict.Guilty, Reason, Law), two)));
        var first = Apply(two, new JudgmentGiven(One, Verdict.Guilty, Reason, Law));
        Assert.Equal(DecisionKind.Convict, Last(GiveJudgment.Decide(new(default, Two, Verdict.NotGuilty, Reason, Law), first)));
        Assert.Equal(DecisionKind.Acquit, Last(GiveJudgment.Decide(
            new(default, Two, Verdict.NotGuilty, Reason, Law), Apply(two, new JudgmentGiven(One, Verdict.NotGuilty, Reason, Law)))));
        Refused(AmendCharge.Judged, GiveJudgment.Decide(new(default, One, Verdict.Guilty, Reason, Law), first));

        // What is withdrawn waits for no judgment.
        Assert.Equal(DecisionKind.Convict, Last(GiveJudgment.Decide(new(default, One, Verdict.Guilty, Reason, Law), Apply(two, new ChargeWithdrawn(Two, Reason, Law)))));
        static DecisionKind Last(Decision decision) => Assert.IsType<CaseDecided>(Assert.IsType<Decision.Accepted>(decision).Filings[^1].Event).Kind;
    }

    [Fact]
    public void A_sentence_follows_a_charge_that_was_proved_and_an_appeal_any_judgment()
    {
        var judged = At(Stage.Adjudicate, Brought(One), new JudgmentGiven(One, Verdict.Guilty, Reason, Law), new CaseDecided(DecisionKind.Convict, Reason, Law));
        Refused(PassSentence.NotConvicted, PassSentence.Decide(new(default, One, "Six years.", Reason, Law), At(Stage.Adjudicate, Brought(One))));
        Refused(LodgeAppeal.NoJudgment, LodgeAppeal.Decide(new(default, CourtSide.Defence, Reason), At(Stage.Adjudicate, Brought(One))));
        Refused(PassSentence.SentenceMissing, PassSentence.Decide(new(default, One, "", Reason, Law), judged));
        Assert.Equal([typeof(SentencePassed), typeof(CaseDecided)], Kinds(PassSentence.Decide(new(default, One, "Six years.", Reason, Law), judged)));
        Refused(PassSentence.AlreadyPassed, PassSentence.Decide(new(default, One, "Six years.", Reason, Law), Apply(judged, new SentencePassed(One, "Six years.", Reason, Law))));
        Refused(EndHearing.ByMissing, LodgeAppeal.Decide(new(default, CourtSide.Court, Reason), judged));
        Assert.Equal([typeof(AppealLodged)], Kinds(LodgeAppeal.Decide(new(default, CourtSide.Defence, Reason), judged)));
    }

    [Fact]
    public void A_judge_chosen_by_hand_needs_reasons_and_so_does_a_change_of_judge()
    {
        var register = Staff.Agency().ToRegister();
        Decision Name(AssignedHow how, string? reasons, Case @case, string? who = null) =>
            NameJudge.Decide(new(default, "Judith", who is null ? null : Staff.Id(who), how, reasons), @case, new HashSet<Guid> { Staff.Id("julio") }, register, Now);
        Assert.Equal([typeof(JudgeAssigned)], Kinds(Name(AssignedHow.Random, null, At(Stage.Adjudicate), "judith")));
        Refused(CaseTexts.ReasonMissing, Name(AssignedHow.Manual, null, At(Stage.Adjudicate)));
        Refused(CaseTexts.ReasonMissing, Name(AssignedHow.Random, null, At(Stage.Adjudicate, new JudgeAssigned("Julio", null, AssignedHow.Rota))));
        Refused(NameJudge.NoJudge, Name(AssignedHow.Rota, null, At(Stage.Adjudicate), "rita"));
        Refused(Bars.Self, Name(AssignedHow.Rota, null, At(Stage.Adjudicate) with { Parties = [new Party(PartyRole.Witness, "J", Staff.Id("judith"))] }, "judith"));
        // Who had an exhibit in hand, or ever worked the case, whatever they hold now.
        Refused(NameJudge.HadPart, Name(AssignedHow.Rota, null, At(Stage.Adjudicate), "julio"));
        foreach (var worked in new[] { At(Stage.Adjudicate) with { OpenedBy = Staff.Id("judith") }, At(Stage.Adjudicate) with { EverSeated = [Staff.Id("judith")] }, At(Stage.Adjudicate, new AccessGiven(Staff.Id("judith"), Reason), new AccessEnded(Staff.Id("judith"), Reason)) })
            Refused(NameJudge.HadPart, Name(AssignedHow.Rota, null, worked, "judith"));
    }

    [Fact]
    public async Task The_court_sees_its_part_of_a_case_and_nothing_else_and_the_list_is_what_the_guard_lets_through()
    {
        await using var house = await CreateAsync();
        var early = await house.ProsecutedAsync();
        var id = await house.ProsecutedAsync();
        var prosecutor = (await house.CaseAsync(id)).Prosecutor!.Value;
        Done(await house.Get<BringCharge>().HandleAsync(prosecutor, new(id, One, "Law 1", "2", "Trafficking.", Reason), null, Cancel));
        Assert.IsType<CaseAnswer.NotFound>(await house.Get<SetHearing>().HandleAsync(Staff.Id("rita"), new(id, Sitting, house.Time.Now.AddDays(1), "Room 2", "Trial"), null, Cancel));
        Done(await house.EnterAsync(id, prosecutor, Stage.Adjudicate));
        Refused(Bars.Role, await house.Get<SetHearing>().HandleAsync(prosecutor, new(id, Sitting, house.Time.Now.AddDays(1), "Room 2", "Trial"), null, Cancel));
        Done(await house.Get<SetHearing>().HandleAsync(Staff.Id("rita"), new(id, Sitting, house.Time.Now.AddDays(1), "Room 2", "Trial"), null, Cancel));
        Done(await house.Get<NameJudge>().HandleAsync(Staff.Id("rita"), new(id, "Judith", Staff.Id("judith"), AssignedHow.Random, null), null, Cancel));
        foreach (var who in new[] { "rita", "judith", "julio" })
        {
            Assert.Null(await house.Get<CaseReading>().OpenAsync(Staff.Id(who), id, "cases.view", Cancel));
            Assert.Equal(who != "julio", await house.Get<CaseReading>().OpenAsync(Staff.Id(who), id, "cases.court", CaseAction.ViewCourt, Cancel) is not null);
            Assert.Null(await house.Get<CaseReading>().OpenAsync(Staff.Id(who), early, "cases.court", CaseAction.ViewCourt, Cancel));
        }

        await house.DeclareAsync("oscar", (await house.CaseAsync(id)).Number);
        await using var views = await DocketViews.OverAsync(house);
        var register = await house.Get<IRegister>().ReadAsync(Cancel);
        var seen = 0;
        foreach (var person in register.People.Keys)
        {
            var actor = Actor.From(register, person, house.Time.Now);
            var may = CaseAccess.Refuses(CaseAction.ViewCourt, actor, await house.CaseAsync(id), register, house.Time.Now) is null;
            var (cases, total) = await views.Court.ReadAsync(actor, register, house.Time.Now, 1, Cancel);
            Assert.Equal(may ? [id] : [], cases.Select(c => c.Id));
            Assert.Equal(may ? 1 : 0, total);
            Assert.Equal(may ? 1 : 0, (await views.Court.SetAsync(actor, register, house.Time.Now, house.Time.Now, house.Time.Now.AddDays(2), 5, Cancel)).Count);
            seen += total;
        }

        Assert.Equal(7, seen);
        Done(await house.Get<GiveJudgment>().HandleAsync(Staff.Id("rita"), new(id, One, Verdict.Guilty, Reason, Law), null, Cancel));
        Done(await house.Get<PassSentence>().HandleAsync(Staff.Id("rita"), new(id, One, "Six years.", Reason, Law), null, Cancel));
        Done(await house.EnterAsync(id, prosecutor, Stage.Enforce));
        Assert.Equal([DecisionKind.Charge, DecisionKind.Convict, DecisionKind.Sentence], (await house.CaseAsync(id)).Decisions);
    }

    [Fact]
    public async Task A_closed_case_that_is_tried_anew_is_in_the_courts_lists_until_it_is_judged_and_heard()
    {
        await using var house = await CreateAsync();
        var id = await house.ProsecutedAsync();
        var (prosecutor, rita) = ((await house.CaseAsync(id)).Prosecutor!.Value, Staff.Id("rita"));
        Done(await house.Get<BringCharge>().HandleAsync(prosecutor, new(id, One, "Law 1", "2", "Trafficking.", Reason), null, Cancel));
        Done(await house.EnterAsync(id, prosecutor, Stage.Adjudicate));
        Done(await house.Get<GiveJudgment>().HandleAsync(rita, new(id, One, Verdict.NotGuilty, Reason, Law), null, Cancel));
        Done(await house.Get<LodgeAppeal>().HandleAsync(rita, new(id, CourtSide.Prosecution, Reason), null, Cancel));
        Done(await house.ProposeClosingAsync(id, prosecutor, CaseOutcome.Acquitted));
        Done(await house.ApproveClosingAsync(id, Staff.Id("ines")));
        Assert.Equal((0, 0), await ListedAsync());
        Done(await house.Get<DecideAppeal>().HandleAsync(rita, new(id, CourtSide.Prosecution, AppealOutcome.Allowed, Reason, Law), null, Cancel));
        Assert.Equal((1, 0), await ListedAsync());
        Done(await house.Get<SetHearing>().HandleAsync(rita, new(id, Sitting, house.Time.Now.AddDays(1), "Room 2", "Second trial"), null, Cancel));
        Assert.Equal((1, 1), await ListedAsync());
        Done(await house.Get<GiveJudgment>().HandleAsync(rita, new(id, One, Verdict.Guilty, Reason, Law), null, Cancel));
        Assert.Equal((1, 1), await ListedAsync());
        var hearing = (await house.CaseAsync(id)).Court.Hearings[^1].Id;
        Done(await house.Get<EndHearing>().HandleAsync(rita, new(id, hearing, CourtSide.Court, Reason, Law), null, Cancel));
        Assert.Equal((0, 0), await ListedAsync());

        async Task<(int Cases, int Hearings)> ListedAsync()
        {
            await using var views = await DocketViews.OverAsync(house);
            var register = await house.Get<IRegister>().ReadAsync(Cancel);
            var (actor, now) = (Actor.From(register, rita, house.Time.Now), house.Time.Now);
            return ((await views.Court.ReadAsync(actor, register, now, 1, Cancel)).Total, (await views.Court.SetAsync(actor, register, now, now, now.AddDays(60), 5, Cancel)).Count);
        }
    }
}
