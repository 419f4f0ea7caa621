using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Testing;

namespace Probity.Lens.Tests.Conformance;

/// <summary>Every variant's optimal cost on real logs equals what another implementation found.</summary>
public class AlignmentTests
{
    [Theory]
    [InlineData("running-example", "running-example_im00")]
    [InlineData("running-example", "running-example_im20")]
    [InlineData("roadtraffic100traces", "roadtraffic100traces_im00")]
    [InlineData("roadtraffic100traces", "roadtraffic100traces_im20")]
    [InlineData("roadfines", "roadfines_R1")]
    [InlineData("roadfines", "roadfines_im20")]
    [InlineData("roadfines", "roadfines_im00")]
    [InlineData("receipt", "receipt_im00")]
    [InlineData("receipt", "receipt_im20")]
    [InlineData("sepsis_cases", "sepsis_cases_im20")]
    public void Costs_and_fitness_of_every_variant(string log, string model)
    {
        var expected = ReferenceAlignment.Read(log, model);
        var result = Check(expected, model, new ConformanceOptions());
        var found = result.Variants.ToDictionary(v => Key(expected, v));
        Assert.Equal(expected.Count, found.Count);
        foreach (var row in expected)
        {
            var variant = found[string.Join('|', row.Trace)];
            Assert.Equal((row.Count, row.Cost), (variant.Variant.Count, variant.Cost));
            Assert.Equal(row.Fitness, variant.Fitness!.Value, 1e-9);
            // A moved step is two moves, any other deviation one: none is lost.
            Assert.Equal(row.Cost / 10_000, variant.Deviations.Sum(d => d.Moves));
        }
    }

    [Theory]
    [InlineData("roadfines", "roadfines_R1", 99.721354, 0.999499575, 0.999132262, 526)]
    [InlineData("roadfines", "roadfines_im20", 43.972867, 0.870545057, 0.878359787, 104_782)]
    [InlineData("roadfines", "roadfines_im00", 100, 1, 0.999787638, 0)]
    [InlineData("receipt", "receipt_im00", 100, 1, 0.999642119, 0)]
    [InlineData("receipt", "receipt_im20", 57.810321, 0.811741937, 0.789080630, 2_111)]
    [InlineData("sepsis_cases", "sepsis_cases_im20", 62.571429, 0.907459641, 0.962236584, 573)]
    public void Figures_of_the_whole_log(string log, string model, double fit, double mean, double logFitness, long moves)
    {
        var result = Check(ReferenceAlignment.Read(log, model), model, new ConformanceOptions());
        var figures = result.Alignments;
        Assert.Equal(fit, figures.PercentFit, 5.1e-7);
        Assert.Equal(mean, figures.MeanFitness, 5.1e-10);
        Assert.Equal(logFitness, figures.LogFitness, 5.1e-10);
        Assert.Equal((moves, 0), (figures.Moves, figures.Unfinished));
        // Replay along all silent paths fits the same cases; the replay of other tools does not.
        Assert.Equal((figures.PercentFit, 0), (result.ExactReplay.PercentFit, result.ExactReplay.Unfinished));
    }

    [Fact]
    public void A_net_of_forty_thousand_markings_is_finished()
    {
        var result = Check(ReferenceAlignment.Read("sepsis_cases", "sepsis_cases_im20"), "sepsis_cases_im00", new ConformanceOptions());
        var figures = result.Alignments;
        Assert.Equal((100, 0), (result.ExactReplay.PercentFit, result.ExactReplay.Unfinished));
        Assert.Equal((100, 1, 0), (figures.PercentFit, figures.MeanFitness, figures.Unfinished));
    }

    [Fact]
    public void Bounds_for_nets_too_large_to_explore_give_the_same_costs()
    {
        var traces = ReferenceAlignment.Read("receipt", "receipt_im20");
        var whole = Check(traces, "receipt_im20", new ConformanceOptions());
        var piecemeal = Check(traces, "receipt_im20", new ConformanceOptions { MaxWholeMarkings = 100 });
        Assert.Equal(whole.Variants.Select(v => v.Cost), piecemeal.Variants.Select(v => v.Cost));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_deviations()
    {
        var traces = ReferenceAlignment.Read("receipt", "receipt_im20");
        foreach (var wholeMarkings in (int[])[300_000, 100])
        {
            var one = Check(traces, "receipt_im20", new ConformanceOptions { Threads = 1, MaxWholeMarkings = wholeMarkings });
            var three = Check(traces, "receipt_im20", new ConformanceOptions { Threads = 3, MaxWholeMarkings = wholeMarkings });
            Assert.Equal(one.Variants.SelectMany(v => v.Deviations), three.Variants.SelectMany(v => v.Deviations));
        }
    }

    static ConformanceResult Check(List<ReferenceAlignment> rows, string model, ConformanceOptions options)
    {
        var net = ProcedureReader.Read(ReferenceData.Path($"lens/models/{model}.pnml"));
        return ConformanceCheck.Run(Log(rows), net, options, cancellation: TestContext.Current.CancellationToken);
    }

    static EventLog Log(List<ReferenceAlignment> rows) =>
        EventLog.FromTraces(rows.SelectMany((row, i) => Enumerable.Range(0, row.Count).Select(n => ($"{i}-{n}", (IReadOnlyList<string>)row.Trace))));

    static string Key(List<ReferenceAlignment> rows, VariantResult result)
    {
        // Cases are numbered in the order of the rows, so the first case tells the row.
        var first = result.Variant.Cases[0];
        foreach (var row in rows)
        {
            if (first < row.Count) return string.Join('|', row.Trace);
            first -= row.Count;
        }

        throw new InvalidOperationException("A case that no row gave.");
    }
}
