using System.Text;
using System.Text.Json;
using Probity.Lens.Logs;

namespace Probity.Lens.Objects;

/// <summary>
/// Reads OCEL 2.0 in JSON: <c>objectTypes</c>, <c>eventTypes</c>, <c>objects</c>, <c>events</c>, in any order. Properties that
/// the format does not have are passed over.
/// </summary>
internal ref struct JsonObjectReader
{
    readonly ObjectLogBuilder _log;

    // Of the event or object at hand, whose id may come last.
    readonly List<(int Attribute, RawValue Value, long Time)> _values = [];
    readonly List<(int Object, int Qualifier)> _related = [];
    JsonScanner _json;

    JsonObjectReader(ByteWindow window)
    {
        _json = new JsonScanner(window);
        _log = new ObjectLogBuilder(window.Name, place => $"byte {place}");
    }

    public static ObjectLog Read(ByteWindow window) => new JsonObjectReader(window).Read();

    ObjectLog Read()
    {
        _json.Next();
        if (_json.Token != JsonTokenType.StartObject) throw _json.Fault("a list where an object with 'eventTypes', 'objectTypes', 'events', 'objects' should be; this is no OCEL 2.0");
        var seen = 0;
        while (NextProperty())
        {
            if (_json.Is("eventTypes"u8) && Once(ref seen, 1)) Types(_log.EventTypes);
            else if (_json.Is("objectTypes"u8) && Once(ref seen, 2)) Types(_log.ObjectTypes);
            else if (_json.Is("objects"u8) && Once(ref seen, 4)) Objects();
            else if (_json.Is("events"u8) && Once(ref seen, 8)) Events();
            else if (_json.Is("ocel:events"u8) || _json.Is("ocel:global-log"u8)) throw _json.Fault("this is OCEL 1.0, whose relations do not say what they mean; export the log as OCEL 2.0");
            else PassOver();
        }

        if ((seen & 8) == 0) throw _json.Fault("no 'events'; this is JSON, but no object-centric log (OCEL 2.0)");
        if (_json.Read()) throw _json.Fault("something after the end of the document");
        return _log.Build();
    }

    void Types(TypeTable types)
    {
        BeginList();
        while (NextItem())
        {
            var place = _json.Offset;
            int type = -1, seen = 0;
            var attributes = new List<(string Name, ObjectValueType Holds, long Place)>();
            while (NextProperty())
            {
                if (_json.Is("name"u8) && Once(ref seen, 1)) type = types.Number(Text());
                else if (_json.Is("attributes"u8) && Once(ref seen, 2)) TypedAttributes(attributes);
                else PassOver();
            }

            if (type < 0) throw _log.Fault(place, "a type without 'name'");
            if (!types.TryDeclare(type)) throw _log.Fault(place, $"the type '{LogText.Show(types.NameOf(type))}' is declared twice");
            foreach (var (name, holds, at) in attributes)
                if (!types.TryDeclare(type, name, holds)) throw _log.Fault(at, $"the attribute '{LogText.Show(name)}' is declared twice");
        }
    }

    void TypedAttributes(List<(string, ObjectValueType, long)> attributes)
    {
        BeginList();
        while (NextItem())
        {
            var place = _json.Offset;
            string? name = null;
            var (holds, seen) = (ObjectValueType.Undeclared, 0);
            while (NextProperty())
            {
                if (_json.Is("name"u8) && Once(ref seen, 1)) name = Encoding.UTF8.GetString(Text());
                else if (_json.Is("type"u8) && Once(ref seen, 2)) holds = TypeTable.Parse(Text()) ?? throw _json.Fault($"'{LogText.Show(_json.Text())}' is no type of value; there are string, time, integer, float, boolean");
                else PassOver();
            }

            attributes.Add((name ?? throw _log.Fault(place, "an attribute without 'name'"), holds, place));
        }
    }

    void Events()
    {
        BeginList();
        while (NextItem())
        {
            var place = _json.Offset;
            byte[]? id = null;
            int type = -1, seen = 0;
            long? time = null;
            Begin();
            while (NextProperty())
            {
                if (_json.Is("id"u8) && Once(ref seen, 1)) id = Text().ToArray();
                else if (_json.Is("type"u8) && Once(ref seen, 2)) type = _log.EventTypes.Number(Text());
                else if (_json.Is("time"u8) && Once(ref seen, 4)) time = Time();
                else if (_json.Is("attributes"u8) && Once(ref seen, 8)) Attributes(timed: false);
                else if (_json.Is("relationships"u8) && Once(ref seen, 16)) Relationships();
                else PassOver();
            }

            if (id is null || type < 0 || time is null) throw _log.Fault(place, $"an event without '{(id is null ? "id" : type < 0 ? "type" : "time")}'");
            var number = _log.NextEvent;
            _log.AddEvent(id, type, time, place);
            foreach (var (attribute, value, _) in _values) _log.SetEvent(number, attribute, value);
            foreach (var (target, qualifier) in _related) _log.Relate(number, target, qualifier);
        }
    }

    void Objects()
    {
        BeginList();
        while (NextItem())
        {
            var place = _json.Offset;
            int number = -1, type = -1, seen = 0;
            Begin();
            while (NextProperty())
            {
                if (_json.Is("id"u8) && Once(ref seen, 1)) number = _log.Object(Text());
                else if (_json.Is("type"u8) && Once(ref seen, 2)) type = _log.ObjectTypes.Number(Text());
                else if (_json.Is("attributes"u8) && Once(ref seen, 8)) Attributes(timed: true);
                else if (_json.Is("relationships"u8) && Once(ref seen, 16)) Relationships();
                else PassOver();
            }

            if (number < 0 || type < 0) throw _log.Fault(place, $"an object without '{(number < 0 ? "id" : "type")}'");
            _log.AddObject(number, type, place);
            foreach (var (attribute, value, time) in _values) _log.SetObject(number, attribute, value, time);
            foreach (var (target, qualifier) in _related) _log.Link(number, target, qualifier);
        }
    }

    readonly void Begin()
    {
        _values.Clear();
        _related.Clear();
    }

    void Attributes(bool timed)
    {
        BeginList();
        while (NextItem())
        {
            var place = _json.Offset;
            int attribute = -1, seen = 0;
            var (value, time) = (default(RawValue), 0L);
            while (NextProperty())
            {
                if (_json.Is("name"u8) && Once(ref seen, 1)) attribute = _log.Attribute(Text());
                else if (_json.Is("value"u8) && Once(ref seen, 2)) value = Value();
                else if (timed && _json.Is("time"u8) && Once(ref seen, 4)) time = Time();
                else PassOver();
            }

            if (attribute < 0) throw _log.Fault(place, "an attribute without 'name'");
            _values.Add((attribute, value, time));
        }
    }

    void Relationships()
    {
        BeginList();
        while (NextItem())
        {
            var place = _json.Offset;
            int target = -1, qualifier = -1, seen = 0;
            while (NextProperty())
            {
                if (_json.Is("objectId"u8) && Once(ref seen, 1)) target = _log.Object(Text());
                else if (_json.Is("qualifier"u8) && Once(ref seen, 2)) qualifier = Qualifier();
                else PassOver();
            }

            if (target < 0) throw _log.Fault(place, "a relationship without 'objectId'");
            _related.Add((target, qualifier < 0 ? _log.Qualifier([]) : qualifier));
        }
    }

    int Qualifier()
    {
        _json.Next();
        return _json.Token switch
        {
            JsonTokenType.Null => -1,
            JsonTokenType.String => _log.Qualifier(Short(_json.Text())),
            _ => throw _json.Fault("a qualifier that is no text"),
        };
    }

    /// <summary>Goes into the list that is the value of the property at hand; null stands for an empty one.</summary>
    void BeginList()
    {
        var name = Encoding.UTF8.GetString(_json.Text());
        _json.Next();
        if (_json.Token is not (JsonTokenType.StartArray or JsonTokenType.Null)) throw _json.Fault($"'{LogText.Show(name)}' is no list");
    }

    /// <summary>Goes into the next object of a list; false at its end.</summary>
    bool NextItem()
    {
        if (_json.Token == JsonTokenType.Null) return false;
        _json.Next();
        if (_json.Token == JsonTokenType.EndArray) return false;
        return _json.Token == JsonTokenType.StartObject ? true : throw _json.Fault("something else than an object in a list of objects");
    }

    /// <summary>Goes to the next property of an object; false at its end.</summary>
    bool NextProperty()
    {
        _json.Next();
        return _json.Token == JsonTokenType.PropertyName;
    }

    readonly bool Once(ref int seen, int bit)
    {
        if ((seen & bit) != 0) throw _json.Fault("a property that stands there twice; which one holds cannot be known");
        seen |= bit;
        return true;
    }

    void PassOver()
    {
        _json.Next();
        _json.Skip();
    }

    /// <summary>The text that is the value of the property at hand.</summary>
    ReadOnlySpan<byte> Text()
    {
        _json.Next();
        if (_json.Token != JsonTokenType.String) throw _json.Fault($"a text has to stand here, and it is {What()}");
        return Short(_json.Text());
    }

    readonly ReadOnlySpan<byte> Short(ReadOnlySpan<byte> text) => text.Length <= LogLimits.Name ? text : throw _json.Fault($"a text longer than {LogLimits.Name >> 10} KiB");

    long Time()
    {
        var text = Text();
        return ObjectTime.TryParse(text, out var micros) ? micros
            : throw _json.Fault($"'{LogText.Show(text)}' is no time in the years 1 to 9999; write it as in 2006-07-24T09:30:00+02:00");
    }

    RawValue Value()
    {
        _json.Next();
        return _json.Token switch
        {
            JsonTokenType.String => _log.Text(Short(_json.Text())),
            JsonTokenType.Number => RawValue.Of(_json.Number),
            JsonTokenType.True or JsonTokenType.False => RawValue.Of(_json.Token == JsonTokenType.True),
            JsonTokenType.Null => default,
            _ => throw _json.Fault($"a value that is {What()}"),
        };
    }

    readonly string What() => _json.Token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.Null => "null",
        JsonTokenType.Number => "a number",
        JsonTokenType.String => "a text",
        _ => "true or false",
    };
}
