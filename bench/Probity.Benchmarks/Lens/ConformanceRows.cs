using Probity.Lens.Conformance;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;

namespace Probity.Benchmarks.Lens;

/// <summary>Token replay and optimal alignments of whole logs, reading not counted.</summary>
internal static class ConformanceRows
{
    public static Func<string, Action> Replay(string log, string model) => folder =>
    {
        var (events, net) = Load(folder, log, model);
        var traces = events.Variants.Select(v => v.Activities.Select(a => events.Activities[a]).ToArray()).ToList();
        return () =>
        {
            var replay = new TokenReplay(net);
            foreach (var trace in traces) replay.Replay(trace);
        };
    };

    public static Func<string, Action> Align(string log, string model, double percentFit, int threads = 1) => folder =>
    {
        var (events, net) = Load(folder, log, model);
        var traces = events.Variants.Select(v => v.Activities.Select(a => events.Activities[a]).ToArray()).ToList();
        var cases = events.Variants.Select(v => v.Count).ToList();
        return () =>
        {
            // From the bare net each time: exploring it is part of the work.
            var found = new LogAligner(net, traces, new ConformanceOptions { Threads = threads }, default).AlignAll(null, new SearchTime(null, default));
            var fitting = cases.Where((_, i) => found[i]!.Cost < AlignmentCost.Move).Sum();
            if (Math.Abs(percentFit - (100.0 * fitting / cases.Sum())) > 1e-6) throw new InvalidDataException("Another result.");
        };
    };

    /// <summary>2,000 invented cases and a procedure of twenty optional and repeatable steps side by side, all in a loop: some 10^12 markings.</summary>
    public static Action AlignLarge(string folder)
    {
        var random = new Random(7);
        var names = Enumerable.Range(0, 20).Select(i => $"Step {i}").ToArray();
        var steps = names.Select(name => Maybe(ProcessTree.Block(TreeOperator.Loop, ProcessTree.Activity(name), ProcessTree.Silent))).ToArray();
        var net = ProcessTree.Block(TreeOperator.Loop, ProcessTree.Block(TreeOperator.Parallel, steps), ProcessTree.Silent).ToNet();
        // One event in fifty is none of the procedure's.
        var traces = Enumerable.Range(0, 2_000).Select(_ => Enumerable.Range(0, random.Next(5, 40))
            .Select(_ => random.Next(50) == 0 ? "Another step" : names[random.Next(names.Length)]).ToArray()).ToList();
        return () =>
        {
            var found = new LogAligner(net, traces, new ConformanceOptions { Threads = 1 }, default).AlignAll(null, new SearchTime(null, default));
            for (var i = 0; i < found.Length; i++)
                if (found[i]!.Cost / AlignmentCost.Move != traces[i].Count(a => a == "Another step")) throw new InvalidDataException("Another result.");
        };
    }

    static ProcessTree Maybe(ProcessTree tree) => ProcessTree.Block(TreeOperator.Choice, ProcessTree.Silent, tree);

    static (EventLog Log, PetriNet Net) Load(string folder, string log, string model) => (
        LogReader.Read(Path.Combine(folder, "logs", log + ".xes.gz")),
        ProcedureReader.Read(Path.Combine(folder, "models", model + ".pnml")));
}
