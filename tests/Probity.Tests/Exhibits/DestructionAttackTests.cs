using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Balancing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Disposing;
using Probity.Exhibits.Keeping;
using Probity.Exhibits.Sampling;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.DestructionScene;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>What somebody who keeps drugs could try so that something else is burned, or less.</summary>
public sealed class DestructionAttackTests
{
    [Fact]
    public async Task What_a_stranger_says_of_a_witness_silences_nobody()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await ReadyAsync(house);
        Done(await ReadAllAsync(house, exhibit));
        house.Cases.Time.Now += TimeSpan.FromMinutes(10);
        Done(await CarryOutAsync(house, exhibit));
        Done(await house.TakeAsync(Staff.Id("pedro"), house.Receipt(exhibit, Vera, at: house.Cases.Time.Now.AddMinutes(-5), kept: true)));
        Done(await WitnessAsync(house, exhibit, Vera));
        Done(await WitnessAsync(house, exhibit, Maria, "It was flour."));
        Assert.Equal(ExhibitStatus.DestructionContested, (await house.ExhibitAsync(exhibit)).Status);
    }

    [Fact]
    public async Task Opened_after_the_checks_it_is_analysed_weighed_and_read_again()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await ReadyAsync(house);
        Done(await ReadAllAsync(house, exhibit));
        Assert.Equal("", await MissingAsync(house, exhibit));
        var act = Guid.CreateVersion7();
        Done(await ResealAsync(house, exhibit, 2, "SWAP-2", act));
        // Nobody has signed that it was opened, and what is in it is not what was analysed and weighed.
        Assert.Equal("Retest Weighing Signatures Packages", await MissingAsync(house, exhibit));
        Refused(CarryOutDestruction.NotReady, await CarryOutAsync(house, exhibit));
        Done(await house.SignAsync(exhibit, act, Chief));
        Assert.Equal("Retest Weighing Packages", await MissingAsync(house, exhibit));
        await RetestAsync(house, exhibit);
        // With its packaging it is held against nothing under another seal.
        await WeighBothAsync(house, exhibit);
        Assert.Equal("Weighing Packages", await MissingAsync(house, exhibit));
        Refused(CarryOutDestruction.NotReady, await ReadAllAsync(house, exhibit));
        Refused(CarryOutDestruction.NotReady, await CarryOutAsync(house, exhibit));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Handed_over_or_moved_after_the_checks_it_is_weighed_and_read_again(bool moves)
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await ReadyAsync(house);
        Done(await ReadAllAsync(house, exhibit));
        if (moves)
        {
            var kiln = await OpenAsync(house, "Kiln yard");
            Done(await house.Get<MoveExhibit>().HandleAsync(Keeper, new(exhibit, kiln, null), Cancel));
        }
        else
        {
            var seals = (await house.ExhibitAsync(exhibit)).SealsAt(house.Cases.Time.Now).ToArray();
            Done(await house.GiveAsync(Keeper, Release(exhibit, house.Handler, seals: seals)));
            Done(await house.TakeAsync(house.Handler, house.Receipt(exhibit, Keeper, seals: seals)));
            Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper, seals: seals)));
            Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler, seals: seals)));
        }

        Assert.Equal("Weighing Packages", await MissingAsync(house, exhibit));
        Refused(CarryOutDestruction.NotReady, await CarryOutAsync(house, exhibit));
        await WeighBothAsync(house, exhibit);
        Assert.Equal("Packages", await MissingAsync(house, exhibit));
        Done(await ReadAllAsync(house, exhibit));
        Done(await CarryOutAsync(house, exhibit));
    }

    [Fact]
    public async Task More_than_was_burned_is_left_of_nothing_without_an_explanation_that_is_looked_at()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await ReadyAsync(house);
        Done(await ReadAllAsync(house, exhibit));
        // 985.2 and 1,000.2 g, each within half a gram.
        Refused(CarryOutDestruction.ResidueHeavy, await CarryOutAsync(house, exhibit, "Fine white powder, all of it.", 99_999_999m));
        Refused(CarryOutDestruction.ResidueHeavy, await CarryOutAsync(house, exhibit, grams: 1_986.2m, heavier: "..."));
        Done(await CarryOutAsync(house, exhibit, grams: 1_986.2m, heavier: "Mixed with lime."));
        var (id, found) = Assert.Single(await house.DiscrepanciesAsync());
        Assert.Equal((DiscrepancyKind.Residue, "1985.4", "1986.2", "Mixed with lime."), (found.Kind, found.Expected, found.Found, found.Note));
        Assert.Equal("Mixed with lime.", (await house.ExhibitAsync(exhibit)).Destruction!.CarriedOut!.Heavier);
        Refused(DisposalFacts.OpenDiscrepancy, await WitnessAsync(house, exhibit, Vera));
        await SettleAsync(house, id, true);
        foreach (var witness in (Guid[])[Vera, Maria]) Done(await WitnessAsync(house, exhibit, witness));
        Assert.Equal(ExhibitStatus.Destroyed, (await house.ExhibitAsync(exhibit)).Status);
    }

    [Fact]
    public async Task A_residue_within_the_uncertainty_needs_no_explanation_and_keeps_none()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await ReadyAsync(house);
        Done(await ReadAllAsync(house, exhibit));
        Done(await CarryOutAsync(house, exhibit, grams: 1_986.1m, heavier: "Not needed."));
        Assert.Empty(await house.DiscrepanciesAsync());
        Assert.Null((await house.ExhibitAsync(exhibit)).Destruction!.CarriedOut!.Heavier);
    }

    [Fact]
    public async Task No_package_was_opened_in_the_past()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var seized = house.Cases.Time.Now;
        house.Cases.Time.Now += TimeSpan.FromDays(1);
        var exhibit = await StoredAsync(house);
        house.Cases.Time.Now += TimeSpan.FromDays(1);
        await WeighAsync(house, exhibit, Keeper, Moment.Audit, 961.6m, 2);
        var weighed = house.Cases.Time.Now;
        house.Cases.Time.Now += TimeSpan.FromDays(1);
        foreach (var occurred in (DateTimeOffset[])[seized, weighed.AddHours(-36), weighed.AddMinutes(-1)])
        {
            Refused(DeviceTime.InThePast, await ResealAsync(house, exhibit, 2, "S-22", occurred: occurred));
            Refused(DeviceTime.InThePast, await house.Get<DrawSample>().HandleAsync(
                Keeper, new(exhibit, Guid.CreateVersion7(), 2, new Grams(5m), house.Balance, "S-22", "M-1", "ST/NAR/38", 1, 1, WithChief, occurred), Cancel));
        }

        // What was done since is entered late all the same; and nothing before the holder had it.
        Done(await ResealAsync(house, exhibit, 2, "S-22", occurred: weighed.AddMinutes(1)));
        var taken = house.Cases.Time.Now;
        SealedPackage[] seals = [new(1, "S-1"), new(2, "S-22")];
        Done(await house.GiveAsync(Keeper, Release(exhibit, house.Handler, seals: seals)));
        Done(await house.TakeAsync(house.Handler, house.Receipt(exhibit, Keeper, seals: seals)));
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper, seals: seals)));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler, seals: seals)));
        house.Cases.Time.Now += TimeSpan.FromDays(1);
        Refused(DeviceTime.InThePast, await ResealAsync(house, exhibit, 2, "S-23", occurred: taken.AddMinutes(-1)));
    }

    [Fact]
    public async Task No_order_comes_twice_and_a_second_wrong_seal_is_a_second_matter()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await ReadyAsync(house);
        var (first, second) = ((await house.ExhibitAsync(exhibit)).Destruction!.Id, Order(exhibit));
        Done(await ReadAsync(house, exhibit, new SealedPackage(1, "S-9"), new SealedPackage(2, "S-7")));
        await SettleAsync(house, Assert.Single(await house.DiscrepanciesAsync()).Id, true);
        Done(await OrderAsync(house, second));
        Refused(ProposeDestruction.Known, await OrderAsync(house, Order(exhibit) with { Destruction = first }));
        Done(await OrderAsync(house, second));
        Assert.Equal(second.Destruction, (await house.ExhibitAsync(exhibit)).Destruction!.Id);

        // Under one order, too: read anew after it was handled, it is found anew.
        await RetestAsync(house, exhibit);
        await WeighBothAsync(house, exhibit);
        Done(await ReadAsync(house, exhibit, new SealedPackage(2, "S-7")));
        await SettleAsync(house, (await house.DiscrepanciesAsync())[^1].Id, true);
        Done(await house.Get<MoveExhibit>().HandleAsync(Keeper, new(exhibit, await OpenAsync(house, "Kiln yard"), null), Cancel));
        await WeighBothAsync(house, exhibit);
        Done(await ReadAsync(house, exhibit, new SealedPackage(1, "S-10"), new SealedPackage(2, "TOTALLY-OTHER")));
        var found = await house.DiscrepanciesAsync();
        Assert.Equal((3, 3), (found.Count, found.Select(d => d.Id).Distinct().Count()));
        Refused(DisposalFacts.OpenDiscrepancy, await CarryOutAsync(house, exhibit));
    }

    [Fact]
    public void Found_again_after_it_was_settled_it_is_open_again()
    {
        var (id, version) = (Guid.CreateVersion7(), 0L);
        var found = new DiscrepancyFound(Guid.CreateVersion7(), Guid.CreateVersion7(), "E01", DiscrepancyKind.Seal, 1, "S-1", "S-2", [], null);
        var state = Discrepancy.Initial;
        foreach (var happened in (IEvent[])[found, new DiscrepancyAnswered(true, "Misread."), new DiscrepancySettled(true, null), found with { Found = "S-3" }])
            state = state.Apply(new Recorded(happened, EventTypes.NameOf(happened.GetType()), version, new StreamId(id), ++version, DateTimeOffset.UnixEpoch, null, new ActorId(Ines)));
        Assert.Equal((DiscrepancyStage.Open, "S-3", null, true), (state.Stage, state.Found!.Found, state.Answer, state.Blocks));
    }

    [Fact]
    public async Task Who_ever_had_a_key_or_was_of_a_team_that_had_it_is_no_witness_from_outside()
    {
        var left = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var staff = WithLaboratory().Post("lola", "ombudsman", Role.Monitor).Hold("lola", "post of dina", Staff.Before, left)
            .Post("high chief", "agency", Role.Commander).Unit("customs", "CUS").Post("carlos", "customs", Role.Officer);
        await using var house = await ExhibitHouse.CreateAsync(staff);
        var exhibit = await StoredAsync(house);
        // A key of a place where it lay once, given back since.
        var (store, yard, pedro) = (house.Get<OpenLocation>(), await OpenAsync(house, "Yard"), Staff.Id("pedro"));
        Done(await house.Get<MoveExhibit>().HandleAsync(Keeper, new(exhibit, yard, null), Cancel));
        Done(await house.Get<MoveExhibit>().HandleAsync(Keeper, new(exhibit, house.Vault, null), Cancel));
        Done(await OrderAsync(house, Order(exhibit, Vera, pedro)));
        foreach (var keys in (Guid[][])[[Keeper, pedro], [Keeper, Staff.Id("carlos")]]) Done(await store.SetKeyholdersAsync(Chief, yard, new(keys), Cancel));
        Refused(ProposeDestruction.InTheChain, await OrderAsync(house, Order(exhibit, Vera, pedro)));
        // Named before that, it is asked again.
        await RetestAsync(house, exhibit);
        await WeighBothAsync(house, exhibit);
        Assert.Equal("Witnesses Packages", await MissingAsync(house, exhibit));
        Refused(CarryOutDestruction.NotReady, await ReadAllAsync(house, exhibit));

        // Years ago of the team that seized it, of the laboratory that has a sample, or in command above.
        foreach (var name in (string[])["lola", "eva", "high chief", "leo"])
            Refused(name == "leo" ? ProposeDestruction.InTheChain : ProposeDestruction.HoldersUnit, await OrderAsync(house, Order(exhibit, Vera, Staff.Id(name))));
        Done(await OrderAsync(house, Order(exhibit, Vera, Staff.Id("port chief"))));
    }

    [Fact]
    public async Task What_a_witness_says_was_not_burned_is_neither_held_nor_moved_and_ends_by_its_matter()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await ReadyAsync(house);
        Done(await ReadAllAsync(house, exhibit));
        Done(await CarryOutAsync(house, exhibit));
        var seals = (await house.ExhibitAsync(exhibit)).SealsAt(house.Cases.Time.Now).ToArray();
        await UntouchableAsync(ExhibitStatus.DestructionUnsigned);
        Assert.NotEqual(GramsState.DoesNotAddUp, (await BalanceAsync(house, exhibit)).State);
        Done(await WitnessAsync(house, exhibit, Vera, "It was flour that was burned."));
        await UntouchableAsync(ExhibitStatus.DestructionContested);
        var id = Assert.Single(await house.DiscrepanciesAsync()).Id;
        Refused(DisposalFacts.OpenDiscrepancy, await WitnessAsync(house, exhibit, Vera, "It was flour."));
        Refused(DisposalFacts.OpenDiscrepancy, await WitnessAsync(house, exhibit, Vera));
        var balance = await BalanceAsync(house, exhibit);
        Assert.Equal((GramsState.DoesNotAddUp, 0m), (balance.State, balance.Figures.At(GramsPlace.Held)));
        Assert.InRange(balance.Figures.At(GramsPlace.Unconfirmed), 900m, 2_100m);

        // Nothing explains it: it stays contested until two say what becomes of it, and the other witness has signed.
        await SettleAsync(house, id, false);
        Refused(DisposalFacts.OpenDiscrepancy, await WitnessAsync(house, exhibit, Maria));
        await UntouchableAsync(ExhibitStatus.DestructionContested);
        await ReleaseAsync(house, id);
        await UntouchableAsync(ExhibitStatus.DestructionUnsigned);
        Refused(WitnessDestruction.NotAwaited, await WitnessAsync(house, exhibit, Vera));
        Done(await WitnessAsync(house, exhibit, Maria));
        var gone = await house.ExhibitAsync(exhibit);
        Assert.Equal((ExhibitStatus.Destroyed, house.Cases.Time.Now), (gone.Status, gone.EndedAt));

        async Task UntouchableAsync(ExhibitStatus status)
        {
            Assert.Equal(status, (await house.ExhibitAsync(exhibit)).Status);
            house.Cases.Time.Now += TimeSpan.FromMinutes(1);
            Refused(ExhibitAccess.Gone, await house.GiveAsync(Keeper, Release(exhibit, house.Handler, kept: true, seals: seals)));
            Refused(ExhibitAccess.Gone, await house.TakeAsync(house.Handler, house.Receipt(exhibit, Keeper, kept: true, seals: seals)));
            Refused(ExhibitAccess.Gone, await house.GiveAsync(Keeper, Release(exhibit, house.Handler, seals: seals)));
            Refused(ExhibitAccess.Gone, await house.TakeAsync(house.Handler, house.Receipt(exhibit, Keeper, seals: seals)));
            Refused(ExhibitAccess.Gone, await house.WeighAsync(exhibit, Keeper, 1m, WithChief));
            Refused(ExhibitAccess.Gone, await ResealAsync(house, exhibit, 2, "S-22"));
            Refused(ExhibitAccess.Gone, await house.Get<MoveExhibit>().HandleAsync(Keeper, new(exhibit, house.Vault, null), Cancel));
            Refused(ProposeDestruction.CarriedOut, await OrderAsync(house, Order(exhibit)));
        }
    }

    [Fact]
    public async Task An_objection_that_two_explain_stands_against_nothing()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await ReadyAsync(house);
        Done(await ReadAllAsync(house, exhibit));
        Done(await CarryOutAsync(house, exhibit));
        Done(await WitnessAsync(house, exhibit, Maria));
        Done(await WitnessAsync(house, exhibit, Vera, "One package was not there."));
        await SettleAsync(house, Assert.Single(await house.DiscrepanciesAsync()).Id, true);
        Assert.Equal(ExhibitStatus.Destroyed, (await house.ExhibitAsync(exhibit)).Status);
        Assert.Equal((GramsPlace.Destroyed, GramsState.WeighedOnce), (
            Assert.Single((await BalanceAsync(house, exhibit)).Figures.Places.Keys, p => p is GramsPlace.Destroyed or GramsPlace.Unconfirmed), (await BalanceAsync(house, exhibit)).State));
    }

    static async Task<MassBalance> BalanceAsync(ExhibitHouse house, Guid exhibit)
    {
        var facts = await house.Get<ExhibitDesk>().ReadAsync(new RecordSession(house.Cases.Log), Keeper, exhibit, Cancel);
        return MassBalance.Of(facts.Exhibit, facts.Family, (_, _) => false);
    }

    static async Task<Guid> OpenAsync(ExhibitHouse house, string name)
    {
        var location = Guid.CreateVersion7();
        Done(await house.Get<OpenLocation>().HandleAsync(Chief, new(location, Staff.Id("narcotics"), name, StorageClass.Room, null, false, true, true), Cancel));
        return location;
    }
}
