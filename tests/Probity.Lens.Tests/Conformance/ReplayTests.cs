using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Testing;

namespace Probity.Lens.Tests.Conformance;

public class ReplayTests
{
    [Theory]
    [InlineData("roadfines", "roadfines_R1", 84.562745, 0.986744262)]
    [InlineData("roadfines", "roadfines_im20", 43.972867, 0.928804324)]
    [InlineData("roadfines", "roadfines_im00", 100, 1)]
    [InlineData("receipt", "receipt_im00", 99.302650, 0.999689314)]
    [InlineData("receipt", "receipt_im20", 59.623431, 0.955262741)]
    [InlineData("sepsis_cases", "sepsis_cases_im20", 67.047619, 0.966979729)]
    [InlineData("sepsis_cases", "sepsis_cases_im00", 100, 1)]
    public void Real_logs_give_the_figures_of_another_implementation(string log, string model, double fit, double fitness)
    {
        var net = ProcedureReader.Read(ReferenceData.Path($"lens/models/{model}.pnml"));
        var replay = new TokenReplay(net);
        var (cases, fitting, missing, consumed, remaining, produced) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var line in File.ReadLines(ReferenceData.Path($"lens/reference/{log}.variants.tsv")))
        {
            var cells = line.Split('\t');
            var count = int.Parse(cells[0], System.Globalization.CultureInfo.InvariantCulture);
            var counts = replay.Replay(cells[1].Split('|'))!.Value;
            cases += count;
            fitting += counts.Fits ? count : 0;
            missing += (double)count * counts.Missing;
            consumed += (double)count * counts.Consumed;
            remaining += (double)count * counts.Remaining;
            produced += (double)count * counts.Produced;
        }

        Assert.Equal(fit, 100 * fitting / cases, 5.1e-7);
        Assert.Equal(fitness, (0.5 * (1 - (missing / consumed))) + (0.5 * (1 - (remaining / produced))), 5.1e-10);
    }

    [Fact]
    public void Tokens_are_counted_as_in_the_literature()
    {
        var net = Nets.Sequence("a", "b", "c");
        // start 1 + a 1 + c 1 made; a 1 + c 1 + end 1 used; c lacked its token and b's was left.
        Assert.Equal(
            new ReplayCounts { Produced = 3, Consumed = 3, Missing = 1, Remaining = 1 },
            new TokenReplay(net).Replay(["a", "unknown", "c"]));
    }

    [Fact]
    public void Silent_steps_that_are_too_many_leave_a_trace_undecided()
    {
        // From each of 3,000 marked places silent steps lead to nearly all of them, and none of them enables the event.
        const int size = 3_000;
        var random = new Random(1);
        var builder = new NetBuilder("pnml");
        for (var p = 0; p < size; p++) builder.AddPlace($"p{p}", initial: 1);
        var a = builder.AddTransition("a", "a");
        builder.AddInput(a, 0);
        builder.AddInput(a, builder.AddPlace("never"));
        for (var t = 1; t <= size; t++)
        {
            builder.AddInput(builder.AddTransition($"t{t}", null), t - 1);
            for (var arc = 0; arc < 2; arc++) builder.AddOutput(t, random.Next(size));
        }

        builder.AddInput(builder.AddTransition("last", null), 0, 2 * size);
        builder.AddOutput(size + 1, size);
        Assert.Null(new TokenReplay(builder.Build(), TestContext.Current.CancellationToken).Replay(["a"]));
    }

    [Fact]
    public void Replay_passes_over_what_alignments_report()
    {
        var log = EventLog.FromTraces([("1", ["a", "bribe", "b"])]);
        var result = ConformanceCheck.Run(log, Nets.Sequence("a", "b"), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((100, 0), (result.Replay.PercentFit, result.Alignments.PercentFit));
        Assert.Equal([new Deviation(DeviationKind.Unknown, "bribe", 1)], result.Variants[0].Deviations);
    }
}
