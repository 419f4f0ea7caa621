using Probity.Access.Contract;
using Probity.Protection;
using Probity.Protection.Contract;
using Probity.Protection.Plans;
using Probity.Shared.Record;

namespace Probity.Tests.Protection;

/// <summary>What is decided about protection plans, and who may what, without any store.</summary>
public sealed class PlanTests
{
    static Guid Id(string name) => ProtectionHouse.Id(name);

    [Theory]
    // Who has the alert in hand or integrity opens one; nobody else, nor anybody of the line.
    [InlineData("igor", "AlertActed,PlanOpened"), InlineData("ines", "AlertActed,PlanOpened"), InlineData("ana", Bars.Self), InlineData("chief", Bars.Superior), InlineData("ben", Bars.Self), InlineData("oscar", Bars.Role), InlineData("root", Bars.Role), InlineData("vera", Bars.Role)]
    public void Who_has_it_in_hand_or_integrity_opens_a_plan_and_answers_for_it(string who, string code)
    {
        var house = new ProtectionHouse();
        house.OnDuty("igor");
        house.Record("ana", ApproachKind.Violence, people: ["ben"]);
        house.Acknowledge("igor");
        Assert.Equal(OpenPlan.LevelMissing, house.Open("igor", null));
        Assert.Equal(ProtectionTexts.ReasonTooShort, house.Open("igor", danger: "bad"));
        Assert.Equal(code, house.Open(who));
        if (code != "AlertActed,PlanOpened") return;
        Assert.Equal((Id(who), Id("ana"), ProtectionHouse.Begin.AddDays(30)), (house.Plan.Owner, house.Plan.Person, house.Plan.ReviewDue));
        Assert.Equal(Compartments.OfPerson(Id("ana")), house.Filed[^1].Compartment);
        Assert.Equal(OpenPlan.PlanThere, house.Open("igor"));
    }

