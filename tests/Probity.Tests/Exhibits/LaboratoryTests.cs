using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Analysing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Sampling;
using Probity.Exhibits.Weighing;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>Samples and what the laboratory says of them.</summary>
public sealed class LaboratoryTests
{
    static readonly Guid Keeper = Staff.Id("keeper"), Lena = Staff.Id("lena"), Leo = Staff.Id("leo");

    static SecondPerson With(string name) => new(Staff.Id(name), null, null);

    static Staff WithLaboratory() => Staff.Agency().Unit("lab", "LAB").Unit("other lab", "OLA")
        .Post("lena", "lab", Role.Analyst).Post("leo", "lab", Role.Analyst).Post("otto", "other lab", Role.Analyst);

    static DrawSample.Command Draw(ExhibitHouse house, Guid exhibit, decimal grams = 5m, string seal = "M-1", string closed = "S-9", string plan = "ST/NAR/38, hypergeometric") =>
        new(exhibit, Guid.CreateVersion7(), 1, new Grams(grams), house.Balance, closed, seal, plan, 10, 7, With("keeper"), null);

    static Task<Outcome?> DrawAsync(ExhibitHouse house, DrawSample.Command command, Guid? by = null) =>
        house.Get<DrawSample>().HandleAsync(by ?? house.Handler, command, Cancel);

    static async Task<Guid> SampledAsync(ExhibitHouse house, Guid exhibit, decimal grams = 5m, string seal = "M-1", string closed = "S-9")
    {
        Done(await DrawAsync(house, Draw(house, exhibit, grams, seal, closed)));
        return (await house.ExhibitAsync(exhibit)).Samples[^1].Id;
    }

    static async Task SubmitAsync(ExhibitHouse house, Guid sample, string seal = "M-1")
    {
        Done(await house.GiveAsync(house.Handler, Release(sample, Lena, purpose: Purpose.Laboratory, authority: "REQ-1", seals: new SealedPackage(1, seal))));
        Done(await house.TakeAsync(Lena, new(sample, Guid.CreateVersion7(), Guid.CreateVersion7(), house.Handler, null, null, [new(1, seal)], null)));
    }

    static ReportAnalysis.Command Report(Guid exhibit, string substance = "cocaine-hcl", decimal? purity = 82.4m, decimal? uncertainty = 1.5m, decimal consumed = 0.05m) => new(
        exhibit, Guid.CreateVersion7(), null, substance, purity, uncertainty, "GC-MS, FTIR", new Grams(5m), new Grams(0.1m), new Grams(consumed), new Grams(1m), "VC-17");

    static Task<Outcome?> ReportAsync(ExhibitHouse house, Guid by, ReportAnalysis.Command command) => house.Get<ReportAnalysis>().HandleAsync(by, command, Cancel);

    static Task<Outcome?> ReviewAsync(ExhibitHouse house, Guid by, ReportAnalysis.Command of, bool agrees = true, string? reasons = null) =>
        house.Get<ReviewAnalysis>().HandleAsync(by, new(of.Exhibit, of.Analysis, agrees, reasons), Cancel);

    static async Task ResultAsync(ExhibitHouse house, ReportAnalysis.Command command)
    {
        Done(await ReportAsync(house, Lena, command));
        Done(await ReviewAsync(house, Leo, command));
    }

    [Fact]
    public async Task A_sample_is_an_exhibit_of_its_own_and_its_package_is_closed_with_another_seal_by_one_act()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await house.SeizeAsync();
        var command = Draw(house, exhibit);
        for (var i = 0; i < 2; i++) Done(await DrawAsync(house, command));
        var parent = await house.ExhibitAsync(exhibit);
        var drawn = Assert.Single(parent.Samples);
        Assert.Equal((parent.Number + "-S1", 1, 5m, "S-9"), (drawn.Number, drawn.Package, drawn.Mass.Value, parent.SealOf(1, house.Cases.Time.Now)));
        var act = Assert.Single(parent.Acts);
        Assert.Equal((command.Act, Keeper), (act.Key, act.Value.Witness));
        Done(await house.SignAsync(exhibit, command.Act, Keeper));

