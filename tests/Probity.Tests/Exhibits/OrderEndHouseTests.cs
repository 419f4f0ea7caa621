using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Contract;
using Probity.Cases.Hearing;
using Probity.Cases.Ordering;
using Probity.Exhibits.Disposing;
using Probity.Tests.Cases;
using Probity.Tests.Cases.Pages;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>What stops a custodian who would act by an order that has ended, or that nobody but the registry has seen: on a real record.</summary>
public sealed class OrderEndHouseTests
{
    static readonly Guid Rita = Staff.Id("rita"), Judith = Staff.Id("judith"), Oscar = Staff.Id("oscar");
    const string Law = "Law 1, article 9";

    [Fact]
    public async Task An_appeal_that_is_allowed_stops_what_was_begun_by_an_order_of_the_first_trial()
    {
        await using var house = await CourtOrderTests.HouseAsync();
        var exhibit = await CourtOrderTests.DrugAsync(house);
        await house.JudgeAsync(await house.ChargeAsync(exhibit));
        var order = await house.OrderAsync(ExhibitOrderKind.Destroy, exhibit);
        Done(await CourtOrderTests.ProposeAsync(house, exhibit, order));
        CaseHouse.Done(await house.Get<LodgeAppeal>().HandleAsync(Rita, new(house.Case, CourtSide.Defence, CaseHouse.Reason), null, Cancel));
        CaseHouse.Done(await house.Get<DecideAppeal>().HandleAsync(Rita, new(house.Case, CourtSide.Defence, AppealOutcome.Allowed, CaseHouse.Reason, Law), null, Cancel));
        Refused(DisposalFacts.OrderMissing, await CourtOrderTests.ProposeAsync(house, exhibit, order));
        Assert.StartsWith("Order ", await CourtOrderTests.MissingAsync(house, exhibit), StringComparison.Ordinal);
        // Another one waits for the judgment that is to come.
        Refused(DisposalFacts.Undecided, await CourtOrderTests.ProposeAsync(house, exhibit, await house.OrderAsync(ExhibitOrderKind.Destroy, exhibit)));
    }

    [Fact]
    public async Task Nobody_burns_before_the_judgment_what_the_registry_alone_has_ordered_until_the_judge_has_seen_it()
    {
        await using var house = await CourtOrderTests.HouseAsync();
        var exhibit = await CourtOrderTests.DrugAsync(house);
        await house.ChargeAsync(exhibit);
        var command = house.OrderOf(ExhibitOrderKind.Destroy, exhibit) with { BeforeJudgment = true };
        CaseHouse.Refused(OrderExhibits.JudgeMissing, await house.Get<OrderExhibits>().HandleAsync(Rita, command, null, Cancel));
        CaseHouse.Done(await house.Get<NameJudge>().HandleAsync(Rita, new(house.Case, "Judith", Judith, AssignedHow.Random, null), null, Cancel));
        CaseHouse.Done(await house.Get<OrderExhibits>().HandleAsync(Rita, command, null, Cancel));
        Refused(DisposalFacts.AwaitsJudge, await CourtOrderTests.ProposeAsync(house, exhibit, command.Order));
        Assert.IsType<CaseAnswer.NotFound>(await house.Get<ConfirmOrder>().HandleAsync(Staff.Id("julio"), new(house.Case, command.Order), null, Cancel));
        CaseHouse.Refused(Bars.Role, await house.Get<ConfirmOrder>().HandleAsync(Rita, new(house.Case, command.Order), null, Cancel));

        // Both are told where the judge and the prosecutor look first.
        await using var views = await DocketViews.OverAsync(house.Cases);
        var register = await house.Get<IRegister>().ReadAsync(Cancel);
        var now = house.Cases.Time.Now;
        foreach (var (person, told) in new[] { (Judith, true), (await house.ProsecutorAsync(), true), (Staff.Id("julio"), false), (house.Handler, false), (Oscar, false) })
        {
            var actor = Actor.From(register, person, now);
            Assert.Equal(told ? new[] { house.Case } : [], await views.Court.OrderedAsync(actor, register, now, now.AddDays(-14), 5, Cancel));
        }

        CaseHouse.Done(await house.Get<ConfirmOrder>().HandleAsync(Judith, new(house.Case, command.Order), null, Cancel));
        Done(await CourtOrderTests.ProposeAsync(house, exhibit, command.Order));
    }

