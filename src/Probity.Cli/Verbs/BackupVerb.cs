using System.CommandLine;
using System.Globalization;
using Probity.Ledger;
using Probity.Storage;

namespace Probity.Cli.Verbs;

/// <summary><c>probity backup</c>: the ledger in one encrypted file, read back before it is said to be there.</summary>
internal static class BackupVerb
{
    const int LongestKey = 4_096;

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The node's data folder; a server may have it open.", HelpName = "DIR", DefaultValueFactory = _ => "probity-data" };
        var to = new Option<string>("--to") { Description = "The new file to write, outside the node's folder.", HelpName = "FILE", Required = true };
        var recipient = new Option<string>("--for") { Description = "The public key that it is encrypted for, as text or in a file; 'probity keys for-backups' makes one.", HelpName = "KEY", Required = true };
        var credentials = new Option<bool>("--with-credentials") { Description = "Takes along what people sign in with. Such a backup holds what is erased later: keep it no longer than those of keys." };
        var verb = new Command("backup", "Writes the ledger into an encrypted file. Keys, views and sealed reports are not in it.") { data, to, recipient, credentials };
        verb.SetAction((call, cancel) => RunAsync(call.GetValue(data)!, call.GetValue(to)!, call.GetValue(recipient)!, call.GetValue(credentials), cancel));
        return verb;
    }

    static async Task<int> RunAsync(string data, string to, string recipient, bool credentials, CancellationToken cancel)
    {
        var folder = NodeFolder.At(data);
        if (!folder.Exists) throw folder.Missing();
        WholeFile.Check(to, folder.Root);
        var key = ReadKey(recipient);
        BackupReport report;
        using (var bar = new ProgressBar("Backing up")) report = await Task.Run(() => LedgerBackup.WriteAsync(folder, to, key, credentials, DateTimeOffset.UtcNow, bar, cancel), cancel);
        if (report.Fault is { } fault)
        {
            await Console.Error.WriteLineAsync($"probity backup: {PlainText.OneLine($"what was read back is not a whole ledger, so no file was kept: {fault}")}");
            return ExitCodes.Found;
        }

        Console.WriteLine($"{Said.Count(report.Size, "record")} written to {to}, and read back. The private half of {key} opens it.");
        Console.WriteLine("Keys and sealed reports are not in it: back them up with probity keys backup and probity reports backup, and the folder keys/ in a place of its own.");
        return ExitCodes.Fine;
    }

    static BackupKey ReadKey(string given)
    {
        try
        {
            return BackupKey.Parse((File.Exists(given) ? RegularFile.ReadText(given, LongestKey) : given).Trim());
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"--for is neither a public key for backups nor a file that holds one: {fault.Message.TrimEnd('.')}; make a pair with probity keys for-backups"));
        }
    }
}
