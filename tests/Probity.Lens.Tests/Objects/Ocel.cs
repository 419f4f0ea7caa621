using System.Globalization;
using System.Security;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Probity.Lens.Tests.Objects;

/// <summary>
/// An object-centric log as its author has it, and the three forms of OCEL 2.0 to write it in. Values are texts, whole numbers,
/// numbers, truths or times, which their types say.
/// </summary>
internal sealed class Ocel
{
    public List<(string Name, List<(string Name, string Type)> Attributes)> EventTypes { get; } = [];
    public List<(string Name, List<(string Name, string Type)> Attributes)> ObjectTypes { get; } = [];
    public List<Event> Events { get; } = [];
    public List<Thing> Things { get; } = [];

    internal sealed record Event(string Id, string Type, DateTime Time, List<(string Name, object Value)> Values, List<(string Thing, string As)> Names);

    internal sealed record Thing(string Id, string Type, List<(string Name, DateTime Time, object Value)> Values, List<(string Thing, string As)> Names);

    public void Add(string id, string type, DateTime time, params (string Thing, string As)[] names) => Events.Add(new Event(id, type, time, [], [.. names]));

    public Thing Put(string id, string type, params (string Thing, string As)[] names)
    {
        Things.Add(new Thing(id, type, [], [.. names]));
        return Things[^1];
    }

    public string Json()
    {
        JsonArray Types(List<(string Name, List<(string Name, string Type)> Attributes)> types) => [.. types.Select(t => (JsonNode)new JsonObject
        {
            ["name"] = t.Name,
            ["attributes"] = new JsonArray([.. t.Attributes.Select(a => (JsonNode)new JsonObject { ["name"] = a.Name, ["type"] = a.Type })]),
        })];
        JsonArray Names(List<(string Thing, string As)> names) => [.. names.Select(n => (JsonNode)new JsonObject { ["objectId"] = n.Thing, ["qualifier"] = n.As })];
        return new JsonObject
        {
            ["objectTypes"] = Types(ObjectTypes),
            ["eventTypes"] = Types(EventTypes),
            ["objects"] = new JsonArray([.. Things.Select(o => (JsonNode)new JsonObject
            {
                ["id"] = o.Id,
                ["type"] = o.Type,
                ["attributes"] = new JsonArray([.. o.Values.Select(v => (JsonNode)new JsonObject { ["name"] = v.Name, ["time"] = Write(v.Time), ["value"] = Node(v.Value) })]),
                ["relationships"] = Names(o.Names),
            })]),
            ["events"] = new JsonArray([.. Events.Select(e => (JsonNode)new JsonObject
            {
                ["id"] = e.Id,
                ["type"] = e.Type,
                ["time"] = Write(e.Time),
                ["attributes"] = new JsonArray([.. e.Values.Select(v => (JsonNode)new JsonObject { ["name"] = v.Name, ["value"] = Node(v.Value) })]),
                ["relationships"] = Names(e.Names),
            })]),
        }.ToJsonString();
    }

