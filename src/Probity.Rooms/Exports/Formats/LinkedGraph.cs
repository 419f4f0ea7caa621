using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Probity.Shared.Record;

namespace Probity.Exports.Formats;

/// <summary>Writes nodes of a JSON-LD graph in the terms of CASE and UCO; each has a UUID for its name.</summary>
internal sealed class LinkedGraph : IDisposable
{
    /// <summary>The vocabularies, by the prefix that is used for each.</summary>
    public static IReadOnlyDictionary<string, string> Prefixes { get; } = new Dictionary<string, string>
    {
        ["kb"] = "urn:uuid:",
        ["case-investigation"] = "https://ontology.caseontology.org/case/investigation/",
        ["case-vocabulary"] = "https://ontology.caseontology.org/case/vocabulary/",
        ["uco-action"] = "https://ontology.unifiedcyberontology.org/uco/action/",
        ["uco-core"] = "https://ontology.unifiedcyberontology.org/uco/core/",
        ["uco-identity"] = "https://ontology.unifiedcyberontology.org/uco/identity/",
        ["uco-location"] = "https://ontology.unifiedcyberontology.org/uco/location/",
        ["uco-observable"] = "https://ontology.unifiedcyberontology.org/uco/observable/",
        ["uco-role"] = "https://ontology.unifiedcyberontology.org/uco/role/",
        ["uco-tool"] = "https://ontology.unifiedcyberontology.org/uco/tool/",
        ["uco-types"] = "https://ontology.unifiedcyberontology.org/uco/types/",
        ["uco-vocabulary"] = "https://ontology.unifiedcyberontology.org/uco/vocabulary/",
        ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
    };

    readonly Utf8JsonWriter _json;

    public LinkedGraph(Stream stream)
    {
        _json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.WriteStartObject();
        _json.WriteStartObject("@context");
        foreach (var (prefix, address) in Prefixes) _json.WriteString(prefix, address);
        _json.WriteEndObject();
        _json.WriteStartArray("@graph");
    }

    /// <summary>The name of what belongs to something else and has no id of its own: the same each time.</summary>
    public static Guid Part(Guid of, string what) => Streams.Derive(of, "case/" + what);

    /// <summary>Writes a node.</summary>
    public void Node(Guid id, string type, Action write)
    {
        _json.WriteStartObject();
        _json.WriteString("@id", Name(id));
        _json.WriteString("@type", type);
        write();
        _json.WriteEndObject();
    }

    /// <summary>A text; null is left out.</summary>
    public void Text(string property, string? text)
    {
        if (text is not null) _json.WriteString(property, text);
    }

    public void Truth(string property, bool value) => _json.WriteBoolean(property, value);

    public void Time(string property, DateTimeOffset time) =>
        Typed(property, "xsd:dateTime", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));

    /// <summary>A value of a named type.</summary>
    public void Typed(string property, string type, string value)
    {
        _json.WriteStartObject(property);
        _json.WriteString("@type", type);
        _json.WriteString("@value", value);
        _json.WriteEndObject();
    }

    /// <summary>Another node; null is left out.</summary>
    public void To(string property, Guid? id)
    {
        if (id is { } one) To(property, [one]);
    }

    /// <summary>Other nodes; none is left out.</summary>
    public void To(string property, IReadOnlyCollection<Guid> ids)
    {
        if (ids.Count == 0) return;
        _json.WriteStartArray(property);
        foreach (var id in ids)
        {
            _json.WriteStartObject();
            _json.WriteString("@id", Name(id));
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    /// <summary>Nodes that stand inside this one.</summary>
    public void Within(string property, IReadOnlyCollection<Action> nodes)
    {
        if (nodes.Count == 0) return;
        _json.WriteStartArray(property);
        foreach (var write in nodes) write();
        _json.WriteEndArray();
    }

    public void Dispose()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Dispose();
    }

    static string Name(Guid id) => $"kb:{id:D}";
}
