using System.CommandLine;
using System.Diagnostics;
using Probity.Lens;
using Probity.Lens.Discovery;
using Probity.Lens.Objects;

namespace Probity.Cli.Verbs;

/// <summary><c>probity describe LOG</c>: what a log holds, before anything is judged.</summary>
internal static class DescribeVerb
{
    internal static Command Create()
    {
        var log = new LogOptions();
        var json = new Option<string?>("--json") { Description = "Write the figures as JSON to a file, or to standard output for '-'.", HelpName = "FILE|-" };
        var map = new Option<string?>("--map", "--svg") { Description = "Draw the directly-follows map as SVG; of an object-centric log without --object, that of each type of object but the people's.", HelpName = "FILE" };
        var waits = new Option<bool>("--waits") { Description = "Say how long it takes from each activity to the next, longest in all first; on the map too." };
        var people = new Option<bool>("--people") { Description = "Say who hands work to whom, and who works on the same cases." };
        var drift = new Option<string?>("--drift") { Description = "Say what changed from one year, quarter or month to the next.", HelpName = "PERIOD" };
        var zone = new Option<string?>("--zone") { Description = "With --drift: whose calendar, as in Europe/Rome (default: UTC).", HelpName = "ZONE" };
        var verb = new Command("describe", "Says what a log holds: cases, events, variants, directly-follows map.");
        log.AddTo(verb);
        verb.Add(json);
        verb.Add(map);
        verb.Add(waits);
        verb.Add(people);
        verb.Add(drift);
        verb.Add(zone);
        verb.SetAction((call, cancel) => Task.Run(() => Run(log, call, call.GetValue(json), call.GetValue(map), call.GetValue(waits), call.GetValue(people), call.GetValue(drift), call.GetValue(zone), cancel), cancel));
        return verb;
    }

    static int Run(LogOptions options, ParseResult call, string? json, string? map, bool waits, bool people, string? drift, string? zone, CancellationToken cancel)
    {
        WholeFile.Check(json, options.Path(call));
        WholeFile.Check(map, options.Path(call));
        DriftPeriod? period = drift switch
        {
            null => null,
            "year" => DriftPeriod.Year,
            "quarter" => DriftPeriod.Quarter,
            "month" => DriftPeriod.Month,
            _ => throw new BadInputException("--drift takes year, quarter or month."),
        };
        if (zone is not null && period is null) throw new BadInputException("--zone goes with --drift.");
        var there = zone is null ? null : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known
            : throw new BadInputException($"--zone: no time zone '{zone}' is known on this machine; use a name such as Europe/Rome.");
        var clock = Stopwatch.StartNew();
        var content = options.ReadAny(call, [], [], cancel);
        if (content.Objects is { } objects && options.ObjectType(call) is null)
        {
            var asked = waits ? "--waits" : people ? "--people" : drift is not null ? "--drift" : null;
            if (asked is not null) throw new BadInputException($"{options.Path(call)}: {asked} is about cases, and an object-centric log has none of itself; say with --object which objects are the cases: {string.Join(", ", objects.ObjectTypes.Select(t => t.Name))}.");
            var whole = ObjectDescription.Of(objects, clock.Elapsed.TotalSeconds);
            if (map is not null) WholeFile.Write(map, ObjectMap.Svg(objects, new ObjectMapOptions { PersonType = options.PersonType(call) }));
            if (json is not null) JsonOutput.Write(json, whole);
            if (json != "-") whole.Print(Console.Out, options.Path(call));
            return ExitCodes.Fine;
        }

        var log = options.Cases(call, content, [], []);
        var read = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var follows = DirectlyFollows.Of(log);
        var description = LogDescription.Of(log, follows, read, clock.Elapsed.TotalSeconds);
        var waiting = waits ? Waiting.Of(log) : null;
        if (waiting is not null) description = description.WithWaits(log, waiting);
        if (period is { } compared) description = description with { Drift = DriftDescription.Of(log, compared, there, cancel) };
        if (people) description = description.WithPeople(log);
        if (map is not null)
        {
            WholeFile.Write(map, ProcessMap.Svg(follows, new MapOptions
            {
                Waits = waiting?.ToDictionary(w => (log.Activities[w.From], log.Activities[w.To]), w => w.Median),
            }));
        }

        if (json is not null) JsonOutput.Write(json, description);
        if (json == "-") return ExitCodes.Fine;
        description.Print(Console.Out, options.Path(call));
        if (log.OutOfOrder > 0) Console.Out.WriteLine();
        Said.OutOfOrder(Console.Out, log.OutOfOrder);
        return ExitCodes.Fine;
    }
}
