using System.CommandLine;
using System.Globalization;
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
        var export = new Command("export", "Writes a node's records for other tools.") { xes, CreateLog() };
        foreach (var copy in CopyVerbs.Create()) export.Subcommands.Add(copy);
        return export;
    }

    static Command CreateLog()
    {
        var data = new Option<string>("--data") { Description = "The node's data folder; a server may have it open.", HelpName = "DIR", DefaultValueFactory = _ => "probity-data" };
        var to = new Option<string>("--to") { Description = "The folder to write into: a new one, or that of an earlier export, to which what is new is added.", HelpName = "FOLDER", Required = true };
        var log = new Command("log", "Writes the public log as files in the paths of C2SP tlog-tiles, for a web server or CDN. They say nothing of what is recorded.") { data, to };
        log.SetAction((call, cancel) => WriteLogAsync(call.GetValue(data)!, call.GetValue(to)!, cancel));
        return log;
    }

    static async Task<int> WriteLogAsync(string data, string to, CancellationToken cancel)
    {
        // Opened first: a folder that holds no node has nothing that could be written over.
        await using var node = await UntouchedNode.OpenAsync(data, withKeys: false, cancel);
        WholeFile.RequireOutside(to, data);
        using var bar = new ProgressBar("Exporting");
        var done = await node.ExportAsync(to, bar, cancel);
        var by = done.WitnessedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"confirmed by the witnesses on {at:yyyy-MM-dd HH:mm:ss} UTC") : "signed by the log alone";
        await Console.Error.WriteLineAsync(
            $"{Said.Count(done.Size - done.OldSize, "new record")}, {Said.Count(done.Size, "record")} in all, {by}; {Said.Count(done.Files, "file")} written to {to}");
        return ExitCodes.Fine;
    }

    static async Task<int> RunAsync(string data, string file, bool closed, CancellationToken cancel)
    {
        if (!NodeFolder.At(data).Exists) throw NodeFolder.At(data).Missing();
        WholeFile.Check(file, data);
        var log = await NodeLog.ReadAsync(data, closed, cancel);
        WholeFile.Write(file, stream => XesWriter.Write(log, stream));
        await Console.Error.WriteLineAsync($"{Said.Count(log.Cases.Count, closed ? "closed case" : "case")} written to {file}");
        return ExitCodes.Fine;
    }
}
