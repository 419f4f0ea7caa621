using System.Text;
using Probity.Lens.Logs;

namespace Probity.Lens.Objects.Sqlite;

/// <summary>The tables of a database, from its schema (sqlite.org/fileformat2.html, section 2.6).</summary>
internal sealed class SqliteTables
{
    const int Most = 100_000;

    readonly SqlitePages _pages;
    readonly Dictionary<string, (long Root, string Sql, string Name)> _tables = new(StringComparer.OrdinalIgnoreCase);

    public SqliteTables(SqlitePages pages)
    {
        _pages = pages;
        var rows = new SqliteRows(pages, 1, "sqlite_schema");
        while (rows.Next())
        {
            var record = rows.Record;
            if (Text(record, 0) is not "table" || Text(record, 1) is not { } name) continue;
            if (record.KindOf(3) != SqliteKind.Integer || Text(record, 4) is not { } sql) throw pages.Fault($"its schema does not say where the table '{LogText.Show(name)}' is; it is damaged");
            if (_tables.Count == Most) throw pages.Fault($"more than {Most:N0} tables; no log has so many");
            _tables[name] = (record.Integer(3), sql, name);
        }
    }

    public bool Has(string name) => _tables.ContainsKey(name);

    /// <summary>The tables there are, for messages.</summary>
    public string Names() => _tables.Count == 0 ? "none" : string.Join(", ", _tables.Values.Take(20).Select(t => LogText.Show(t.Name))) + (_tables.Count > 20 ? ", …" : "");

    /// <summary>Opens a table; each can be gone through once.</summary>
    public SqliteTable Open(string name)
    {
        var (root, sql, own) = _tables[name];
        return new SqliteTable(_pages, new SqliteRows(_pages, root, own), own, TableSql.Columns(sql)
            ?? throw _pages.Fault($"table '{LogText.Show(own)}' has columns that cannot be read (computed, or a virtual table); export it as a plain table"));
    }

    static string? Text(SqliteRecord record, int column) =>
        record.KindOf(column) == SqliteKind.Text && record.TryText(column, out var text) ? Encoding.UTF8.GetString(text) : null;
}
