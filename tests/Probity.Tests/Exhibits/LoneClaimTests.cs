using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Transferring;
using Probity.Exhibits.Viewing;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>What one or two sign of a thing that another has: it moves neither holder nor place, undoes nothing that was checked, and is told at once.</summary>
public sealed class LoneClaimTests
{
    static readonly Guid Keeper = Staff.Id("keeper"), Pedro = Staff.Id("pedro");

    static async Task<Guid> StoredAsync(ExhibitHouse house)
    {
        var exhibit = await house.SeizeAsync();
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper)));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler)));
        return exhibit;
    }

    static async Task<ExhibitFacts> FactsAsync(ExhibitHouse house, Guid exhibit, Guid person) =>
        await house.Get<ExhibitDesk>().ReadAsync(new RecordSession(house.Cases.Log), person, exhibit, Cancel);

    [Fact]
    public async Task Two_bribed_who_bridge_a_gap_with_a_claim_of_their_own_get_neither_the_thing_nor_its_place()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await StoredAsync(house);
        var before = await house.ExhibitAsync(exhibit);
        var room = Guid.CreateVersion7();
        Done(await house.Get<Probity.Exhibits.Keeping.OpenLocation>().HandleAsync(Staff.Id("chief"), new(room, Staff.Id("narcotics"), "Room 2", StorageClass.Room, null, false, true, true), Cancel));
        house.Cases.Time.Now += TimeSpan.FromHours(1);
        var at = house.Cases.Time.Now.AddMinutes(-30);
        Done(await house.TakeAsync(Pedro, house.Receipt(exhibit, Keeper, at: at, kept: true)));
        // Who has it is asked at once, and it is ordinary so far: either signs first.
        Assert.Empty(await house.DiscrepanciesAsync());
        Assert.Contains(ExhibitSteps.Next(await FactsAsync(house, exhibit, Keeper)), s => s.Href.EndsWith("/hand-over", StringComparison.Ordinal));
        Done(await house.GiveAsync(Pedro, Release(exhibit, house.Handler, at: at.AddMinutes(5), kept: true)));
        Done(await house.TakeAsync(house.Handler, house.Receipt(exhibit, Pedro, at: at.AddMinutes(6), kept: true) with { Location = room }));

        var after = await house.ExhibitAsync(exhibit);
        Assert.Equal((Keeper, (Guid?)house.Vault, before.Carried, ExhibitStatus.Held), (after.Chain.Holder, after.Location, after.Carried, after.Status));
        Assert.True(after.IsAt(house.Vault));
        var found = Assert.Single(await house.DiscrepanciesAsync()).Found;
        Assert.Equal(DiscrepancyKind.Gap, found.Kind);
        Assert.Equal([Keeper, Pedro, house.Handler], found.People);
        // The claimants do nothing with it; its holder does.
        Refused(Bars.Role, await house.WeighAsync(exhibit, house.Handler, 500m, new SecondPerson(Pedro, null, null)));
        Refused(HandOverExhibit.NotHolder, await house.GiveAsync(house.Handler, Release(exhibit, Pedro)));
        // It stays a gap in what is told, with who answers for it.
        var facts = await FactsAsync(house, exhibit, Staff.Id("ines"));
        var lines = CustodyLines.OfStory(facts);
        Assert.Equal([false, false, true], lines.Select(l => l.IsClaim));
        Assert.Null(lines[1].Until);
        Assert.Equal(2, lines[2].Notes.Count(n => n.Text.Contains(facts.Register.NameOf(Keeper), StringComparison.Ordinal)));

        // The missing half, by who had it, makes it whole.
        Done(await house.GiveAsync(Keeper, Release(exhibit, Pedro, at: at.AddMinutes(-1), kept: true)));
        after = await house.ExhibitAsync(exhibit);
        Assert.Equal((house.Handler, (Guid?)room), (after.Chain.Holder, after.Location));
        Assert.True(after.Carried > before.Carried);
        Assert.All(after.Chain.Links, l => Assert.Null(l.Gap));
    }

    [Theory]
    [InlineData("pedro", true), InlineData("pedro", false), InlineData("ana", true)]
    public async Task A_stranger_who_signs_alone_is_told_of_at_once_and_once(string who, bool gives)
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await StoredAsync(house);
        var (before, stranger) = (await house.ExhibitAsync(exhibit), Staff.Id(who));
        var other = house.Handler == stranger ? Pedro : house.Handler;
        for (var i = 0; i < 2; i++)
        {
            Done(gives
                ? await house.GiveAsync(stranger, Release(exhibit, other, kept: true))
                : await house.TakeAsync(stranger, house.Receipt(exhibit, other, kept: true)));
        }

        var after = await house.ExhibitAsync(exhibit);
        Assert.Equal((before.Chain.Holder, before.Location, before.Status, before.Carried), (after.Chain.Holder, after.Location, after.Status, after.Carried));
        Assert.True(before.Places.ToHashSet().SetEquals(after.Places));
        var (id, found) = Assert.Single(await house.DiscrepanciesAsync(), d => d.Found.Kind == DiscrepancyKind.Claim);
        Assert.Equal(stranger, found.People[0]);
        Assert.Contains(Keeper, found.People);
        // It keeps nothing from being done: else a stranger could.
        Assert.False((await new RecordSession(house.Cases.Log).FoldAsync<Discrepancy>(new StreamId(id))).Blocks);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_strangers_word_on_the_way_to_the_kiln_undoes_neither_weighing_nor_reading_and_is_told(bool ofHolder)
    {
        await using var house = await ExhibitHouse.CreateAsync(DestructionScene.WithLaboratory());
        var exhibit = await DestructionScene.ReadyAsync(house);
        Done(await DestructionScene.ReadAllAsync(house, exhibit));
        var before = await DestructionScene.MissingAsync(house, exhibit);
        // They say that they took it from the custodian, or from another, and put it into another place.
        Done(await house.TakeAsync(Pedro, house.Receipt(exhibit, ofHolder ? Keeper : house.Handler, kept: true)));
        Assert.Equal(DiscrepancyKind.Claim, (await house.DiscrepanciesAsync())[^1].Found.Kind);
        Assert.Equal(before, await DestructionScene.MissingAsync(house, exhibit));
        Assert.Empty((await house.ExhibitAsync(exhibit)).ToRead(house.Cases.Time.Now));
        Done(await DestructionScene.CarryOutAsync(house, exhibit));
    }

    [Fact]
    public async Task Who_was_given_it_once_and_did_not_come_takes_it_from_nobody_who_has_it_since()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var give = Release(exhibit, Pedro);
        Done(await house.GiveAsync(house.Handler, give));
        Done(await house.Get<WithdrawHandOver>().HandleAsync(house.Handler, new(exhibit, give.Half, CaseHouse.Reason), Cancel));
        house.Cases.Time.Now += TimeSpan.FromHours(1);
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper)));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler)));
        house.Cases.Time.Now += TimeSpan.FromHours(1);
        Done(await house.TakeAsync(Pedro, house.Receipt(exhibit, house.Handler, transfer: give.Transfer, at: house.Cases.Time.Now.AddMinutes(-119), kept: true)));
        var chain = (await house.ExhibitAsync(exhibit)).Chain;
        Assert.Equal((Keeper, true), (chain.Holder, chain.Links[^1].IsClaim));
        Assert.Equal(DiscrepancyKind.TwoReceivers, Assert.Single(await house.DiscrepanciesAsync()).Found.Kind);
    }

    [Fact]
    public async Task Who_has_it_says_that_they_gave_it_and_answers_for_it_until_the_other_signs()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await StoredAsync(house);
        var before = await house.ExhibitAsync(exhibit);
        Done(await house.GiveAsync(Keeper, Release(exhibit, Pedro)));
        var after = await house.ExhibitAsync(exhibit);
        Assert.Equal((Keeper, ExhibitStatus.InTransit, after.Version), (after.Chain.Holder, after.Status, after.Carried));
        Assert.True(after.Carried > before.Carried);
        Assert.Equal([Pedro], after.Chain.Claimants);
        // Whom the holder named is no stranger when they pass it on meanwhile, and once they do, three have signed.
        Done(await house.GiveAsync(Pedro, Release(exhibit, house.Handler, kept: true)));
        Done(await house.TakeAsync(house.Handler, house.Receipt(exhibit, Pedro, kept: true)));
        var passed = (await house.ExhibitAsync(exhibit)).Chain;
        Assert.Equal((house.Handler, true, (Guid?)Keeper), (passed.Holder, passed.Links[^1].Bridged, passed.Links[^1].Gap));
        Assert.Empty(await house.DiscrepanciesAsync());
    }
}
