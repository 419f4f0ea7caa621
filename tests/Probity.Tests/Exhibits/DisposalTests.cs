using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Disposing;
using Probity.Exhibits.Settling;
using Probity.Ledger;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.DestructionScene;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>Destruction before two witnesses from outside.</summary>
public sealed class DisposalTests
{
    [Fact]
    public async Task From_the_order_to_the_second_witness()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await StoredAsync(house);
        // What was weighed and analysed before the order is asked for again.
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 1_000m, 2);
        await RetestAsync(house, exhibit);
        Refused(CarryOutDestruction.NotOrdered, await ReadAsync(house, exhibit, new SealedPackage(1, "S-10")));
        Refused(Bars.Role, await OrderAsync(house, Order(exhibit), house.Handler));
        Done(await OrderAsync(house, Order(exhibit)));
        Assert.Equal("Retest Weighing Packages", await MissingAsync(house, exhibit));
        Refused(CarryOutDestruction.NotReady, await ReadAsync(house, exhibit, new SealedPackage(1, "S-9")));
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 1_000m, 2, signs: false);
        Assert.Equal("Retest Weighing Signatures Packages", await MissingAsync(house, exhibit));
        await SignAllAsync(house, exhibit);
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 985m, 1, kind: MassKind.Net);
        Assert.Equal("Retest Packages", await MissingAsync(house, exhibit));
        // What is drawn for the second analysis opens its package: that one is weighed again, and net.
        await RetestAsync(house, exhibit);
        Assert.Equal("Weighing Packages", await MissingAsync(house, exhibit));
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 990m, 1);
        Assert.Equal("Weighing Packages", await MissingAsync(house, exhibit));
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 980m, 1, kind: MassKind.Net);
        Assert.Equal("Packages", await MissingAsync(house, exhibit));

        // One by one; the package of the sample has the seal that closed it since.
        Refused(CarryOutDestruction.NothingRead, await ReadAsync(house, exhibit));
        Done(await ReadAsync(house, exhibit, new SealedPackage(1, "S-10")));
        Refused(CarryOutDestruction.NotReady, await CarryOutAsync(house, exhibit));
        Refused(Bars.Role, await WitnessAsync(house, exhibit, house.Handler));
        Refused(WitnessDestruction.NotAwaited, await WitnessAsync(house, exhibit, Vera));
        Done(await ReadAsync(house, exhibit, new SealedPackage(1, "S-10"), new SealedPackage(2, "S-2")));
        Refused(CarryOutDestruction.ResidueMissing, await CarryOutAsync(house, exhibit, " "));
        for (var i = 0; i < 2; i++) Done(await CarryOutAsync(house, exhibit));
        Refused(ProposeDestruction.CarriedOut, await OrderAsync(house, Order(exhibit)));
        Done(await WitnessAsync(house, exhibit, Vera));
        Assert.Equal(ExhibitStatus.DestructionUnsigned, (await house.ExhibitAsync(exhibit)).Status);
        Done(await WitnessAsync(house, exhibit, Maria));
        Assert.Equal(ExhibitStatus.Destroyed, (await house.ExhibitAsync(exhibit)).Status);
        Assert.Empty(await house.DiscrepanciesAsync());

        // Nothing is done with what is there no longer.
        Refused(ExhibitAccess.Gone, await house.WeighAsync(exhibit, Keeper, 1m, WithChief));
        Refused(ExhibitAccess.Gone, await house.GiveAsync(Keeper, Release(exhibit, house.Handler, seals: new SealedPackage(1, "S-10"))));
        Refused(ExhibitAccess.Gone, await house.TakeAsync(house.Handler, house.Receipt(exhibit, Keeper)));
    }

    [Fact]
    public async Task Nothing_is_destroyed_while_the_law_holds_it_or_something_does_not_fit()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await ReadyAsync(house);
        var hold = Guid.CreateVersion7();
        await house.Get<Clerk>().FileAsync(new ActorId(Staff.Id("oscar")), new StreamId(house.Case), "records.PlaceHold", _ => ValueTask.FromResult(
            Decision.Accept(LegalHolds.StreamOf(house.Case), new HoldPlaced(SubjectKind.Matter, house.Case, hold, "Law 1", "Appeal."))), cancel: Cancel);
        Refused(DisposalFacts.LegalHold, await ReadAsync(house, exhibit, new SealedPackage(2, "S-2")));
        await house.Get<Clerk>().FileAsync(new ActorId(Staff.Id("oscar")), new StreamId(house.Case), "records.ReleaseHold", _ => ValueTask.FromResult(
            Decision.Accept(LegalHolds.StreamOf(house.Case), new HoldReleased(hold, "Over."))), cancel: Cancel);

        // A seal that reads otherwise stops it until two from outside the unit have settled it.
        Done(await ReadAsync(house, exhibit, new SealedPackage(1, "S-9"), new SealedPackage(2, "S-7")));
        var (id, found) = Assert.Single(await house.DiscrepanciesAsync());
        Assert.Equal((DiscrepancyKind.Seal, 2, "S-2", "S-7"), (found.Kind, found.Package, found.Expected, found.Found));
        Refused(DisposalFacts.OpenDiscrepancy, await CarryOutAsync(house, exhibit));
        Done(await house.Get<AnswerDiscrepancy>().HandleAsync(Staff.Id("ines"), new(id, true, "The photograph shows S-2."), Cancel));
        Refused(DisposalFacts.OpenDiscrepancy, await CarryOutAsync(house, exhibit));
        Done(await house.Get<AnswerDiscrepancy>().SettleAsync(Staff.Id("oscar"), id, new(true, null), Cancel));
        Done(await CarryOutAsync(house, exhibit));

        // And a witness who saw it otherwise keeps it from being destroyed.
        Done(await WitnessAsync(house, exhibit, Vera, "One package was not there."));
        Refused(DisposalFacts.OpenDiscrepancy, await WitnessAsync(house, exhibit, Maria));
        Assert.Equal(DiscrepancyKind.Objection, (await house.DiscrepanciesAsync())[^1].Found.Kind);
        Assert.Equal(ExhibitStatus.DestructionContested, (await house.ExhibitAsync(exhibit)).Status);
    }

    [Fact]
    public async Task Witnesses_stand_outside()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await StoredAsync(house);
        foreach (var (name, code) in new[]
        {
            ("keeper", ProposeDestruction.InTheChain), ("chief", ProposeDestruction.InTheChain), ("root", SecondPerson.Unfit),
        }) Refused(code, await OrderAsync(house, Order(exhibit, Staff.Id(name), Vera)));
        Refused(ProposeDestruction.InTheChain, await OrderAsync(house, Order(exhibit, house.Handler, Vera)));
        var colleague = new[] { "ana", "ben", "carla" }.Select(Staff.Id).First(p => p != house.Handler);
        Refused(ProposeDestruction.HoldersUnit, await OrderAsync(house, Order(exhibit, Vera, colleague)));
        Refused(ProposeDestruction.TwoWitnesses, await OrderAsync(house, Order(exhibit, Vera, Vera)));
        // Who analysed a sample of it had a hand in it too.
        await RetestAsync(house, exhibit);
        Refused(ProposeDestruction.InTheChain, await OrderAsync(house, Order(exhibit, Vera, Leo)));
        Done(await OrderAsync(house, Order(exhibit)));
    }
}
