using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Analysing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Disposing;
using Probity.Exhibits.Sampling;
using Probity.Exhibits.Settling;
using Probity.Exhibits.Weighing;
using Probity.Ledger;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>Destruction before two witnesses from outside.</summary>
public sealed class DisposalTests
{
    static readonly Guid Keeper = Staff.Id("keeper"), Chief = Staff.Id("chief"), Lena = Staff.Id("lena"), Leo = Staff.Id("leo"), Vera = Staff.Id("vera"), Maria = Staff.Id("maria");
    static readonly SecondPerson WithChief = new(Chief, null, null);

    static Staff WithLaboratory() => Staff.Agency().Unit("lab", "LAB").Post("lena", "lab", Role.Analyst).Post("leo", "lab", Role.Analyst);

    static ProposeDestruction.Command Order(Guid exhibit, params Guid[] witnesses) => new(
        exhibit, Guid.CreateVersion7(), null, "Cement works", "Kiln, 1,000 °C", witnesses.Length > 0 ? witnesses : [Vera, Maria]);

    // By the order that stands on the record; where none does yet, it is put there.
    static async Task<Outcome?> OrderAsync(ExhibitHouse house, ProposeDestruction.Command command, Guid? by = null)
    {
        var order = (await house.Cases.CaseAsync(house.Case)).Court.Orders.FirstOrDefault(o => o.Stands && o.Said.Kind == ExhibitOrderKind.Destroy && o.Covers(command.Exhibit))?.Id
            ?? await house.OrderAsync(ExhibitOrderKind.Destroy, command.Exhibit);
        return await house.Get<ProposeDestruction>().HandleAsync(by ?? Keeper, command with { Order = order }, Cancel);
    }

    static Task<Outcome?> ReadAsync(ExhibitHouse house, Guid exhibit, params SealedPackage[] seals) =>
        house.Get<CarryOutDestruction>().ReadAsync(Keeper, new(exhibit, seals), Cancel);

    static Task<Outcome?> CarryOutAsync(ExhibitHouse house, Guid exhibit, string residue = "Grey ash, buried.") =>
        house.Get<CarryOutDestruction>().HandleAsync(Keeper, new(exhibit, residue, new Grams(12m)), Cancel);

    static Task<Outcome?> WitnessAsync(ExhibitHouse house, Guid exhibit, Guid by, string? objection = null) =>
        house.Get<WitnessDestruction>().HandleAsync(by, new(exhibit, objection), Cancel);

    static async Task WeighAsync(ExhibitHouse house, Guid exhibit, Guid by, Moment moment, decimal grams, int package, bool signs = true)
    {
        var act = Guid.CreateVersion7();
        Done(await house.Get<WeighExhibit>().HandleAsync(by, new WeighExhibit.Command(
            exhibit, act, package, MassKind.GrossSealed, new Grams(grams), null, house.Balance, moment, WithChief, null), Cancel));
        if (signs) Done(await house.SignAsync(exhibit, act, Chief));
    }

    static async Task<Guid> StoredAsync(ExhibitHouse house)
    {
        var exhibit = await house.SeizeAsync();
        for (var package = 1; package <= 2; package++) await WeighAsync(house, exhibit, house.Handler, Moment.Seizure, 1_000m, package);
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper)));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler)));
        return exhibit;
    }

    static async Task RetestAsync(ExhibitHouse house, Guid exhibit)
    {
        var (act, drawn) = (Guid.CreateVersion7(), (await house.ExhibitAsync(exhibit)).Samples.Length);
        Done(await house.Get<DrawSample>().HandleAsync(Keeper, new(exhibit, act, 1, new Grams(5m), house.Balance, $"S-{9 + drawn}", "M-1", "ST/NAR/38", 1, 1, WithChief, null), Cancel));
        var sample = (await house.ExhibitAsync(exhibit)).Samples[^1].Id;
        Done(await house.GiveAsync(Keeper, Release(sample, Lena, purpose: Purpose.Laboratory, authority: "Court 2, 17/2026", seals: new SealedPackage(1, "M-1"))));
        Done(await house.TakeAsync(Lena, new(sample, Guid.CreateVersion7(), Guid.CreateVersion7(), Keeper, null, null, [new(1, "M-1")], null)));
        var analysis = Guid.CreateVersion7();
        Done(await house.Get<ReportAnalysis>().HandleAsync(
            Lena, new(sample, analysis, null, "cocaine-hcl", null, null, "GC-MS", null, null, Grams.Zero, null, null), Cancel));
        Done(await house.Get<ReviewAnalysis>().HandleAsync(Leo, new(sample, analysis, true, null), Cancel));
    }

    static async Task<Guid> ReadyAsync(ExhibitHouse house)
    {
        var exhibit = await StoredAsync(house);
        Done(await OrderAsync(house, Order(exhibit)));
        for (var package = 1; package <= 2; package++) await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 1_000.2m, package);
        await RetestAsync(house, exhibit);
        return exhibit;
    }

    static async Task<string> MissingAsync(ExhibitHouse house, Guid exhibit)
    {
        var session = new RecordSession(house.Cases.Log);
        var facts = await house.Get<ExhibitDesk>().ReadAsync(session, Keeper, exhibit, Cancel);
        return string.Join(' ', DestructionChecks.Of(await DisposalDesk.ReadAsync(session, facts, Cancel)).Where(c => !c.Met).Select(c => c.Check));
    }

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
        Assert.Equal("Weighing Signatures Retest Packages", await MissingAsync(house, exhibit));
        Refused(CarryOutDestruction.NotReady, await ReadAsync(house, exhibit, new SealedPackage(1, "S-10")));
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 1_000m, 1);
        Assert.Equal("Weighing Retest Packages", await MissingAsync(house, exhibit));
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 1_000m, 2, signs: false);
        Assert.Equal("Signatures Retest Packages", await MissingAsync(house, exhibit));
        foreach (var act in (await house.ExhibitAsync(exhibit)).Acts.Values.Where(a => a.SignedBy is null)) Done(await house.SignAsync(exhibit, act.Act, Chief));
        await RetestAsync(house, exhibit);
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
        Assert.Equal(ExhibitStatus.Held, (await house.ExhibitAsync(exhibit)).Status);
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
        Assert.Equal(ExhibitStatus.Held, (await house.ExhibitAsync(exhibit)).Status);
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
