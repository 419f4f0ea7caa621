using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Probity.Lens;
using Probity.Lens.Conformance;
using Probity.Lens.Discovery;

namespace Probity.Cli.Verbs;

/// <summary><c>probity discover LOG</c>: the procedure that the cases of a log follow, to be read, changed and checked against.</summary>
internal static class DiscoverVerb
{
    internal static Command Create()
    {
        var log = new LogOptions();
        var noise = new Option<double>("--noise")
        {
            Description = "Pass over steps rarer than this share of the most frequent ones beside them, 0 to 1. With 0 every case follows what is found.",
            HelpName = "SHARE",
        };
        var bpmn = new Option<string?>("--bpmn") { Description = "Write the procedure as BPMN 2.0.", HelpName = "FILE" };
        var json = new Option<string?>("--json") { Description = "Write the findings as JSON to a file, or to standard output for '-'.", HelpName = "FILE|-" };
        var constraints = new DiscoverConstraints();
        var verb = new Command("discover", "Finds the procedure that the cases of a log follow.");
        log.AddTo(verb);
        verb.Add(noise);
        verb.Add(bpmn);
        verb.Add(json);
        constraints.AddTo(verb);
        verb.SetAction((call, cancel) => Task.Run(
            () => !constraints.IsAsked(call) ? Run(log, call, call.GetValue(noise), call.GetValue(bpmn), call.GetValue(json), cancel)
                : call.GetValue(bpmn) is null && call.GetValue(noise) == 0 ? constraints.Run(log, call, call.GetValue(json), cancel)
                : throw new BadInputException("--declare finds single constraints, and takes neither --noise nor --bpmn."), cancel));
        return verb;
    }

    static int Run(LogOptions options, ParseResult call, double noise, string? bpmn, string? json, CancellationToken cancel)
    {
        if (!(noise is >= 0 and <= 1)) throw new InvalidDataException($"--noise {noise.ToString(CultureInfo.InvariantCulture)}: the share is a number from 0 to 1");
        WholeFile.Check(bpmn, options.Path(call));
        WholeFile.Check(json, options.Path(call));
        var clock = Stopwatch.StartNew();
        var log = options.Read(call, cancel);
        var read = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var tree = InductiveMiner.Mine(log, noise, cancel);
        var took = clock.Elapsed.TotalSeconds;
        ConformanceResult result;
        using (var bar = new ProgressBar("checking")) result = ConformanceCheck.Run(log, tree.ToNet(), null, bar, cancel);
        if (bpmn is not null) WholeFile.Write(bpmn, tree.WriteBpmn);
        if (json is not null)
        {
            JsonOutput.Write(json, new Discovered(
                new Discovered.Size(log.Cases.Count, log.EventCount, log.Variants.Count, log.Activities.Count), noise, tree.ToString(),
                result.Alignments.PercentFit, result.Alignments.LogFitness, result.Alignments.Unfinished, new Discovered.Times(Math.Round(read, 3), Math.Round(took, 3))));
        }

        if (json == "-") return ExitCodes.Fine;
        var followed = result.Variants.Where(v => v.Fits).Sum(v => v.Variant.Count);
        Console.Out.WriteLine(PlainText.OneLine(tree.ToString()));
        Console.Out.WriteLine();
        var unknown = result.Variants.Where(v => v.Cost is null).Sum(v => v.Variant.Count);
        var compared = log.Cases.Count - unknown;
        Console.Out.WriteLine($"{followed.ToString("N0", CultureInfo.InvariantCulture)} of {Said.Count(compared, "case")} follow it.");
        if (unknown > 0)
        {
            Console.Out.WriteLine($"NOT FINISHED: {Said.Count(unknown, "case")} met a limit of the search and could not be compared; the figure leaves them out."
                + (noise == 0 ? " With no threshold every case follows what is found." : ""));
        }

        Said.OutOfOrder(Console.Out, log.OutOfOrder);
        return ExitCodes.Fine;
    }

    /// <summary>What <c>discover</c> finds, in the shape of its JSON; a public interface. The figures leave unfinished variants out, as those of <c>check</c> do.</summary>
    internal sealed record Discovered(Discovered.Size Log, double Noise, string Tree, double PercentFit, double LogFitness, int Unfinished, Discovered.Times Seconds)
    {
        /// <summary>The size of the log.</summary>
        internal sealed record Size(int Traces, int Events, int Variants, int Activities);

        /// <summary>How long the work took, as information.</summary>
        internal sealed record Times(double Read, double Discover);
    }
}
