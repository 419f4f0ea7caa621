using Microsoft.Data.Sqlite;
using Npgsql;
using Probity.Ledger;
using SQLitePCL;

namespace Probity.Storage;

/// <summary>Asks SQLite itself about a file: does it hold the tables that it should and no others, and is it whole.</summary>
internal static class DatabaseAudit
{
    public const string Database = "database";

    /// <summary>Far more than a ledger file's five lines take; a schema made to last takes longer.</summary>
    static readonly TimeSpan SchemaPatience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether a file has the tables that it should, and no others. Where not, nothing more is asked of it: its own could answer for ever.
    /// </summary>
    /// <param name="findings">Where faults go.</param>
    /// <param name="connection">The file, opened untouched.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="schemas">What it may hold: the tables of the current format, or of an older one.</param>
    public static bool HasTables(Findings findings, SqliteConnection connection, string name, IReadOnlyList<IReadOnlyList<(string Name, string Sql)>> schemas)
    {
        findings.Check(Database, "Both database files are whole, and each look-up through an index answers as a scan does.");
        var ours = false;
        Guard(findings, Database, name, () =>
        {
            // Before anything else: a view under a table's name would be run by whatever asks the table.
            ours = schemas.Any(schema => HasSchema(connection, schema));
            if (!ours) findings.Fault(Database, null, $"{name} does not have the tables of a ledger of format {LogIdentity.OldestFormat} to {LogIdentity.CurrentFormat}: it was read no further.");
        });
        return ours;
    }

    /// <summary>Whether a file's pages are in order. Where not, rows may be looked up, but no table walked from end to end.</summary>
    public static bool IsWhole(Findings findings, SqliteConnection connection, string name)
    {
        var whole = false;
        Guard(findings, Database, name, () =>
        {
            var lines = Lines(connection, "PRAGMA integrity_check", int.MaxValue).Where(line => line != "ok").ToList();
            foreach (var line in lines) findings.Fault(Database, null, $"{name}: {line}");
            whole = lines.Count == 0;
        });
        return whole;
    }

    /// <summary>Runs a check that a damaged file may stop, and says so.</summary>
    public static void Guard(Findings findings, string check, string name, Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault) when (IsDamage(fault))
        {
            findings.Fault(check, null, IsTooLarge(fault)
                ? $"{name} holds a value that is larger than any may be."
                : $"{name} cannot be read: {fault.Message}");
        }
    }

    /// <summary>What reading a damaged file throws: SQLite's own error, or a value that is not of its column's type.</summary>
    public static bool IsDamage(Exception fault) =>
        fault is SqliteException or RowTooLargeException or InvalidDataException or InvalidOperationException or InvalidCastException or FormatException
            or OverflowException or ArgumentException
        // PostgreSQL's: a damaged page, a value that is none, a column that is not there; but not what a role may not read.
        || (fault is PostgresException { SqlState: var state } && state != PostgresErrorCodes.InsufficientPrivilege && state[..2] is "XX" or "22" or "42");

    /// <summary>Whether a row was refused for its size.</summary>
    public static bool IsTooLarge(Exception fault) => fault is SqliteException { SqliteErrorCode: raw.SQLITE_TOOBIG } or RowTooLargeException;

    static bool HasSchema(SqliteConnection connection, IReadOnlyList<(string Name, string Sql)> schema)
    {
        using var patience = new Timer(_ => raw.sqlite3_interrupt(connection.Handle), null, SchemaPatience, Timeout.InfiniteTimeSpan);
        var found = Lines(connection, "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema", schema.Count + 1);
        var expected = schema.Select(item => (item.Sql.Contains(" INDEX ", StringComparison.Ordinal) ? "index " : "table ") + item.Name + " " + item.Sql);
        return found.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal));
    }

    static List<string> Lines(SqliteConnection connection, string sql, int most)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (lines.Count < most && reader.Read()) lines.Add(reader.GetString(0));
        return lines;
    }
}
