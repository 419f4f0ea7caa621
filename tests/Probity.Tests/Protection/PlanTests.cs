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
    [InlineData("igor", "PlanOpened"), InlineData("ines", "PlanOpened"), InlineData("ana", Bars.Self), InlineData("chief", Bars.Superior), InlineData("ben", Bars.Self), InlineData("oscar", Bars.Role), InlineData("root", Bars.Role), InlineData("vera", Bars.Role)]
    public void Who_has_it_in_hand_or_integrity_opens_a_plan_and_answers_for_it(string who, string code)
    {
        var house = new ProtectionHouse();
        house.OnDuty("igor");
        house.Record("ana", ApproachKind.Violence, people: ["ben"]);
        house.Acknowledge("igor");
        Assert.Equal(OpenPlan.LevelMissing, house.Open("igor", null));
        Assert.Equal(ProtectionTexts.ReasonTooShort, house.Open("igor", danger: "bad"));
        Assert.Equal(code, house.Open(who));
        if (code != "PlanOpened") return;
        Assert.Equal((Id(who), Id("ana"), ProtectionHouse.Begin.AddDays(30)), (house.Plan.Owner, house.Plan.Person, house.Plan.ReviewDue));
        Assert.Equal(Compartments.OfPerson(Id("ana")), house.Filed[^1].Compartment);
        Assert.Equal(OpenPlan.PlanThere, house.Open("igor"));
    }

    [Theory]
    [InlineData(nameof(PlanAction.View), "ana,igor,ines,ivo,pedro"), InlineData(nameof(PlanAction.ReadPlace), "ana,igor"), InlineData(nameof(PlanAction.SealPlace), "ana,igor"), InlineData(nameof(PlanAction.Cover), "ana,igor"), InlineData(nameof(PlanAction.AddMeasure), "igor")]
    [InlineData(nameof(PlanAction.ReportDone), "igor,pedro"), InlineData(nameof(PlanAction.Activate), "igor"), InlineData(nameof(PlanAction.Review), "igor"), InlineData(nameof(PlanAction.Give), "igor,ines,ivo"), InlineData(nameof(PlanAction.AskClosing), "igor"), InlineData(nameof(PlanAction.Hear), "ana")]
    [InlineData(nameof(PlanAction.Close), "ines,ivo")]
    public void Each_act_is_for_those_of_its_line_and_for_nobody_else(string act, string who)
    {
        var action = Enum.Parse<PlanAction>(act);
        var house = ProtectionHouse.WithPlan();
        Assert.Equal(nameof(MeasurePlanned), house.Measure("igor", "camera", "pedro"));
        string[] all = ["ana", "ben", "carla", "chief", "keeper", "port chief", "pedro", "paula", "ines", "ivo", "oscar", "olga", "vera", "igor", "maria", "sara", "root", "judith", "rita"];
        Assert.Equal(who.Split(',').Order(StringComparer.Ordinal), all.Where(p => PlanAccess.Refuses(action, house.OfPlan(p)) is null).Order(StringComparer.Ordinal));
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
        Assert.Equal(nameof(PlanGiven), house.Work("oscar", PlanAction.Give, f => WorkPlan.Decide(new WorkPlan.Give(f.Plan.Id, Id("pedro"), ProtectionHouse.Reason), f)));
        // The place goes with the plan: whoever gave it away reads it no more.
        Assert.Equal((Bars.Role, (string?)null), (PlanAccess.Refuses(PlanAction.ReadPlace, house.OfPlan("igor"))!.Code == Bars.Role ? Bars.Role : "", PlanAccess.Refuses(PlanAction.ReadPlace, house.OfPlan("pedro"))?.Code));
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
        Assert.Equal((nameof(PlanActivated), WorkPlan.ActiveAlready), (Activate(), Activate()));
        Assert.Equal(ProtectionHouse.Begin.AddDays(3), house.Plan.Due);
        Assert.Equal((nameof(MeasureDone), WorkPlan.MeasureUnknown), (Done("pedro"), Done("igor")));
        house.Now += TimeSpan.FromDays(10);
        Assert.Equal((ProtectionTexts.ReasonMissing, nameof(PlanReviewed)), (Review(null), Review()));
        Assert.Equal((DangerLevel.Raised, house.Now.AddDays(30)), (house.Plan.Level, house.Plan.ReviewDue));
        Assert.Equal(WorkPlan.NameMissing, house.Work("ana", PlanAction.Cover, f => WorkPlan.Decide(new WorkPlan.Cover(f.Plan.Id, Id("c"), CoveredRelation.Child, ""), f)));
        Assert.Equal(nameof(PlanCovers), house.Work("ana", PlanAction.Cover, f => WorkPlan.Decide(new WorkPlan.Cover(f.Plan.Id, Id("c"), CoveredRelation.Child, "Inés"), f)));
    }

    [Fact]
    public void It_ends_with_two_people_after_the_protected_person_was_heard()
    {
        var house = ProtectionHouse.WithPlan();
        string Ask(string who) => house.Work(who, PlanAction.AskClosing, f => ClosePlan.Decide(new ClosePlan.Ask(f.Plan.Id, "The two men were convicted."), f));
        string Answer(string who, bool closes = true, string? reason = ProtectionHouse.Reason) => house.Work(who, PlanAction.Close, f => ClosePlan.Decide(new ClosePlan.Answer(f.Plan.Id, closes, reason), f));
        string Hear(string who) => house.Work(who, PlanAction.Hear, f => ClosePlan.Decide(new ClosePlan.Hear(f.Plan.Id, false, "One of them is still free."), f));
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
