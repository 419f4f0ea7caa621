using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.BreakingGlass;
using Probity.Cases.Contract;
using Probity.Cases.Correcting;
using Probity.Cases.ViewingDocket;
using Probity.Cases.Walling;
using Probity.Cases.Working;

namespace Probity.Tests.Cases.Pages;

/// <summary>The docket over a real database: it holds what the guard lets a person view, and is rebuilt as it was.</summary>
public sealed class DocketTests
{
    [Fact]
    public async Task The_docket_of_each_person_is_what_the_guard_lets_them_view()
    {
        await using var house = await CaseHouse.CreateAsync();
        await FillAsync(house);
        await using var views = await DocketViews.OverAsync(house);
        var register = await house.Get<IRegister>().ReadAsync(CaseHouse.Cancel);
        var ids = await views.IdsAsync();
        Assert.True(ids.Count >= 4);
        var seen = 0;
        foreach (var person in register.People.Keys)
        {
            var actor = Actor.From(register, person, house.Time.Now);
            var allowed = new List<Guid>();
            foreach (var id in ids)
            {
                var @case = await house.CaseAsync(id);
                if (CaseAccess.Refuses(CaseAction.View, actor, @case, register, house.Time.Now) is null) allowed.Add(id);
            }

            var listed = await views.Docket.ReadAsync(person, new DocketQuery(), CaseHouse.Cancel);
            Assert.Equal(allowed.Order(), listed.Cases.Select(c => c.Id).Order());
            Assert.Equal(allowed.Count, listed.Total);
            seen += allowed.Count;
        }

        // Somebody sees something, and not everybody sees everything: else the comparison above proves nothing.
        Assert.InRange(seen, 1, (register.People.Count * ids.Count) - 1);
    }

    [Fact]
    public async Task Cleared_and_rebuilt_it_is_the_same()
    {
        await using var house = await CaseHouse.CreateAsync();
        await FillAsync(house);
        await using var views = await DocketViews.OverAsync(house);
        var before = await views.DumpAsync();
        Assert.NotEqual("", before);
        await views.Runner.ForgetAsync(views.View, CaseHouse.Cancel);
        Assert.Equal("", await views.DumpAsync());
        await views.Runner.CatchUpAsync(CaseHouse.Cancel);
        Assert.Equal(before, await views.DumpAsync());
    }

    [Fact]
    public async Task A_percent_sign_in_the_number_is_a_percent_sign()
    {
        await using var house = await CaseHouse.CreateAsync();
        var id = await house.OpenAsync();
        await using var views = await DocketViews.OverAsync(house);
        var handler = (await house.CaseAsync(id)).Handler!.Value;
        var number = (await house.CaseAsync(id)).Number;
        Assert.Single((await views.Docket.ReadAsync(handler, new DocketQuery { Number = number[..4].ToLowerInvariant() }, CaseHouse.Cancel)).Cases);
        Assert.Empty((await views.Docket.ReadAsync(handler, new DocketQuery { Number = "%" }, CaseHouse.Cancel)).Cases);
    }

    static async Task FillAsync(CaseHouse house)
    {
        await house.OpenAsync();
        await house.OpenAsync(draw: false);
        await house.OpenAsync("ana", true, new Party(PartyRole.Witness, "Ana", Staff.Id("ben")));
        var prosecuted = await house.ProsecutedAsync();
        var prosecutor = (await house.CaseAsync(prosecuted)).Prosecutor!.Value;
        CaseHouse.Done(await house.DecideAsync(prosecuted, prosecutor, DecisionKind.Decline));
        CaseHouse.Done(await house.ProposeClosingAsync(prosecuted, prosecutor, CaseOutcome.Declined));
        await FillAccessAsync(house);
    }

    // Somebody walled off, somebody let in and out again, somebody who came in by themselves, and people named later.
    static async Task FillAccessAsync(CaseHouse house)
    {
        var id = await house.OpenAsync("chief");
        var @case = await house.CaseAsync(id);
        await house.DeclareAsync("chief", @case.Number);
        await house.DeclareAsync("oscar", @case.Number);
        CaseHouse.Done(await house.Get<LiftWall>().HandleAsync(Staff.Id("ines"), new(id, Staff.Id("oscar"), CaseHouse.Reason), null, CaseHouse.Cancel));
        foreach (var name in new[] { "keeper", "pia" })
            CaseHouse.Done(await house.Get<GiveAccess>().HandleAsync(Staff.Id("ines"), new(id, Staff.Id(name), CaseHouse.Reason), null, CaseHouse.Cancel));
        CaseHouse.Done(await house.Get<EndAccess>().HandleAsync(Staff.Id("ines"), new(id, Staff.Id("pia"), CaseHouse.Reason), null, CaseHouse.Cancel));
        foreach (var name in new[] { "pedro", "port chief" })
            Assert.NotNull((await house.Get<BreakGlass>().HandleAsync(Staff.Id(name), new(@case.Number, CaseHouse.Reason), CaseHouse.Cancel)).CaseId);
        var glass = (await house.CaseAsync(id)).Glasses[0].Id;
        CaseHouse.Done(await house.Get<ReviewGlass>().HandleAsync(Staff.Id("ivo"), new(id, glass, true, CaseHouse.Reason), null, CaseHouse.Cancel));
        CaseHouse.Done(await house.Get<NameParty>().HandleAsync(
            Staff.Id("ines"), new(id, new Party(PartyRole.Subject, "Igor", Staff.Id("igor")), CaseHouse.Reason), null, CaseHouse.Cancel));
    }
}
