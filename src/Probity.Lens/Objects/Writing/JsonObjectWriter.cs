using System.Text.Encodings.Web;
using System.Text.Json;

namespace Probity.Lens.Objects.Writing;

/// <summary>Writes OCEL 2.0 in JSON. A number keeps the digits that it was given: 12.50 stays 12.50.</summary>
public sealed class JsonObjectWriter : IObjectLogWriter, IDisposable
{
    // What is not flushed yet; a piece is small beside it.
    const int Buffered = 64 * 1024;

    readonly Utf8JsonWriter _json;
    readonly WrittenTypes _objects;
    readonly WrittenTypes _events;
    bool _happening;

    /// <summary>Begins a log; <paramref name="stream"/> is written forward only and stays open.</summary>
    public JsonObjectWriter(Stream stream, IReadOnlyList<ObjectLogType> objectTypes, IReadOnlyList<ObjectLogType> eventTypes)
    {
        // The file is data, never part of a page: nothing has to be escaped for HTML.
        _json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = false });
        (_objects, _events) = (new WrittenTypes(objectTypes, "object"), new WrittenTypes(eventTypes, "event"));
        _json.WriteStartObject();
        Types("objectTypes", objectTypes);
        Types("eventTypes", eventTypes);
        _json.WriteStartArray("objects");
    }

    /// <inheritdoc/>
    public void Add(WrittenObject thing)
    {
        if (_happening) throw new InvalidOperationException("Objects come before events.");
        _objects.Require(thing.Type);
        Begin(thing.Id, thing.Type);
        _json.WriteStartArray("attributes");
        foreach (var value in thing.Values)
        {
            _json.WriteStartObject();
            _json.WriteString("name", value.Name);
            _json.WriteString("time", WrittenTypes.Time(value.Since));
            Value(_objects.Of(thing.Type, value.Name), value.Text);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        End(thing.Relations);
    }

    /// <inheritdoc/>
    public void Add(WrittenEvent happened)
    {
        _events.Require(happened.Type);
        BeginEvents();
        Begin(happened.Id, happened.Type);
        _json.WriteString("time", WrittenTypes.Time(happened.Time));
        _json.WriteStartArray("attributes");
        foreach (var value in happened.Values)
        {
            _json.WriteStartObject();
            _json.WriteString("name", value.Name);
            Value(_events.Of(happened.Type, value.Name), value.Text);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        End(happened.Relations);
    }

    /// <inheritdoc/>
    public void Complete()
    {
        BeginEvents();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <summary>Lets go of the buffer. What was not completed stays a part.</summary>
    public void Dispose() => _json.Dispose();

    void BeginEvents()
    {
        if (_happening) return;
        _happening = true;
        _json.WriteEndArray();
        _json.WriteStartArray("events");
    }

    void Types(string name, IReadOnlyList<ObjectLogType> types)
    {
        _json.WriteStartArray(name);
        foreach (var type in types)
        {
            _json.WriteStartObject();
            _json.WriteString("name", type.Name);
            _json.WriteStartArray("attributes");
            foreach (var (attribute, holds) in type.Attributes)
            {
                _json.WriteStartObject();
                _json.WriteString("name", attribute);
                _json.WriteString("type", WrittenTypes.Name(holds));
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    void Begin(string id, string type)
    {
        _json.WriteStartObject();
        _json.WriteString("id", id);
        _json.WriteString("type", type);
    }

    void End(IReadOnlyList<WrittenRelation> relations)
    {
        _json.WriteStartArray("relationships");
        foreach (var relation in relations)
        {
            _json.WriteStartObject();
            _json.WriteString("objectId", relation.Target);
            _json.WriteString("qualifier", relation.Qualifier);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        if (_json.BytesPending > Buffered) _json.Flush();
    }

    void Value(ObjectValueType holds, string text)
    {
        _json.WritePropertyName("value");
        if (holds is ObjectValueType.Whole or ObjectValueType.Number) _json.WriteRawValue(text);
        else if (holds == ObjectValueType.Truth) _json.WriteBooleanValue(bool.Parse(text));
        else _json.WriteStringValue(text);
    }
}
