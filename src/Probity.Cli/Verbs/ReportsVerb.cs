using System.CommandLine;
using System.Globalization;
using Probity.Reports.Exchanging;
using Probity.Storage;
using Probity.Storage.Deposits;

namespace Probity.Cli.Verbs;

/// <summary><c>probity reports</c>: backs up and restores the sealed reports of a node. They end as backups of keys do.</summary>
internal static class ReportsVerb
{
    public static Command Create() => new("reports", "Backs up and restores a node's sealed reports.") { BackUp(), Restore() };

    static Command BackUp()
    {
        var data = Data("The node's data folder; a server may have it open.");
        var to = new Option<string>("--to") { Description = "The new file to write, outside the node's folder.", HelpName = "FILE", Required = true };
        var days = new Option<int?>("--days") { Description = "After how many days the backup ends; as the node's policy for keys says unless given, and never more.", HelpName = "N" };
        days.Validators.Add(given =>
        {
            if (given.Tokens is not [{ Value: var text }] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > KeyBackups.MaxDays)
                given.AddError($"--days is a number of days from 1 to {KeyBackups.MaxDays}");
        });
        var verb = new Command("backup", "Writes reports.db and its files into a file that ends on a day; from then on it is not restored.") { data, to, days };
        verb.SetAction((call, cancel) => BackUpAsync(Node(call.GetValue(data)!), call.GetValue(to)!, call.GetValue(days), cancel));
        return verb;
    }

    static Command Restore()
    {
        var data = Data("The node's data folder, with its ledger, its secrets and its keys; no server may have it open.");
        var from = new Option<string>("--from") { Description = "A backup that has not ended.", HelpName = "FILE", Required = true };
        var verb = new Command("restore", "Puts sealed reports back into a node that has none. What was erased stays so.") { data, from };
        verb.SetAction((call, cancel) => RestoreAsync(Node(call.GetValue(data)!), call.GetValue(from)!, cancel));
        return verb;
    }

    static Option<string> Data(string description) => new("--data") { Description = description, HelpName = "DIR", DefaultValueFactory = _ => "probity-data" };

    static NodeFolder Node(string data) => NodeFolder.At(data) is { Exists: true } folder ? folder : throw NodeFolder.At(data).Missing();

    static async Task<int> BackUpAsync(NodeFolder folder, string to, int? days, CancellationToken cancel)
    {
        WholeFile.Check(to, folder.Root);
        var report = await ReportsBackup.BackUpAsync(folder, to, days, DateTimeOffset.UtcNow, cancel);
        if (report.Fault is { } fault)
        {
            await Console.Error.WriteLineAsync($"probity reports backup: {PlainText.OneLine($"no file was kept: {fault}")}");
            return ExitCodes.Found;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Said.Count(report.Records, "record")} and {Said.Count(report.Files, "file")} written to {to}, and read back. It ends on {report.Expires:yyyy-MM-dd}: the node then removes it where it can be reached."));
        return ExitCodes.Fine;
    }

    static async Task<int> RestoreAsync(NodeFolder folder, string from, CancellationToken cancel)
    {
        var report = await RestoreAsync(folder, from, DateTimeOffset.UtcNow, cancel);
        Console.WriteLine($"{Said.Count(report.Records, "record")} and {Said.Count(report.Files, "file")} came back. See what holds with: probity verify {folder.Root}");
        return ExitCodes.Fine;
    }

    /// <summary>Puts a backup back. Of what the ledger says was removed, the place alone comes back.</summary>
    public static async Task<ReportsBackupReport> RestoreAsync(NodeFolder folder, string from, DateTimeOffset now, CancellationToken cancel)
    {
        var removals = (await VerifyDeposits.ReadStateAsync(folder, cancel))?.Removals;
        var gone = new HashSet<Guid>();
        return await ReportsBackup.RestoreAsync(folder, from, now, Taken, file => !gone.Contains(file), cancel);

        StoredProof? Taken(StoredDeposit row)
        {
            var kept = new KeptDeposit(row.Index, row.Day, row.Report, row.Deposit, row.Receipt);
            // What was added to a report after that is removed by the server, which puts it on the record.
            if (KeptReports.LeafOf(kept) is not { } proof || removals?.KnowsRecord(KeptReports.LeafIn(proof).Span) != true) return null;
            foreach (var file in KeptReports.Read(kept)?.Files ?? []) gone.Add(file.Id);
            return new StoredProof(proof.Index, proof.Receipt);
        }
    }
}
