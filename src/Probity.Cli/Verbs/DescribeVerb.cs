using System.CommandLine;
using System.Diagnostics;
using Probity.Lens.Discovery;

namespace Probity.Cli.Verbs;

/// <summary><c>probity describe LOG</c>: what a log holds, before anything is judged.</summary>
internal static class DescribeVerb
{
    internal static Command Create()
    {
        var log = new LogOptions();
        var json = new Option<string?>("--json") { Description = "Write the figures as JSON to a file, or to standard output for '-'.", HelpName = "FILE|-" };
        var map = new Option<string?>("--map") { Description = "Draw the directly-follows map as SVG.", HelpName = "FILE" };
        var verb = new Command("describe", "Says what a log holds: cases, events, variants, directly-follows map.");
        log.AddTo(verb);
        verb.Add(json);
        verb.Add(map);
        verb.SetAction((call, cancel) => Task.Run(() => Run(log, call, call.GetValue(json), call.GetValue(map), cancel), cancel));
        return verb;
    }

    static int Run(LogOptions options, ParseResult call, string? json, string? map, CancellationToken cancel)
    {
        WholeFile.Check(json, options.Path(call));
        WholeFile.Check(map, options.Path(call));
        var clock = Stopwatch.StartNew();
        var log = options.Read(call, cancel);
        var read = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var follows = DirectlyFollows.Of(log);
        var description = LogDescription.Of(log, follows, read, clock.Elapsed.TotalSeconds);
        if (map is not null) WholeFile.Write(map, ProcessMap.Svg(follows));
        if (json is not null) JsonOutput.Write(json, description);
        if (json == "-") return ExitCodes.Fine;
        description.Print(Console.Out, options.Path(call));
        if (log.OutOfOrder > 0) Console.Out.WriteLine();
        Said.OutOfOrder(Console.Out, log.OutOfOrder);
        return ExitCodes.Fine;
    }
}
