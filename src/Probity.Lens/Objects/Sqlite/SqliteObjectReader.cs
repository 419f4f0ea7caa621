using System.Text;
using Probity.Lens.Logs;

namespace Probity.Lens.Objects.Sqlite;

/// <summary>
/// Reads OCEL 2.0 in SQLite: <c>event</c> and <c>object</c> with ids and types, a table for each type that
/// <c>event_map_type</c> and <c>object_map_type</c> name, <c>event_object</c>, and <c>object_object</c> where there is one.
/// </summary>
internal sealed class SqliteObjectReader
{
    readonly SqliteTables _tables;
    readonly SqlitePages _pages;
    readonly ObjectLogBuilder _log;

    // Places are rows of 'event' or, counted down from -1, of 'object'.
    SqliteObjectReader(SqlitePages pages)
    {
        _pages = pages;
        _log = new ObjectLogBuilder(pages.Name, place => place >= 0 ? $"table 'event', row {place}" : $"table 'object', row {-1 - place}");
        _tables = new SqliteTables(pages);
    }

    /// <param name="path">The file, for messages.</param>
    /// <param name="file">The file, open.</param>
    /// <param name="progress">Told the share of the pages read.</param>
    /// <param name="cancel">Gives up reading.</param>
    public static ObjectLog Read(string path, Stream file, IProgress<double>? progress, CancellationToken cancel) =>
        new SqliteObjectReader(new SqlitePages(path, file, progress)).Read(cancel);

    ObjectLog Read(CancellationToken cancel)
    {
        foreach (var needed in (string[])["event", "event_map_type", "object", "object_map_type", "event_object"])
        {
            if (!_tables.Has(needed))
                throw _pages.Fault($"no table '{needed}'; this is no object-centric log (OCEL 2.0). The tables are: {_tables.Names()}");
        }

        var eventTables = Types("event", _log.EventTypes);
        var objectTables = Types("object", _log.ObjectTypes);
        Events(cancel);
        Objects(cancel);
        foreach (var (type, table) in eventTables) EventRows(type, table, cancel);
        foreach (var (type, table) in objectTables) ObjectRows(type, table, cancel);
        Relations(cancel);
        if (_tables.Has("object_object")) Links(cancel);
        return _log.Build();
    }

    /// <summary>The types that are declared, and the table of each.</summary>
    List<(int Type, string Table)> Types(string what, TypeTable types)
    {
        var found = new List<(int, string)>();
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var map = _tables.Open($"{what}_map_type");
        var (name, mapped) = (map.Need("ocel_type"), map.Need("ocel_type_map"));
        while (map.Next())
        {
            var type = types.Number(map.Text(name));
            if (!types.TryDeclare(type)) throw map.Fault($"the type '{LogText.Show(types.NameOf(type))}' is declared twice");
            var table = $"{what}_{Encoding.UTF8.GetString(map.Text(mapped))}";
            if (!_tables.Has(table)) throw map.Fault($"no table '{LogText.Show(table)}' for the type '{LogText.Show(types.NameOf(type))}'");
            if (!used.Add(table)) throw map.Fault($"a second type with the table '{LogText.Show(table)}'");
            found.Add((type, table));
        }

        return found;
    }

    void Events(CancellationToken cancel)
    {
        var table = _tables.Open("event");
        var (id, type) = (table.Need("ocel_id"), table.Need("ocel_type"));
        while (Next(table, cancel))
        {
            var number = _log.EventTypes.Number(table.Text(type));
            _log.AddEvent(table.Text(id), number, null, Math.Max(0, table.RowId));
        }
    }

    void Objects(CancellationToken cancel)
    {
        var table = _tables.Open("object");
        var (id, type) = (table.Need("ocel_id"), table.Need("ocel_type"));
        while (Next(table, cancel)) _log.AddObject(_log.Object(table.Text(id)), _log.ObjectTypes.Number(table.Text(type)), -1 - Math.Max(0, table.RowId));
    }

    void EventRows(int type, string name, CancellationToken cancel)
    {
        var table = _tables.Open(name);
        var (id, time) = (table.Need("ocel_id"), table.Need("ocel_time"));
        var attributes = Attributes(table, _log.EventTypes, type, [id, time]);
        while (Next(table, cancel))
        {
            var number = _log.FindEvent(table.Text(id));
            if (number < 0) throw table.Fault($"the event '{LogText.Show(table.Text(id))}' is not in the table 'event'");
            if (_log.TypeOfEvent(number) != type) throw table.Fault($"the event '{LogText.Show(table.Text(id))}' has another type in the table 'event'");
            if (!_log.TrySetTime(number, Time(table, time))) throw table.Fault($"a second row of the event '{LogText.Show(table.Text(id))}'");
            foreach (var (column, attribute) in attributes) _log.SetEvent(number, attribute, Value(table, column));
        }
    }

