using CsCheck;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;

namespace Probity.Lens.Tests.Conformance;

/// <summary>A limit on time leaves paths unfinished and never gives a wrong figure.</summary>
public class SearchTimeTests
{
    static readonly ConformanceOptions NoTime = new() { MaxTime = TimeSpan.Zero, Quality = true };

    [Fact]
    public void Without_time_nothing_is_judged_and_it_says_so()
    {
        var log = EventLog.FromTraces([("1", ["a", "b"]), ("2", ["b"])]);
        var result = ConformanceCheck.Run(log, Nets.Sequence("a", "b"), NoTime, null, TestContext.Current.CancellationToken);
        Assert.Equal(2, result.Alignments.Unfinished);
        Assert.All(result.Variants, v => Assert.True(v is { Cost: null, Fitness: null, Fits: false, Deviations.Count: 0 }));
        Assert.Equal((0, 0), (result.Alignments.PercentFit, result.Alignments.Moves));
        Assert.Equal((2, 2), (result.ExactReplay.Unfinished, result.Replay.Unfinished));
    }

    [Fact]
    public void Whatever_the_time_what_is_judged_is_judged_right()
    {
        Gen.Select(AnyNetTests.AnyNet, AnyNetTests.AnyTrace.Array[1, 6], Gen.Int[0, 2]).Sample((net, traces, milliseconds) =>
        {
            var log = EventLog.FromTraces(traces.Select((t, i) => ($"{i}", (IReadOnlyList<string>)t)));
            var options = new ConformanceOptions { MaxStates = 2_000, MaxMarkings = 500, MaxWholeMarkings = 500, Threads = 2 };
            ConformanceResult whole;
            try
            {
                whole = ConformanceCheck.Run(log, net, options);
            }
            catch (BadInputException)
            {
                return;
            }

            var part = ConformanceCheck.Run(log, net, options with { MaxTime = TimeSpan.FromMilliseconds(milliseconds) });
            for (var v = 0; v < part.Variants.Count; v++)
            {
                if (part.Variants[v].Cost is not null) Assert.Equal(whole.Variants[v].Cost, part.Variants[v].Cost);
            }

            Assert.Equal(part.Variants.Count(v => v.Cost is null), part.Alignments.Unfinished);
        }, iter: 200);
    }

    [Fact]
    public void Who_stops_the_check_gets_no_result()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        var log = EventLog.FromTraces([("1", ["a", "b"])]);
        Assert.ThrowsAny<OperationCanceledException>(() => ConformanceCheck.Run(log, Nets.Sequence("a", "b"), new ConformanceOptions { MaxTime = TimeSpan.FromHours(1) }, null, stopped.Token));
    }
}
