using CsCheck;
using Probity.Lens.Conformance;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;
using Probity.Testing;

namespace Probity.Lens.Tests.Discovery;

public sealed class InductiveMinerTests
{
    // Traces separated by commas, one letter an activity.
    [Theory]
    [InlineData("abc", "->( 'a', 'b', 'c' )")]
    [InlineData("a,b", "X( 'a', 'b' )")]
    [InlineData("ab,ba", "+( 'a', 'b' )")]
    [InlineData("a,aba,ababa", "*( 'a', 'b' )")]
    [InlineData("a,aa,aaa", "*( 'a', tau )")]
    [InlineData("abd,acd", "->( 'a', X( 'b', 'c' ), 'd' )")]
    [InlineData("abcd,acbd", "->( 'a', +( 'b', 'c' ), 'd' )")]
    [InlineData("ad,abd", "->( 'a', X( tau, 'b' ), 'd' )")]
    [InlineData("abcd,acbd,aed", "->( 'a', X( +( 'b', 'c' ), 'e' ), 'd' )")]
    [InlineData("abc,abcdbc,abcdbcdbc", "->( 'a', *( ->( 'b', 'c' ), 'd' ) )")]
    [InlineData("ab,abcb,abdb", "->( 'a', *( 'b', 'c', 'd' ) )")]
    [InlineData("", "tau")]
    public void Blocks_are_found_where_the_log_shows_them(string traces, string tree) =>
        Assert.Equal(tree, Mine(Log(traces.Split(','))).ToString());

    [Fact]
    public void With_a_threshold_what_is_rare_is_passed_over()
    {
        string[] traces = [.. Enumerable.Repeat("abcd", 97), "dabc", "bcda", "dcba"];
        Assert.NotEqual("->( 'a', 'b', 'c', 'd' )", Mine(Log(traces)).ToString());
        Assert.Equal("->( 'a', 'b', 'c', 'd' )", Mine(Log(traces), 0.2).ToString());
    }

    // The guarantee of the method: without a threshold, every case follows what is found.
    [Fact]
    public void Every_case_of_any_log_follows_what_is_found_in_it() => Gen.Int[0, 5].Array[0, 7].Array[1, 25].Sample(
        paths =>
        {
            var log = EventLog.FromTraces(paths.Select((p, i) => ($"{i}", (IReadOnlyList<string>)[.. p.Select(a => $"{(char)('a' + a)}")])));
            var found = Mine(log);
            Assert.All(Run(log, found.ToNet()).Variants, v => Assert.True(v.Fits, $"{found}: {string.Join(' ', v.Variant.Activities)}"));
        }, iter: 400);

    // Rediscovery (Leemans et al. 2013, theorem 14): a tree of different activities, in whose loops the first part begins and ends
    // differently, is found again from a log that shows every step that the tree allows.
    [Fact]
    public void A_procedure_is_found_again_from_its_own_cases()
    {
        var complete = 0;
        Trees(3).Sample(
            shape =>
            {
                var next = 0;
                var tree = Build(shape, ref next);
                var random = new Random(next);
                if (Complete(tree, random) is not { } log) return;
                complete++;
                var found = Mine(log);
                var probes = EventLog.FromTraces(Enumerable.Range(0, 100).Select(i => ($"{i}", (IReadOnlyList<string>)Play(found, random))));
                Assert.All(Run(log, found.ToNet()).Variants, v => Assert.True(v.Fits));
                Assert.All(Run(probes, tree.ToNet()).Variants, v => Assert.True(v.Fits, $"{tree} found as {found}"));
            }, iter: 150, threads: 1);
        Assert.InRange(complete, 75, 150);
    }

    [Fact]
    public void As_bpmn_a_tree_is_the_same_procedure() => Trees(3).Sample(
        shape =>
        {
            var next = 0;
            var tree = ProcessTree.Block(TreeOperator.Sequence, Build(shape, ref next), ProcessTree.Block(
                TreeOperator.Choice, ProcessTree.Silent, ProcessTree.Block(TreeOperator.Loop, ProcessTree.Activity("x <1> & \u0001"), ProcessTree.Silent)));
            using var file = new MemoryStream();
            tree.WriteBpmn(file);
            file.Position = 0;
            var read = Probity.Lens.Procedures.ProcedureReader.Read(file, "tree.bpmn");
            Assert.Contains("x <1> & \uFFFD", read.Labels);
            var random = new Random(next);
            // Right and wrong cases cost the same on both.
            var traces = Enumerable.Range(0, 60).Select(i => Play(tree, random).Select(a => a.Replace('\u0001', '\uFFFD')).ToList()).ToList();
            foreach (var trace in traces.Skip(30)) (trace[0], trace[^1]) = (trace[^1], trace[random.Next(trace.Count)]);
            var log = EventLog.FromTraces(traces.Select((t, i) => ($"{i}", (IReadOnlyList<string>)t)));
            var own = Run(EventLog.FromTraces(traces.Select((t, i) => ($"{i}", (IReadOnlyList<string>)[.. t.Select(a => a.Replace('\uFFFD', '\u0001'))]))), tree.ToNet());
            Assert.Equal(own.Alignments.Moves, Run(log, read).Alignments.Moves);
        }, iter: 60);

    static EventLog? Complete(ProcessTree tree, Random random)
    {
        var (_, _, wanted) = Steps(tree);
        var traces = new List<(string, IReadOnlyList<string>)>();
        while (traces.Count < 3_000)
        {
            var trace = Play(tree, random);
            traces.Add(($"{traces.Count}", trace));
            for (var i = 1; i < trace.Count; i++) wanted.Remove((trace[i - 1], trace[i]));
            if (wanted.Count == 0 && traces.Count >= 100) return EventLog.FromTraces(traces);
        }

        return null;
    }

