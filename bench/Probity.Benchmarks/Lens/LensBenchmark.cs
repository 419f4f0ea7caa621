using System.CommandLine;
using System.Text.Json;

namespace Probity.Benchmarks.Lens;

/// <summary>
/// <c>lens</c>: times in units of U, the time that inflating roadfines.xes.gz and scanning its bytes for
/// <c>&lt;event</c> takes on one core, since machines drift and ratios do not. Each row is the best of five, taken in
/// turns with U so that a slow spell hits both.
/// </summary>
internal static class LensBenchmark
{
    const int Rounds = 5;

    /// <summary>What is measured. A row is a name and what prepares it from the folder of logs; only the action is timed.</summary>
    static readonly IReadOnlyList<(string Name, Func<string, Action> Prepare)> Rows =
    [
        ("read roadfines", ReadingRows.Read),
        ("objects: read 200,000 events of OCEL 2.0 in JSON", ObjectRows.ReadJson),
        ("variants and directly-follows, roadfines", ReadingRows.Discover),
        ("map, roadfines", ReadingRows.Draw),
        ("replay, roadfines R1", ConformanceRows.Replay("roadfines", "roadfines_R1")),
        ("alignments, roadfines R1", ConformanceRows.Align("roadfines", "roadfines_R1", 99.721354)),
        ("alignments, receipt im20", ConformanceRows.Align("receipt", "receipt_im20", 57.810321)),
        ("alignments, sepsis im20", ConformanceRows.Align("sepsis_cases", "sepsis_cases_im20", 62.571429)),
        ("alignments, sepsis im00", ConformanceRows.Align("sepsis_cases", "sepsis_cases_im00", 100)),
        ("alignments, receipt im20, two cores", ConformanceRows.Align("receipt", "receipt_im20", 57.810321, threads: 2)),
        ("alignments, sepsis im00, two cores", ConformanceRows.Align("sepsis_cases", "sepsis_cases_im00", 100, threads: 2)),
        ("alignments, 2,000 cases, twenty parallel loops in a loop", ConformanceRows.AlignLarge),
        ("exact replay, sepsis im20", DiscoveryRows.ReplayExactly("sepsis_cases", "sepsis_cases_im20", 62.571429)),
        ("inductive miner, sepsis", DiscoveryRows.Mine("sepsis_cases")),
        ("constraints (DECLARE), roadfines", DiscoveryRows.Constraints("roadfines")),
        ("constraints (DECLARE), sepsis", DiscoveryRows.Constraints("sepsis_cases")),
        ("rules of docs/rules, roadfines", DiscoveryRows.Judge("roadfines", 50_546)),
    ];

    /// <summary>The most that a row may take, in U, where somebody set it.</summary>
    static readonly Dictionary<string, double> Goals = new()
    {
        ["read roadfines"] = 4,
        ["variants and directly-follows, roadfines"] = 0.04,
        ["replay, roadfines R1"] = 0.1,
        ["alignments, roadfines R1"] = 0.08,
        ["alignments, receipt im20"] = 1.2,
        ["alignments, sepsis im00"] = 10,
        ["inductive miner, sepsis"] = 0.8,
        ["constraints (DECLARE), roadfines"] = 1.2,
    };

    public static Command Create()
    {
        var logs = new Option<string?>("--logs") { Description = "The folder with logs/ and models/ (default: shared/lens beside a folder above)." };
        var json = new Option<string?>("--json") { Description = "Write the figures as JSON to a file, or to standard output for '-'." };
        var scale = new Option<bool>("--scale") { Description = "Instead: the road fines once, four and sixteen times over." };
        var verb = new Command("lens", "Reading, discovery and conformance on real logs.") { logs, json, scale };
        verb.SetAction(call => Run(call.GetValue(logs) ?? Find(), call.GetValue(json), call.GetValue(scale)));
        return verb;
    }

    static int Run(string? folder, string? json, bool scale)
    {
        if (folder is null || !File.Exists(Path.Combine(folder, "logs", "roadfines.xes.gz")))
        {
            Console.Error.WriteLine("No logs/roadfines.xes.gz there; name the folder with --logs.");
            return 2;
        }

        if (scale) return ScaleTable.Print(folder);
        var peakOfRead = PeakMemory.OfChild(folder);
        var unit = Unit.Of(folder);
        var rows = new List<object>();
        var text = new StringWriter();
        var bestUnit = double.MaxValue;
        var best = new List<(string Name, double Seconds)>();
        foreach (var (name, prepare) in Rows)
        {
            var action = prepare(folder);
            var seconds = double.MaxValue;
            for (var round = 0; round < Rounds; round++)
            {
                bestUnit = Math.Min(bestUnit, Time(unit));
                seconds = Math.Min(seconds, Time(action));
            }

            best.Add((name, seconds));
        }

        text.WriteLine(FormattableString.Invariant($"U = {bestUnit:0.000} s (inflate and scan roadfines)"));
        foreach (var (name, seconds) in best)
        {
            text.WriteLine(FormattableString.Invariant($"{seconds / bestUnit,8:0.000} U  {seconds,7:0.000} s  {name}{(Goals.TryGetValue(name, out var goal) ? FormattableString.Invariant($" (goal {goal:0.##} U)") : "")}"));
            rows.Add(new { name, u = Math.Round(seconds / bestUnit, 4), seconds = Math.Round(seconds, 4), goal = goal > 0 ? goal : (double?)null });
        }

        text.WriteLine(FormattableString.Invariant($"{peakOfRead,8:0} MB  peak resident memory of a process that reads roadfines"));
        (json == "-" ? Console.Error : Console.Out).Write(text);
        var result = JsonSerializer.Serialize(new { unitSeconds = bestUnit, rows, readPeakMegabytes = Math.Round(peakOfRead) });
        if (json == "-") Console.WriteLine(result);
        else if (json is not null) File.WriteAllText(json, result);
        return 0;
    }

    static double Time(Action action)
    {
        GC.Collect();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalSeconds;
    }

    static string? Find()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "lens");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
