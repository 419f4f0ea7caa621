using System.Text.Json;
using Probity.Lens.Logs;

namespace Probity.Benchmarks.Lens;

/// <summary>Reading an object-centric log, made up for the purpose: 200,000 events, 20,000 exhibits, 650,000 relations.</summary>
internal static class ObjectRows
{
    const int Events = 200_000;

    public static Action ReadJson(string folder)
    {
        _ = folder;
        var path = Path.Combine(Path.GetTempPath(), $"probity-objects-{Environment.ProcessId}.json");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(path);
        using (var file = File.Create(path)) Write(file);
        return () =>
        {
            var log = LogReader.ReadObjects(path);
            if (log.Events.Count != Events || log.RelationCount < 3 * Events) throw new InvalidDataException("Another log.");
        };
    }

    static void Write(Stream to)
    {
        using var json = new Utf8JsonWriter(to);
        json.WriteStartObject();
        Types(json, "objectTypes", ["case", "exhibit", "officer", "location"], ("weight", "float"));
        Types(json, "eventTypes", ["Seize", "Weigh", "Pack", "Store", "Hand over"], ("note", "string"));
        json.WriteStartArray("objects");
        for (var c = 0; c < 5_000; c++) Thing(json, $"C{c}", "case", null);
        for (var x = 0; x < 20_000; x++) Thing(json, $"X{x}", "exhibit", 100 + (x % 977) / 7.0);
        for (var o = 0; o < 300; o++) Thing(json, $"Officer {o}", "officer", null);
        for (var l = 0; l < 20; l++) Thing(json, $"Location {l}", "location", null);
        json.WriteEndArray();
        json.WriteStartArray("events");
        for (var e = 0; e < Events; e++) Event(json, e);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Types(Utf8JsonWriter json, string list, string[] names, (string Name, string Type) attribute)
    {
        json.WriteStartArray(list);
        foreach (var name in names)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteStartArray("attributes");
            json.WriteStartObject();
            json.WriteString("name", attribute.Name);
            json.WriteString("type", attribute.Type);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void Thing(Utf8JsonWriter json, string id, string type, double? weight)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("type", type);
        json.WriteStartArray("attributes");
        if (weight is { } grams)
        {
            json.WriteStartObject();
            json.WriteString("name", "weight");
            json.WriteString("time", "1970-01-01T00:00:00Z");
            json.WriteNumber("value", grams);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Event(Utf8JsonWriter json, int e)
    {
        json.WriteStartObject();
        json.WriteString("id", $"e{e}");
        json.WriteString("type", (e % 5) switch { 0 => "Seize", 1 => "Weigh", 2 => "Pack", 3 => "Store", _ => "Hand over" });
        json.WriteString("time", DateTime.UnixEpoch.AddSeconds(e * 61L).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteStartArray("attributes");
        json.WriteStartObject();
        json.WriteString("name", "note");
        json.WriteString("value", $"as instructed, page {e % 40}");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("relationships");
        Name(json, $"X{e / 10}", "handled");
        Name(json, $"Officer {e * 7 % 300}", "by");
        Name(json, $"Location {e % 20}", "at");
        if (e % 4 == 0) Name(json, $"C{e / 40}", "");
        json.WriteEndArray();
        json.WriteEndObject();
        if (json.BytesPending > 1 << 16) json.Flush();
    }

    static void Name(Utf8JsonWriter json, string id, string qualifier)
    {
        json.WriteStartObject();
        json.WriteString("objectId", id);
        json.WriteString("qualifier", qualifier);
        json.WriteEndObject();
    }
}