    void ObjectRows(int type, string name, CancellationToken cancel)
    {
        var table = _tables.Open(name);
        var (id, time, changed) = (table.Need("ocel_id"), table.Need("ocel_time"), table.Find("ocel_changed_field"));
        var attributes = Attributes(table, _log.ObjectTypes, type, [id, time, changed]);
        while (Next(table, cancel))
        {
            var number = _log.Object(table.Text(id));
            if (_log.TypeOfObject(number) != type)
                throw table.Fault($"the object '{LogText.Show(table.Text(id))}' {(_log.TypeOfObject(number) < 0 ? "is not" : "has another type")} in the table 'object'");
            var when = Time(table, time);
            var only = changed < 0 || table.KindOf(changed) == SqliteKind.Null ? -1 : Changed(table, changed);
            foreach (var (column, attribute) in attributes)
                if (only < 0 || only == column) _log.SetObject(number, attribute, Value(table, column), when);
        }
    }

    /// <summary>The column that a row says has changed; the others repeat what was there, or hold nothing.</summary>
    static int Changed(SqliteTable table, int changed)
    {
        var name = Encoding.UTF8.GetString(table.Text(changed));
        return table.Find(name) is >= 0 and var column ? column : throw table.Fault($"it says that '{LogText.Show(name)}' has changed, and there is no such column");
    }

    List<(int Column, int Attribute)> Attributes(SqliteTable table, TypeTable types, int type, int[] known)
    {
        var found = new List<(int, int)>();
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (known.Contains(i)) continue;
            types.TryDeclare(type, table.Columns[i].Name, Holds(table.Columns[i].Type));
            found.Add((i, _log.Attribute(Encoding.UTF8.GetBytes(table.Columns[i].Name))));
        }

        return found;
    }

    /// <summary>What a column holds by the words of its type, in the order in which SQLite looks for them.</summary>
    static ObjectValueType Holds(string type) => type switch
    {
        _ when type.Contains("BOOL", StringComparison.Ordinal) => ObjectValueType.Truth,
        _ when type.Contains("TIME", StringComparison.Ordinal) || type.Contains("DATE", StringComparison.Ordinal) => ObjectValueType.Time,
        _ when type.Contains("INT", StringComparison.Ordinal) => ObjectValueType.Whole,
        _ when type.Contains("CHAR", StringComparison.Ordinal) || type.Contains("CLOB", StringComparison.Ordinal) || type.Contains("TEXT", StringComparison.Ordinal) => ObjectValueType.Text,
        _ when type.Contains("REAL", StringComparison.Ordinal) || type.Contains("FLOA", StringComparison.Ordinal) || type.Contains("DOUB", StringComparison.Ordinal) => ObjectValueType.Number,
        _ => ObjectValueType.Undeclared,
    };

    void Relations(CancellationToken cancel)
    {
        var table = _tables.Open("event_object");
        var (from, to, qualifier) = (table.Need("ocel_event_id"), table.Need("ocel_object_id"), table.Find("ocel_qualifier"));
        while (Next(table, cancel))
        {
            var number = _log.FindEvent(table.Text(from));
            if (number < 0) throw table.Fault($"the event '{LogText.Show(table.Text(from))}' is not in the table 'event'");
            _log.Relate(number, _log.Object(table.Text(to)), Qualifier(table, qualifier));
        }
    }

    void Links(CancellationToken cancel)
    {
        var table = _tables.Open("object_object");
        var (from, to, qualifier) = (table.Need("ocel_source_id"), table.Need("ocel_target_id"), table.Find("ocel_qualifier"));
        while (Next(table, cancel))
        {
            var source = _log.Object(table.Text(from));
            if (_log.TypeOfObject(source) < 0) throw table.Fault($"the object '{LogText.Show(table.Text(from))}' is not in the table 'object'");
            _log.Link(source, _log.Object(table.Text(to)), Qualifier(table, qualifier));
        }
    }

    int Qualifier(SqliteTable table, int column) => _log.Qualifier(column < 0 || table.KindOf(column) == SqliteKind.Null ? [] : table.Text(column));

    static long Time(SqliteTable table, int column)
    {
        var text = table.Text(column);
        return ObjectTime.TryParse(text, out var micros) ? micros
            : throw table.Fault($"'{LogText.Show(text)}' is no time in the years 1 to 9999; write it as in 2006-07-24 09:30:00+02:00");
    }

    RawValue Value(SqliteTable table, int column) => table.KindOf(column) switch
    {
        SqliteKind.Null => default,
        SqliteKind.Integer => RawValue.Of(table.Integer(column)),
        SqliteKind.Real => RawValue.Of(table.Real(column)),
        SqliteKind.Text => _log.Text(table.Text(column)),
        _ => throw table.Fault($"'{LogText.Show(table.Columns[column].Name)}' holds a blob, which no attribute is"),
    };

    static bool Next(SqliteTable table, CancellationToken cancel)
    {
        if ((table.RowId & 0xFFF) == 0) cancel.ThrowIfCancellationRequested();
        return table.Next();
    }
}
