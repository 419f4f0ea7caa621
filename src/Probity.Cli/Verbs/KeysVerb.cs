using System.CommandLine;
using System.Globalization;
using Probity.Ledger;
using Probity.Storage;
using Probity.Storage.Deposits;

namespace Probity.Cli.Verbs;

/// <summary><c>probity keys</c>: rotates, backs up and restores the keys that a node's payloads are encrypted with; makes those that backups are.</summary>
internal static class KeysVerb
{
    public static Command Create() => new("keys", "Rotates, backs up and restores a node's keys.") { Rotate(), BackUp(), Restore(), ForBackups() };

    static Command Rotate()
    {
        var data = Data("The node's data folder; no server may have it open, on PostgreSQL none of its log.");
        var verb = new Command("rotate", "Makes a new wrapping key and wraps every key with it; no payload is touched.") { data };
        verb.SetAction((call, cancel) => RotateAsync(Node(call.GetValue(data)!), cancel));
        return verb;
    }

    static Command BackUp()
    {
        var data = Data("The node's data folder; a server may have it open.");
        var to = new Option<string>("--to") { Description = "The new file to write, outside the node's folder.", HelpName = "FILE", Required = true };
        var days = new Option<int?>("--days") { Description = "After how many days the backup ends; as the node's policy says unless given, and never more.", HelpName = "N" };
        days.Validators.Add(given =>
        {
            if (given.Tokens is not [{ Value: var text }] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > KeyBackups.MaxDays)
                given.AddError($"--days is a number of days from 1 to {KeyBackups.MaxDays}");
        });
        var verb = new Command("backup", "Writes the node's keys into a file that ends on a day; from then on it is not restored.") { data, to, days };
        verb.SetAction((call, cancel) => BackUpAsync(Node(call.GetValue(data)!), call.GetValue(to)!, call.GetValue(days), cancel));
        return verb;
    }

    static Command Restore()
    {
        var data = Data("The node's data folder; no server may have it open, on PostgreSQL none of its log.");
        var from = new Option<string>("--from") { Description = "A backup that has not ended.", HelpName = "FILE", Required = true };
        var verb = new Command("restore", "Puts lost keys back. What was erased stays so.") { data, from };
        verb.SetAction((call, cancel) => RestoreAsync(Node(call.GetValue(data)!), call.GetValue(from)!, cancel));
        return verb;
    }

    static Command ForBackups()
    {
        var file = new Option<string>("--out") { Description = "The new file for the private half, to be kept away from the node.", HelpName = "FILE", Required = true };
        var verb = new Command("for-backups", "Makes the pair of keys that 'probity backup' encrypts for: the public half is printed, the private half opens backups.") { file };
        verb.SetAction(call =>
        {
            WholeFile.Check(call.GetValue(file));
            Console.WriteLine(BackupPrivateKey.Create(call.GetValue(file)!));
            return ExitCodes.Fine;
        });
        return verb;
    }

    static Option<string> Data(string description) =>
        new("--data") { Description = description, HelpName = "DIR", DefaultValueFactory = _ => "probity-data" };

    static NodeFolder Node(string data)
    {
        var folder = NodeFolder.At(data);
        return folder.Exists ? folder : throw folder.Missing();
    }

    static async Task<int> RotateAsync(NodeFolder folder, CancellationToken cancel)
    {
        var (keys, source) = await KeyRotation.RotateAsync(folder, cancel);
        Console.WriteLine($"{Said.Count(keys, "key")} wrapped anew. The wrapping key is now in {source}.");
        Console.WriteLine(EndedBy(folder));
        if (folder.IsOnPostgres) Console.WriteLine("Every other node of this log starts again only with the new wrapping key: copy it into its keys/ as wrapping.next, or change its source there (docs/postgresql.md).");
        return ExitCodes.Fine;
    }

    /// <summary>Which backups a rotation has ended, in words.</summary>
    public static string EndedBy(NodeFolder folder) => HasReports(folder)
        ? "Backups of keys and of sealed reports made before can no longer be restored: make new ones, with probity keys backup and probity reports backup."
        : "Backups of keys made before can no longer be restored: make a new one, with probity keys backup.";

    // Where nothing ever came in there is nothing to back up. A file that does not open is no reason to say less.
    static bool HasReports(NodeFolder folder)
    {
        if (!File.Exists(folder.ReportsFile)) return false;
        try
        {
            using var store = DepositStore.OpenUntouched(folder.ReportsFile);
            return store.ReadNext() > 0;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            return true;
        }
    }

    static async Task<int> BackUpAsync(NodeFolder folder, string to, int? days, CancellationToken cancel)
    {
        WholeFile.Check(to, folder.Root);
        if (File.Exists(to)) throw new IOException($"{to} is there already; name a new file.");
        var (keys, expires) = await KeyBackups.BackUpAsync(folder, to, days, DateTimeOffset.UtcNow, cancel);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Said.Count(keys, "key")} written to {to}. It ends on {expires:yyyy-MM-dd}: the node then removes it where it can be reached."));
        return ExitCodes.Fine;
    }

    static async Task<int> RestoreAsync(NodeFolder folder, string from, CancellationToken cancel)
    {
        var keys = await KeyBackups.RestoreAsync(folder, from, DateTimeOffset.UtcNow, cancel);
        Console.WriteLine($"{Said.Count(keys, "key")} came back. See what holds with: probity verify {folder.Root}");
        return ExitCodes.Fine;
    }
}
