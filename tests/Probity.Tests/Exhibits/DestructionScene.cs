using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Analysing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Disposing;
using Probity.Exhibits.Sampling;
using Probity.Exhibits.Settling;
using Probity.Exhibits.Weighing;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>A drug in two packages on its way to the kiln: the first known by its net mass, the second with its packaging only.</summary>
internal static class DestructionScene
{
    public static readonly Guid Keeper = Staff.Id("keeper"), Chief = Staff.Id("chief"), Lena = Staff.Id("lena"), Leo = Staff.Id("leo"), Vera = Staff.Id("vera"), Maria = Staff.Id("maria"),
        Ines = Staff.Id("ines"), Oscar = Staff.Id("oscar");

    public static readonly DateOnly Day = new(2026, 3, 2);
    public static readonly SecondPerson WithChief = new(Chief, null, null);

    public static Staff WithLaboratory() => Staff.Agency().Unit("lab", "LAB").Post("lena", "lab", Role.Analyst).Post("leo", "lab", Role.Analyst);

    public static ProposeDestruction.Command Order(Guid exhibit, params Guid[] witnesses) => new(
        exhibit, Guid.CreateVersion7(), null, "Cement works", "Kiln, 1,000 °C", witnesses.Length > 0 ? witnesses : [Vera, Maria]);

    /// <summary>By the order that stands on the record; where none does yet, it is put there.</summary>
    public static async Task<Outcome?> OrderAsync(ExhibitHouse house, ProposeDestruction.Command command, Guid? by = null)
    {
        var order = (await house.Cases.CaseAsync(house.Case)).Court.Orders.FirstOrDefault(o => o.Stands && o.Said.Kind == ExhibitOrderKind.Destroy && o.Covers(command.Exhibit))?.Id
            ?? await house.OrderAsync(ExhibitOrderKind.Destroy, command.Exhibit);
        return await house.Get<ProposeDestruction>().HandleAsync(by ?? Keeper, command with { Order = order }, Cancel);
    }

    public static Task<Outcome?> ReadAsync(ExhibitHouse house, Guid exhibit, params SealedPackage[] seals) =>
        house.Get<CarryOutDestruction>().ReadAsync(Keeper, new(exhibit, seals), Cancel);

    /// <summary>Reads every package with the seal that it has by the record.</summary>
    public static async Task<Outcome?> ReadAllAsync(ExhibitHouse house, Guid exhibit) => await ReadAsync(house, exhibit, [.. (await house.ExhibitAsync(exhibit)).SealsAt(house.Cases.Time.Now)]);

    public static Task<Outcome?> CarryOutAsync(ExhibitHouse house, Guid exhibit, string residue = "Grey ash, buried.", decimal grams = 12m, string? heavier = null) =>
        house.Get<CarryOutDestruction>().HandleAsync(Keeper, new(exhibit, residue, new Grams(grams), heavier), Cancel);

    public static Task<Outcome?> WitnessAsync(ExhibitHouse house, Guid exhibit, Guid by, string? objection = null) =>
        house.Get<WitnessDestruction>().HandleAsync(by, new(exhibit, objection), Cancel);

    public static async Task WeighAsync(
        ExhibitHouse house, Guid exhibit, Guid by, Moment moment, decimal grams, int package, bool signs = true, MassKind kind = MassKind.GrossSealed, Guid? second = null)
    {
        var act = Guid.CreateVersion7();
        Done(await house.Get<WeighExhibit>().HandleAsync(by, new WeighExhibit.Command(
            exhibit, act, package, kind, new Grams(grams), null, house.Balance, moment, new SecondPerson(second ?? Chief, null, null), null), Cancel));
        if (signs) Done(await house.SignAsync(exhibit, act, second ?? Chief));
    }

