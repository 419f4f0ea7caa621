using System.Globalization;

namespace Probity.Lens.Objects.Writing;

/// <summary>
/// Writes OCEL 2.0 in SQLite, into a stream that can be sought in, without a database engine. Numbers are stored as SQLite stores them, as
/// IEEE 754 of 64 bits; keys and indexes are left to whoever wants to ask much of the file.
/// </summary>
public sealed class SqliteObjectWriter : IObjectLogWriter
{
    readonly SqliteFile _file;
    readonly WrittenTypes _objectTypes;
    readonly WrittenTypes _eventTypes;
    readonly SqliteFile.Table _object;
    readonly SqliteFile.Table _event;
    readonly SqliteFile.Table _links;
    readonly SqliteFile.Table _relations;
    readonly Dictionary<string, SqliteFile.Table> _ofObjects;
    readonly Dictionary<string, SqliteFile.Table> _ofEvents;

    /// <summary>Begins a log at the beginning of <paramref name="stream"/>, which stays open.</summary>
    public SqliteObjectWriter(Stream stream, IReadOnlyList<ObjectLogType> objectTypes, IReadOnlyList<ObjectLogType> eventTypes)
    {
        _file = new SqliteFile(stream);
        (_objectTypes, _eventTypes) = (new WrittenTypes(objectTypes, "object"), new WrittenTypes(eventTypes, "event"));
        _event = Create("event", "ocel_id TEXT, ocel_type TEXT");
        _object = Create("object", "ocel_id TEXT, ocel_type TEXT");
        _relations = Create("event_object", "ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT");
        _links = Create("object_object", "ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT");
        _ofEvents = Types("event", eventTypes, "ocel_id TEXT, ocel_time TIMESTAMP");
        _ofObjects = Types("object", objectTypes, "ocel_id TEXT, ocel_time TIMESTAMP, ocel_changed_field TEXT");
    }

    /// <inheritdoc/>
    public void Add(WrittenObject thing)
    {
        _objectTypes.Require(thing.Type);
        _object.Add(thing.Id, thing.Type);
        var attributes = _objectTypes.All.First(t => t.Name == thing.Type).Attributes;
        foreach (var value in thing.Values)
        {
            var stored = Store(_objectTypes.Of(thing.Type, value.Name), value.Text);
            _ofObjects[thing.Type].Add([thing.Id, WrittenTypes.Time(value.Since), value.Name, .. attributes.Select(a => a.Name == value.Name ? stored : null)]);
        }

        foreach (var relation in thing.Relations) _links.Add(thing.Id, relation.Target, relation.Qualifier);
    }

    /// <inheritdoc/>
    public void Add(WrittenEvent happened)
    {
        _eventTypes.Require(happened.Type);
        _event.Add(happened.Id, happened.Type);
        foreach (var value in happened.Values) _eventTypes.Of(happened.Type, value.Name);
        _ofEvents[happened.Type].Add([
            happened.Id, WrittenTypes.Time(happened.Time),
            .. _eventTypes.All.First(t => t.Name == happened.Type).Attributes
                .Select(a => happened.Values.FirstOrDefault(v => v.Name == a.Name) is { } value ? Store(a.Type, value.Text) : null)]);
        foreach (var relation in happened.Relations) _relations.Add(happened.Id, relation.Target, relation.Qualifier);
    }

    /// <inheritdoc/>
    public void Complete() => _file.Complete();

    Dictionary<string, SqliteFile.Table> Types(string what, IReadOnlyList<ObjectLogType> types, string columns)
    {
        var map = Create($"{what}_map_type", "ocel_type TEXT, ocel_type_map TEXT");
        var tables = new Dictionary<string, SqliteFile.Table>();
        foreach (var type in types)
        {
            var mapped = Mapped(type.Name);
            map.Add(type.Name, mapped);
            tables.Add(type.Name, Create($"{what}_{mapped}", columns + string.Concat(type.Attributes.Select(a => $", {Quote(a.Name)} {Declare(a.Type)}"))));
        }

        return tables;
    }

    SqliteFile.Table Create(string name, string columns) => _file.Create(name, $"CREATE TABLE {Quote(name)} ({columns})");

    // "Sent to laboratory" becomes SentToLaboratory; other letters stay as they are, and the name is quoted.
    static string Mapped(string type) => string.Concat(type.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string Declare(ObjectValueType type) => type switch
    {
        ObjectValueType.Whole => "INTEGER", ObjectValueType.Number => "REAL", ObjectValueType.Truth => "BOOLEAN", ObjectValueType.Time => "TIMESTAMP", _ => "TEXT",
    };

    static object Store(ObjectValueType holds, string text) => holds switch
    {
        ObjectValueType.Whole => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        ObjectValueType.Number => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        ObjectValueType.Truth => bool.Parse(text) ? 1L : 0L,
        _ => text,
    };
}
