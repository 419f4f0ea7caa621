using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Protection;
using Probity.Protection.Approaches;
using Probity.Protection.Contract;
using Probity.Protection.Duty;
using Probity.Protection.Viewing;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Protection;

/// <summary>What is decided about approaches and alerts, and who sees them, without any store.</summary>
public sealed class ApproachTests
{
    static Guid Id(string name) => Staff.Id(name);

    static string? Of(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;

    [Fact]
    public void Two_answers_are_enough_and_all_else_is_kept_only_as_it_can_be()
    {
        var house = new ProtectionHouse();
        string? Record(RecordApproach.Command command, string who = "ana") => Of(RecordApproach.Decide(command, house.Roster, house.Actor(who), house.Register, Policy.Unchosen, house.Now));
        var least = new RecordApproach.Command(Id("approach"), ApproachKind.Offer, house.Now);
        Assert.Null(Record(least));
        Assert.Null(Record(least, "root"));
        Assert.Equal(Bars.Role, Record(least, "nobody"));
        Assert.Equal(RecordApproach.KindMissing, Record(least with { Kind = null }));
        Assert.Equal(RecordApproach.KindMissing, Record(least with { Kind = (ApproachKind)9 }));
        Assert.Equal(RecordApproach.TimeWrong, Record(least with { Happened = null }));
        Assert.Equal(RecordApproach.TimeWrong, Record(least with { Happened = house.Now.AddHours(2) }));
        Assert.Equal(RecordApproach.ChoiceWrong, Record(least with { Place = (ApproachPlace)99 }));
        Assert.Equal(RecordApproach.SpotUnfit, Record(least with { Spot = new string('a', 201) }));
        Assert.Equal(RecordApproach.AmountWrong, Record(least with { Amount = 1.005m, Currency = "USD" }));
        Assert.Equal(RecordApproach.CurrencyWrong, Record(least with { Amount = 5m }));
        Assert.Equal(RecordApproach.WhoUnfit, Record(least with { Who = "A \u202E man" }));
        Assert.Equal(RecordApproach.ToldUnfit, Record(least with { Told = new string('a', 2_001) }));
        Assert.Equal(RecordApproach.PersonUnknown, Record(least with { People = [Guid.NewGuid()] }));
        Assert.Equal(RecordApproach.UnitUnknown, Record(least with { Units = [Guid.NewGuid()] }));
    }

    [Fact]
    public void It_lies_with_its_reporter_is_no_ground_for_discipline_and_is_due_by_the_policy_pack()
    {
        var house = new ProtectionHouse();
        Assert.Equal(nameof(ApproachRecorded), house.Record("ana", people: ["ana", "ben"]));
        var recorded = house.Approach.Recorded!;
        // A Monday, and two working days; whoever names themselves is left out.
        Assert.Equal((true, ProtectionHouse.Begin.AddDays(2), "default 0", Id("ben")), (recorded.NeverAGround, recorded.ReadBy, recorded.Policy, Assert.Single(recorded.People)));
        Assert.All(house.Filed, f => Assert.Equal(Compartments.OfPerson(Id("ana")), f.Compartment));
    }

    [Theory]
    // Whoever recorded it, integrity, and whom the alert went to; nobody else.
    [InlineData("ana", 0, null), InlineData("ines", 0, null), InlineData("ivo", 0, null), InlineData("igor", 0, null)]
    [InlineData("pedro", 0, Bars.Role), InlineData("pedro", 61, null), InlineData("oscar", 61, Bars.Role), InlineData("oscar", 121, null), InlineData("olga", 121, null)]
    [InlineData("chief", 0, Bars.Superior), InlineData("chief", 121, Bars.Superior), InlineData("ben", 121, Bars.Self), InlineData("carla", 121, Bars.Role), InlineData("keeper", 121, Bars.Role)]
    [InlineData("vera", 121, Bars.Role), InlineData("root", 121, Bars.Role), InlineData("paula", 121, Bars.Role), InlineData("maria", 121, Bars.Role), InlineData("port chief", 121, Bars.Role), InlineData("judith", 121, Bars.Role)]
    public void Who_sees_it_follows_from_who_they_are_and_from_the_time(string who, int minutes, string? code)
    {
        var house = new ProtectionHouse();
        house.OnDuty("igor");
        house.OnDuty("pedro");
        Assert.Equal("ApproachRecorded,AlertRaised", house.Record("ana", ApproachKind.Threat, violent: true, people: ["ben"]));
        house.Now += TimeSpan.FromMinutes(minutes);
        Assert.Equal(code, ApproachAccess.Refuses(ApproachAction.View, house.As(who))?.Code);
    }

    [Theory]
    [InlineData("ines", "", "ines", Bars.Self), InlineData("ines", "", "ivo", null), InlineData("", "", "oscar", Bars.Role), InlineData("pedro", "", "oscar", Bars.Role)]
    // One of integrity alone could be bought alone.
    [InlineData("ines", "", "oscar", null), InlineData("ines", "", "olga", null), InlineData("ines", "", "root", Bars.Role)]
    [InlineData("ines,ivo", "", "oscar", null), InlineData("ines,ivo,oscar", "", "oscar", Bars.Self), InlineData("ines,ivo,oscar", "", "olga", null)]
    // A unit: who works in it or over it; the agency's own integrity office stands in the agency.
    [InlineData("", "narcotics", "ines", null), InlineData("", "narcotics", "keeper", Bars.Declared), InlineData("", "agency", "ines", Bars.Declared), InlineData("", "agency", "oscar", null), InlineData("", "ombudsman", "oscar", Bars.Declared)]
    [InlineData("pedro", "", "port chief", Bars.Superior)]
    public void Whoever_is_named_and_their_line_and_their_unit_never_see_it_and_an_overseer_does_for_want_of_others(string people, string units, string who, string? code)
    {
        var house = new ProtectionHouse();
        house.Record("ana", people: people.Split(',', StringSplitOptions.RemoveEmptyEntries), units: units.Split(',', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(code, ApproachAccess.Refuses(ApproachAction.View, house.As(who))?.Code);
    }

    [Fact]
    public void It_is_read_and_answered_once_by_integrity_with_a_reason()
    {
        var house = new ProtectionHouse();
        house.Record("ana");
        Assert.Equal((Bars.Role, HandleApproach.NotRead), (house.Read("oscar"), house.Handle("ines")));
        Assert.Equal(nameof(ApproachRead), house.Read("ines"));
        Assert.Equal((HandleApproach.ReadAlready, HandleApproach.OutcomeMissing, ProtectionTexts.ReasonMissing), (house.Read("ivo"), house.Handle("ines", null), house.Handle("ines", reason: " ")));
        Assert.Equal((nameof(ApproachHandled), ApproachStage.Handled, HandleApproach.HandledAlready), (house.Handle("ivo"), house.Approach.Stage, house.Handle("ines")));
        Assert.Equal(AnswerAlert.NoAlert, Of(AnswerAlert.Decide(new(Id("approach")), house.As("ines"))));
        // Whoever recorded something themselves reads it, and does not answer it, whatever their post.
        var own = new ProtectionHouse();
        own.Record("ines");
        Assert.Equal((Bars.Self, (string?)null), (own.Read("ines"), ApproachAccess.Refuses(ApproachAction.View, own.As("ines"))?.Code));
    }

    [Fact]
    public void An_alert_goes_past_whoever_is_conflicted_and_on_with_time_to_the_overseers_and_each_step_is_filed_by_who_acts()
    {
        var house = new ProtectionHouse();
        // The first on duty is named, the second is not.
        house.OnDuty("carla");
        house.OnDuty("igor");
        house.OnDuty("pedro");
        house.Record("ana", ApproachKind.Violence, people: ["carla"]);
        Assert.Equal([Id("igor")], house.As("ana").Steps.Select(s => s.Officer!.Value));
        house.Now = ProtectionHouse.Begin.AddMinutes(59);
        Assert.Single(house.As("ana").Steps);
        house.Now = ProtectionHouse.Begin.AddMinutes(60);
        Assert.Equal([Id("igor"), Id("pedro")], house.As("ana").Steps.Select(s => s.Officer!.Value));
        house.Now = ProtectionHouse.Begin.AddMinutes(120);
        Assert.Equal([AlertRung.Officer, AlertRung.Officer, AlertRung.Overseers], house.As("ana").Steps.Select(s => s.Rung));
        Assert.Equal(ProtectionHouse.Begin.AddMinutes(180), house.As("ana").Steps[^1].Due);
        house.Now = ProtectionHouse.Begin.AddMinutes(600);
        Assert.Equal(3, house.As("ana").Steps.Count);
        Assert.Equal(Bars.Self, house.Acknowledge("carla"));
        Assert.Equal("AlertRaised,AlertRaised,AlertAcknowledged,AlertToAct", house.Acknowledge("oscar"));
        Assert.True(((AlertAcknowledged)house.Filed[^2].Event).Late);
        // It stays with who has it in hand: the others need not know of it any more.
        Assert.Equal(((string?)null, Bars.Role, Bars.Role), (ApproachAccess.Refuses(ApproachAction.View, house.As("oscar"))?.Code, house.Acknowledge("igor"), ApproachAccess.Refuses(ApproachAction.View, house.As("pedro"))?.Code));
        Assert.Equal(AnswerAlert.Acknowledged, house.Acknowledge("oscar"));
    }

    [Fact]
    public void To_whom_an_alert_goes_next_and_when_is_known_until_something_is_done()
    {
        var house = new ProtectionHouse();
        Assert.Null(house.As("ana").Following);
        house.OnDuty("carla");
        house.OnDuty("igor");
        house.OnDuty("pedro");
        house.Record("ana", ApproachKind.Violence, people: ["carla"]);
        (Guid?, AlertRung, DateTimeOffset) Following() => house.As("igor").Following is { } next ? (next.Officer, next.Rung, next.Since) : default;
        // Past whoever is named, as the alert itself will go; and it is what comes of it, to the minute.
        Assert.Equal((Id("pedro"), AlertRung.Officer, ProtectionHouse.Begin.AddMinutes(60)), Following());
        house.Now = ProtectionHouse.Begin.AddMinutes(60);
        Assert.Equal((Id("pedro"), ProtectionHouse.Begin.AddMinutes(60)), (house.As("igor").Steps[^1].Officer!.Value, house.As("igor").Steps[^1].Since));
        Assert.Equal((null, AlertRung.Overseers, ProtectionHouse.Begin.AddMinutes(120)), Following());
        house.Now = ProtectionHouse.Begin.AddMinutes(120);
        Assert.Null(house.As("igor").Following);
        house.Acknowledge("pedro");
        Assert.Equal((null, AlertRung.Overseers, ProtectionHouse.Begin.AddMinutes(360)), Following());
        house.Act("pedro");
        Assert.Null(house.As("igor").Following);
    }

    [Fact]
    public void An_alert_in_hand_that_nothing_follows_passes_on_and_taking_it_again_buys_no_time()
    {
        var house = new ProtectionHouse();
        house.OnDuty("igor");
        house.OnDuty("pedro");
        house.Record("ana", ApproachKind.Violence);
        Assert.Equal("AlertAcknowledged,AlertToAct", house.Acknowledge("igor"));
        house.Now = ProtectionHouse.Begin.AddMinutes(239);
        Assert.Equal((Id("igor"), Bars.Role), (house.Approach.InHandAt(house.Now)!.Value, house.Acknowledge("pedro")));
        house.Now = ProtectionHouse.Begin.AddMinutes(240);
        Assert.True(house.Approach.IsAlertingAt(house.Now));
        Assert.Equal([Id("igor"), Id("pedro")], house.As("ana").Steps.Select(s => s.Officer!.Value));
        Assert.Equal((Bars.Role, Bars.Role), (house.Acknowledge("igor"), house.Act("igor")));
        Assert.Equal("AlertRaised,AlertAcknowledged,AlertToAct", house.Acknowledge("pedro"));
        Assert.Equal((Id("igor"), Id("pedro")), (Assert.Single(house.Approach.Dropped).By, house.Approach.InHandAt(house.Now)!.Value));
        // Without a word from them either it comes to the overseers; written words keep it.
        house.Now += TimeSpan.FromMinutes(240);
        Assert.Equal(AlertRung.Overseers, house.As("ana").Steps[^1].Rung);
        Assert.Equal(("AlertRaised,AlertAcknowledged,AlertToAct", ProtectionTexts.ReasonMissing, nameof(AlertActed)), (house.Acknowledge("oscar"), house.Act("oscar", " "), house.Act("oscar")));
        house.Now += TimeSpan.FromDays(30);
        Assert.Equal((Id("oscar"), false, AnswerAlert.ActedAlready), (house.Approach.InHandAt(house.Now)!.Value, house.Approach.IsAlertingAt(house.Now), house.Act("oscar")));
        // A plan says as much, whoever opens it.
        var planned = new ProtectionHouse();
        planned.OnDuty("igor");
        planned.Record("ana", ApproachKind.Violence);
        planned.Acknowledge("igor");
        Assert.Equal("AlertActed,PlanOpened", planned.Open("ines"));
        planned.Now += TimeSpan.FromDays(30);
        Assert.False(planned.Approach.IsAlertingAt(planned.Now));
    }

    [Theory]
    // Violence that no plan answers takes an overseer beside whoever asks, and nobody is called protected without one; with a plan, and of what is no violence, integrity says alone what was done.
    [InlineData(nameof(ApproachKind.Violence), nameof(ApproachOutcome.Noted), false, nameof(NotingAsked)), InlineData(nameof(ApproachKind.Violence), nameof(ApproachOutcome.Referred), false, nameof(NotingAsked))]
    [InlineData(nameof(ApproachKind.Violence), nameof(ApproachOutcome.Protected), false, HandleApproach.PlanMissing), InlineData(nameof(ApproachKind.Violence), nameof(ApproachOutcome.Noted), true, nameof(NotingAsked))]
    [InlineData(nameof(ApproachKind.Violence), nameof(ApproachOutcome.Protected), true, nameof(ApproachHandled)), InlineData(nameof(ApproachKind.Violence), nameof(ApproachOutcome.Referred), true, nameof(ApproachHandled))]
    [InlineData(nameof(ApproachKind.Offer), nameof(ApproachOutcome.Noted), false, nameof(ApproachHandled)), InlineData(nameof(ApproachKind.Offer), nameof(ApproachOutcome.Protected), false, nameof(ApproachHandled))]
    public void Violence_is_answered_without_a_plan_by_two_of_whom_one_is_an_overseer(string kind, string outcome, bool plan, string happened)
    {
        var house = new ProtectionHouse();
        house.OnDuty("igor");
        house.Record("ana", Enum.Parse<ApproachKind>(kind));
        if (kind == nameof(ApproachKind.Violence)) house.Acknowledge("igor");
        house.Read("ines");
        if (plan) house.Open("igor");
        // An opened plan that holds nothing protects nobody.
        if (plan && outcome == nameof(ApproachOutcome.Protected)) Assert.Equal(HandleApproach.PlanMissing, house.Handle("ines", ApproachOutcome.Protected));
        if (plan) house.PutInForce("igor");
        else Assert.NotNull(ApproachAccess.Refuses(ApproachAction.View, house.As("oscar")));
        Assert.Equal(happened, house.Handle("ines", Enum.Parse<ApproachOutcome>(outcome)));
        if (happened != nameof(NotingAsked) || plan) return;
        Assert.Equal(ApproachStage.Read, house.Approach.Stage);
        string[] all = ["ana", "ben", "chief", "ines", "ivo", "oscar", "olga", "vera", "igor", "root"];
        Assert.Equal(["oscar", "olga"], all.Where(p => ApproachAccess.Refuses(ApproachAction.AnswerNoting, house.As(p)) is null));
        Assert.Null(ApproachAccess.Refuses(ApproachAction.View, house.As("oscar")));
        Assert.Equal((HandleApproach.NotingAskedAlready, ProtectionTexts.ReasonMissing, nameof(NotingReturned)), (house.Handle("ivo", Enum.Parse<ApproachOutcome>(outcome)), house.AnswerNoting("oscar", false, ""), house.AnswerNoting("oscar", false)));
        house.Handle("ines", Enum.Parse<ApproachOutcome>(outcome));
        Assert.Equal((nameof(ApproachHandled), Enum.Parse<ApproachOutcome>(outcome), Bars.Role), (house.AnswerNoting("olga"), house.Approach.Handled!.Outcome, house.AnswerNoting("oscar")));
    }

    [Fact]
    public void Without_anybody_on_duty_the_overseers_are_alerted_and_where_nobody_is_left_that_is_recorded()
    {
        var house = new ProtectionHouse();
        house.Record("ana", ApproachKind.Violence);
        Assert.Equal(AlertRung.Overseers, house.Approach.Alerts[0].Rung);
        var alone = new ProtectionHouse();
        alone.Record("ana", ApproachKind.Violence, people: ["oscar", "olga"]);
        Assert.Equal(AlertRung.Nobody, alone.Approach.Alerts[0].Rung);
        // Somebody who comes on duty is taken at once.
        alone.OnDuty("igor", agrees: "oscar");
        Assert.Equal(Id("igor"), alone.As("ana").Steps[^1].Officer);
    }

    [Theory]
    // Both in either order; never one alone, nor two of one office, nor anybody else.
    [InlineData("ines", "oscar", "DutyAgreed"), InlineData("oscar", "ivo", "DutyAgreed"), InlineData("ines", "ines", ChangeRoster.OtherRole), InlineData("ines", "ivo", ChangeRoster.OtherRole), InlineData("oscar", "olga", ChangeRoster.OtherRole)]
    [InlineData("ines", "chief", Bars.Role), InlineData("ines", "root", Bars.Role), InlineData("ana", "oscar", ChangeRoster.NothingAsked), InlineData("ines", "igor", Bars.Role)]
    public void The_roster_is_kept_by_integrity_and_an_overseer_together(string asks, string agrees, string code) => Assert.Equal(code, Answer(asks, agrees));

    static string Answer(string asks, string agrees)
    {
        var house = new ProtectionHouse();
        return house.OnDuty("igor", asks, agrees) is "" ? "nothing" : house.Roster.OnDuty(house.Now).Any() ? "DutyAgreed" : Code(house, asks, agrees);
    }

    static string Code(ProtectionHouse house, string asks, string agrees) =>
        Of(ChangeRoster.Decide(new ChangeRoster.Answer(Id("turn of igor"), true, null), house.Roster, house.Actor(agrees), house.Actor(asks))) ?? "";

    [Fact]
    public void A_turn_has_a_person_who_may_a_number_and_an_end_and_ends_sooner_by_both()
    {
        var house = new ProtectionHouse();
        ChangeRoster.Propose Turn(string who) => new(Id("turn"), Id(who), "112", house.Now, house.Now.AddDays(7));
        string? Propose(ChangeRoster.Propose turn) => Of(ChangeRoster.Decide(turn, house.Roster, house.Actor("ines"), house.Register, house.Now));
        Assert.Null(Propose(Turn("igor")));
        foreach (var who in new[] { "chief", "vera", "root", "maria", "nobody" }) Assert.Equal(ChangeRoster.PersonWrong, Propose(Turn(who)));
        foreach (var number in new[] { null, "", "1", "call me", "12+3", new string('1', 31) }) Assert.Equal(ProtectionTexts.NumberWrong, Propose(Turn("igor") with { Telephone = number }));
        Assert.Equal(ChangeRoster.TimesWrong, Propose(Turn("igor") with { Until = house.Now }));
        Assert.Equal(ChangeRoster.TimesWrong, Propose(Turn("igor") with { Until = house.Now.AddDays(93) }));
        Assert.Equal(ChangeRoster.TimesWrong, Propose(Turn("igor") with { From = DateTimeOffset.MaxValue.AddDays(-1), Until = DateTimeOffset.MaxValue }));
        Assert.Equal(ChangeRoster.TimesWrong, Propose(Turn("igor") with { From = house.Now.AddDays(367), Until = house.Now.AddDays(368) }));

        house.OnDuty("igor");
        Assert.Equal("DutyEndProposed", house.Take("oscar", ChangeRoster.Decide(new ChangeRoster.End(Id("end"), Id("turn of igor"), "Is ill since yesterday."), house.Roster, house.Actor("oscar"), house.Now)));
        Assert.Equal(ChangeRoster.TurnUnknown, house.Take("oscar", ChangeRoster.Decide(new ChangeRoster.End(Id("again"), Id("turn of igor"), "Is ill since yesterday."), house.Roster, house.Actor("oscar"), house.Now)));
        Assert.Single(house.Roster.OnDuty(house.Now));
        string? End(string reason) => Of(ChangeRoster.Decide(new ChangeRoster.End(Id("end"), Id("turn of igor"), reason), house.Roster, house.Actor("oscar"), house.Now));
        Assert.Equal((null, ChangeRoster.Otherwise), (End("Is ill since yesterday."), End("Was put out by the unit.")));
        var turn = house.Roster.Turns[Id("turn of igor")];
        string? Again(string telephone) => Of(ChangeRoster.Decide(new ChangeRoster.Propose(turn.Id, turn.Person, telephone, turn.From, turn.Until), house.Roster, house.Actor("ines"), house.Register, house.Now));
        Assert.Equal((null, ChangeRoster.Otherwise), (Again(turn.Telephone), Again("+507 555 0199")));
        house.Take("ines", ChangeRoster.Decide(new ChangeRoster.Answer(Id("end"), true, null), house.Roster, house.Actor("ines"), house.Actor("oscar")));
        Assert.Empty(house.Roster.OnDuty(house.Now));
        house.Take("oscar", ChangeRoster.Decide(new ChangeRoster.Emergency(Id("number"), "112"), house.Roster, house.Actor("oscar")));
        Assert.Null(house.Roster.Emergency);
        // What waits is what the other reads: sent again it is the same, or refused.
        string? Emergency(string number) => Of(ChangeRoster.Decide(new ChangeRoster.Emergency(Id("number"), number), house.Roster, house.Actor("oscar")));
        Assert.Equal((null, ChangeRoster.Otherwise), (Emergency("112"), Emergency("113")));
        house.Take("ines", ChangeRoster.Decide(new ChangeRoster.Answer(Id("number"), true, null), house.Roster, house.Actor("ines"), house.Actor("oscar")));
        Assert.Equal("112", house.Roster.Emergency);
    }

    [Theory]
    [InlineData("2027-01-31T23:59:59Z", 2025), InlineData("2027-02-01T00:00:00Z", 2026), InlineData("2026-12-31T12:00:00Z", 2025)]
    public void A_year_is_told_from_a_day_of_the_next_year_on(string at, int last) =>
        Assert.Equal(last, YearCounts.LastTold(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void The_public_figure_has_no_count_under_five()
    {
        Assert.Equal([new YearCount(2026, 2026, 5), new YearCount(2024, 2025, 6)], YearCounts.Tell([(2024, 2), (2025, 4), (2026, 5)]));
        // What was told stays as it was: a year under five waits for those after it.
        Assert.Equal([new YearCount(2024, 2024, 6)], YearCounts.Tell([(2024, 6), (2025, 0), (2026, 3)]));
        Assert.Equal([new YearCount(2026, 2027, 5), new YearCount(2024, 2024, 6)], YearCounts.Tell([(2024, 6), (2025, 0), (2026, 3), (2027, 2)]));
        Assert.Empty(YearCounts.Tell([(2025, 2), (2026, 2)]));
        Assert.Empty(YearCounts.Tell([]));
    }
}
