using System.CommandLine;
using System.Globalization;
using Probity.Ledger;
using Probity.Storage;

namespace Probity.Cli.Verbs;

/// <summary><c>probity succeed</c>: a new log that continues one that was rolled back or forked, or whose signing key was stolen.</summary>
internal static class SucceedVerb
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The old node's data folder; no server may have it open. It is not changed.", HelpName = "OLD", Required = true };
        var to = new Option<string>("--to") { Description = "The data folder to make; nothing may be there.", HelpName = "NEW", Required = true };
        var origin = new Option<string>("--origin") { Description = "The new log's name, for ever: another than the old one's, which witnesses refuse.", HelpName = "NAME", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why, in words. Anybody can read it on /record, and it is never erased: no names, nothing from a matter.", HelpName = "TEXT", Required = true };
        var cause = new Option<string?>("--cause") { Description = $"What happened to the old log: {string.Join(", ", Succeeded.CauseNames)}. Without it, what its file 'stopped' shows.", HelpName = "CAUSE" };
        cause.Validators.Add(given =>
        {
            if (given.Tokens is not [{ Value: var text }] || Succeeded.FindCause(text) is null) given.AddError($"--cause is one of {string.Join(", ", Succeeded.CauseNames)}");
        });
        var by = new Option<string?>("--by") { Description = "Who decided it: name and post. It goes on the record, readable to who holds its keys, and is never erased.", HelpName = "WHO" };
        var verb = new Command("succeed", "Continues a log that was rolled back or forked, or whose signing key was stolen: a new data folder with all its records, under a new name and key.") { data, to, origin, reason, cause, by };
        verb.SetAction((call, cancel) => RunAsync(
            call.GetValue(data)!, call.GetValue(to)!,
            new SuccessionRequest(call.GetValue(origin)!, call.GetValue(cause) is { } name ? Succeeded.FindCause(name) : null, call.GetValue(reason)!, call.GetValue(by)), cancel));
        return verb;
    }

    static async Task<int> RunAsync(string data, string to, SuccessionRequest request, CancellationToken cancel)
    {
        SuccessionReport report;
        using (var bar = new ProgressBar("Succeeding"))
            report = await Task.Run(() => LedgerSuccession.SucceedAsync(NodeFolder.At(data), to, request, TimeProvider.System, bar, cancel), cancel);
        var (made, said) = (NodeFolder.At(to), report.Succeeded);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Key.Name} continues {said.Predecessor.Key.Name} ({Succeeded.NameOf(said.Cause)}) with its {Said.Count(said.Predecessor.Size, "record")}, verified, in {made.Root}."));
        if (said.WitnessedCheckpoint is { } seen)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A witness shows {Said.Count(seen.Size, "record")} of it{(said.Lost is { } lost ? $": {lost} {(lost == 1 ? "is" : "are")} lost" : ", of another history")}."));
        Console.WriteLine($"""
            The new log's key: {report.Key}
            {Path.GetFullPath(data)} is evidence: keep it as it is, and never start it again.
            Next (docs/recovery.md):
              1. {(report.HasWitnesses ? "Give the key to the operator of each witness, in person or on paper, and to whoever checks receipts." : "Give the key to the overseer and to whoever checks receipts. The log has no witnesses: name some.")}
              2. Back up {made.SecretsFolder}, then: probity keys backup, probity backup. Backups of the old log do not hold what comes now.
              3. probity serve --data {to}
            """);
        return ExitCodes.Fine;
    }
}
