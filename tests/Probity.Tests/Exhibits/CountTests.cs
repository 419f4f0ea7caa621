using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Counting;
using Probity.Exhibits.Keeping;
using Probity.Exhibits.Transferring;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>The store is counted by people who keep nothing there.</summary>
public sealed class CountTests
{
    static readonly Guid Keeper = Staff.Id("keeper"), Ines = Staff.Id("ines"), Oscar = Staff.Id("oscar");
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static async Task<Guid> StoredAsync(ExhibitHouse house)
    {
        var exhibit = await house.SeizeAsync();
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper)));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler)));
        return exhibit;
    }

    static Task<Outcome> CountAsync(ExhibitHouse house, IReadOnlyList<Guid> listed, IReadOnlyList<Guid>? found, Guid? by = null, Guid? second = null, Guid? count = null, DateTimeOffset? begun = null) =>
        CountAsync(house, listed, found?.Select(f => new CountedThing(f)).ToList(), count ?? Guid.CreateVersion7(), by, second, begun);

    static Task<Outcome> CountAsync(
        ExhibitHouse house, IReadOnlyList<Guid> listed, IReadOnlyList<CountedThing>? found, Guid count, Guid? by = null, Guid? second = null, DateTimeOffset? begun = null) =>
        house.Get<RecordCount>().HandleAsync(by ?? Ines, new(house.Vault, count, begun ?? house.Cases.Time.Now, found, second ?? Oscar, null, found is { Count: 0 }), listed, Cancel);

    static async Task SignedAsync(ExhibitHouse house, IReadOnlyList<Guid> listed, IReadOnlyList<Guid> found)
    {
        var count = Guid.CreateVersion7();
        Done(await CountAsync(house, listed, found, count: count));
        Done(await house.Get<SignCount>().HandleAsync(Oscar, count, Cancel));
    }

    static async Task<ExhibitStatus> StatusAsync(ExhibitHouse house, Guid exhibit) => (await house.ExhibitAsync(exhibit)).Status;

    [Fact]
    public async Task What_a_count_does_not_find_is_missing_until_another_finds_it()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        Guid[] all = [await StoredAsync(house), await StoredAsync(house)];
        var count = Guid.CreateVersion7();
        for (var i = 0; i < 2; i++) Done(await CountAsync(house, all, [all[0]], count: count));
        Refused(SentAgain.Otherwise, await CountAsync(house, all, all, count: count));
        Refused(SentAgain.Otherwise, await CountAsync(house, all, [all[0]], count: count, by: Oscar, second: Ines));
        // One signature makes nothing missing.
        Assert.Equal(ExhibitStatus.Held, await StatusAsync(house, all[1]));
        Assert.Empty(await house.DiscrepanciesAsync());
        Assert.Null((await StoreAsync(house)).Locations[house.Vault].CountedAt);
        Refused(Bars.Role, await house.Get<SignCount>().HandleAsync(Ines, count, Cancel));
        for (var i = 0; i < 2; i++) Done(await house.Get<SignCount>().HandleAsync(Oscar, count, Cancel));
        Assert.Equal(house.Cases.Time.Now, (await StoreAsync(house)).Locations[house.Vault].CountedAt);
        Assert.Equal((ExhibitStatus.Held, ExhibitStatus.Missing), (await StatusAsync(house, all[0]), await StatusAsync(house, all[1])));
        var found = Assert.Single(await house.DiscrepanciesAsync()).Found;
        Assert.Equal((DiscrepancyKind.Missing, all[1], "Vault 1"), (found.Kind, found.Exhibit, found.Expected));
        Assert.Equal([Keeper], found.People);

        // Missing still is filed once; found again by two, it is back.
        await SignedAsync(house, all, [all[0]]);
        Assert.Single(await house.DiscrepanciesAsync());
        Done(await CountAsync(house, all, all));
        Assert.Equal(ExhibitStatus.Missing, await StatusAsync(house, all[1]));
        await SignedAsync(house, all, all);
        Assert.Equal(ExhibitStatus.Held, await StatusAsync(house, all[1]));
    }

    // Of three that were carried off: one is passed on between custodians for another purpose, one is given away on paper, one is neither.
    [Fact]
    public async Task What_is_said_of_a_thing_on_paper_keeps_it_out_of_no_count()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var (pedro, court) = (Staff.Id("pedro"), await StoredAsync(house));
        Guid[] all = [court, await StoredAsync(house), await StoredAsync(house)];
        Done(await house.GiveAsync(Keeper, Release(court, pedro, purpose: Purpose.Court, authority: "REQ-9")));
        Done(await house.TakeAsync(pedro, house.Receipt(court, Keeper)));
        var given = Release(all[1], pedro);
        Done(await house.GiveAsync(Keeper, given));
        Refused(RecordCount.NothingFound, await house.Get<RecordCount>().HandleAsync(Ines, new(house.Vault, Guid.CreateVersion7(), house.Cases.Time.Now, [], Oscar, null), all, Cancel));
        house.Cases.Time.Now += TimeSpan.FromMinutes(1);
        await SignedAsync(house, all, []);
        Assert.Equal((ExhibitStatus.Missing, ExhibitStatus.InTransit, ExhibitStatus.Missing), (await StatusAsync(house, court), await StatusAsync(house, all[1]), await StatusAsync(house, all[2])));
        Assert.DoesNotContain(await house.DiscrepanciesAsync(), d => d.Found.Exhibit == all[1]);
        // Nobody came for it, and where it should have lain it was not.
        Done(await house.Get<WithdrawHandOver>().HandleAsync(Keeper, new(all[1], given.Half, CaseHouse.Reason), Cancel));
        Assert.Equal(DiscrepancyKind.Missing, Assert.Single(await house.DiscrepanciesAsync(), d => d.Found.Exhibit == all[1]).Found.Kind);
    }

    [Fact]
    public async Task What_lies_where_it_should_not_is_a_matter_too()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var (stored, carried) = (await StoredAsync(house), await house.SeizeAsync());
        await SignedAsync(house, [stored], [stored, carried]);
        var found = Assert.Single(await house.DiscrepanciesAsync()).Found;
        Assert.Equal((DiscrepancyKind.Misplaced, carried, "–", "Vault 1"), (found.Kind, found.Exhibit, found.Expected, found.Found));
        Assert.Equal(ExhibitStatus.Held, await StatusAsync(house, carried));
    }

    [Fact]
    public async Task Nothing_is_missing_that_came_in_only_after_the_counter_had_begun()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var first = await StoredAsync(house);
        var begun = house.Cases.Time.Now;
        house.Cases.Time.Now += TimeSpan.FromMinutes(1);
        Guid[] all = [first, await StoredAsync(house)];
        Refused(RecordCount.Changed, await CountAsync(house, all, [all[0]], begun: begun));
        Refused(RecordCount.LabelUnknown, await CountAsync(house, all, null));
        // Whoever has found it has looked for it.
        Done(await CountAsync(house, all, all, begun: begun));
        // What was put there from another place came in too.
        var room = Guid.CreateVersion7();
        Done(await house.Get<OpenLocation>().HandleAsync(Staff.Id("chief"), new(room, Staff.Id("narcotics"), "Room 2", StorageClass.Room, null, false, true, true), Cancel));
        Done(await house.Get<MoveExhibit>().HandleAsync(Keeper, new(all[0], room, null), Cancel));
        begun = house.Cases.Time.Now;
        house.Cases.Time.Now += TimeSpan.FromMinutes(1);
        Done(await house.Get<MoveExhibit>().HandleAsync(Keeper, new(all[0], house.Vault, null), Cancel));
        Refused(RecordCount.Changed, await CountAsync(house, all, [all[1]], begun: begun));
        // What has left meanwhile is not looked for.
        Done(await house.GiveAsync(Keeper, Release(all[1], house.Handler)));
        await SignedAsync(house, all, [all[0]]);
        Assert.Empty(await house.DiscrepanciesAsync());
    }

    [Fact]
    public async Task A_seal_that_a_count_reads_otherwise_is_a_matter_with_the_second_signature()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        Guid[] all = [await StoredAsync(house), await house.SeizeAsync(seals: "T-1")];
        // Of which of two packages, and only once of each.
        foreach (var found in (CountedThing[][])[[new(all[0], null, "S-1")], [new(all[0], 3, "S-1")], [new(all[0], 1, "S-1"), new(all[0], 1, "S-7")], [new(all[0], 1, "a\u0007b")]])
            Refused(RecordCount.SealUnclear, await CountAsync(house, [all[0]], found, Guid.CreateVersion7()));
        var count = Guid.CreateVersion7();
        Done(await CountAsync(house, [all[0]], [new(all[0], 1, "s 1"), new(all[0], 2, "S-3"), new(all[1], null, "T-1")], count));
        Assert.Empty(await house.DiscrepanciesAsync());
        Done(await house.Get<SignCount>().HandleAsync(Oscar, count, Cancel));
        var differs = Assert.Single(await house.DiscrepanciesAsync(), d => d.Found.Kind == DiscrepancyKind.Seal).Found;
        Assert.Equal((all[0], 2, "S-2", "S-3"), (differs.Exhibit, differs.Package, differs.Expected, differs.Found));
        Assert.Equal([Keeper], differs.People);
    }

    [Theory]
    [InlineData("ines", null), InlineData("oscar", null), InlineData("port chief", null)]
    [InlineData("chief", Counts.OwnUnit), InlineData("keeper", Bars.Role), InlineData("ana", Bars.Role), InlineData("paula", Bars.Role), InlineData("igor", Bars.Role), InlineData("root", Bars.Role)]
    public async Task An_auditor_is_never_the_custodian_nor_of_the_unit(string who, string? code)
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await StoredAsync(house);
        var outcome = await CountAsync(house, [exhibit], [exhibit], Staff.Id(who), who == "oscar" ? Ines : Oscar);
        if (code is null) Done(outcome);
        else Refused(code, outcome);
    }

    [Theory]
    [InlineData("keeper", Counts.Keeper), InlineData("pedro", Counts.Keeper), InlineData("chief", Counts.OwnUnit), InlineData("ana", Counts.OwnUnit), InlineData("root", SecondPerson.Unfit),
     InlineData("ines", RecordCount.SecondMissing), InlineData("igor", null), InlineData("maria", null)]
    public async Task The_second_person_keeps_nothing_there_either(string second, string? code)
    {
        await using var house = await ExhibitHouse.CreateAsync();
        Done(await house.Get<OpenLocation>().SetKeyholdersAsync(Staff.Id("chief"), house.Vault, new OpenLocation.Keys([Keeper, Staff.Id("pedro")]), Cancel));
        var exhibit = await StoredAsync(house);
        var outcome = await CountAsync(house, [exhibit], [exhibit], second: Staff.Id(second));
        if (code is null) Done(outcome);
        else Refused(code, outcome);
    }

    [Fact]
    public async Task A_count_kept_in_hand_undoes_no_newer_one_and_lapses_in_a_day()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        Guid[] all = [await StoredAsync(house)];
        var (old, late) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        // All of it "found", signed by nobody yet; then two others look and do not find it.
        Done(await CountAsync(house, all, all, second: Staff.Id("maria"), count: old));
        house.Cases.Time.Now += TimeSpan.FromHours(1);
        var newest = house.Cases.Time.Now;
        await SignedAsync(house, all, []);
        Assert.Equal(ExhibitStatus.Missing, await StatusAsync(house, all[0]));
        Refused(SignCount.Lapsed, await house.Get<SignCount>().HandleAsync(Staff.Id("maria"), old, Cancel));
        Assert.Equal((ExhibitStatus.Missing, newest), (await StatusAsync(house, all[0]), (await StoreAsync(house)).Locations[house.Vault].CountedAt));

        Done(await CountAsync(house, all, all, count: late));
        house.Cases.Time.Now += Counts.SignWithin + TimeSpan.FromSeconds(1);
        Refused(SignCount.Lapsed, await house.Get<SignCount>().HandleAsync(Oscar, late, Cancel));
        Assert.Equal(ExhibitStatus.Missing, await StatusAsync(house, all[0]));
        // Counted again, it is back.
        await SignedAsync(house, all, all);
        Assert.Equal(ExhibitStatus.Held, await StatusAsync(house, all[0]));
    }

    [Fact]
    public async Task Neither_of_the_two_commands_the_other_or_has_seized_what_is_counted()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        Guid[] all = [await StoredAsync(house)];
        Refused(RecordCount.SecondUnder, await CountAsync(house, all, all, Staff.Id("port chief"), Staff.Id("pedro")));
        var place = Guid.CreateVersion7();
        Done(await house.Get<OpenLocation>().HandleAsync(Staff.Id("port chief"), new(place, Staff.Id("port"), "Room 3", StorageClass.Room, null, false, true, true), Cancel));
        var seized = await house.SeizeAsync();
        Done(await house.GiveAsync(house.Handler, Release(seized, Keeper)));
        Done(await house.TakeAsync(Keeper, house.Receipt(seized, house.Handler) with { Location = place }));
        Refused(Counts.Seized, await house.Get<RecordCount>().HandleAsync(Ines, new(place, Guid.CreateVersion7(), house.Cases.Time.Now, [new(seized)], house.Handler, null), [seized], Cancel));
        // Nor where it turns up and is not on the list.
        Refused(Counts.Seized, await house.Get<RecordCount>().HandleAsync(Ines, new(place, Guid.CreateVersion7(), house.Cases.Time.Now, [new(seized), new(all[0])], house.Handler, null), [], Cancel));
        Done(await house.Get<RecordCount>().HandleAsync(Ines, new(place, Guid.CreateVersion7(), house.Cases.Time.Now, [new(seized)], Oscar, null), [seized], Cancel));
    }

    [Fact]
    public void A_place_is_counted_within_a_year_and_whenever_somebody_new_keeps_it()
    {
        var place = new StorageLocation(Guid.CreateVersion7(), Staff.Id("narcotics"), "Vault 1", StorageClass.Vault, null, true, true, true, []);
        Assert.Null(Counts.Due(place, null, Now));
        Assert.Equal("count.due.never", Counts.Due(place, Now, Now));
        var counted = place with { CountedAt = Now, KeysSince = Now.AddDays(-1) };
        Assert.Null(Counts.Due(counted, Now.AddDays(-1), Now.AddMonths(12)));
        Assert.Equal("count.due.year", Counts.Due(counted, null, Now.AddMonths(12).AddSeconds(1)));
        Assert.Equal("count.due.custodian", Counts.Due(counted, Now.AddDays(1), Now.AddDays(1)));
        Assert.Equal("count.due.custodian", Counts.Due(counted with { KeysSince = Now.AddDays(1) }, null, Now.AddDays(1)));
    }

    static async Task<Store> StoreAsync(ExhibitHouse house) => await new RecordSession(house.Cases.Log).FoldAsync<Store>(Store.Stream);
}
