using System.Diagnostics;
using Probity.Storage.Sqlite;

namespace Probity.Ledger.Tests.Faults;

/// <summary>The tests' own program, run again as a process that dies in the middle of bringing a store to the current format.</summary>
internal static class UpgradeProcess
{
    public const string Verb = "die-while-upgrading";

    public static void Run(string file)
    {
        using var connection = SqliteFile.OpenWriter(file, Durability.EveryCommit);
        using var transaction = connection.BeginTransaction(deferred: false);
        LedgerSchema.Prepare(connection);
        // The statements ran; the commit never comes.
        Process.GetCurrentProcess().Kill();
    }
}
