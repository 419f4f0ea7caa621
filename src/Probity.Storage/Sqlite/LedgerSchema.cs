using Microsoft.Data.Sqlite;
using Probity.Ledger;

namespace Probity.Storage.Sqlite;

/// <summary>The tables of a ledger file and a key file. The verifier compares them with what a file holds, letter by letter.</summary>
internal static class LedgerSchema
{
    /// <summary>
    /// Bytes of a page in a new ledger file. A record is some hundreds of bytes and does not lie across pages, so the pages of 4,096 that
    /// SQLite would choose leave a tenth of the file empty.
    /// </summary>
    public const int PageSize = 8_192;

    const string Meta = "CREATE TABLE meta (format INTEGER NOT NULL, origin TEXT NOT NULL, node BLOB NOT NULL, vkey TEXT NOT NULL) STRICT";
    const string Tile = "CREATE TABLE tile (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, number)) STRICT, WITHOUT ROWID";
    const string Checkpoint = "CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT";

    // Stream and version stand in the header: here is only where to look for them.
    const string Record = "CREATE TABLE record (idx INTEGER PRIMARY KEY, header BLOB NOT NULL, sealed BLOB NOT NULL) STRICT";
    const string Stream = "CREATE TABLE stream (stream BLOB NOT NULL, version INTEGER NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (stream, version)) STRICT, WITHOUT ROWID";

    // One row: the newest. The time is the quorum's, in POSIX seconds.
    const string Witnessed =
        "CREATE TABLE witnessed (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, time INTEGER NOT NULL, note TEXT NOT NULL) STRICT";

    static readonly IReadOnlyList<(string Name, string Sql)> Format1 =
    [
        ("meta", Meta),
        ("record", "CREATE TABLE record (idx INTEGER PRIMARY KEY, stream BLOB NOT NULL, version INTEGER NOT NULL, header BLOB NOT NULL, sealed BLOB NOT NULL) STRICT"),
        ("record_stream", "CREATE UNIQUE INDEX record_stream ON record (stream, version)"),
        ("tile", Tile),
        ("checkpoint", Checkpoint),
    ];

    /// <summary>Name and SQL of each table and index of <c>ledger.db</c>.</summary>
    public static readonly IReadOnlyList<(string Name, string Sql)> Ledger =
        [("meta", Meta), ("record", Record), ("stream", Stream), ("tile", Tile), ("checkpoint", Checkpoint), ("witnessed", Witnessed)];

    /// <summary>The same of each format that is read, the current one first.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<(string Name, string Sql)>> Formats = [Ledger, [.. Format1, ("witnessed", Witnessed)], Format1];

    /// <summary>Name and SQL of the table of <c>keys.db</c>. A null key is the tombstone of a destroyed one.</summary>
    public static readonly IReadOnlyList<(string Name, string Sql)> Keys =
    [
        ("key", "CREATE TABLE key (compartment BLOB NOT NULL PRIMARY KEY, version INTEGER NOT NULL, wrapped BLOB) STRICT, WITHOUT ROWID"),
    ];

    /// <summary>Which format a file's tables are of.</summary>
    public static int FormatOf(SqliteConnection ledger) =>
        Has(ledger, "stream") ? LogIdentity.CurrentFormat : Has(ledger, "witnessed") ? 2 : LogIdentity.OldestFormat;

    /// <summary>Makes the tables of an empty file, or brings those of an older format up to the current one. Within a transaction.</summary>
    public static void Prepare(SqliteConnection ledger)
    {
        if (Number(ledger, "SELECT count(*) FROM sqlite_schema") == 0)
        {
            foreach (var (_, sql) in Ledger) ledger.Run(sql);
            return;
        }

        var format = FormatOf(ledger);
        // A file whose tables are not those of the format that it says it has is left for the verifier to judge.
        if (format == LogIdentity.CurrentFormat || Number(ledger, "SELECT coalesce(max(format), 1) FROM meta") != format) return;
        if (format < 2) ledger.Run(Witnessed);
        ledger.Run("ALTER TABLE record RENAME TO record_before");
        ledger.Run(Record);
        ledger.Run(Stream);
        ledger.Run("INSERT INTO record (idx, header, sealed) SELECT idx, header, sealed FROM record_before ORDER BY idx");
        ledger.Run("INSERT INTO stream (stream, version, idx) SELECT stream, version, idx FROM record_before ORDER BY stream, version");
        ledger.Run("DROP TABLE record_before");
        ledger.Run(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"UPDATE meta SET format = {LogIdentity.CurrentFormat}"));
    }

    static bool Has(SqliteConnection ledger, string table) => Number(ledger, $"SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '{table}'") == 1;

    static long Number(SqliteConnection ledger, string sql)
    {
        using var command = ledger.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
