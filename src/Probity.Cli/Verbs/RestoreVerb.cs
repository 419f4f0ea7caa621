using System.CommandLine;
using System.Globalization;
using Probity.Ledger;
using Probity.Storage;

namespace Probity.Cli.Verbs;

/// <summary><c>probity restore</c>: a new data folder of a backup, verified before it has its name.</summary>
internal static class RestoreVerb
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "What 'probity backup' wrote." };
        var to = new Option<string>("--to") { Description = "The data folder to make; nothing may be there.", HelpName = "DIR", Required = true };
        var key = new Option<string>("--key") { Description = "The file with the private half of the key that the backup was made for.", HelpName = "FILE", Required = true };
        var vkey = new Option<string?>("--vkey") { Description = "The log's key from a source of your own, as text or in a file. Without it the backup is believed about its key.", HelpName = "KEY" };
        var postgres = new Option<string?>("--postgres")
        {
            Description = "A file with the connection to a new, empty PostgreSQL database, as its owner: the log is put there and not into the folder.", HelpName = "FILE",
        };
        var verb = new Command("restore", "Makes a data folder of a backup, verified whole. It takes no entries until the witnesses confirm that nothing is missing.") { file, to, key, vkey, postgres };
        verb.SetAction((call, cancel) => RunAsync(call.GetValue(file)!, call.GetValue(to)!, call.GetValue(key)!, call.GetValue(vkey), call.GetValue(postgres), cancel));
        return verb;
    }

    static async Task<int> RunAsync(string file, string to, string keyFile, string? vkey, string? postgres, CancellationToken cancel)
    {
        var connection = postgres is null ? null : NodeFolder.ReadConnectionFile(postgres);
        using var key = BackupPrivateKey.Read(keyFile);
        var given = vkey is null ? null : VerifyVerb.ReadKey(vkey);
        RestoreReport report;
        using (var bar = new ProgressBar("Restoring")) report = await Task.Run(() => LedgerRestore.RestoreAsync(file, key, to, connection, given, bar, cancel), cancel);
        var folder = NodeFolder.At(to);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{PlainText.OneLine(report.Origin)}: {Said.Count(report.Size, "record")}, as of {report.Made:yyyy-MM-dd HH:mm:ss} UTC, put into {(connection is null ? folder.Root : "the database")} and verified."));
        Console.WriteLine($"""
            Still missing, in this order:
              1. {folder.SecretsFolder}: put the folder of secrets back from where you keep it (owner only: chmod 700, its files 600).
              2. the keys: probity keys restore --data {to} --from KEYS-BACKUP
            """);
        if (connection is not null) Console.WriteLine("""
              3. what people sign in with: the schema access, from its own dump (pg_dump --schema=access).
              4. the rights of the nodes' role, and its name in keys/postgres: docs/postgresql.md. No other node may be started before this one takes entries.
            """);
        else Console.WriteLine(report.HasCredentials ? "What people sign in with was put back too. The log does not vouch for it: whoever made the backup can have put passwords of their own there." : "  3. access.db, with what people sign in with, from its own backup; this one was made without --with-credentials.");
        Console.WriteLine($"  If reports came in here: probity reports restore --data {to} --from REPORTS-BACKUP, after the keys. What it lacks is fetched again from the reporter's side.");
        Console.WriteLine(report.HasWitnesses
            ? $"Then start the server with: probity serve --data {to}. It takes no entries until the witnesses in witness-policy, which was put back too, confirm that nothing is missing."
            : $"The log has no witnesses: nobody can say whether entries are missing. Start it with: probity serve --data {to} --restored-without-witnesses, once you know.");
        return ExitCodes.Fine;
    }
}
