using System.CommandLine;
using System.Diagnostics;
using Probity.Lens.Conformance;
using Probity.Lens.Procedures;

namespace Probity.Cli.Verbs;

/// <summary><c>probity check LOG --sop MODEL</c>: where the record departs from the procedure.</summary>
internal static class CheckVerb
{
    internal static Command Create()
    {
        var log = new LogOptions();
        var procedure = new Option<string>("--sop")
        {
            Description = "The standard operating procedure: BPMN 2.0 or PNML.",
            HelpName = "FILE",
            Required = true,
        };
        var json = new Option<string?>("--json") { Description = "Write the findings as JSON to a file, or to standard output for '-'.", HelpName = "FILE|-" };
        var quality = new Option<bool>("--quality") { Description = "Also how well the procedure describes the log: precision, generalisation, simplicity." };
        var verb = new Command("check", "Checks a log against a procedure: which cases follow it, and where the others depart.");
        log.AddTo(verb);
        verb.Add(procedure);
        verb.Add(json);
        verb.Add(quality);
        verb.SetAction((call, cancel) => Task.Run(() => Run(log, call, call.GetRequiredValue(procedure), call.GetValue(json), call.GetValue(quality), cancel), cancel));
        return verb;
    }

    static int Run(LogOptions options, ParseResult call, string procedure, string? json, bool quality, CancellationToken cancel)
    {
        WholeFile.Check(json, options.Path(call), procedure);
        // The procedure first: it is small, and a mistake in it should not cost the time of reading a long log.
        var net = ProcedureReader.Read(procedure);
        foreach (var note in net.Notes) Console.Error.WriteLine(PlainText.OneLine($"{procedure}: {note}"));
        var clock = Stopwatch.StartNew();
        var log = options.Read(call, cancel);
        var read = clock.Elapsed;
        ConformanceResult result;
        using (var bar = new ProgressBar("checking")) result = ConformanceCheck.Run(log, net, new ConformanceOptions { Quality = quality }, bar, cancel);
        if (json is not null) JsonOutput.Stream(json, new CheckJson(log, net, result, read).Write);
        if (json != "-") new CheckText(log, net, result).Print(Console.Out, options.Path(call), procedure);
        return result.Variants.All(v => v.Fits) ? ExitCodes.Fine : ExitCodes.Found;
    }
}
