using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Probity.Storage.Sqlite;

/// <summary>The tables of a ledger file and a key file. The verifier compares them with what a file holds, letter by letter.</summary>
internal static class LedgerSchema
{
    /// <summary>Name and SQL of each table and index of <c>ledger.db</c> as format 1 had it.</summary>
    public static readonly IReadOnlyList<(string Name, string Sql)> LedgerOfFormat1 =
    [
        ("meta", "CREATE TABLE meta (format INTEGER NOT NULL, origin TEXT NOT NULL, node BLOB NOT NULL, vkey TEXT NOT NULL) STRICT"),
        ("record", "CREATE TABLE record (idx INTEGER PRIMARY KEY, stream BLOB NOT NULL, version INTEGER NOT NULL, header BLOB NOT NULL, sealed BLOB NOT NULL) STRICT"),
        ("record_stream", "CREATE UNIQUE INDEX record_stream ON record (stream, version)"),
        ("tile", "CREATE TABLE tile (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, number)) STRICT, WITHOUT ROWID"),
        ("checkpoint", "CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT"),
    ];

    // One row: the newest. The time is the quorum's, in POSIX seconds.
    const string Witnessed =
        "CREATE TABLE witnessed (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, time INTEGER NOT NULL, note TEXT NOT NULL) STRICT";

    /// <summary>As above, of format 2.</summary>
    public static readonly IReadOnlyList<(string Name, string Sql)> LedgerOfFormat2 = [.. LedgerOfFormat1, ("witnessed", Witnessed)];

    // The logs that this one continues, the first of all at place 0.
    const string Predecessor =
        "CREATE TABLE predecessor (place INTEGER PRIMARY KEY, origin TEXT NOT NULL, vkey TEXT NOT NULL, size INTEGER NOT NULL, note TEXT NOT NULL) STRICT";

    /// <summary>Name and SQL of each table and index of <c>ledger.db</c>.</summary>
    public static readonly IReadOnlyList<(string Name, string Sql)> Ledger = [.. LedgerOfFormat2, ("predecessor", Predecessor)];

    /// <summary>Name and SQL of the table of <c>keys.db</c>. A null key is the tombstone of a destroyed one.</summary>
    public static readonly IReadOnlyList<(string Name, string Sql)> Keys =
    [
        ("key", "CREATE TABLE key (compartment BLOB NOT NULL PRIMARY KEY, version INTEGER NOT NULL, wrapped BLOB) STRICT, WITHOUT ROWID"),
    ];

    /// <summary>Makes the tables of an empty file, or brings those of an older format up to the current one. Within a transaction.</summary>
    public static void Prepare(SqliteConnection ledger)
    {
        if (Number(ledger, "SELECT count(*) FROM sqlite_schema") == 0)
            foreach (var (_, sql) in Ledger) ledger.Run(sql);
        else
        {
            var format = Number(ledger, "SELECT coalesce(max(format), 1) FROM meta");
            if (format == 1 && !Has(ledger, "witnessed")) format = Raise(ledger, Witnessed, 2);
            if (format == 2 && !Has(ledger, "predecessor")) Raise(ledger, Predecessor, 3);
        }
    }

    static long Raise(SqliteConnection ledger, string table, int format)
    {
        ledger.Run(table);
        ledger.Run(string.Create(CultureInfo.InvariantCulture, $"UPDATE meta SET format = {format}"));
        return format;
    }

    static bool Has(SqliteConnection ledger, string table) => Number(ledger, $"SELECT count(*) FROM sqlite_schema WHERE name = '{table}'") > 0;

    static long Number(SqliteConnection ledger, string sql)
    {
        using var command = ledger.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
