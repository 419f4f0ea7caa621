using Probity.Access.Contract;
using Probity.Conduct;
using Probity.Conduct.Contract;
using Probity.Conduct.Gifts;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Conduct;

/// <summary>What is decided about gifts, without any store.</summary>
public sealed class GiftDecideTests
{
    // A Monday.
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Register Register = Staff.Agency().ToRegister();

    static Actor Of(string name) => Actor.From(Register, Staff.Id(name), Now);

    static string? Code(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;

    internal static DeclareGift.Command Watch(Guid id = default) => new(
        id, "Navegante Ltd", "Forwards containers that we inspect.", "A watch", 120.50m, "USD", GiftDirection.Offered, new DateOnly(2026, 3, 2), GiftHandling.Refused, null, false);

    static GiftFacts Facts(string declarer, string reader, bool inspected = false, bool reviewed = false)
    {
        var declared = (GiftDeclared)CaseHouse.Accepted(DeclareGift.Decide(Watch(Staff.Id("gift")) with { Inspected = inspected }, Of(declarer), Policy.Unchosen, Now));
        var gift = Gift.Initial.Apply(On(declared, declarer));
        return new GiftFacts(reviewed ? gift.Apply(On(new GiftReviewed(GiftMeasure.Declined, "It was refused."), "ines")) : gift, Of(reader), Register, Now);

        static Recorded On(IEvent happened, string by) => new(happened, "", 0, new StreamId(Staff.Id("gift")), 1, Now, null, new ActorId(Staff.Id(by)));
    }

    [Theory]
    [InlineData("ana", null), InlineData("keeper", null), InlineData("chief", null), InlineData("ines", null)]
    [InlineData("oscar", Bars.Role), InlineData("root", Bars.Role), InlineData("maria", Bars.Role), InlineData("paula", Bars.Role), InlineData("judith", Bars.Role)]
    public void The_agencys_own_staff_declares(string who, string? code) => Assert.Equal(code, Code(DeclareGift.Decide(Watch(), Of(who), Policy.Unchosen, Now)));

    [Theory]
    [InlineData("2026-03-02", false), InlineData("2026-02-23", false), InlineData("2026-02-22", true), InlineData("2026-02-20", true), InlineData("2020-01-01", true)]
    public void Late_is_said_and_never_refused(string day, bool late)
    {
        var declared = (GiftDeclared)CaseHouse.Accepted(DeclareGift.Decide(Watch() with { Happened = DateOnly.ParseExact(day, "yyyy-MM-dd") }, Of("ana"), Policy.Unchosen, Now));
        Assert.Equal((late, "default 0", Now.AddDays(14)), (declared.Late, declared.Policy, declared.Due));
    }

    [Fact]
    public void What_cannot_be_kept_as_it_is_is_named()
    {
        string? Declare(DeclareGift.Command command) => Code(DeclareGift.Decide(command, Of("ana"), Policy.Unchosen, Now));
        Assert.Null(Declare(Watch()));
        Assert.Null(Declare(Watch() with { Value = 0 }));
        Assert.Equal(DeclareGift.GiverUnfit, Declare(Watch() with { Giver = " " }));
        Assert.Equal(DeclareGift.GiverUnfit, Declare(Watch() with { Giver = new string('a', 201) }));
        Assert.Equal(DeclareGift.TieUnfit, Declare(Watch() with { Tie = null }));
        Assert.Equal(DeclareGift.WhatUnfit, Declare(Watch() with { What = "A \u202E watch" }));
        Assert.Equal(DeclareGift.ValueWrong, Declare(Watch() with { Value = null }));
        Assert.Equal(DeclareGift.ValueWrong, Declare(Watch() with { Value = 1.005m }));
        Assert.Equal(DeclareGift.CurrencyWrong, Declare(Watch() with { Currency = "GOLD" }));
        Assert.Equal(DeclareGift.DirectionMissing, Declare(Watch() with { Direction = null }));
        Assert.Equal(DeclareGift.HandlingMissing, Declare(Watch() with { Handling = (GiftHandling)9 }));
        Assert.Equal(DeclareGift.DayWrong, Declare(Watch() with { Happened = new DateOnly(2026, 3, 4) }));
    }

    [Theory]
    // An officer's: integrity, neither the officer nor anybody above.
    [InlineData("ana", "ines", null), InlineData("ana", "oscar", Bars.Role), InlineData("ana", "ana", Bars.Self), InlineData("ana", "chief", Bars.Superior), InlineData("ana", "ben", Bars.Role)]
    // A commander's and integrity's own: an overseer.
    [InlineData("chief", "oscar", null), InlineData("chief", "ines", Bars.Role), InlineData("chief", "ana", Bars.Subordinate), InlineData("ines", "oscar", null), InlineData("ines", "ivo", Bars.Role), InlineData("ines", "ines", Bars.Self)]
    [InlineData("ana", "root", Bars.Role), InlineData("ana", "maria", Bars.Role), InlineData("ana", "vera", Bars.Role)]
    public void Integrity_reviews_and_what_commanders_and_integrity_declare_goes_to_an_overseer(string declarer, string reviewer, string? code) =>
        Assert.Equal(code, Code(ReviewGift.Decide(new ReviewGift.Command(Staff.Id("gift"), GiftMeasure.Declined, CaseHouse.Reason), Facts(declarer, reviewer))));

    [Fact]
    public void Where_nobody_of_integrity_may_an_overseer_does()
    {
        var register = new Staff().Unit("agency", "AGE").Post("head", "agency", Role.Integrity).Post("dora", "agency", Role.Vetting, "head").Unit("ombudsman", "OMB").Post("oscar", "ombudsman", Role.Overseer).ToRegister();
        Refusal? Review(string who) => GiftAccess.Refuses(GiftAction.Review, Staff.Id("dora"), toOverseer: false, Actor.From(register, Staff.Id(who), Now), register, Now);
        Assert.Equal(nameof(Role.Overseer), Review("head")!.Reroute!.Role);
        Assert.Equal(Bars.Superior, Review("head")!.Code);
        Assert.Null(Review("oscar"));
    }

    [Theory]
    // Ana reads, whoever declared a tie with her, that integrity may, and no more.
    [InlineData(""), InlineData("ines")]
    public void No_refusal_tells_by_its_names_who_declared_a_tie(string tied)
    {
        var register = (tied.Length > 0 ? Staff.Agency().Tie(tied, "ana", TieKind.Associate) : Staff.Agency()).ToRegister();
        var ana = Actor.From(register, Staff.Id("ana"), Now);
        var approach = new Probity.Tests.Protection.ProtectionHouse { Register = register };
        approach.Record("ana");
        Reroute[] told =
        [
            GiftAccess.Refuses(GiftAction.Review, Staff.Id("ana"), toOverseer: false, ana, register, Now)!.Reroute!,
            Probity.Conduct.Interests.InterestAccess.Refuses(Probity.Conduct.Interests.InterestAction.Decide, Staff.Id("ana"), false, Staff.Id("narcotics"), Probity.Conduct.Interests.InterestStage.Assessed, ana, register, Now)!.Reroute!,
            Probity.Protection.Approaches.ApproachAccess.Refuses(Probity.Protection.Approaches.ApproachAction.Read, approach.As("ana"))!.Reroute!,
        ];
        Assert.All(told, reroute => Assert.Equal((nameof(Role.Integrity), 0), (reroute.Role, reroute.People.Count)));
    }

    [Theory]
    // One of integrity who is left alone does not decide unseen.
    [InlineData("", "oscar", Bars.Role), InlineData("ines", "oscar", null), InlineData("ines", "ivo", null), InlineData("ines", "ines", Bars.Tie)]
    public void Where_one_of_integrity_is_left_an_overseer_may_too(string tied, string who, string? code)
    {
        var register = (tied.Length > 0 ? Staff.Agency().Tie("ana", tied, TieKind.Associate) : Staff.Agency()).ToRegister();
        var actor = Actor.From(register, Staff.Id(who), Now);
        Assert.Equal(code, GiftAccess.Refuses(GiftAction.Review, Staff.Id("ana"), toOverseer: false, actor, register, Now)?.Code);
        Assert.Equal(code, Probity.Conduct.Interests.InterestAccess.Refuses(
            Probity.Conduct.Interests.InterestAction.Decide, Staff.Id("ana"), toOverseer: false, Staff.Id("narcotics"), Probity.Conduct.Interests.InterestStage.Assessed, actor, register, Now)?.Code);
    }

    [Theory]
    [InlineData("ana", true), InlineData("ines", true), InlineData("ivo", true), InlineData("oscar", true), InlineData("chief", false), InlineData("ben", false), InlineData("root", false), InlineData("maria", false), InlineData("paula", false)]
    public void Who_declared_it_integrity_and_overseers_see_it(string who, bool sees) => Assert.Equal(sees, Facts("ana", who).Refuses(GiftAction.View) is null);

    [Fact]
    public void From_whoever_is_inspected_nothing_is_kept_and_a_review_has_reasons_and_is_given_once()
    {
        string? Review(GiftFacts facts, GiftMeasure? measure, string? reason = CaseHouse.Reason) => Code(ReviewGift.Decide(new ReviewGift.Command(Staff.Id("gift"), measure, reason), facts));
        Assert.Null(Review(Facts("ana", "ines"), GiftMeasure.Retained));
        Assert.Equal(ReviewGift.NilThreshold, Review(Facts("ana", "ines", inspected: true), GiftMeasure.Retained));
        Assert.Null(Review(Facts("ana", "ines", inspected: true), GiftMeasure.Returned));
        Assert.Equal(ReviewGift.MeasureMissing, Review(Facts("ana", "ines"), null));
        Assert.Equal(ConductTexts.ReasonMissing, Review(Facts("ana", "ines"), GiftMeasure.Declined, ""));
        Assert.Equal(ReviewGift.Reviewed, Review(Facts("ana", "ines", reviewed: true), GiftMeasure.Declined));
    }

    [Fact]
    public void No_cell_of_the_public_register_is_under_five_and_what_is_left_is_not_told()
    {
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        GiftCount Cell(int month, Guid unit, GiftMeasure measure, int count) => new(month / 100, month, unit, GiftDirection.Offered, 1, "USD", measure, count);
        var (told, leavesOut) = GiftRegister.Tell([
            Cell(202601, one, GiftMeasure.Declined, 5), Cell(202602, one, GiftMeasure.Declined, 3), Cell(202603, one, GiftMeasure.Declined, 2), Cell(202603, other, GiftMeasure.Declined, 4),
            Cell(202604, one, GiftMeasure.Surrendered, 4), Cell(202501, other, GiftMeasure.Returned, 2),
        ]);
        Assert.Equal(
            [
                new GiftCount(2026, 202601, one, GiftDirection.Offered, 1, "USD", GiftMeasure.Declined, 5), new GiftCount(2026, null, null, null, null, null, null, 8),
                new GiftCount(2026, null, one, GiftDirection.Offered, 1, "USD", GiftMeasure.Declined, 5),
            ],
            told.OrderByDescending(c => c.Month ?? 0).ThenByDescending(c => c.Count));
        Assert.True(leavesOut);
        Assert.All(told, c => Assert.True(c.Count >= 5));
        Assert.Equal((0, true), (GiftRegister.Tell([Cell(202601, one, GiftMeasure.Declined, 4)]).Told.Count, GiftRegister.Tell([Cell(202601, one, GiftMeasure.Declined, 4)]).LeavesOut));
        Assert.Equal((0, false), (GiftRegister.Tell([]).Told.Count, GiftRegister.Tell([]).LeavesOut));
    }

    [Theory]
    [InlineData(0, 0), InlineData(9.99, 0), InlineData(10, 1), InlineData(120.50, 2), InlineData(9_999.99, 3), InlineData(10_000, 4), InlineData(999_999_999, 4)]
    public void A_value_is_told_by_its_digits(decimal value, int band) => Assert.Equal(band, ValueBand.Of(value));
}
