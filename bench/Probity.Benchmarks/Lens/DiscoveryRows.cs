using Probity.Lens.Conformance;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Rules;

namespace Probity.Benchmarks.Lens;

/// <summary>Constraints, rules, the inductive miner and exact replay; reading not counted, finding the variants counted.</summary>
internal static class DiscoveryRows
{
    public static Func<string, Action> Constraints(string log) => folder =>
    {
        var events = Read(folder, log, null);
        return () =>
        {
            if (DeclareMiner.Discover(events.WithoutVariants()).Count == 0) throw new InvalidDataException("Another log.");
        };
    };

    public static Func<string, Action> Judge(string log, int violations) => folder =>
    {
        var file = RuleFile.Read(Path.Combine(AppContext.BaseDirectory, "road-fines.yaml"));
        var events = Read(folder, log, file);
        return () =>
        {
            if (RuleCheck.Run(events, file).Rules.Sum(r => r.Violations.Count) != violations) throw new InvalidDataException("Another result.");
        };
    };

    public static Func<string, Action> Mine(string log) => folder =>
    {
        var events = Read(folder, log, null);
        return () => InductiveMiner.Mine(events.WithoutVariants());
    };

    public static Func<string, Action> ReplayExactly(string log, string model, double percentFit) => folder =>
    {
        var events = Read(folder, log, null);
        var net = ProcedureReader.Read(Path.Combine(folder, "models", model + ".pnml"));
        var traces = events.Variants.Select(v => v.Activities.Select(a => events.Activities[a]).ToArray()).ToList();
        var cases = events.Variants.Select(v => v.Count).ToList();
        return () =>
        {
            var found = new ExactReplay(net, new ConformanceOptions().MaxReplayMarkings).ReplayAll(traces, default);
            var fitting = cases.Where((_, i) => found[i] is { Fits: true }).Sum();
            if (Math.Abs(percentFit - (100.0 * fitting / cases.Sum())) > 1e-6) throw new InvalidDataException("Another result.");
        };
    };

    static EventLog Read(string folder, string log, RuleFile? file) => LogReader.Read(
        Path.Combine(folder, "logs", log + ".xes.gz"), new LogReaderOptions { EventAttributes = file?.EventAttributes ?? [], CaseAttributes = file?.CaseAttributes ?? [] });
}
