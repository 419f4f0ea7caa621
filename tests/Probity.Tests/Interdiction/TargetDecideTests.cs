using Probity.Access.Contract;
using Probity.Interdiction;
using Probity.Interdiction.Agreeing;
using Probity.Interdiction.Contract;
using Probity.Interdiction.Inspecting;
using Probity.Interdiction.Registering;
using Probity.Interdiction.Releasing;
using Probity.Interdiction.Selecting;
using Probity.Interdiction.Setting;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Interdiction;

/// <summary>The decisions alone.</summary>
public sealed class TargetDecideTests
{
    const string Reason = "The carrier is known and was here yesterday.";
    static readonly DateTimeOffset Now = new(2026, 3, 2, 3, 0, 0, TimeSpan.Zero);
    static readonly Register Register = Staff.Agency().ToRegister();

    static Target At(TargetStage stage, int score = 80) => Target.Initial with
    {
        Id = Guid.CreateVersion7(), Number = "NAR-T-2026-0001", Version = 3, Unit = Staff.Id("narcotics"), Score = score, Stage = stage,
    };

    static TargetFacts Facts(Target target, int threshold = 70, string by = "ana") =>
        new(target, threshold, Actor.From(Register, Staff.Id(by), Now), Register, Now);

    static Inspection By(string person) => new(InspectionKind.Scan, false, null, null, Staff.Id(person), Now);

    static IEvent Accepted(Decision decision) => Assert.Single(Assert.IsType<Decision.Accepted>(decision).Filings).Event;

    static void Refused(string code, Decision decision) => Assert.Equal(code, Assert.IsType<Decision.Refused>(decision).Refusal.Code);

    // The examples of the standard, and of ports' guides to it.
    [Theory]
    [InlineData("CSQU3054383", true), InlineData("CSQU3054384", false), InlineData("MSKU0383250", true), InlineData("TOLU4734787", true)]
    [InlineData("CSQX3054383", false), InlineData("CSQU305438", false), InlineData("CSQU30543830", false), InlineData("", false)]
    public void A_container_number_checks_itself(string number, bool right) => Assert.Equal(right, References.IsContainer(number));

    [Theory]
    [InlineData("9074729", true), InlineData("9074728", false), InlineData("907472", false), InlineData("ABCDEFG", false)]
    public void A_vessels_number_checks_itself(string number, bool right) => Assert.Equal(right, References.IsVessel(number));

    [Theory]
    [InlineData("BRSSZ", true), InlineData("LIS", true), InlineData("PTLX2", true), InlineData("PTLX1", false), InlineData("L1S", false), InlineData("BRSS", false)]
    public void A_port_has_five_signs_and_an_airport_three(string code, bool right) => Assert.Equal(right, References.IsPort(code));

    // Whatever is typed is a number or not, and never a fault.
    [Fact]
    public void Any_text_is_told_from_a_number() => CsCheck.Check.Sample(CsCheck.Gen.String, text =>
    {
        var normal = References.Normal(text);
        _ = References.IsContainer(normal) | References.IsVessel(normal) | References.IsBag(normal) | References.IsParcel(normal) | References.IsPort(normal);
        return !References.IsContainer(normal) || normal.Length == 11;
    }, iter: 2_000);

    [Fact]
    public void What_is_entered_is_checked_field_by_field()
    {
        var good = TargetHouse.Container(Guid.CreateVersion7(), 80);
        var entered = Assert.IsType<TargetRegistered>(Assert.IsType<Decision.Accepted>(Decide(good)).Filings[1].Event);
        Assert.Equal(("NAR-T-2026-0008", "CSQU3054383", "BRSSZ"), (entered.Number, entered.Reference, entered.Port));
        Refused(RegisterTarget.ContainerWrong, Decide(good with { Reference = "CSQU3054384" }));
        Refused(RegisterTarget.BagWrong, Decide(good with { Kind = TargetKind.Bag }));
        Refused(RegisterTarget.ReferenceMissing, Decide(good with { Reference = " - " }));
        Refused(TargetTexts.Characters, Decide(good with { Kind = TargetKind.Passenger, Reference = "TP123 \u202Ebooking" }));
        Refused(RegisterTarget.PortWrong, Decide(good with { Port = "nowhere" }));
        Refused(RegisterTarget.ScoreWrong, Decide(good with { Score = 101 }));
        Refused(RegisterTarget.ArrivalFar, Decide(good with { Arrival = Now.AddYears(2) }));
        Refused(RegisterTarget.TooManyRules, Decide(good with { Rules = [.. Enumerable.Repeat("x", 13)] }));
        Refused(RegisterTarget.KindUnknown, Decide(good with { Kind = (TargetKind)9 }));
        Refused(RegisterTarget.PersonUnknown, Decide(good with { Staff = Guid.NewGuid() }));
        Refused(Bars.Self, Decide(good with { Staff = Staff.Id("ana") }));
        Refused(Bars.Role, Decide(good with { Unit = Staff.Id("port") }));
        Decision Decide(RegisterTarget.Command command) =>
            RegisterTarget.Decide(command, 7, Actor.From(Register, Staff.Id("ana"), Now), Register, Now);
    }

