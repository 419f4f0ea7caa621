using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Probity.Ledger.Tests.Faults.Tampering;

/// <summary>What a database administrator may do to a file with SQL, chosen at random over whatever tables it has.</summary>
internal sealed class SqlAttack(Random random, Scene scene)
{
    static readonly string[] Schema =
    [
        "CREATE TABLE more (x)", "CREATE VIEW seen AS SELECT 1", "CREATE INDEX more_index ON {0} ({1})", "ALTER TABLE {0} RENAME TO was",
        "ALTER TABLE {0} ADD COLUMN more", "DROP TABLE {0}", "DELETE FROM stream",
        "CREATE TRIGGER hides AFTER INSERT ON {0} BEGIN DELETE FROM {0}; END",
        "PRAGMA user_version = 7", "PRAGMA application_id = 7", "PRAGMA journal_mode = DELETE", "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = sql || ' ' WHERE name = '{0}'",
        "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET rootpage = (SELECT max(rootpage) FROM sqlite_schema) WHERE name = '{0}'",
        "VACUUM", "REINDEX", "ANALYZE",
    ];

    /// <summary>Does one thing to a database; null where the database would not have it.</summary>
    public string? Do(string file)
    {
        using var connection = Open(file);
        try
        {
            var tables = Column(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
            var table = Pick(tables);
            var columns = Column(connection, $"SELECT name FROM pragma_table_info('{table}')");
            var column = Pick(columns);
            var done = random.Next(12) switch
            {
                0 => Delete(connection, table, columns, 1),
                1 => Delete(connection, table, columns, random.Next(2, 20)),
                2 or 3 or 4 => Change(connection, table, columns, column),
                5 or 6 => Exchange(connection, table, columns, column),
                7 => Double(connection, table, columns),
                8 or 9 => Restore(connection, Path.GetFileName(file), table, columns),
                10 => Reorder(connection, table, columns),
                _ => Run(connection, string.Format(CultureInfo.InvariantCulture, Schema[random.Next(Schema.Length)], table, column)),
            };
            return done is null ? null : $"{Path.GetFileName(file)}: {done}";
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    string? Delete(SqliteConnection connection, string table, List<string> columns, int rows)
    {
        var done = new List<string>();
        for (var i = 0; i < rows; i++)
            if (Row(connection, table, columns) is { } row) done.Add(Run(connection, $"DELETE FROM {table} WHERE {Where(columns)}", row)!);
        return done.Count == 0 ? null : $"{done.Count} times {done[0]}";
    }

    string? Change(SqliteConnection connection, string table, List<string> columns, string column)
    {
        if (Row(connection, table, columns) is not { } row) return null;
        var value = row[columns.IndexOf(column)];
        return Run(connection, $"UPDATE {table} SET {column} = $new WHERE {Where(columns)}", row, Other(value));
    }

    /// <summary>Another value of the same kind, now and then of another.</summary>
    object Other(object value)
    {
        switch (value)
        {
            case long number:
                return random.Next(5) switch { 0 => number + 1, 1 => number - 1, 2 => -number, 3 => (long)random.Next(100), _ => long.MaxValue };
            case string text when text.Length > 0:
                var at = random.Next(text.Length);
                return random.Next(4) switch
                {
                    0 => text[..at],
                    1 => text + text[at..],
                    2 => text[..at] + (char)('a' + random.Next(26)) + text[(at + 1)..],
                    _ => text.Replace('\n', ' '),
                };
            case byte[] { Length: > 0 } bytes:
                var changed = (byte[])bytes.Clone();
                changed[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return random.Next(6) switch { 0 => new byte[bytes.Length], 1 => bytes[..random.Next(bytes.Length)], 2 => DBNull.Value, _ => changed };
            default:
                return random.Next(3) switch { 0 => 1L, 1 => "text", _ => new byte[32] };
        }
    }

    /// <summary>Two rows with a value exchanged: keys swapped, records relabelled.</summary>
    string? Exchange(SqliteConnection connection, string table, List<string> columns, string column)
    {
        if (Row(connection, table, columns) is not { } one || Row(connection, table, columns) is not { } other) return null;
        var place = columns.IndexOf(column);
        if (Equals(one[place], other[place])) return null;
        using var transaction = connection.BeginTransaction();
        Run(connection, $"DELETE FROM {table} WHERE {Where(columns)}", one);
        Run(connection, $"DELETE FROM {table} WHERE {Where(columns)}", other);
        (one[place], other[place]) = (other[place], one[place]);
        Insert(connection, table, columns, one);
        Insert(connection, table, columns, other);
        transaction.Commit();
        return $"exchanged {column} of two rows of {table}";
    }

    string? Double(SqliteConnection connection, string table, List<string> columns)
    {
        if (Row(connection, table, columns) is not { } row) return null;
        var place = random.Next(columns.Count);
        row[place] = Other(row[place]);
        Insert(connection, table, columns, row);
        return $"inserted a row into {table} with another {columns[place]}";
    }

    /// <summary>Takes a row back from an older copy of the same file, in the place of what is there or beside it.</summary>
    string? Restore(SqliteConnection connection, string name, string table, List<string> columns)
    {
        var older = scene.Older[random.Next(scene.Older.Count)];
        var copy = Path.Combine(Path.GetTempPath(), $"probity-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(copy);
            foreach (var file in older.Names.Where(file => file.StartsWith(name, StringComparison.Ordinal))) File.WriteAllBytes(Path.Combine(copy, file), older[file]);
            object[]? row;
            using (var earlier = Open(Path.Combine(copy, name))) row = Row(earlier, table, columns);
            if (row is null) return null;
            var change = random.Next(2) == 0;
            if (change && Row(connection, table, columns) is { } now) Run(connection, $"DELETE FROM {table} WHERE {Where(columns)}", now);
            using var command = connection.CreateCommand();
            command.CommandText = $"INSERT OR REPLACE INTO {table} VALUES ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})";
            Fill(command, row);
            command.ExecuteNonQuery();
            return $"put a row of an older {table} back";
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>A whole column moved by one row: every record under its neighbour's label.</summary>
    string? Reorder(SqliteConnection connection, string table, List<string> columns)
    {
        var rows = Rows(connection, table, columns);
        if (rows.Count < 2) return null;
        var moved = columns.Where(_ => random.Next(2) == 0).Select(column => columns.IndexOf(column)).ToArray();
        var first = random.Next(rows.Count - 1);
        using var transaction = connection.BeginTransaction();
        Run(connection, $"DELETE FROM {table}");
        var values = rows.Select(row => (object[])row.Clone()).ToList();
        for (var i = first; i < rows.Count; i++)
            foreach (var place in moved) values[i][place] = rows[i + 1 < rows.Count ? i + 1 : first][place];
        foreach (var row in values) Insert(connection, table, columns, row);
        transaction.Commit();
        return $"moved {string.Join(", ", moved.Select(place => columns[place]))} of {table} by a row, from row {first} on";
    }

    object[]? Row(SqliteConnection connection, string table, List<string> columns)
    {
        var rows = Rows(connection, table, columns);
        return rows.Count == 0 ? null : rows[random.Next(rows.Count)];
    }

    static List<object[]> Rows(SqliteConnection connection, string table, List<string> columns)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", columns)} FROM {table} LIMIT 2000";
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[columns.Count];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    static void Insert(SqliteConnection connection, string table, List<string> columns, object[] row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {table} VALUES ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})";
        Fill(command, row);
        command.ExecuteNonQuery();
    }

    static string? Run(SqliteConnection connection, string sql, object[]? row = null, object? value = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (row is not null) Fill(command, row);
        if (value is not null) command.Parameters.AddWithValue("$new", value);
        command.ExecuteNonQuery();
        return sql.Split(" WHERE")[0];
    }

    static void Fill(SqliteCommand command, object[] row)
    {
        for (var i = 0; i < row.Length; i++) command.Parameters.AddWithValue($"$p{i}", row[i]);
    }

    static string Where(List<string> columns) => string.Join(" AND ", columns.Select((column, i) => $"{column} IS $p{i}"));

    static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read()) values.Add(reader.GetString(0));
        return values;
    }

    string Pick(List<string> values) => values.Count == 0 ? "nothing" : values[random.Next(values.Count)];

    static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=1");
        connection.Open();
        return connection;
    }
}