    /// <summary>Weighs both packages for the kiln, each in the way in which it is known.</summary>
    public static async Task WeighBothAsync(ExhibitHouse house, Guid exhibit)
    {
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 990.2m - 5m * (await house.ExhibitAsync(exhibit)).Samples.Length, 1, kind: MassKind.Net);
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 1_000.2m, 2);
    }

    public static Task<Outcome?> ResealAsync(ExhibitHouse house, Guid exhibit, int package, string seal, Guid? act = null, DateTimeOffset? occurred = null) =>
        house.Get<ResealPackage>().HandleAsync(Keeper, new(exhibit, act ?? Guid.CreateVersion7(), package, seal, "The tape was torn.", WithChief, occurred), Cancel);

    public static async Task SignAllAsync(ExhibitHouse house, Guid exhibit)
    {
        foreach (var act in (await house.ExhibitAsync(exhibit)).Acts.Values.Where(a => a.SignedBy is null)) Done(await house.SignAsync(exhibit, act.Act, Chief));
    }

    public static async Task<Guid> StoredAsync(ExhibitHouse house)
    {
        var exhibit = await house.SeizeAsync();
        for (var package = 1; package <= 2; package++) await WeighAsync(house, exhibit, house.Handler, Moment.Seizure, 1_000m, package);
        await WeighAsync(house, exhibit, house.Handler, Moment.Seizure, 990m, 1, kind: MassKind.Net);
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper)));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler)));
        return exhibit;
    }

    public static async Task RetestAsync(ExhibitHouse house, Guid exhibit)
    {
        var (act, drawn) = (Guid.CreateVersion7(), (await house.ExhibitAsync(exhibit)).Samples.Length);
        Done(await house.Get<DrawSample>().HandleAsync(Keeper, new(exhibit, act, 1, new Grams(5m), house.Balance, $"S-{9 + drawn}", "M-1", "ST/NAR/38", 1, 1, WithChief, null), Cancel));
        Done(await house.SignAsync(exhibit, act, Chief));
        var sample = (await house.ExhibitAsync(exhibit)).Samples[^1].Id;
        Done(await house.GiveAsync(Keeper, Release(sample, Lena, purpose: Purpose.Laboratory, authority: "Court 2, 17/2026", seals: new SealedPackage(1, "M-1"))));
        Done(await house.TakeAsync(Lena, new(sample, Guid.CreateVersion7(), Guid.CreateVersion7(), Keeper, null, null, [new(1, "M-1")], null)));
        var analysis = Guid.CreateVersion7();
        Done(await house.Get<ReportAnalysis>().HandleAsync(
            Lena, new(sample, analysis, null, "cocaine-hcl", null, null, "GC-MS", null, null, Grams.Zero, null, null), Cancel));
        Done(await house.Get<ReviewAnalysis>().HandleAsync(Leo, new(sample, analysis, true, null), Cancel));
    }

    /// <summary>Ordered, analysed and weighed: only the packages are to be read.</summary>
    public static async Task<Guid> ReadyAsync(ExhibitHouse house)
    {
        var exhibit = await StoredAsync(house);
        Done(await OrderAsync(house, Order(exhibit)));
        await RetestAsync(house, exhibit);
        await WeighBothAsync(house, exhibit);
        Assert.Equal("Packages", await MissingAsync(house, exhibit));
        return exhibit;
    }

    /// <summary>What a destruction still needs.</summary>
    public static async Task<string> MissingAsync(ExhibitHouse house, Guid exhibit)
    {
        var session = new RecordSession(house.Cases.Log);
        var facts = await house.Get<ExhibitDesk>().ReadAsync(session, Keeper, exhibit, Cancel);
        return string.Join(' ', DestructionChecks.Of(await DisposalDesk.ReadAsync(session, facts, Cancel)).Where(c => !c.Met).Select(c => c.Check));
    }

    /// <summary>Integrity answers a matter, and the overseer agrees.</summary>
    public static async Task SettleAsync(ExhibitHouse house, Guid discrepancy, bool explained)
    {
        Done(await house.Get<AnswerDiscrepancy>().HandleAsync(Ines, new(discrepancy, explained, "The photographs were looked at."), Cancel));
        Done(await house.Get<AnswerDiscrepancy>().SettleAsync(Oscar, discrepancy, new(true, null), Cancel));
    }

    /// <summary>Both let an exhibit go though nothing explains a matter of it.</summary>
    public static async Task ReleaseAsync(ExhibitHouse house, Guid discrepancy)
    {
        Done(await house.Get<ReleaseUnexplained>().AskAsync(Ines, discrepancy, "The judgment is final, and what is left proves nothing more.", Cancel));
        Done(await house.Get<ReleaseUnexplained>().AgreeAsync(Oscar, discrepancy, new(true, null), Cancel));
    }
}