    [Theory]
    [InlineData(nameof(PlanAction.View), "ana,igor,ines,ivo,pedro"), InlineData(nameof(PlanAction.ReadPlace), "ana,igor"), InlineData(nameof(PlanAction.SealPlace), "ana,igor"), InlineData(nameof(PlanAction.Cover), "ana,igor"), InlineData(nameof(PlanAction.AddMeasure), "igor")]
    [InlineData(nameof(PlanAction.ReportDone), "igor,pedro"), InlineData(nameof(PlanAction.Activate), "igor"), InlineData(nameof(PlanAction.Review), "igor"), InlineData(nameof(PlanAction.Give), "igor,ines,ivo"), InlineData(nameof(PlanAction.AskClosing), "igor"), InlineData(nameof(PlanAction.Hear), "ana")]
    [InlineData(nameof(PlanAction.Close), "ines,ivo"), InlineData(nameof(PlanAction.AnswerOwner), "ana"), InlineData(nameof(PlanAction.AnswerGiving), "")]
    public void Each_act_is_for_those_of_its_line_and_for_nobody_else(string act, string who)
    {
        var action = Enum.Parse<PlanAction>(act);
        var house = ProtectionHouse.WithPlan();
        Assert.Equal(nameof(MeasurePlanned), house.Measure("igor", "camera", "pedro"));
        string[] all = ["ana", "ben", "carla", "chief", "keeper", "port chief", "pedro", "paula", "ines", "ivo", "oscar", "olga", "vera", "igor", "maria", "sara", "root", "judith", "rita"];
        Assert.Equal(who.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), all.Where(p => PlanAccess.Refuses(action, house.OfPlan(p)) is null).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_overdue_for_some_days_is_the_overseers_who_sees_the_plan_and_never_the_place()
    {
        var house = ProtectionHouse.WithPlan();
        house.Now = house.Plan.Due.AddDays(7);
        Assert.NotNull(PlanAccess.Refuses(PlanAction.View, house.OfPlan("oscar")));
        house.Now += TimeSpan.FromMinutes(1);
        Assert.Null(PlanAccess.Refuses(PlanAction.View, house.OfPlan("oscar")));
        Assert.Equal(Bars.Role, PlanAccess.Refuses(PlanAction.ReadPlace, house.OfPlan("oscar"))?.Code);
        Assert.Equal((nameof(PlanGivingAsked), nameof(PlanGiven)), (house.Give("oscar", "pedro"), house.AnswerGiving("olga")));
    }

    [Theory]
    // Whoever asked: an overseer agrees; to what an overseer asked for integrity may too. Never who asked, who answers for it, who is to, nor anybody kept from it.
    [InlineData("ines", "ivo", "oscar,olga"), InlineData("igor", "pedro", "oscar,olga"), InlineData("igor", "ines", "oscar,olga"), InlineData("oscar", "pedro", "olga,ines,ivo"), InlineData("oscar", "ivo", "olga,ines")]
    public void It_is_given_to_somebody_else_by_two_people_one_of_them_an_overseer(string asks, string owner, string agree)
    {
        var house = ProtectionHouse.WithPlan();
        if (asks == "oscar") house.Now = house.Plan.Due.AddDays(7).AddMinutes(1);
        Assert.Equal(GivePlan.NotAsked, Assert.IsType<Decision.Refused>(GivePlan.Decide(new GivePlan.Answer(house.Plan.Id, true, null), house.OfPlan("oscar"))).Refusal.Code);
        Assert.Equal((WorkPlan.OwnerUnfit, WorkPlan.OwnerUnfit, ProtectionTexts.ReasonMissing), (house.Give(asks, "ben"), house.Give(asks, "igor"), house.Give(asks, owner, null)));
        Assert.Equal((nameof(PlanGivingAsked), GivePlan.AskedAlready), (house.Give(asks, owner), house.Give(asks, "pedro")));
        Assert.Equal(Id("igor"), house.Plan.Owner);
        string[] all = ["ana", "ben", "carla", "chief", "keeper", "pedro", "ines", "ivo", "oscar", "olga", "vera", "igor", "root"];
        Assert.Equal(agree.Split(',').Order(StringComparer.Ordinal), all.Where(p => PlanAccess.Refuses(PlanAction.AnswerGiving, house.OfPlan(p)) is null).Order(StringComparer.Ordinal));
        Assert.Equal(Bars.EarlierRole, house.AnswerGiving(asks));
        var second = agree.Split(',')[0];
        Assert.Equal((ProtectionTexts.ReasonMissing, nameof(PlanGivingReturned), Id("igor")), (house.AnswerGiving(second, false, null), house.AnswerGiving(second, false), house.Plan.Owner));
        house.Give(asks, owner);
        Assert.Equal((nameof(PlanGiven), Id(owner), true), (house.AnswerGiving(second), house.Plan.Owner, house.Plan.OwnerIsNew));
    }

    [Fact]
    public void The_place_does_not_pass_on_and_the_protected_person_agrees_to_an_owner_or_refuses_them()
    {
        var house = ProtectionHouse.WithPlan();
        house.Seal("igor");
        Assert.Equal(("With a cousin in another town", "With a cousin in another town", null), (house.PlaceFor("ana"), house.PlaceFor("igor"), house.PlaceFor("ines")));
        house.Give("ines", "ivo");
        house.AnswerGiving("oscar");
        Assert.Equal(("With a cousin in another town", null, null), (house.PlaceFor("ana"), house.PlaceFor("igor"), house.PlaceFor("ivo")));
        Assert.True(house.Place.For(Id("ivo"), house.Plan).IsWithheld);
        Assert.Equal((Bars.Role, nameof(PlanOwnerAnswered), false), (house.AnswerOwner("ivo", true), house.AnswerOwner("ana", true), house.Plan.OwnerIsNew));
        Assert.Null(house.PlaceFor("ivo"));
        house.Seal("ana", "At the house of a friend");
        Assert.Equal("At the house of a friend", house.PlaceFor("ivo"));
        // Refused at any time: nobody answers for it until two people find somebody else, and never the refused one.
        Assert.Equal((nameof(PlanOwnerAnswered), true, GivePlan.NoOwner), (house.AnswerOwner("ana", false), house.Plan.IsOwnerless, house.AnswerOwner("ana", false)));
        Assert.Equal((null, Bars.Role, WorkPlan.OwnerUnfit), (house.PlaceFor("ivo"), house.AskClosing("ivo"), house.Give("ines", "ivo")));
        Assert.Equal((nameof(PlanGivingAsked), nameof(PlanGiven), Id("pedro")), (house.Give("olga", "pedro"), house.AnswerGiving("oscar"), house.Plan.Owner));
    }

    [Fact]
    public void Against_the_word_of_the_protected_person_an_overseer_alone_ends_it_and_never_who_had_a_part_in_giving_it()
    {
        var house = ProtectionHouse.WithPlan();
        house.Give("ines", "pedro");
        house.AnswerGiving("oscar");
        Assert.Equal((nameof(PlanClosingAsked), nameof(PlanClosingHeard)), (house.AskClosing("pedro"), house.Hear("ana", agrees: false)));
        // Who asked that pedro answer for it, and who agreed, do not end it; integrity does not against her word.
        Assert.Equal((Bars.EarlierRole, Bars.EarlierRole, Bars.EarlierRole, ClosePlan.Contested), (house.Close("ines"), house.Close("oscar"), house.Close("pedro"), house.Close("ivo")));
        Assert.Equal((ProtectionTexts.ReasonMissing, nameof(PlanClosed)), (house.Close("olga", reason: " "), house.Close("olga")));
        // Another one is opened after it.
        var ended = house.Plan.Id;
        Assert.Equal((nameof(PlanOpened), OpenPlan.PlanThere), (house.Open("ines"), house.Open("ivo")));
        Assert.NotEqual(ended, house.Plan.Id);
    }

    [Fact]
    public void The_place_lies_in_a_stream_and_a_compartment_of_its_own_that_goes_with_the_person()
    {
        var house = ProtectionHouse.WithPlan();
        Assert.Equal(SealPlace.PlaceMissing, house.Work("igor", PlanAction.SealPlace, f => SealPlace.Decide(new(f.Plan.Id, " "), f)));
        Assert.Equal(nameof(PlaceSealed), house.Work("igor", PlanAction.SealPlace, f => SealPlace.Decide(new(f.Plan.Id, "With a cousin in another town"), f)));
        var filed = house.Filed[^1];
        Assert.Equal("With a cousin in another town", house.Place.Words);
        Assert.NotEqual(house.Plan.Stream, filed.Stream);
        Assert.Contains(filed.Compartment!.Value, PersonCompartments.ErasedWith(Id("ana")));
        Assert.DoesNotContain(house.Filed, f => f != filed && f.Compartment == filed.Compartment);
        Assert.DoesNotContain("cousin", house.Plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_comes_into_force_with_a_measure_and_its_measures_and_reviews_have_owners_and_days()
    {
        var house = new ProtectionHouse();
        house.OnDuty("igor");
        house.Record("ana", ApproachKind.Violence, people: ["ben"]);
        house.Acknowledge("igor");
        house.Open("igor");
        string Activate() => house.Work("igor", PlanAction.Activate, f => WorkPlan.Decide(new WorkPlan.Activate(f.Plan.Id), f));
        string Review(string? danger = "Nothing more came in a month.") => house.Work("igor", PlanAction.Review, f => WorkPlan.Decide(new WorkPlan.Review(f.Plan.Id, DangerLevel.Raised, danger), f));
        string Done(string who) => house.Work(who, PlanAction.ReportDone, f => WorkPlan.Decide(new WorkPlan.Done(f.Plan.Id, Id("school")), f));
        Assert.Equal((WorkPlan.NoMeasure, WorkPlan.NotActive), (Activate(), Review()));
        // Nobody of the line, nobody named, nobody who commands, and not the protected person.
        foreach (var owner in new[] { "ben", "chief", "ana", "vera", "root" }) Assert.Equal(WorkPlan.OwnerUnfit, house.Measure("igor", owner: owner));
        Assert.Equal(WorkPlan.DayWrong, house.Measure("igor", days: 0));
        Assert.Equal((nameof(MeasurePlanned), ""), (house.Measure("igor", owner: "pedro"), house.Measure("igor", owner: "pedro")));
        Assert.Equal((ProtectionTexts.RecordedOtherwise, ProtectionTexts.RecordedOtherwise), (house.Measure("igor", owner: "ines"), house.Measure("igor", owner: "pedro", days: 4)));
        Assert.Equal((nameof(PlanActivated), WorkPlan.ActiveAlready), (Activate(), Activate()));
        Assert.Equal(ProtectionHouse.Begin.AddDays(3), house.Plan.Due);
        Assert.Equal((nameof(MeasureDone), WorkPlan.MeasureUnknown), (Done("pedro"), Done("igor")));
        house.Now += TimeSpan.FromDays(10);
        Assert.Equal((ProtectionTexts.ReasonMissing, nameof(PlanReviewed)), (Review(null), Review()));
        Assert.Equal((DangerLevel.Raised, house.Now.AddDays(30)), (house.Plan.Level, house.Plan.ReviewDue));
        Assert.Equal(WorkPlan.NameMissing, house.Work("ana", PlanAction.Cover, f => WorkPlan.Decide(new WorkPlan.Cover(f.Plan.Id, Id("c"), CoveredRelation.Child, ""), f)));
        Assert.Equal(nameof(PlanCovers), house.Work("ana", PlanAction.Cover, f => WorkPlan.Decide(new WorkPlan.Cover(f.Plan.Id, Id("c"), CoveredRelation.Child, "Inés"), f)));
        Assert.Equal((ProtectionTexts.RecordedOtherwise, ""), (Cover("Teo"), Cover("Inés")));
        string Cover(string name) => house.Work("ana", PlanAction.Cover, f => WorkPlan.Decide(new WorkPlan.Cover(f.Plan.Id, Id("c"), CoveredRelation.Child, name), f));
    }

    [Fact]
    public void It_ends_with_two_people_after_the_protected_person_was_heard()
    {
        var house = ProtectionHouse.WithPlan();
        string Ask(string who) => house.Work(who, PlanAction.AskClosing, f => ClosePlan.Decide(new ClosePlan.Ask(f.Plan.Id, "The two men were convicted."), f));
        string Answer(string who, bool closes = true, string? reason = ProtectionHouse.Reason) => house.Work(who, PlanAction.Close, f => ClosePlan.Decide(new ClosePlan.Answer(f.Plan.Id, closes, reason), f));
        string Hear(string who) => house.Hear(who, agrees: true);
        Assert.Equal((ClosePlan.NotAsked, Bars.Role), (Answer("ines"), Ask("ines")));
        Assert.Equal(nameof(PlanClosingAsked), Ask("igor"));
        Assert.Equal((ClosePlan.NotHeard, Bars.EarlierRole, ClosePlan.AskedAlready, Bars.Role), (Answer("ines"), Answer("igor"), Ask("igor"), Hear("igor")));
        Assert.Equal((nameof(PlanClosingHeard), nameof(PlanClosingReturned), PlanStage.Active), (Hear("ana"), Answer("ines", closes: false), house.Plan.Stage));
        // Heard anew each time.
        Ask("igor");
        Assert.Equal(ClosePlan.NotHeard, Answer("ines"));
        Hear("ana");
        Assert.Equal((ProtectionTexts.ReasonMissing, nameof(PlanClosed)), (Answer("ines", reason: null), Answer("ines")));
        Assert.Equal(WorkPlan.Over, house.Measure("igor", "late"));
    }
}
