using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Probity.Storage.Sqlite;

/// <summary>Whether a database beside the record, which no signature covers, is in order.</summary>
internal static class SqliteHealth
{
    /// <summary>Asks SQLite to walk all pages. It does not see a value that was changed into another of its kind.</summary>
    public static async Task<bool> IsWholeAsync(DbConnection connection, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        return await command.ExecuteScalarAsync(cancel) is "ok";
    }

    /// <summary>Whether SQLite says that the file itself is wrong, rather than its disk or its rights.</summary>
    public static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;
}