        var sample = await house.ExhibitAsync(drawn.Id);
        Assert.Equal((ExhibitKind.Sample, "cocaine-hcl", house.Handler, exhibit, exhibit), (sample.Kind, sample.Substance, sample.Chain.Holder, sample.Root, sample.Origin!.Parent));
        Assert.Equal([new SealedPackage(1, "M-1")], sample.Packages);
        Assert.Equal((5m, 0.5m), (sample.MassOf(MassKind.Net)!.Value.Mass.Value, sample.MassOf(MassKind.Net)!.Value.Uncertainty.Value));

        // A sample of a sample keeps the first.
        Done(await DrawAsync(house, Draw(house, drawn.Id, 1m, "M-2", "M-9") with { Package = 1 }));
        var second = await house.ExhibitAsync((await house.ExhibitAsync(drawn.Id)).Samples[0].Id);
        Assert.Equal((parent.Number + "-S1-S1", exhibit, drawn.Id, 1), (second.Number, second.Root, second.Origin!.Parent, second.Origin.Package));
    }

    [Fact]
    public async Task What_is_unclear_about_a_sample_is_refused()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await house.SeizeAsync();
        Refused(WeighExhibit.MassUnclear, await DrawAsync(house, Draw(house, exhibit, 0m)));
        Refused(WeighExhibit.OverCapacity, await DrawAsync(house, Draw(house, exhibit, 30_001m)));
        Refused(ExhibitTexts.SealTwice, await DrawAsync(house, Draw(house, exhibit, seal: "s-9")));
        Refused(ResealPackage.SameSeal, await DrawAsync(house, Draw(house, exhibit, closed: "S-2")));
        Refused(DrawSample.PlanMissing, await DrawAsync(house, Draw(house, exhibit, plan: " ")));
        Refused(DrawSample.UnitsUnclear, await DrawAsync(house, Draw(house, exhibit) with { Tested = 11 }));
        Refused(ExhibitTexts.PackageUnknown, await DrawAsync(house, Draw(house, exhibit) with { Package = 3 }));
        Refused(SecondPerson.SameHands, await DrawAsync(house, Draw(house, exhibit) with { Second = new(house.Handler, null, null) }));
        Refused(Bars.Role, await DrawAsync(house, Draw(house, exhibit), Staff.Id("oscar")));
        Assert.Null(await DrawAsync(house, Draw(house, exhibit), Keeper));
        Done(await house.WeighAsync(exhibit, house.Handler, 4m, With("keeper"), kind: MassKind.Net));
        Refused(DrawSample.TooMuch, await DrawAsync(house, Draw(house, exhibit, 5m)));
    }

    [Fact]
    public async Task A_net_weighing_allows_for_what_was_drawn_and_what_an_analysis_used_up()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await house.SeizeAsync();
        Done(await house.WeighAsync(exhibit, house.Handler, 1_000m, With("keeper"), kind: MassKind.Net));
        var sample = await SampledAsync(house, exhibit, 10m);
        Done(await house.WeighAsync(exhibit, house.Handler, 990.5m, With("keeper"), kind: MassKind.Net));
        Assert.Empty(await house.DiscrepanciesAsync());
        // The same loss a second time is not allowed for again.
        Done(await house.WeighAsync(exhibit, house.Handler, 980m, With("keeper"), kind: MassKind.Net));
        Assert.Equal((DiscrepancyKind.Weight, "990.5", "980"), Only(await house.DiscrepanciesAsync()));

        await SubmitAsync(house, sample);
        Done(await house.WeighAsync(sample, Lena, 10m, With("keeper"), kind: MassKind.Net));
        await ResultAsync(house, Report(sample, consumed: 2m) with { Net = new Grams(10m) });
        Done(await house.WeighAsync(sample, Lena, 8.1m, With("keeper"), kind: MassKind.Net));
        Assert.Single(await house.DiscrepanciesAsync());
        Done(await house.WeighAsync(sample, Lena, 6m, With("keeper"), kind: MassKind.Net));
        Assert.Equal(2, (await house.DiscrepanciesAsync()).Count);
    }

    // Of 5 g ± 0.5 g that were drawn, and of a package of 10 g beside another of a kilogram: what is kept for another analysis is part of what there is.
    [Fact]
    public async Task What_is_set_aside_for_another_analysis_is_no_more_than_is_left_of_its_package()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await house.SeizeAsync();
        var sample = await SampledAsync(house, exhibit);
        await SubmitAsync(house, sample);
        var report = Report(sample, consumed: 0.5m) with { Net = null, NetUncertainty = null };
        Refused(ReportAnalysis.ConsumedTooMuch, await ReportAsync(house, Lena, report with { Duplicate = new Grams(5.1m) }));
        await ResultAsync(house, report with { Duplicate = new Grams(4.5m) });
        // What the first analysis used up is there no more.
        report = report with { Analysis = Guid.CreateVersion7() };
        Refused(ReportAnalysis.ConsumedTooMuch, await ReportAsync(house, Lena, report with { Duplicate = new Grams(4.6m) }));
        for (var i = 0; i < 2; i++) Done(await ReportAsync(house, Lena, report with { Duplicate = new Grams(4.5m) }));
        // Under the same id with other content it is another report.
        Refused(SentAgain.Otherwise, await ReportAsync(house, Lena, report with { Duplicate = new Grams(4.4m) }));

        var whole = Exhibit.Initial with { Packages = [new(1, "S-1"), new(2, "S-2")] };
        Assert.False(ReportAnalysis.IsMoreThanThereIs(new Grams(500m), 1, whole));
        whole = whole with { Readings = [Net(1, 10m), Net(2, 1_000m)] };
        Assert.True(ReportAnalysis.IsMoreThanThereIs(new Grams(500m), 1, whole));
        Assert.False(ReportAnalysis.IsMoreThanThereIs(new Grams(500m), 2, whole));
        Assert.False(ReportAnalysis.IsMoreThanThereIs(new Grams(10.5m), 1, whole));

        static Reading Net(int package, decimal grams) => new(
            Guid.NewGuid(), package, MassKind.Net, new Grams(grams), new Grams(0.5m), "B-1", new DateOnly(2026, 12, 31), Moment.LabIn, Lena, null, null, null, new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Of_what_nobody_weighed_nothing_is_set_aside()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await house.SeizeAsync(seals: "S-1");
        await SubmitAsync(house, exhibit, "S-1");
        var report = Report(exhibit) with { Net = null, NetUncertainty = null, Duplicate = new Grams(100m) };
        Refused(ReportAnalysis.DuplicateUnweighed, await ReportAsync(house, Lena, report));
        // Nor is an uncertainty of everything an answer.
        Refused(ReportAnalysis.ConsumedTooMuch, await ReportAsync(house, Lena, report with { Net = new Grams(1m), NetUncertainty = new Grams(1_000m) }));
        Done(await ReportAsync(house, Lena, report with { Duplicate = null }));
    }

    [Fact]
    public async Task A_result_counts_once_another_analyst_of_the_laboratory_has_reviewed_it()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var sample = await SampledAsync(house, await house.SeizeAsync());
        Refused(Bars.Role, await ReportAsync(house, house.Handler, Report(sample)));
        await SubmitAsync(house, sample);
        Assert.Equal(ExhibitStatus.AtLab, (await house.ExhibitAsync(sample)).Status);
        Refused(ReportAnalysis.PurityUnclear, await ReportAsync(house, Lena, Report(sample, purity: 101m)));
        Refused(ReportAnalysis.PurityUnclear, await ReportAsync(house, Lena, Report(sample, uncertainty: null)));
        Refused(ReportAnalysis.ConsumedTooMuch, await ReportAsync(house, Lena, Report(sample, consumed: 5m)));
        Refused(ReportAnalysis.MethodsMissing, await ReportAsync(house, Lena, Report(sample) with { Methods = "" }));
        Assert.Null(await ReportAsync(house, Leo, Report(sample)));
        var first = Report(sample);
        for (var i = 0; i < 2; i++) Done(await ReportAsync(house, Lena, first));
        Refused(ReportAnalysis.ReviewAwaited, await ReportAsync(house, Lena, Report(sample)));

        Refused(Bars.Role, await ReviewAsync(house, Lena, first));
        Assert.Null(await ReviewAsync(house, Staff.Id("otto"), first));
        Refused(ExhibitTexts.ReasonMissing, await ReviewAsync(house, Leo, first, agrees: false));
        Done(await ReviewAsync(house, Leo, first, agrees: false, reasons: "The spectrum is of another sample."));
        Assert.Empty((await house.ExhibitAsync(sample)).Results);
        await ResultAsync(house, Report(sample));
        var after = await house.ExhibitAsync(sample);
        Assert.Equal((82.4m, Lena, Leo), (Assert.Single(after.Results).Purity, after.Results.First().Analyst, after.Results.First().Reviewer));
        // What the returned one had used up is said anew, and counts once.
        Assert.Equal(0.05m, Assert.Single(after.Taken).Mass.Value);
        Assert.Empty(await house.DiscrepanciesAsync());
    }

    [Fact]
    public async Task Another_substance_or_a_shifted_purity_is_a_matter_for_the_integrity_officer_from_the_review_on()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await house.SeizeAsync();
        var first = await SampledAsync(house, exhibit);
        await SubmitAsync(house, first);
        await ResultAsync(house, Report(first));
        // Two uncertainties of 1.5 % make 2.12 %.
        var second = await SampledAsync(house, exhibit, seal: "M-2", closed: "S-10");
        await SubmitAsync(house, second, "M-2");
        await ResultAsync(house, Report(second, purity: 80.3m));
        Assert.Empty(await house.DiscrepanciesAsync());
        var third = await SampledAsync(house, exhibit, seal: "M-3", closed: "S-11");
        await SubmitAsync(house, third, "M-3");
        await ResultAsync(house, Report(third, purity: 80.2m));
        Assert.Equal("-2.2 % (± 1.5, ± 1.5)", Assert.Single(await house.DiscrepanciesAsync()).Found.Note);

        var swapped = await SampledAsync(house, exhibit, seal: "M-4", closed: "S-12");
        await SubmitAsync(house, swapped, "M-4");
        var command = Report(swapped, "other-substance", null, null);
        Done(await ReportAsync(house, Lena, command));
        Assert.Single(await house.DiscrepanciesAsync());
        Done(await ReviewAsync(house, Leo, command));
        var found = (await house.DiscrepanciesAsync()).Select(d => d.Found).Last();
        Assert.Equal((DiscrepancyKind.Substance, "cocaine-hcl", "other-substance"), (found.Kind, found.Expected, found.Found));
        Assert.Contains(house.Handler, found.People);
    }

    [Fact]
    public async Task Late_to_the_laboratory_and_slow_to_return_are_seen()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var sample = await SampledAsync(house, await house.SeizeAsync());
        // Seized on a Monday.
        house.Cases.Time.Now += TimeSpan.FromHours(72);
        await SubmitAsync(house, sample);
        Assert.False((await house.ExhibitAsync(sample)).IsSubmittedLate);
        Assert.True(((await house.ExhibitAsync(sample)) with { SeizedAt = Staff.Before, Origin = null }).IsSubmittedLate);
        await ResultAsync(house, Report(sample));
        var result = await house.ExhibitAsync(sample);
        Assert.False(result.IsReturnedSlowly(house.Cases.Time.Now.AddDays(7)));
        Assert.True(result.IsReturnedSlowly(house.Cases.Time.Now.AddDays(8)));
        Done(await house.GiveAsync(Lena, Release(sample, Keeper, seals: new SealedPackage(1, "M-1"))));
        Done(await house.TakeAsync(Keeper, house.Receipt(sample, Lena, seals: new SealedPackage(1, "M-1"))));
        Assert.False((await house.ExhibitAsync(sample)).IsReturnedSlowly(house.Cases.Time.Now.AddDays(30)));
    }

    static readonly DateOnly Day = new(2026, 3, 2);

    static ReportNothingFound.Command Nothing(Guid exhibit, decimal consumed = 0.05m) =>
        new(exhibit, Guid.CreateVersion7(), null, " GC-MS, FTIR ", new Grams(consumed), Day, "Baking soda.");

    static Task<Outcome?> NothingAsync(ExhibitHouse house, Guid by, ReportNothingFound.Command command) => house.Get<ReportNothingFound>().HandleAsync(by, command, Cancel);

    static Task<Outcome?> AgreeAsync(ExhibitHouse house, Guid exhibit, Guid analysis, Guid? by = null) => house.Get<ReviewAnalysis>().HandleAsync(by ?? Leo, new(exhibit, analysis, true, null), Cancel);

    [Fact]
    public async Task That_nothing_controlled_was_found_is_a_result_of_its_own_which_another_analyst_reviews()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await house.SeizeAsync(seals: "S-1");
        var sample = await SampledAsync(house, exhibit);
        Refused(Bars.Role, await NothingAsync(house, house.Handler, Nothing(sample)));
        await SubmitAsync(house, sample);
        Refused(ReportAnalysis.MethodsMissing, await NothingAsync(house, Lena, Nothing(sample) with { Methods = " " }));
        Refused(ReportAnalysis.ConsumedTooMuch, await NothingAsync(house, Lena, Nothing(sample, consumed: 5.6m)));
        Refused(ReportNothingFound.DayUnclear, await NothingAsync(house, Lena, Nothing(sample) with { Day = Day.AddDays(-1) }));
        Refused(ReportNothingFound.DayUnclear, await NothingAsync(house, Lena, Nothing(sample) with { Day = Day.AddDays(1) }));
        Refused(ExhibitTexts.PackageUnknown, await NothingAsync(house, Lena, Nothing(sample) with { Package = 2 }));
        Refused(ExhibitTexts.ControlCharacters, await NothingAsync(house, Lena, Nothing(sample) with { Remarks = "a\u0007b" }));
        Assert.Null(await NothingAsync(house, Leo, Nothing(sample)));
        var command = Nothing(sample);
        for (var i = 0; i < 2; i++) Done(await NothingAsync(house, Lena, command));
        Refused(ReportAnalysis.ReviewAwaited, await ReportAsync(house, Lena, Report(sample)));

        var reported = await house.ExhibitAsync(sample);
        Assert.False(reported.IsNegativeWith([]));
        Refused(Bars.Role, await AgreeAsync(house, sample, command.Analysis, Lena));
        Assert.Null(await AgreeAsync(house, sample, command.Analysis, Staff.Id("otto")));
        Assert.Empty(await house.DiscrepanciesAsync());
        Done(await AgreeAsync(house, sample, command.Analysis));

        var after = await house.ExhibitAsync(sample);
        var result = Assert.Single(after.Results);
        Assert.Equal((true, null, null, "GC-MS, FTIR", Day, "Baking soda.", Lena, Leo), (result.IsNegative, result.Substance, result.Purity, result.Methods, result.Day, result.Remarks, result.Analyst, result.Reviewer));
        // It stays what was suspected, and what was used up is allowed for.
        Assert.Equal(("cocaine-hcl", 0.05m), (after.Substance, Assert.Single(after.Taken).Mass.Value));
        Assert.True(after.IsNegativeWith([]));
        var root = await house.ExhibitAsync(exhibit);
        Assert.True(root.IsNegativeWith([after]));
        Assert.False(root.IsNegativeWith([]));
        Assert.Equal("Cocaine hydrochloride (suspected; the laboratory found nothing controlled)", ExhibitWords.What(root, [after]));
        // What was seized as a drug and is none may have been exchanged.
        Assert.Equal((DiscrepancyKind.Substance, "cocaine-hcl", Substances.Nothing), Only(await house.DiscrepanciesAsync()));
    }

    [Fact]
    public async Task What_one_package_does_not_hold_says_nothing_of_the_others_nor_does_one_of_two_samples()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await house.SeizeAsync();
        var first = await SampledAsync(house, exhibit);
        await SubmitAsync(house, first);
        var command = Nothing(first);
        Done(await NothingAsync(house, Lena, command));
        Done(await AgreeAsync(house, first, command.Analysis));
        Assert.False((await house.ExhibitAsync(exhibit)).IsNegativeWith([await house.ExhibitAsync(first)]));

        // Of the same package, another sample holds it: that is for two people to explain, and no page says that there was nothing.
        var second = await SampledAsync(house, exhibit, seal: "M-2", closed: "S-10");
        await SubmitAsync(house, second, "M-2");
        await ResultAsync(house, Report(second));
        var found = (await house.DiscrepanciesAsync()).Select(d => d.Found).Last();
        Assert.Equal((DiscrepancyKind.Substance, Substances.Nothing, "cocaine-hcl"), (found.Kind, found.Expected, found.Found));
        var one = (await house.ExhibitAsync(exhibit)) with { Packages = [new SealedPackage(1, "S-10")] };
        Assert.False(one.IsNegativeWith([await house.ExhibitAsync(first), await house.ExhibitAsync(second)]));
    }

    static (DiscrepancyKind, string?, string?) Only(IReadOnlyList<(Guid Id, DiscrepancyFound Found)> found)
    {
        var one = Assert.Single(found).Found;
        return (one.Kind, one.Expected, one.Found);
    }
}
