using Probity.Lens.Conformance;
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

    public static Func<string, Action> Align(string log, string model, double percentFit) => folder =>
    {
        var (events, net) = Load(folder, log, model);
        var traces = events.Variants.Select(v => v.Activities.Select(a => events.Activities[a]).ToArray()).ToList();
        var cases = events.Variants.Select(v => v.Count).ToList();
        return () =>
        {
            // From the bare net each time: exploring it is part of the work.
            var found = new LogAligner(net, traces, new ConformanceOptions(), default).AlignAll(null, new SearchTime(null, default));
            var fitting = cases.Where((_, i) => found[i]!.Cost < AlignmentCost.Move).Sum();
            if (Math.Abs(percentFit - (100.0 * fitting / cases.Sum())) > 1e-6) throw new InvalidDataException("Another result.");
        };
    };

    static (EventLog Log, PetriNet Net) Load(string folder, string log, string model) => (
        LogReader.Read(Path.Combine(folder, "logs", log + ".xes.gz")),
        ProcedureReader.Read(Path.Combine(folder, "models", model + ".pnml")));
}