    [Theory]
    [InlineData(69, false), InlineData(70, true), InlineData(100, true)]
    public void To_let_pass_what_reaches_the_threshold_takes_a_reason_and_a_second_person(int score, bool isRisk)
    {
        var facts = Facts(At(TargetStage.Registered, score));
        var bare = SelectTarget.Decide(new(facts.Target.Id, false, null, OverrideWords.None), facts);
        if (isRisk) Refused(Overrides.ReasonNeeded, bare);
        else Assert.Equal(new TargetPassed(70, null), Accepted(bare));
        var reasoned = Accepted(SelectTarget.Decide(new(facts.Target.Id, false, null, new OverrideWords(Reason)), facts));
        Assert.Equal(isRisk ? new OverrideAsked(OverrideKind.NotSelected, 70, Reason) : new TargetPassed(70, null), reasoned);
    }

    // Who has something to see to first lets nothing go, and is never kept from finding something.
    [Fact]
    public void Who_is_unfit_for_duty_lets_nothing_go_and_can_still_examine()
    {
        const string lack = "interdiction.not-cleared";
        var (open, passed) = (Facts(At(TargetStage.Inspected) with { Inspections = [By("ben")] }) with { Unfit = lack }, Facts(At(TargetStage.Registered, 10)) with { Unfit = lack });
        Refused(lack, ReleaseTarget.Decide(new(open.Target.Id, OverrideWords.None), open));
        Refused(lack, SelectTarget.Decide(new(passed.Target.Id, false, null, OverrideWords.None), passed));
        Assert.IsType<TargetSelected>(Accepted(SelectTarget.Decide(new(passed.Target.Id, true, null, OverrideWords.None), passed)));
        Assert.IsType<TargetInspected>(Accepted(InspectTarget.Decide(new(open.Target.Id, InspectionKind.Scan, false, null, null), open)));
        var asked = open with { Target = open.Target with { Asked = new(OverrideKind.ReleasedAlone, Reason, Staff.Id("ben"), Now) } };
        Refused(lack, AnswerOverride.Decide(new(asked.Target.Id, true, null), asked));
        Assert.IsType<OverrideRefused>(Accepted(AnswerOverride.Decide(new(asked.Target.Id, false, Reason), asked)));
        var alone = open with { Target = open.Target with { Awaited = new(OverrideKind.ReleasedAlone, Reason, Reason, Staff.Id("ben"), Staff.Id("ana"), Now) } };
        Refused(lack, CountersignOverride.Decide(new(alone.Target.Id, true, null), alone));
        Assert.IsType<OverrideObjected>(Accepted(CountersignOverride.Decide(new(alone.Target.Id, false, Reason), alone)));
    }

    // A column for who examined it, and what ana's release of it then goes against.
    [Theory]
    [InlineData("", OverrideKind.ReleasedUnexamined), InlineData("ana", OverrideKind.ReleasedAlone), InlineData("ana ana", OverrideKind.ReleasedAlone)]
    [InlineData("ben", null), InlineData("ana ben", null)]
    public void A_release_takes_two_unless_another_officer_examined_it(string examined, object? against)
    {
        var who = examined.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var target = At(who.Length == 0 ? TargetStage.Selected : TargetStage.Inspected, score: 10) with { Inspections = [.. who.Select(By)] };
        var decided = ReleaseTarget.Decide(new(target.Id, new OverrideWords(Reason)), Facts(target));
        Assert.Equal(against is OverrideKind kind ? new OverrideAsked(kind, 70, Reason) : new TargetReleased(70), Accepted(decided));
    }

    [Fact]
    public void What_something_was_found_in_is_released_against_the_risk_whoever_examined_it()
    {
        var target = At(TargetStage.Found) with { Inspections = [By("ben") with { Found = true, CaseNumber = "NAR-2026-0001" }] };
        Assert.Equal(
            new OverrideAsked(OverrideKind.ReleasedAfterFind, 70, Reason), Accepted(ReleaseTarget.Decide(new(target.Id, new OverrideWords(Reason)), Facts(target))));
    }

    [Theory]
    [InlineData(99), InlineData(10)]
    public void What_something_was_found_in_is_never_released_by_one(int score)
    {
        var target = At(TargetStage.Found, score) with { Inspections = [By("ben") with { Found = true, CaseNumber = "NAR-2026-0001" }] };
        Refused(Overrides.FoundNotAlone, ReleaseTarget.Decide(new(target.Id, TargetHouse.Alone("pedro")), Facts(target)));
        // Nor by who asked and did not wait for the answer.
        var asked = target with { Asked = new(OverrideKind.ReleasedAfterFind, Reason, Staff.Id("ana"), Now) };
        Refused(Overrides.FoundNotAlone, ReleaseTarget.Decide(new(target.Id, TargetHouse.Alone("pedro")), Facts(asked)));
        Assert.IsType<OverrideAgreed>(Accepted(AnswerOverride.Decide(new(target.Id, true, null), Facts(asked, by: "ben"))));
    }

