using Microsoft.Data.Sqlite;
using Probity.Ledger;

namespace Probity.Storage;

/// <summary>Asks SQLite itself about a file: is it whole, and does it hold the tables that it should and no others.</summary>
internal static class DatabaseAudit
{
    public const string Database = "database";

    public static void Check(Findings findings, SqliteConnection connection, string name, IReadOnlyList<(string Name, string Sql)> schema)
    {
        findings.Check(Database, "Both database files are whole, and each look-up through an index answers as a scan does.");
        Guard(findings, Database, name, () =>
        {
            foreach (var line in Lines(connection, "PRAGMA integrity_check"))
                if (line != "ok") findings.Fault(Database, null, $"{name}: {line}");
            var found = Lines(connection, "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema").Order(StringComparer.Ordinal);
            var expected = schema.Select(item => (item.Sql.Contains(" INDEX ", StringComparison.Ordinal) ? "index " : "table ") + item.Name + " " + item.Sql);
            if (!found.SequenceEqual(expected.Order(StringComparer.Ordinal)))
                findings.Fault(Database, null, $"{name} does not have the tables of a ledger of format {LogIdentity.CurrentFormat}.");
        });
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
            findings.Fault(check, null, $"{name} cannot be read: {fault.Message}");
        }
    }

    /// <summary>What reading a damaged file throws: SQLite's own error, or a value that is not of its column's type.</summary>
    public static bool IsDamage(Exception fault) =>
        fault is SqliteException or InvalidDataException or InvalidOperationException or InvalidCastException or FormatException
            or OverflowException or ArgumentException;

    static List<string> Lines(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(0));
        return lines;
    }
}
