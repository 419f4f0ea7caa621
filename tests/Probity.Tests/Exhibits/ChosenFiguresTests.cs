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

    // Without a packaging that the seizer weighed, three packages weigh no more than a fifth of it all, or 50 g each.
    [Theory]
    [InlineData(835, true), InlineData(885, false)]
    public async Task A_net_mass_that_packaging_does_not_explain_is_a_matter(int net, bool matter)
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync(null, "S-1", "S-2", "S-3");
        Done(await house.WeighAsync(exhibit, house.Handler, 1_100m, With("keeper"), null));
        Done(await house.WeighAsync(exhibit, house.Handler, net, With("oscar"), null, MassKind.Net));
        Assert.Equal(matter, (await house.DiscrepanciesAsync()).Any(d => d.Found.Exhibit == exhibit));
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
    public async Task What_a_unit_keeps_and_weighs_with_is_set_up_by_who_commands_it_and_a_laboratory_has_its_own_balances()
    {
        await using var house = await ExhibitHouse.CreateAsync(Staff.Agency().Unit("lab", "LAB").Post("lena", "lab", Role.Analyst).Post("director", "agency", Role.Commander));
        var (balances, places) = (house.Get<RegisterBalance>(), house.Get<OpenLocation>());
        var (port, lena, director) = (Staff.Id("port chief"), Staff.Id("lena"), Staff.Id("director"));
        var balance = new RegisterBalance.Command(Guid.CreateVersion7(), Staff.Id("narcotics"), "B-9", new Grams(30_000m), new Grams(0.5m), new DateOnly(2027, 1, 1), "CAL-9");
        var calibration = new RegisterBalance.Calibration(new Grams(0.6m), new DateOnly(2027, 1, 1), "CAL-9");
        var keys = new OpenLocation.Keys([Staff.Id("keeper"), Staff.Id("ana")]);
        var room = new OpenLocation.Command(Guid.CreateVersion7(), Staff.Id("narcotics"), "Room 9", StorageClass.Room, null, false, false, false);
        foreach (var other in (Guid[])[port, lena])
        {
            var refusal = Refused(Bars.Role, await balances.HandleAsync(other, balance, Cancel));
            Assert.Equal(new[] { Chief, director }.Order(), refusal.Reroute!.People);
            Refused(Bars.Role, await balances.CalibrateAsync(other, house.Balance, calibration, Cancel));
        }

        Refused(Bars.Role, await places.SetKeyholdersAsync(port, house.Vault, new([Staff.Id("pedro"), Staff.Id("keeper")]), Cancel));
        Refused(Bars.Role, await places.HandleAsync(port, room, Cancel));
        foreach (var own in (Guid[])[Chief, director])
        {
            Done(await balances.CalibrateAsync(own, house.Balance, calibration, Cancel));
            Done(await places.SetKeyholdersAsync(own, house.Vault, keys, Cancel));
        }

        Done(await balances.HandleAsync(lena, balance with { Unit = Staff.Id("lab") }, Cancel));
        Done(await balances.CalibrateAsync(lena, balance.Balance, calibration, Cancel));
        Refused(Bars.Role, await balances.CalibrateAsync(Chief, balance.Balance, calibration, Cancel));
        Refused(RegisterBalance.CapacityUnclear, await balances.HandleAsync(Chief, balance with { Serial = "W-1", Capacity = new Grams(100_000_001m), Uncertainty = new Grams(20_000m) }, Cancel));
        Done(await balances.HandleAsync(Chief, balance with { Balance = Guid.CreateVersion7(), Serial = "W-1", Capacity = RegisterBalance.MostCapacity, Uncertainty = new Grams(20_000m) }, Cancel));
    }

    [Fact]
    public async Task A_balance_becomes_far_coarser_only_where_the_integrity_office_agrees()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var (balances, answers) = (house.Get<RegisterBalance>(), house.Get<AnswerCalibration>());
        var (ines, coarse) = (Staff.Id("ines"), Of(1.5m));
        Refused(AnswerCalibration.NothingProposed, await answers.HandleAsync(ines, new(house.Balance, true, null), Cancel));
        // Twice as coarse counts; a second step of that size leads too far from where it began.
        Done(await balances.CalibrateAsync(Chief, house.Balance, Of(1m), Cancel));
        for (var i = 0; i < 2; i++) Done(await balances.CalibrateAsync(Chief, house.Balance, coarse, Cancel));
        Assert.Equal((new Grams(1m), coarse.Uncertainty), ((await BalanceAsync()).Uncertainty, (await BalanceAsync()).Proposed?.Uncertainty));
        Assert.Single(await house.Cases.Log.ReadAsync(0, int.MaxValue, Cancel), r => r.Header.Type == "exhibits.calibration-proposed.v1");
        foreach (var other in (string[])["chief", "port chief", "oscar", "keeper"]) Refused(Bars.Role, await answers.HandleAsync(Staff.Id(other), new(house.Balance, true, null), Cancel));
        Refused(ExhibitTexts.ReasonMissing, await answers.HandleAsync(ines, new(house.Balance, false, " "), Cancel));
        Done(await answers.HandleAsync(ines, new(house.Balance, false, "The certificate says 1."), Cancel));
        Assert.Null((await BalanceAsync()).Proposed);
        Done(await balances.CalibrateAsync(Chief, house.Balance, coarse, Cancel));
        Done(await answers.HandleAsync(ines, new(house.Balance, true, null), Cancel));
        Assert.Equal((coarse.Uncertainty, coarse.Uncertainty, null), ((await BalanceAsync()).Uncertainty, (await BalanceAsync()).Finest, (await BalanceAsync()).Proposed));
        Done(await balances.CalibrateAsync(Chief, house.Balance, Of(3m), Cancel));
        Assert.Equal(new Grams(3m), (await BalanceAsync()).Uncertainty);

        static RegisterBalance.Calibration Of(decimal uncertainty) => new(new Grams(uncertainty), new DateOnly(2027, 1, 1), $"CAL of {uncertainty}");
        async Task<Balance> BalanceAsync() => (await new RecordSession(house.Cases.Log).FoldAsync<Store>(Store.Stream, Cancel)).Balances[house.Balance];
    }

    [Fact]
    public async Task A_weighing_that_could_excuse_anything_is_held_against_nothing_but_a_sure_loss_shows()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync(null, "S-1");
        var weighbridge = Guid.CreateVersion7();
        Done(await house.Get<RegisterBalance>().HandleAsync(Chief, new RegisterBalance.Command(
            weighbridge, Staff.Id("narcotics"), "W-1", RegisterBalance.MostCapacity, new Grams(500_000m), new DateOnly(2027, 1, 1), "CAL-W"), Cancel));
        Done(await WeighAsync(house, exhibit, 1_000m));
        Assert.NotNull((await house.ExhibitAsync(exhibit)).Compare(Reading(400m, 0.5m)));
        // No rougher than five times the first, and than a hundredth of the mass.
        Assert.NotNull((await house.ExhibitAsync(exhibit)).Compare(Reading(1_000m, 2.5m)));
        Assert.Null((await house.ExhibitAsync(exhibit)).Compare(Reading(1_000m, 2.6m)));
        Assert.Null((await house.ExhibitAsync(exhibit)).Compare(Reading(1_000m, 50m)));
        Assert.Null((await house.ExhibitAsync(exhibit)).Compare(Reading(400m, 500_000m)));
        Assert.True((await house.ExhibitAsync(exhibit)).Compare(Reading(0m, 60m))!.Differs);
        Done(await house.Get<WeighExhibit>().HandleAsync(house.Handler, new WeighExhibit.Command(
            exhibit, Guid.CreateVersion7(), 1, MassKind.GrossSealed, new Grams(400m), null, weighbridge, Moment.Audit, With("keeper"), null), Cancel));
        var account = Probity.Exhibits.Balancing.MassBalance.Of(await house.ExhibitAsync(exhibit), [], (_, _) => false);
        Assert.Equal((Probity.Exhibits.Balancing.GramsState.CannotTell, Probity.Exhibits.Balancing.GramsGap.TooRough), (account.State, account.Gap));

        static Reading Reading(decimal grams, decimal uncertainty) => new(
            Guid.CreateVersion7(), 1, MassKind.GrossSealed, new Grams(grams), new Grams(uncertainty), "B", new DateOnly(2027, 1, 1), Moment.Audit, Chief, null, null, null,
            new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.Zero));
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
