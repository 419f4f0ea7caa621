namespace Probity.Storage.Sqlite;

/// <summary>The tables of a ledger file and a key file. The verifier compares them with what a file holds, letter by letter.</summary>
internal static class LedgerSchema
{
    /// <summary>Name and SQL of each table and index of <c>ledger.db</c>.</summary>
    public static readonly IReadOnlyList<(string Name, string Sql)> Ledger =
    [
        ("meta", "CREATE TABLE meta (format INTEGER NOT NULL, origin TEXT NOT NULL, node BLOB NOT NULL, vkey TEXT NOT NULL) STRICT"),
        ("record", "CREATE TABLE record (idx INTEGER PRIMARY KEY, stream BLOB NOT NULL, version INTEGER NOT NULL, header BLOB NOT NULL, sealed BLOB NOT NULL) STRICT"),
        ("record_stream", "CREATE UNIQUE INDEX record_stream ON record (stream, version)"),
        ("tile", "CREATE TABLE tile (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, number)) STRICT, WITHOUT ROWID"),
        ("checkpoint", "CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT"),
    ];

    /// <summary>Name and SQL of the table of <c>keys.db</c>. A null key is the tombstone of a destroyed one.</summary>
    public static readonly IReadOnlyList<(string Name, string Sql)> Keys =
    [
        ("key", "CREATE TABLE key (compartment BLOB NOT NULL PRIMARY KEY, version INTEGER NOT NULL, wrapped BLOB) STRICT, WITHOUT ROWID"),
    ];
}
