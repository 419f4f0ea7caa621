using Microsoft.Data.Sqlite;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults.Tampering;

/// <summary>
/// A rollback journal laid beside the ledger: reading the file as it stands shows the whole record, and whoever opens it to write has it rolled
/// back first.
/// </summary>
public sealed class HotJournalTests
{
    [Theory]
    [InlineData("ledger.db", "DELETE FROM record WHERE idx > 5; DELETE FROM checkpoint WHERE size > 5")]
    [InlineData("keys.db", "UPDATE key SET wrapped = NULL")]
    public async Task A_journal_that_would_be_played_back_is_found(string name, string sql)
    {
        var ct = TestContext.Current.CancellationToken;
        using var place = new MemoryFolder();
        var node = Path.Combine(place.Path, "node");
        await SmallNode.MakeAsync(node, ct);
        var file = Path.Combine(node, name);
        var real = await File.ReadAllBytesAsync(file, ct);

        // What it is to be rolled back to, and then a transaction that changes every page from there.
        Run(file, "PRAGMA journal_mode = DELETE; " + sql);
        byte[] journal;
        using (var connection = Open(file))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA cache_size = 1; PRAGMA synchronous = FULL; BEGIN IMMEDIATE; CREATE TABLE filler AS SELECT zeroblob(400) AS x FROM sqlite_schema a, sqlite_schema b, sqlite_schema c; "
                + "DROP TABLE filler; UPDATE " + (name == "keys.db" ? "key SET version = version" : "record SET header = zeroblob(length(header)), sealed = zeroblob(length(sealed))");
            command.ExecuteNonQuery();
            using var source = new FileStream(file + "-journal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            journal = new byte[source.Length];
            source.ReadExactly(journal);
            command.CommandText = "ROLLBACK";
            command.ExecuteNonQuery();
        }

        await File.WriteAllBytesAsync(file, real, ct);
        await File.WriteAllBytesAsync(file + "-journal", journal, ct);
        var report = await NodeVerifier.VerifyAsync(node, new VerifyRequest(null, []), null, ct);
        Assert.Contains(report.Checks, check => !check.Ok && check.Message.Contains(name + "-journal", StringComparison.Ordinal));
    }

    static void Run(string file, string sql)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }
}
