using Probity.Exhibits.Contract;
using Probity.Exhibits.Counting;
using Probity.Exhibits.Keeping;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>A thing that is gone is moved on paper from room to room, so that every count looks for it elsewhere.</summary>
public sealed class ShellGameTests
{
    static readonly Guid Keeper = Staff.Id("keeper"), Pedro = Staff.Id("pedro"), Ines = Staff.Id("ines"), Oscar = Staff.Id("oscar"), Room = new("22222222-2222-2222-2222-222222222222");

    static async Task<ExhibitHouse> HouseAsync()
    {
        var house = await ExhibitHouse.CreateAsync();
        Done(await house.Get<OpenLocation>().HandleAsync(Staff.Id("chief"), new(Room, Staff.Id("narcotics"), "Room 2", StorageClass.Room, null, false, true, true), Cancel));
        return house;
    }

    static async Task<Guid> StoredAsync(ExhibitHouse house)
    {
        var exhibit = await house.SeizeAsync();
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper)));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler)));
        Later(house, 60);
        return exhibit;
    }

    static void Later(ExhibitHouse house, int minutes) => house.Cases.Time.Now += TimeSpan.FromMinutes(minutes);

    static async Task MoveAsync(ExhibitHouse house, Guid exhibit, Guid place)
    {
        Done(await house.Get<MoveExhibit>().HandleAsync(Keeper, new(exhibit, place, null), Cancel));
        Later(house, 1);
    }

    static Task<Outcome> CountAsync(ExhibitHouse house, Guid count, DateTimeOffset begun, Guid[] listed, Guid[] found, params Guid[] notSeen) => house.Get<RecordCount>().HandleAsync(
        Ines, new(house.Vault, count, begun, [.. found.Select(f => new CountedThing(f))], Oscar, null, found.Length == 0, notSeen), listed, Cancel);

    static async Task<StoreCounted> SignAsync(ExhibitHouse house, Guid count)
    {
        Done(await house.Get<SignCount>().HandleAsync(Oscar, count, Cancel));
        return (await new RecordSession(house.Cases.Log).FoldAsync<StoreCount>(new StreamId(count))).Counted!;
    }

    static async Task<DiscrepancyFound> OnlyAsync(ExhibitHouse house) => Assert.Single(await house.DiscrepanciesAsync()).Found;

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task What_goes_out_while_it_is_counted_is_asked_of_and_a_matter_where_nobody_saw_it(bool seen)
    {
        await using var house = await HouseAsync();
        Guid[] all = [await StoredAsync(house), await StoredAsync(house)];
        var (begun, count) = (house.Cases.Time.Now, Guid.CreateVersion7());
        Later(house, 5);
        await MoveAsync(house, all[1], Room);
        Refused(RecordCount.Changed, await CountAsync(house, count, begun, all, [all[0]]));
        Done(seen ? await CountAsync(house, count, begun, all, all) : await CountAsync(house, count, begun, all, [all[0]], all[1]));
        // Both were there when it began.
        var counted = await SignAsync(house, count);
        Assert.Equal(all.ToHashSet(), counted.Expected.ToHashSet());
        Assert.Equal(new CountedMove(all[1], false, seen), Assert.Single(counted.Moves!));
        if (seen)
        {
            Assert.Empty(await house.DiscrepanciesAsync());
            await MoveAsync(house, all[1], house.Vault);
            Assert.Empty(await house.DiscrepanciesAsync());
            return;
        }

        var found = await OnlyAsync(house);
        Assert.Equal((DiscrepancyKind.Moved, all[1], "Vault 1", "Room 2", (Guid?)count), (found.Kind, found.Exhibit, found.Expected, found.Found, found.Count));
        Assert.Equal([Keeper], found.People);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task What_comes_in_while_it_is_counted_is_asked_of_too(bool seen)
    {
        await using var house = await HouseAsync();
        Guid[] all = [await StoredAsync(house), await StoredAsync(house)];
        await MoveAsync(house, all[1], Room);
        var (begun, count) = (house.Cases.Time.Now, Guid.CreateVersion7());
        Later(house, 5);
        await MoveAsync(house, all[1], house.Vault);
        Refused(RecordCount.Changed, await CountAsync(house, count, begun, all, [all[0]]));
        Done(seen ? await CountAsync(house, count, begun, all, all) : await CountAsync(house, count, begun, all, [all[0]], all[1]));
        var counted = await SignAsync(house, count);
        Assert.Equal([all[0]], counted.Expected);
        Assert.Equal(new CountedMove(all[1], true, seen), Assert.Single(counted.Moves!));
        if (seen) Assert.Empty(await house.DiscrepanciesAsync());
        else Assert.Equal((DiscrepancyKind.Moved, (Guid?)count), ((await OnlyAsync(house)).Kind, (await OnlyAsync(house)).Count));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task What_was_not_found_is_not_carried_off_on_paper_before_the_second_signs(bool handedOver)
    {
        await using var house = await HouseAsync();
        Guid[] all = [await StoredAsync(house), await StoredAsync(house)];
        var count = Guid.CreateVersion7();
        Done(await CountAsync(house, count, house.Cases.Time.Now, all, [all[0]]));
        Later(house, 5);
        if (handedOver)
        {
            Done(await house.GiveAsync(Keeper, Release(all[1], Pedro)));
            Done(await house.TakeAsync(Pedro, house.Receipt(all[1], Keeper) with { Location = Room }));
        }
        else
        {
            await MoveAsync(house, all[1], Room);
        }

        await SignAsync(house, count);
        var found = await OnlyAsync(house);
        Assert.Equal((DiscrepancyKind.Moved, all[1]), (found.Kind, found.Exhibit));
    }

    // In days before the count began, and after it was recorded; signed or not makes no difference.
    [Theory]
    [InlineData(0, 0, true, true), InlineData(6, 6, true, true), InlineData(1, 1, false, true), InlineData(8, 0, true, false), InlineData(0, 8, true, false)]
    public async Task What_went_out_before_a_count_and_comes_back_after_it_is_a_matter(int before, int after, bool bySecond, bool told)
    {
        await using var house = await HouseAsync();
        Guid[] all = [await StoredAsync(house), await StoredAsync(house)];
        await MoveAsync(house, all[1], Room);
        Later(house, before * 24 * 60);
        var count = Guid.CreateVersion7();
        Done(await CountAsync(house, count, house.Cases.Time.Now, all, [all[0]]));
        if (bySecond) Assert.Equal([all[0]], (await SignAsync(house, count)).Expected);
        Later(house, after * 24 * 60 + 1);
        Assert.Empty(await house.DiscrepanciesAsync());
        await MoveAsync(house, all[1], house.Vault);
        if (!told)
        {
            Assert.Empty(await house.DiscrepanciesAsync());
            return;
        }

        var found = await OnlyAsync(house);
        Assert.Equal((DiscrepancyKind.Moved, all[1], "Vault 1", "Room 2", (Guid?)count), (found.Kind, found.Exhibit, found.Expected, found.Found, found.Count));
        // Once for that count.
        await MoveAsync(house, all[1], Room);
        await MoveAsync(house, all[1], house.Vault);
        Assert.Single(await house.DiscrepanciesAsync());
    }

    [Fact]
    public async Task Two_who_hand_it_to_each_other_around_a_count_are_told_of_too()
    {
        await using var house = await HouseAsync();
        Guid[] all = [await StoredAsync(house), await StoredAsync(house)];
        Done(await house.GiveAsync(Keeper, Release(all[1], Pedro)));
        Done(await house.TakeAsync(Pedro, house.Receipt(all[1], Keeper) with { Location = null }));
        Later(house, 10);
        Done(await CountAsync(house, Guid.CreateVersion7(), house.Cases.Time.Now, all, [all[0]]));
        Later(house, 10);
        Done(await house.GiveAsync(Pedro, Release(all[1], Keeper)));
        Assert.Empty(await house.DiscrepanciesAsync());
        Done(await house.TakeAsync(Keeper, house.Receipt(all[1], Pedro)));
        var found = await OnlyAsync(house);
        Assert.Equal(DiscrepancyKind.Moved, found.Kind);
        Assert.Equal([Keeper, Pedro], found.People);
    }
}