    public string Xml()
    {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log>\n");
        Types("object", ObjectTypes);
        Types("event", EventTypes);
        xml.Append("<objects>\n");
        foreach (var o in Things)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<object id=\"{Escape(o.Id)}\" type=\"{Escape(o.Type)}\"><attributes>");
            foreach (var (name, time, value) in o.Values) xml.Append(CultureInfo.InvariantCulture, $"<attribute name=\"{Escape(name)}\" time=\"{Write(time)}\">{Escape(Text(value))}</attribute>");
            Names(o.Names);
            xml.Append("</object>\n");
        }

        xml.Append("</objects>\n<events>\n");
        foreach (var e in Events)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<event id=\"{Escape(e.Id)}\" type=\"{Escape(e.Type)}\" time=\"{Write(e.Time)}\"><attributes>");
            foreach (var (name, value) in e.Values) xml.Append(CultureInfo.InvariantCulture, $"<attribute name=\"{Escape(name)}\">{Escape(Text(value))}</attribute>");
            Names(e.Names);
            xml.Append("</event>\n");
        }

        return xml.Append("</events>\n</log>\n").ToString();

        void Types(string what, List<(string Name, List<(string Name, string Type)> Attributes)> types)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<{what}-types>\n");
            foreach (var (name, attributes) in types)
            {
                xml.Append(CultureInfo.InvariantCulture, $"<{what}-type name=\"{Escape(name)}\"><attributes>");
                foreach (var (attribute, type) in attributes) xml.Append(CultureInfo.InvariantCulture, $"<attribute name=\"{Escape(attribute)}\" type=\"{type}\"/>");
                xml.Append(CultureInfo.InvariantCulture, $"</attributes></{what}-type>\n");
            }

            xml.Append(CultureInfo.InvariantCulture, $"</{what}-types>\n");
        }

        void Names(List<(string Thing, string As)> names)
        {
            xml.Append("</attributes><objects>");
            foreach (var (thing, how) in names) xml.Append(CultureInfo.InvariantCulture, $"<relationship object-id=\"{Escape(thing)}\" qualifier=\"{Escape(how)}\"/>");
            xml.Append("</objects>");
        }
    }

    /// <summary>Writes the log into a new database; <paramref name="setup"/> runs before any table is made.</summary>
    public void Sqlite(string path, string setup = "")
    {
        using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        database.Open();
        Run(setup);
        using var transaction = database.BeginTransaction();
        Run("""
            CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
            CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
            CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT, PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));
            CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
            CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
            CREATE TABLE object_object (ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT);
            """);
        Types("event", EventTypes, "\"ocel_id\" TEXT, \"ocel_time\" TIMESTAMP");
        Types("object", ObjectTypes, "\"ocel_id\" TEXT, \"ocel_time\" TIMESTAMP, \"ocel_changed_field\" TEXT");
        foreach (var o in Things) Insert("object", ("ocel_id", o.Id), ("ocel_type", o.Type));
        foreach (var e in Events) Insert("event", ("ocel_id", e.Id), ("ocel_type", e.Type));
        foreach (var o in Things)
        {
            foreach (var (name, time, value) in o.Values) Insert($"object_{Map(o.Type)}", ("ocel_id", o.Id), ("ocel_time", Write(time)), ("ocel_changed_field", name), (name, Stored(value)));
            foreach (var (thing, how) in o.Names) Insert("object_object", ("ocel_source_id", o.Id), ("ocel_target_id", thing), ("ocel_qualifier", how));
        }

        foreach (var e in Events)
        {
            Insert($"event_{Map(e.Type)}", [("ocel_id", e.Id), ("ocel_time", Write(e.Time)), .. e.Values.Select(v => (v.Name, Stored(v.Value)))]);
            foreach (var (thing, how) in e.Names) Insert("event_object", ("ocel_event_id", e.Id), ("ocel_object_id", thing), ("ocel_qualifier", how));
        }

        transaction.Commit();

        void Types(string what, List<(string Name, List<(string Name, string Type)> Attributes)> types, string columns)
        {
            foreach (var (name, attributes) in types)
            {
                Insert($"{what}_map_type", ("ocel_type", name), ("ocel_type_map", Map(name)));
                Run($"CREATE TABLE {Quote($"{what}_{Map(name)}")} ({columns}{string.Concat(attributes.Select(a => $", {Quote(a.Name)} {Declared(a.Type)}"))})");
            }
        }

        void Insert(string table, params IReadOnlyList<(string Column, object Value)> values)
        {
            using var command = database.CreateCommand();
            command.CommandText = $"INSERT INTO {Quote(table)} ({string.Join(", ", values.Select(v => Quote(v.Column)))}) VALUES ({string.Join(", ", values.Select((_, i) => $"$v{i}"))})";
            for (var i = 0; i < values.Count; i++) command.Parameters.AddWithValue($"$v{i}", values[i].Value);
            command.ExecuteNonQuery();
        }

        void Run(string sql)
        {
            if (sql.Length == 0) return;
            using var command = database.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    public static string Write(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    static string Map(string type) => string.Concat(type.Where(char.IsLetterOrDigit));

    static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string Declared(string type) => type switch { "integer" => "INTEGER", "float" => "REAL", "boolean" => "BOOLEAN", "time" => "TIMESTAMP", _ => "TEXT" };

    static JsonValue Node(object value) => value switch
    {
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        bool truth => JsonValue.Create(truth),
        _ => JsonValue.Create(Text(value)),
    };

    static object Stored(object value) => value is DateTime time ? Write(time) : value;

    static string Text(object value) => value switch
    {
        DateTime time => Write(time),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    static string Escape(string text) => SecurityElement.Escape(text);
}
