using System.CommandLine;
using Probity.Lens.Logs;
using Probity.Storage;

namespace Probity.Cli.Verbs;

/// <summary><c>probity export xes</c>: a node's own cases as an event log, for <c>check</c> and every tool that reads XES.</summary>
internal static class ExportVerb
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The node's data folder; no server may have it open.", HelpName = "DIR", DefaultValueFactory = _ => "probity-data" };
        var file = new Option<string>("--out") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var closed = new Option<bool>("--closed") { Description = "Only cases that are closed: those whose procedure can be judged." };
        var xes = new Command("xes", "Writes the cases as an XES event log: steps, people's ids and times.") { data, file, closed };
        xes.SetAction((call, cancel) => RunAsync(call.GetValue(data)!, call.GetValue(file)!, call.GetValue(closed), cancel));
        return new Command("export", "Writes a node's records for other tools.") { xes };
    }

    static async Task<int> RunAsync(string data, string file, bool closed, CancellationToken cancel)
    {
        if (!NodeFolder.At(data).Exists)
            throw new FileNotFoundException($"there is no node in {Path.GetFullPath(data)}; name its folder with --data");
        WholeFile.Check(file, data);
        var log = await NodeLog.ReadAsync(data, closed, cancel);
        WholeFile.Write(file, stream => XesWriter.Write(log, stream));
        await Console.Error.WriteLineAsync($"{Said.Count(log.Cases.Count, closed ? "closed case" : "case")} written to {file}");
        return ExitCodes.Fine;
    }
}