    // What a tree allows to begin, to end and to follow one another.
    static (HashSet<string> Starts, HashSet<string> Ends, HashSet<(string, string)> Pairs) Steps(ProcessTree tree)
    {
        if (tree.Kind == TreeOperator.Activity) return ([tree.Name!], [tree.Name!], []);
        var parts = tree.Parts.Select(Steps).ToList();
        HashSet<(string, string)> pairs = [.. parts.SelectMany(p => p.Pairs)];
        void Cross(IEnumerable<string> from, IEnumerable<string> to) => pairs.UnionWith(from.SelectMany(_ => to, (a, b) => (a, b)));
        switch (tree.Kind)
        {
            case TreeOperator.Sequence:
                for (var i = 1; i < parts.Count; i++) Cross(parts[i - 1].Ends, parts[i].Starts);
                return (parts[0].Starts, parts[^1].Ends, pairs);
            case TreeOperator.Loop:
                foreach (var again in parts.Skip(1))
                {
                    Cross(parts[0].Ends, again.Starts);
                    Cross(again.Ends, parts[0].Starts);
                }

                return (parts[0].Starts, parts[0].Ends, pairs);
            case TreeOperator.Parallel:
                var names = tree.Parts.Select(Names).ToList();
                for (var i = 0; i < names.Count; i++)
                    for (var j = 0; j < names.Count; j++)
                        if (i != j) Cross(names[i], names[j]);
                break;
        }

        return ([.. parts.SelectMany(p => p.Starts)], [.. parts.SelectMany(p => p.Ends)], pairs);
    }

    static List<string> Names(ProcessTree tree) => tree.Name is { } name ? [name] : [.. tree.Parts.SelectMany(Names)];

    [Theory]
    [InlineData("receipt.xes.gz"), InlineData("running-example.xes"), InlineData("roadtraffic100traces.xes"), InlineData("sepsis_cases.xes.gz")]
    public void Every_case_of_a_real_log_follows_what_is_found_in_it(string name)
    {
        var log = LogReader.Read(ReferenceData.Path($"lens/logs/{name}"), cancel: TestContext.Current.CancellationToken);
        var found = Mine(log);
        var result = Run(log, found.ToNet());
        Assert.Equal(100.0, result.Alignments.PercentFit);
    }

    [Fact]
    public void A_log_with_free_texts_as_activities_is_refused()
    {
        var log = EventLog.FromTraces([("1", [.. Enumerable.Range(0, 1_001).Select(i => $"a{i}")])]);
        Assert.Contains("1,001 different activities", Assert.Throws<BadInputException>(() => Mine(log)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Mine(log, 1.5));
    }

    static ProcessTree Mine(EventLog log, double noise = 0) => InductiveMiner.Mine(log, noise, TestContext.Current.CancellationToken);

    static ConformanceResult Run(EventLog log, Probity.Lens.Procedures.PetriNet net) =>
        ConformanceCheck.Run(log, net, cancellation: TestContext.Current.CancellationToken);

    static EventLog Log(IReadOnlyList<string> traces) =>
        EventLog.FromTraces(traces.Select((t, i) => ($"{i}", (IReadOnlyList<string>)[.. t.Select(c => c.ToString())])));

    sealed record Shape(TreeOperator Kind, Shape[] Parts);

    static Gen<Shape> Trees(int depth)
    {
        var step = Gen.Const(new Shape(TreeOperator.Activity, []));
        if (depth == 0) return step;
        var part = Trees(depth - 1);
        var block = Gen.Select(Gen.OneOf(Gen.Const(TreeOperator.Sequence), Gen.Const(TreeOperator.Choice), Gen.Const(TreeOperator.Parallel)), part.Array[2, 3], (kind, parts) => new Shape(kind, parts));
        // A body of two steps in line: its starts and ends differ, as the theorem asks.
        var loop = Gen.Select(step.Array[2, 2], step, (body, again) => new Shape(TreeOperator.Loop, [new Shape(TreeOperator.Sequence, body), again]));
        return Gen.Frequency((2, step), (4, block), (1, loop));
    }

    static ProcessTree Build(Shape shape, ref int next)
    {
        if (shape.Kind == TreeOperator.Activity) return ProcessTree.Activity($"a{next++}");
        var parts = new List<ProcessTree>();
        foreach (var part in shape.Parts) parts.Add(Build(part, ref next));
        return ProcessTree.Block(shape.Kind, parts);
    }

    static List<string> Play(ProcessTree tree, Random random)
    {
        switch (tree.Kind)
        {
            case TreeOperator.Activity: return [tree.Name!];
            case TreeOperator.Silent: return [];
            case TreeOperator.Sequence: return [.. tree.Parts.SelectMany(p => Play(p, random))];
            case TreeOperator.Choice: return Play(tree.Parts[random.Next(tree.Parts.Count)], random);
            case TreeOperator.Loop:
                var rounds = Play(tree.Parts[0], random);
                while (random.Next(2) == 0) rounds = [.. rounds, .. Play(tree.Parts[random.Next(1, tree.Parts.Count)], random), .. Play(tree.Parts[0], random)];
                return rounds;
            default:
                var queues = tree.Parts.Select(p => new Queue<string>(Play(p, random))).Where(q => q.Count > 0).ToList();
                var mixed = new List<string>();
                while (queues.Count > 0)
                {
                    var queue = queues[random.Next(queues.Count)];
                    mixed.Add(queue.Dequeue());
                    if (queue.Count == 0) queues.Remove(queue);
                }

                return mixed;
        }
    }
}