    [Fact]
    public void Where_nobody_is_there_it_happens_at_once_and_somebody_from_outside_signs()
    {
        var facts = Facts(At(TargetStage.Selected));
        Refused(Overrides.AbsenceMissing, Release(new OverrideWords(Reason, true, null, Staff.Id("pedro"))));
        Refused(TargetTexts.ReasonTooShort, Release(new OverrideWords(Reason, true, "Alone", Staff.Id("pedro"))));
        // Not a colleague, who would be there; not the officer; not somebody whose post has nothing to do with it; not nobody.
        foreach (var wrong in (string[])["ben", "ana", "paula", "ines", "nobody"])
            Refused(Overrides.CountersignerWrong, Release(TargetHouse.Alone(wrong)));
        foreach (var right in (string[])["pedro", "port chief", "chief"])
        {
            var recorded = Assert.IsType<OverrideRecorded>(Accepted(Release(TargetHouse.Alone(right))));
            Assert.Equal((Staff.Id(right), Now.AddHours(24), OverrideKind.ReleasedUnexamined), (recorded.Countersigner, recorded.Due, recorded.Kind));
        }

        Decision Release(OverrideWords words) => ReleaseTarget.Decide(new(facts.Target.Id, words), facts);
    }

    [Fact]
    public void While_a_second_person_is_waited_for_only_the_asker_goes_on_and_only_alone()
    {
        var target = At(TargetStage.Selected) with { Asked = new(OverrideKind.ReleasedUnexamined, Reason, Staff.Id("ana"), Now) };
        Refused(Overrides.Pending, ReleaseTarget.Decide(new(target.Id, new OverrideWords(Reason)), Facts(target)));
        Refused(Overrides.Pending, InspectTarget.Decide(new(target.Id, InspectionKind.Swab, false, null, null), Facts(target)));
        Refused(Overrides.Pending, ReleaseTarget.Decide(new(target.Id, TargetHouse.Alone("pedro")), Facts(target, by: "ben")));
        Assert.IsType<OverrideRecorded>(Accepted(ReleaseTarget.Decide(new(target.Id, TargetHouse.Alone("pedro")), Facts(target))));
    }

    [Fact]
    public void An_examination_follows_a_selection_and_a_find_names_its_case()
    {
        var open = At(TargetStage.Selected);
        Refused(Overrides.NotNow, Inspect(At(TargetStage.Registered), false, null));
        Refused(Overrides.NotNow, Inspect(At(TargetStage.Released), false, null));
        Refused(InspectTarget.CaseMissing, Inspect(open, true, null));
        Refused(InspectTarget.CaseMissing, Inspect(open, true, "the one of yesterday"));
        Assert.Equal(new TargetInspected(InspectionKind.Canine, true, "NAR-2026-0001", null), Accepted(Inspect(open, true, " nar-2026-0001 ")));
        Assert.Equal(new TargetInspected(InspectionKind.Canine, false, null, null), Accepted(Inspect(open, false, "NAR-2026-0001")));
        static Decision Inspect(Target target, bool found, string? number) =>
            InspectTarget.Decide(new(target.Id, InspectionKind.Canine, found, number, null), Facts(target));
    }

    [Fact]
    public void A_threshold_is_the_commanders_wish_and_an_outsiders_word()
    {
        var (unit, asked) = (Staff.Id("narcotics"), UnitThreshold.Initial with { Asked = new(60, Reason, Staff.Id("chief"), Now) });
        Assert.Equal(new ThresholdProposed(unit, 60, Reason), Accepted(Propose("chief", 60, Reason)));
        Refused(Bars.Role, Propose("ana", 60, Reason));
        Refused(Bars.Role, Propose("port chief", 60, Reason));
        Refused(Bars.Role, Propose("ines", 60, Reason));
        Refused(RegisterTarget.ScoreWrong, Propose("chief", 101, Reason));
        Refused(SetThreshold.Same, Propose("chief", 70, Reason));
        Refused(TargetTexts.ReasonMissing, Propose("chief", 60, " "));
        Refused(SetThreshold.Waiting, SetThreshold.Decide(new SetThreshold.Proposal(unit, 50, Reason), asked, Who("chief"), Register, Now));
        Assert.IsType<ThresholdAgreed>(Accepted(Answer("ines", asked)));
        Assert.IsType<ThresholdAgreed>(Accepted(Answer("oscar", asked)));
        foreach (var wrong in (string[])["chief", "ana", "port chief", "paula", "root"]) Refused(Bars.Role, Answer(wrong, asked));
        Refused(AnswerOverride.Nothing, Answer("ines", UnitThreshold.Initial));

        Decision Propose(string by, int score, string reason) =>
            SetThreshold.Decide(new SetThreshold.Proposal(unit, score, reason), UnitThreshold.Initial, Who(by), Register, Now);
        Decision Answer(string by, UnitThreshold threshold) =>
            SetThreshold.Decide(new SetThreshold.Answer(unit, true, null), threshold, Who(by), Register, Now);
        static Actor Who(string name) => Actor.From(Register, Staff.Id(name), Now);
    }
}
