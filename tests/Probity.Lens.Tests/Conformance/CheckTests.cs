using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;

namespace Probity.Lens.Tests.Conformance;

public class CheckTests
{
    [Theory]
    [InlineData("a b c", "")]
    [InlineData("a c", "Skipped b 1")]
    [InlineData("a b", "Skipped c 2")]
    [InlineData("a b b c", "Unexpected b 1|Unexpected b 2", true)]
    [InlineData("a x b c", "Unknown x 1")]
    [InlineData("b c a", "Moved a 2")]
    [InlineData("", "Skipped a 0|Skipped b 0|Skipped c 0")]
    public void Deviations_say_what_happened_and_where(string trace, string expected, bool eitherOf = false)
    {
        var result = Check(Nets.Sequence("a", "b", "c"), trace);
        var found = string.Join('|', result.Variants[0].Deviations.Select(d => $"{d.Kind} {d.Activity} {d.Position}"));
        if (eitherOf) Assert.Contains(found, expected.Split('|'));
        else Assert.Equal(expected, found);
    }

    [Fact]
    public void Deviations_are_grouped_by_what_happened_with_examples_in_log_order()
    {
        var log = EventLog.FromTraces([("1", ["a", "c"]), ("2", ["a", "b", "c"]), ("3", ["x", "a", "c"]), ("4", ["a", "c"]), ("5", ["a", "c"])]);
        var groups = ConformanceCheck.Run(log, Nets.Sequence("a", "b", "c"), cancellation: TestContext.Current.CancellationToken).GroupDeviations(log);
        Assert.Equal(["Skipped b 4: 1 3 4", "Unknown x 1: 3"],
            groups.Select(g => $"{g.Kind} {g.Activity} {g.Cases}: {string.Join(' ', g.Examples)}"));
    }

    [Fact]
    public void A_net_of_a_billion_markings_is_searched_without_exploring_it()
    {
        var steps = Enumerable.Range(0, 30).Select(i => $"s{i}").ToArray();
        var result = Check(Nets.AllOf(steps), string.Join(' ', steps.Reverse().Skip(3)));
        Assert.Equal((30_002, 0), (result.Variants[0].Cost, result.Alignments.Unfinished));
        Assert.Equal(["Skipped s27", "Skipped s28", "Skipped s29"],
            result.Variants[0].Deviations.Select(d => $"{d.Kind} {d.Activity}").Order());
    }

    [Fact]
    public void Whether_a_case_fits_is_known_though_its_tokens_are_not_counted()
    {
        var log = EventLog.FromTraces([("1", ["a", "b"]), ("2", ["b", "a"]), ("3", ["a", "b"])]);
        var result = ConformanceCheck.Run(log, Nets.Sequence("a", "b"), new ConformanceOptions { MaxReplayMarkings = 1 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(1, result.ExactReplay.Unfinished);
        Assert.Equal(200.0 / 3, result.ExactReplay.PercentFit, 9);
    }

    [Fact]
    public void Silent_steps_of_a_long_case_are_no_deviation_however_many()
    {
        // Each event is paid for with one silent step, 12,000 in all: more than a deviation costs.
        var builder = new NetBuilder("pnml");
        var (here, there) = (builder.AddPlace("here", initial: 1, final: 1), builder.AddPlace("there"));
        var (a, back) = (builder.AddTransition("a", "a"), builder.AddTransition("back", null));
        builder.AddInput(a, here);
        builder.AddOutput(a, there);
        builder.AddInput(back, there);
        builder.AddOutput(back, here);
        var result = Check(builder.Build(), string.Join(' ', Enumerable.Repeat("a", 12_000)));
        var path = result.Variants[0];
        Assert.Equal((12_000, true, 1.0, 0), (path.Cost, path.Fits, path.Fitness, path.Deviations.Count));
        Assert.Equal((100.0, 0L, 100.0), (result.Alignments.PercentFit, result.Alignments.Moves, result.ExactReplay.PercentFit));
    }

    [Fact]
    public void A_net_without_bound_is_checked_when_it_can_be_complete() =>
        Assert.Equal(7, Check(Nets.Breeder(7), "a").Variants[0].Cost);

    [Fact]
    public void A_net_without_bound_that_is_never_complete_is_refused()
    {
        var e = Assert.Throws<BadInputException>(() => Check(Nets.Breeder(7, "never"), "a"));
        Assert.Contains("cannot be reached", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_net_that_stops_short_is_refused()
    {
        var builder = new NetBuilder("pnml");
        var (start, end) = (builder.AddPlace("start", initial: 1), builder.AddPlace("end", final: 2));
        var a = builder.AddTransition("a", "a");
        builder.AddInput(a, start);
        builder.AddOutput(a, end);
        Assert.Throws<BadInputException>(() => Check(builder.Build(), "a"));
    }

    [Fact]
    public void A_limit_leaves_variants_unfinished_and_their_figures_out()
    {
        var net = Nets.AllOf([.. Enumerable.Range(0, 8).Select(i => $"s{i}")]);
        var log = EventLog.FromTraces([("1", ["s0", "s1", "s2"])]);
        var result = ConformanceCheck.Run(log, net, new ConformanceOptions { MaxStates = 2 }, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((1, null, false), (result.Alignments.Unfinished, result.Variants[0].Cost, result.Variants[0].Fits));
    }

    [Fact]
    public void A_check_can_be_stopped() =>
        Assert.Throws<OperationCanceledException>(() =>
            ConformanceCheck.Run(EventLog.FromTraces([("1", ["a"])]), Nets.Sequence("a"), cancellation: new CancellationToken(canceled: true)));

    internal static ConformanceResult Check(PetriNet net, string trace) =>
        ConformanceCheck.Run(
            EventLog.FromTraces([("1", trace.Split(' ', StringSplitOptions.RemoveEmptyEntries))]), net,
            cancellation: TestContext.Current.CancellationToken);
}
