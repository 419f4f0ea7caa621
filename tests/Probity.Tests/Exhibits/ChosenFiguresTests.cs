using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Analysing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Keeping;
using Probity.Exhibits.Sampling;
using Probity.Exhibits.Weighing;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>Figures by which somebody could make grams vanish without a difference: none of them may be chosen freely.</summary>
public sealed class ChosenFiguresTests
{
    static readonly Guid Chief = Staff.Id("chief");

    static SecondPerson With(string name) => new(Staff.Id(name), null, null);

    static Task<Outcome?> WeighAsync(ExhibitHouse house, Guid exhibit, decimal grams, decimal? uncertainty = null, DateTimeOffset? occurred = null) =>
        house.Get<WeighExhibit>().HandleAsync(house.Handler, new WeighExhibit.Command(
            exhibit, Guid.CreateVersion7(), 1, MassKind.GrossSealed, new Grams(grams), uncertainty is { } u ? new Grams(u) : null, house.Balance, Moment.Seizure, With("keeper"), occurred), Cancel);

    [Fact]
    public async Task No_weighing_is_put_in_front_of_another_or_of_the_seizure()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var seized = house.Cases.Time.Now;
        Refused(WeighExhibit.WeighedBefore, await WeighAsync(house, exhibit, 5_000m, occurred: seized - TimeSpan.FromMinutes(1)));
        house.Cases.Time.Now += TimeSpan.FromHours(1);
        Done(await WeighAsync(house, exhibit, 7_000m));
        house.Cases.Time.Now += TimeSpan.FromHours(1);
        Refused(WeighExhibit.WeighedBefore, await WeighAsync(house, exhibit, 5_000m, occurred: seized + TimeSpan.FromMinutes(1)));
        // What was weighed after the last time is entered late all the same.
        Done(await WeighAsync(house, exhibit, 7_000m, occurred: house.Cases.Time.Now - TimeSpan.FromMinutes(30)));
    }

    [Fact]
    public async Task All_together_is_held_against_the_packages_and_the_only_package_against_all()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var (two, one) = (await house.SeizeAsync(), await house.SeizeAsync(null, "S-8"));
        foreach (var package in (int[])[1, 2]) Done(await house.WeighAsync(two, house.Handler, 1_000m, With("keeper"), package));
        Done(await house.WeighAsync(one, house.Handler, 1_000m, With("keeper")));
        Done(await house.WeighAsync(two, house.Handler, 2_000.5m, With("keeper"), null));
        Assert.Empty(await house.DiscrepanciesAsync());
        Done(await house.WeighAsync(one, house.Handler, 600m, With("keeper"), null));
        Assert.Equal((one, "1000", "600"), Found(Assert.Single(await house.DiscrepanciesAsync())));
        foreach (var package in (int[])[1, 2]) Done(await house.WeighAsync(two, house.Handler, 1_000m, With("keeper"), package));
        Done(await house.WeighAsync(two, house.Handler, 1_200m, With("keeper"), null));
        Assert.Contains((two, "2000", "1200"), (await house.DiscrepanciesAsync()).Select(Found));

        static (Guid, string?, string?) Found((Guid Id, DiscrepancyFound Found) discrepancy) => (discrepancy.Found.Exhibit, discrepancy.Found.Expected, discrepancy.Found.Found);
    }

    [Fact]
    public async Task No_uncertainty_excuses_everything()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        // The balance's own is half a gram.
        Refused(WeighExhibit.UncertaintyTooLarge, await WeighAsync(house, exhibit, 4_488m, 5.1m));
        Done(await WeighAsync(house, exhibit, 4_488m, 5m));
        // It carries 30 kg: a certificate of more than 150 g is of a balance out of order. Who weighs the store on it calibrates it not at all.
        var calibrate = house.Get<RegisterBalance>();
        var coarse = new RegisterBalance.Calibration(new Grams(151m), new DateOnly(2027, 1, 1), "CAL-9");
        Refused(RegisterBalance.UncertaintyUnclear, await calibrate.CalibrateAsync(Chief, house.Balance, coarse, Cancel));
        Refused(Bars.Role, await calibrate.CalibrateAsync(Staff.Id("keeper"), house.Balance, coarse with { Uncertainty = new Grams(1m) }, Cancel));
        Done(await calibrate.CalibrateAsync(Chief, house.Balance, coarse with { Uncertainty = new Grams(1m) }, Cancel));
    }

    [Fact]
    public async Task Nothing_larger_than_what_there_is_is_drawn_or_used_up()
    {
        await using var house = await ExhibitHouse.CreateAsync(Staff.Agency().Unit("lab", "LAB").Post("lena", "lab", Role.Analyst));
        var exhibit = await house.SeizeAsync();
        Done(await WeighAsync(house, exhibit, 1_000m));
        var draw = new DrawSample.Command(exhibit, Guid.CreateVersion7(), 1, new Grams(1_001m), house.Balance, "S-9", "M-1", "ST/NAR/38", 10, 7, With("keeper"), null);
        Refused(DrawSample.TooMuch, await house.Get<DrawSample>().HandleAsync(house.Handler, draw, Cancel));
        Done(await house.Get<DrawSample>().HandleAsync(house.Handler, draw with { Mass = new Grams(5m) }, Cancel));
        var (sample, lena) = ((await house.ExhibitAsync(exhibit)).Samples[0].Id, Staff.Id("lena"));
        Done(await house.GiveAsync(house.Handler, Release(sample, lena, purpose: Purpose.Laboratory, authority: "REQ-1", seals: new SealedPackage(1, "M-1"))));
        Done(await house.TakeAsync(lena, new(sample, Guid.CreateVersion7(), Guid.CreateVersion7(), house.Handler, null, null, [new(1, "M-1")], null)));
        var report = new ReportAnalysis.Command(sample, Guid.CreateVersion7(), 1, "cocaine-hcl", 80m, 21m, "GC-MS", null, null, new Grams(2_000m), null, null);
        Refused(ReportAnalysis.PurityUnclear, await house.Get<ReportAnalysis>().HandleAsync(lena, report, Cancel));
        Refused(ReportAnalysis.ConsumedTooMuch, await house.Get<ReportAnalysis>().HandleAsync(lena, report with { PurityUncertainty = 2m }, Cancel));
        Done(await house.Get<ReportAnalysis>().HandleAsync(lena, report with { PurityUncertainty = 2m, Consumed = new Grams(1m) }, Cancel));
    }
}
