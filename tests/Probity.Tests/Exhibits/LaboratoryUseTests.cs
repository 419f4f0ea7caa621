using Probity.Exhibits;
using Probity.Exhibits.Analysing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Sampling;
using Probity.Exhibits.Viewing;
using Probity.Shared.Record;
using static Probity.Tests.Exhibits.DestructionScene;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>The laboratory is no way out of the store: what it draws and uses up beyond need is said why, signed by two, and looked at.</summary>
public sealed class LaboratoryUseTests
{
    static async Task<(Guid Exhibit, Guid Sample)> SampleAsync(ExhibitHouse house, decimal grams, string? large = null)
    {
        var exhibit = await house.SeizeAsync(null, "S-1");
        await WeighAsync(house, exhibit, house.Handler, Moment.Seizure, 1_000m, 1, kind: MassKind.Net);
        SealedPackage[] seals = [new(1, "S-1")];
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper, seals: seals)));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler, seals: seals)));
        var draw = new DrawSample.Command(exhibit, Guid.CreateVersion7(), 1, new Grams(grams), house.Balance, "S-2", "M-1", "ST/NAR/38", 1, 1, WithChief, null, large);
        if (large is not null) Refused(DrawSample.Large, await house.Get<DrawSample>().HandleAsync(Keeper, draw with { LargeReason = " " }, Cancel));
        Done(await house.Get<DrawSample>().HandleAsync(Keeper, draw, Cancel));
        Done(await house.SignAsync(exhibit, draw.Act, Chief));
        var drawn = (await house.ExhibitAsync(exhibit)).Samples[^1];
        Assert.Equal(large, drawn.Large);
        Done(await house.GiveAsync(Keeper, Release(drawn.Id, Lena, purpose: Purpose.Laboratory, authority: "Court 2, 17/2026", seals: new SealedPackage(1, "M-1"))));
        Done(await house.TakeAsync(Lena, new(drawn.Id, Guid.CreateVersion7(), Guid.CreateVersion7(), Keeper, null, null, [new(1, "M-1")], null)));
        return (exhibit, drawn.Id);
    }

    static ReportAnalysis.Command Report(Guid sample, decimal used, string? reason = null, decimal? net = null) => new(
        sample, Guid.CreateVersion7(), null, "cocaine-hcl", null, null, "GC-MS", net is { } n ? new Grams(n) : null, net is null ? null : new Grams(0.1m), new Grams(used), null, null, null, reason);

    static Task<Outcome?> ReviewAsync(ExhibitHouse house, ReportAnalysis.Command report, bool useSeen) =>
        house.Get<ReviewAnalysis>().HandleAsync(Leo, new(report.Exhibit, report.Analysis, true, null, useSeen), Cancel);

    [Fact]
    public async Task Nine_hundred_grams_are_not_used_up_on_two_signatures()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var (_, sample) = await SampleAsync(house, 900m, "The court asks for a homogenised half.");
        var (report, slice) = (Report(sample, 899m), house.Get<ReportAnalysis>());
        Refused(ReportAnalysis.UsedMuch, await slice.HandleAsync(Lena, report, Cancel));
        report = report with { UsedReason = "The whole was dissolved for profiling." };
        Done(await slice.HandleAsync(Lena, report, Cancel));
        Refused(ReviewAnalysis.UseNotSigned, await ReviewAsync(house, report, useSeen: false));
        Assert.Empty(await house.DiscrepanciesAsync());
        Done(await ReviewAsync(house, report, useSeen: true));
        var (_, found) = Assert.Single(await house.DiscrepanciesAsync());
        Assert.Equal((DiscrepancyKind.Used, sample, "899", "The whole was dissolved for profiling."), (found.Kind, found.Exhibit, found.Found, found.Note));
        Assert.Equal([Lena, Leo], found.People);
        Assert.True((await house.ExhibitAsync(sample)).Analyses[0].UseSeen);
    }

    [Theory]
    [InlineData(10, 2.0, false), InlineData(10, 2.01, true), InlineData(3, 1.6, true), InlineData(0.3, 0.2, false)]
    public async Task What_a_test_needs_is_used_up_without_a_reason(double drawn, double used, bool much)
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var (_, sample) = await SampleAsync(house, (decimal)drawn);
        var report = Report(sample, (decimal)used);
        var outcome = await house.Get<ReportAnalysis>().HandleAsync(Lena, report, Cancel);
        if (much)
        {
            Refused(ReportAnalysis.UsedMuch, outcome);
            Refused(ReportAnalysis.UsedMuch, await house.Get<ReportNothingFound>().HandleAsync(Lena, new(sample, Guid.CreateVersion7(), null, "GC-MS", new Grams((decimal)used), Day, null), Cancel));
            return;
        }

        Done(outcome);
        Done(await ReviewAsync(house, report, useSeen: false));
        Assert.Empty(await house.DiscrepanciesAsync());
    }

    [Fact]
    public async Task Many_analyses_use_up_no_more_than_one()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        // Never more than 2 g together, and of so little more than half.
        var (_, sample) = await SampleAsync(house, 3.5m);
        for (var i = 0; i < 2; i++)
        {
            var report = Report(sample, 0.6m);
            Done(await house.Get<ReportAnalysis>().HandleAsync(Lena, report, Cancel));
            Done(await ReviewAsync(house, report, useSeen: false));
        }

        Refused(ReportAnalysis.UsedMuch, await house.Get<ReportAnalysis>().HandleAsync(Lena, Report(sample, 0.6m), Cancel));
    }

    [Fact]
    public async Task Portions_of_a_package_are_one_amount()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var (exhibit, sample) = await SampleAsync(house, 20m);
        var slice = house.Get<ReportAnalysis>();
        async Task ReviewedAsync(ReportAnalysis.Command report, bool agrees = true)
        {
            Done(await slice.HandleAsync(Lena, report, Cancel));
            Done(await house.Get<ReviewAnalysis>().HandleAsync(Leo, new(sample, report.Analysis, agrees, agrees ? null : "The spectrum is of another sample.", false), Cancel));
        }

        // What was returned was not used up.
        await ReviewedAsync(Report(sample, 1.9m), agrees: false);
        await ReviewedAsync(Report(sample, 1.9m));
        Refused(ReportAnalysis.UsedMuch, await slice.HandleAsync(Lena, Report(sample, 0.2m), Cancel));
        Refused(ReportAnalysis.UsedMuch, await slice.HandleAsync(Lena, Report(sample, 0.2m) with { Package = 1 }, Cancel));
        var report = Report(sample, 0.2m, "The court asks for a second method.");
        Done(await slice.HandleAsync(Lena, report, Cancel));
        Refused(ReviewAnalysis.UseNotSigned, await ReviewAsync(house, report, useSeen: false));
        Done(await ReviewAsync(house, report, useSeen: true));
        var (_, found) = Assert.Single(await house.DiscrepanciesAsync());
        Assert.Equal((DiscrepancyKind.Used, "2", "2.1"), (found.Kind, found.Expected, found.Found));
        // What gave its reason is not held against the next.
        await ReviewedAsync(Report(sample, 0.1m));

        // So is what is drawn: 20 g were.
        var draw = new DrawSample.Command(exhibit, Guid.CreateVersion7(), 1, new Grams(11m), house.Balance, "S-3", "M-2", "ST/NAR/38", 1, 1, WithChief, null);
        Refused(DrawSample.Large, await house.Get<DrawSample>().HandleAsync(Keeper, draw, Cancel));
        Done(await house.Get<DrawSample>().HandleAsync(Keeper, draw with { LargeReason = "For the defence." }, Cancel));
        Done(await house.Get<DrawSample>().HandleAsync(Keeper, draw with { Act = Guid.CreateVersion7(), Mass = new Grams(10m), NewSeal = "S-4", SampleSeal = "M-3" }, Cancel));
        Assert.Equal([null, "For the defence.", null], (await house.ExhibitAsync(exhibit)).Samples.Select(s => s.Large));
    }

    [Fact]
    public async Task What_the_laboratory_weighed_and_does_not_fit_is_a_matter_and_what_is_left_is_weighed()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var (_, sample) = await SampleAsync(house, 20m);
        var report = Report(sample, 0.5m, net: 18m);
        Done(await house.Get<ReportAnalysis>().HandleAsync(Lena, report, Cancel));
        Done(await ReviewAsync(house, report, useSeen: false));
        var (_, found) = Assert.Single(await house.DiscrepanciesAsync());
        Assert.Equal((DiscrepancyKind.Weight, "20", "18"), (found.Kind, found.Expected, found.Found));
        Assert.True((await house.ExhibitAsync(sample)).AwaitsWeighingOfRest);
        Assert.Contains("weigh", await StepsAsync(), StringComparison.Ordinal);
        await WeighAsync(house, sample, Lena, Moment.LabOut, 17.5m, 1, kind: MassKind.Net);
        Assert.False((await house.ExhibitAsync(sample)).AwaitsWeighingOfRest);
        Assert.Equal("", await StepsAsync());

        async Task<string> StepsAsync() => string.Join(' ', ExhibitSteps.Next(await house.Get<ExhibitDesk>().ReadAsync(new RecordSession(house.Cases.Log), Lena, sample, Cancel)).Select(s => s.Href[(s.Href.LastIndexOf('/') + 1)..]));
    }
}
