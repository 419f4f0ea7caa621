using Probity.Lens.Logs;

namespace Probity.Lens.Objects.Sqlite;

/// <summary>A table that is gone through once, its values by their columns.</summary>
internal sealed class SqliteTable(SqlitePages pages, SqliteRows rows, string name, IReadOnlyList<SqliteColumn> columns)
{
    public IReadOnlyList<SqliteColumn> Columns => columns;

    public long RowId => rows.RowId;

    public bool Next() => rows.Next();

    /// <summary>The number of a column, whatever the case of its letters; -1 where there is none.</summary>
    public int Find(string column)
    {
        for (var i = 0; i < columns.Count; i++)
            if (columns[i].Name.Equals(column, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }

    public int Need(string column) => Find(column) is >= 0 and var found ? found
        : throw pages.Fault($"table '{LogText.Show(name)}' has no column '{column}'; this is no OCEL 2.0");

    public SqliteKind KindOf(int column)
    {
        if (columns[column].IsRowId) return SqliteKind.Integer;
        if (column >= rows.Record.Count && columns[column].HasDefault) throw Fault($"'{LogText.Show(columns[column].Name)}' was added later with a default value; copy the database with VACUUM INTO first");
        return rows.Record.KindOf(column);
    }

    public long Integer(int column) => columns[column].IsRowId ? rows.RowId : rows.Record.Integer(column);

    public double Real(int column) => rows.Record.Real(column);

    /// <summary>The text of a column that has to hold one.</summary>
    public ReadOnlySpan<byte> Text(int column)
    {
        if (KindOf(column) != SqliteKind.Text) throw Fault($"'{LogText.Show(columns[column].Name)}' holds {What(KindOf(column))}, where a text has to stand");
        if (!rows.Record.TryText(column, out var text)) throw Fault($"'{LogText.Show(columns[column].Name)}' holds bytes that are no text in the database's encoding");
        return text.Length <= LogLimits.Name ? text : throw Fault($"'{LogText.Show(columns[column].Name)}' holds a text longer than {LogLimits.Name >> 10} KiB");
    }

    /// <summary>The error at the row at hand.</summary>
    public BadInputException Fault(string what) => pages.Fault($"{rows.Place}: {what}");

    static string What(SqliteKind kind) => kind switch
    {
        SqliteKind.Null => "nothing",
        SqliteKind.Blob => "a blob",
        _ => "a number",
    };
}
