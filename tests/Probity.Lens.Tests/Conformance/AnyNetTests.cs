using CsCheck;
using Probity.Lens.Conformance;
using Probity.Lens.Procedures;

namespace Probity.Lens.Tests.Conformance;

/// <summary>
/// Nets of any shape, sound or not: duplicate labels, silent cycles, weighted arcs, several tokens, no bound. Whatever
/// the way of searching, the cost is the one that the plain search finds, and the steps are a run that has it. Only in a
/// net without bound may a search meet its limit, and then it says so.
/// </summary>
public class AnyNetTests
{
    const int PlainLimit = 1_500;
    const int FewMarkings = 2_000;

    static readonly Gen<string?> Label = OneOf<string?>("a", "b", "c", null, null);

    static readonly Gen<PetriNet> Shapeless =
        from places in Gen.Int[1, 5]
        from transitions in Gen.Select(Label, AnyArcs(places), AnyArcs(places)).Array[1, 7]
        from start in Gen.Int[0, 2].Array[places]
        from end in Gen.Frequency((3, Gen.Int[0, 1]), (1, Gen.Int[0, 3])).Array[places]
        select Build(start, end, transitions);

    /// <summary>Nearly all can be complete and have few markings: the first such of twenty.</summary>
    internal static readonly Gen<PetriNet> SmallNet = Shapeless.Array[20].Select(nets => Array.Find(nets, IsSmall) ?? nets[0]);

    internal static readonly Gen<PetriNet> AnyNet = Gen.Frequency((3, SmallNet), (1, Shapeless));

    internal static readonly Gen<string[]> AnyTrace = OneOf("a", "a", "b", "b", "c", "x").Array[0, 6];

    static bool IsSmall(PetriNet net)
    {
        var graph = new MarkingGraph(net, 300);
        return graph.TryExploreAll(CancellationToken.None) && graph.Final >= 0;
    }

    static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static Gen<(int Place, int Weight)[]> AnyArcs(int places) =>
        Gen.Select(Gen.Int[0, places - 1], Gen.Frequency((8, Gen.Const(1)), (2, Gen.Const(2)), (1, Gen.Const(3)))).Array[0, 2];

    [Theory]
    [InlineData(FewMarkings, 500)]
    [InlineData(FewMarkings, 2)]
    [InlineData(0, 500)]
    [InlineData(0, 2)]
    public void Cost_is_that_of_the_plain_search(int wholeMarkings, int runMarkings)
    {
        var (found, twice, none, unfinished) = (0, 0, 0, 0);
        Gen.Select(AnyNet, AnyTrace).Sample(
            sample =>
            {
                var (net, trace) = sample;
                var expected = PlainSearch.Cost(net, trace, PlainLimit);
                var options = new ConformanceOptions { Threads = 1, MaxWholeMarkings = wholeMarkings, MaxRunMarkings = runMarkings, MaxMarkings = 3_000, MaxStates = 3_000 };
                try
                {
                    var aligner = new LogAligner(net, [trace], options, CancellationToken.None);
                    var alignment = aligner.AlignAll(null, new SearchTime(null, CancellationToken.None))[0];
                    if (expected is -1) return;
                    if (EditSearch.Cost(net, trace, 1_000) is >= 0 and var edited)
                    {
                        Assert.Equal(expected, edited);
                        Interlocked.Increment(ref twice);
                    }

                    if (alignment is null && !new MarkingGraph(net, FewMarkings).TryExploreAll(CancellationToken.None))
                    {
                        Interlocked.Increment(ref unfinished);
                        return;
                    }

                    Assert.NotNull(alignment);
                    Assert.Equal(expected, alignment.Cost);
                    AssertIsRun(alignment, net, trace);
                    Interlocked.Increment(ref found);
                }
                catch (BadInputException)
                {
                    // Refused as never complete: then the plain search must not have completed it either.
                    Assert.True(expected is null or -1);
                    Interlocked.Increment(ref none);
                }
            },
            iter: 600,
            print: s => Print(s.Item1, s.Item2));
        Assert.True(found > 100 && twice > 50 && none > 50 && unfinished * 5 < found, $"{found} aligned, {twice} searched otherwise too, {none} refused, {unfinished} unfinished.");
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(1)]
    public void Runs_that_turn_out_too_many_are_taken_step_by_step_without_loss(int runMarkings)
    {
        // Without bound: how many ways lead to an event grows with what they may cost.
        var net = Build([0], [2],
        [
            ("b", [(0, 3)], [(0, 2)]), ("c", [], [(0, 1)]), ("a", [(0, 2)], []), (null, [(0, 1)], []),
            ("a", [(0, 2)], [(0, 5)]), ("c", [(0, 1)], [(0, 1)]), (null, [(0, 2)], [(0, 5)]),
        ]);
        var options = new ConformanceOptions { Threads = 1, MaxWholeMarkings = 2_000, MaxRunMarkings = runMarkings, MaxMarkings = 20_000 };
        using var time = new SearchTime(null, CancellationToken.None);
        var alignment = new LogAligner(net, [["a", "b", "b"]], options, CancellationToken.None).AlignAll(null, time)[0];
        Assert.Equal(20_001, alignment!.Cost);
        AssertIsRun(alignment, net, ["a", "b", "b"]);
    }

    static void AssertIsRun(Alignment alignment, PetriNet net, string[] trace)
    {
        var marking = net.Initial.ToArray();
        var (position, cost) = (0, 0);
        foreach (var step in alignment.Steps)
        {
            if (step.Position >= 0) Assert.Equal(position++, step.Position);
            if (step.Transition >= 0)
            {
                Assert.True(net.IsEnabled(step.Transition, marking));
                net.Fire(step.Transition, marking);
            }

            if (step is { Position: >= 0, Transition: >= 0 }) Assert.Equal(trace[step.Position], net.Labels[step.Transition]);
            else cost += step.Transition >= 0 && net.Labels[step.Transition] is null ? 1 : 10_000;
        }

        Assert.Equal((trace.Length, alignment.Cost), (position, cost));
        Assert.Equal(net.Final.ToArray(), marking);
    }

    static PetriNet Build(int[] start, int[] end, (string? Label, (int, int)[] In, (int, int)[] Out)[] transitions)
    {
        var builder = new NetBuilder("pnml");
        for (var p = 0; p < start.Length; p++) builder.AddPlace($"p{p}", start[p], end[p]);
        foreach (var (label, inputs, outputs) in transitions)
        {
            var t = builder.AddTransition($"t{builder.TransitionCount}", label);
            foreach (var (place, weight) in inputs) builder.AddInput(t, place, weight);
            foreach (var (place, weight) in outputs) builder.AddOutput(t, place, weight);
        }

        return builder.Build();
    }

    internal static string Print(PetriNet net, string[] trace) =>
        $"{string.Join(' ', net.Initial.ToArray())} -> {string.Join(' ', net.Final.ToArray())}; " +
        string.Join("; ", Enumerable.Range(0, net.Labels.Count).Select(t =>
            $"{net.Labels[t] ?? "-"}: {string.Join(' ', net.InputsOf(t).ToArray())} > {string.Join(' ', net.OutputsOf(t).ToArray())}")) +
        $" | {string.Join(',', trace)}";
}