    [Fact]
    public async Task The_prosecutor_is_told_of_each_order_of_the_court_for_fourteen_days_also_of_its_judges_own_and_after_it_was_confirmed()
    {
        await using var house = await CourtOrderTests.HouseAsync();
        var exhibit = await CourtOrderTests.DrugAsync(house);
        await house.JudgeAsync(await house.ChargeAsync(exhibit));
        await house.OrderAsync(ExhibitOrderKind.Forfeit, exhibit);
        await using var views = await DocketViews.OverAsync(house.Cases);
        var (prosecutor, steps) = (await house.ProsecutorAsync(), views.CourtSteps);
        Assert.Contains(await steps.For(SignedIn(prosecutor, Role.Prosecutor), 5, Cancel), s => s.Href == $"/cases/{house.Case:D}/court");
        Assert.DoesNotContain(await steps.For(SignedIn(Judith, Role.Judge), 5, Cancel), s => s.Href == $"/court/{house.Case:D}");
        house.Cases.Time.Now += TimeSpan.FromDays(15);
        Assert.Empty(await steps.For(SignedIn(prosecutor, Role.Prosecutor), 5, Cancel));
    }

    [Fact]
    public async Task What_one_who_watches_has_signed_of_a_prosecutors_order_another_reads_for_fourteen_days()
    {
        await using var house = await CourtOrderTests.HouseAsync();
        var exhibit = await CourtOrderTests.DrugAsync(house);
        var order = house.OrderOf(ExhibitOrderKind.Destroy, exhibit);
        CaseHouse.Done(await house.Get<OrderExhibits>().ProposeAsync(await house.ProsecutorAsync(), order, null, Cancel));
        CaseHouse.Done(await house.Get<SignOrder>().HandleAsync(Staff.Id("ivan"), new(house.Case, order.Order, true, null), null, Cancel));
        await using var views = await DocketViews.OverAsync(house.Cases);
        (string Who, Role Role, bool Told)[] among = [("oscar", Role.Overseer, true), ("olga", Role.Overseer, true), ("ines", Role.Integrity, true), ("ivan", Role.Integrity, false), ("keeper", Role.Custodian, false)];
        foreach (var (who, role, told) in among) Assert.Equal(told ? 1 : 0, (await views.SignedOrders.For(SignedIn(Staff.Id(who), role), 5, Cancel)).Count);
        house.Cases.Time.Now += TimeSpan.FromDays(15);
        Assert.Empty(await views.SignedOrders.For(SignedIn(Oscar, Role.Overseer), 5, Cancel));
    }

    static ClaimsPrincipal SignedIn(Guid person, Role role) =>
        new(new ClaimsIdentity([new Claim(SignedInPerson.Claim, person.ToString("D")), new Claim(SignedInPerson.RoleClaim, role.ToString())], "test"));

    [Fact]
    public async Task What_the_overseer_signed_the_overseer_takes_back_and_it_is_done_no_more()
    {
        await using var house = await CourtOrderTests.HouseAsync();
        var exhibit = await CourtOrderTests.DrugAsync(house);
        var order = await house.OrderAsync(ExhibitOrderKind.Destroy, exhibit);
        Task<CaseAnswer> LiftAsync(Guid by) => house.Get<LiftOrder>().SignedAsync(by, new(house.Case, order, CaseHouse.Reason, Law), null, Cancel);
        CaseHouse.Refused(Bars.Role, await LiftAsync(await house.ProsecutorAsync()));
        CaseHouse.Done(await LiftAsync(Oscar));
        Refused(DisposalFacts.OrderMissing, await CourtOrderTests.ProposeAsync(house, exhibit, order));
        CaseHouse.Refused(OrderRules.Unknown, await LiftAsync(Oscar));
    }
}
