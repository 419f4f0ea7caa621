using System.Text;
using Probity.Lens.Logs;

namespace Probity.Lens.Objects;

/// <summary>
/// Reads OCEL 2.0 in XML: <c>&lt;object-types&gt;</c>, <c>&lt;event-types&gt;</c>, <c>&lt;objects&gt;</c>, <c>&lt;events&gt;</c> inside
/// <c>&lt;log&gt;</c>, in any order. Elements that the format does not have are passed over.
/// </summary>
internal sealed class XmlObjectReader
{
    enum Section { None, EventTypes, ObjectTypes, Events, Objects }

    readonly XmlScanner _xml;
    readonly ByteWindow _window;
    readonly ObjectLogBuilder _log;
    Section _section;
    bool _hasEvents;

    // What is open: the number of the type, event or object, and in it the list and the attribute.
    int _current = -1;
    bool _inAttributes;
    bool _inObjects;
    int _attribute = -1;
    long _time;

    XmlObjectReader(ByteWindow window)
    {
        _window = window;
        _xml = new XmlScanner(window);
        _log = new ObjectLogBuilder(window.Name, place => $"byte {place}");
    }

    public static ObjectLog Read(ByteWindow window) => new XmlObjectReader(window).Read();

    ObjectLog Read()
    {
        while (_xml.Read())
        {
            if (_xml.IsStart)
            {
                Start();
                if (_xml.IsEmpty) End();
            }
            else
            {
                End();
            }
        }

        if (!_hasEvents) throw new BadInputException($"{_window.Name}: no <events>; this is XML, but no object-centric log (OCEL 2.0).");
        return _log.Build();
    }

    void Start()
    {
        if (_attribute >= 0) throw _xml.Fault($"<{LogText.Show(_xml.Name)}> inside the value of an attribute; a value is text");
        switch (_xml.Depth)
        {
            case 0 when !_xml.Name.SequenceEqual("log"u8): throw _xml.Fault($"the root element is <{LogText.Show(_xml.Name)}>, not <log>; this is no OCEL 2.0");
            case 1:
                _section = Is("event-types"u8) ? Section.EventTypes : Is("object-types"u8) ? Section.ObjectTypes : Is("events"u8) ? Section.Events : Is("objects"u8) ? Section.Objects : Section.None;
                _hasEvents |= _section == Section.Events;
                break;
            case 2: Item(); break;
            case 3 when _current >= 0: (_inAttributes, _inObjects) = (Is("attributes"u8), Is("objects"u8)); break;
            case 4 when _inAttributes && Is("attribute"u8): Attribute(); break;
            case 4 when _inObjects && (Is("relationship"u8) || Is("object"u8) || Is("relobj"u8)): Relationship(); break;
        }
    }

    void End()
    {
        switch (_xml.Depth)
        {
            case 1: _section = Section.None; break;
            case 2: _current = -1; break;
            case 3: (_inAttributes, _inObjects) = (false, false); break;
            case 4 when _attribute >= 0: EndAttribute(); break;
        }
    }

    void Item()
    {
        _current = _section switch
        {
            Section.EventTypes when Is("event-type"u8) => Declare(_log.EventTypes),
            Section.ObjectTypes when Is("object-type"u8) => Declare(_log.ObjectTypes),
            Section.Events when Is("event"u8) => Event(),
            Section.Objects when Is("object"u8) => Object(),
            _ => -1,
        };
    }

    int Declare(TypeTable types)
    {
        var type = types.Number(Needed("name"u8, "a type"));
        return types.TryDeclare(type) ? type : throw _xml.Fault($"the type '{LogText.Show(types.NameOf(type))}' is declared twice");
    }

    int Event()
    {
        var number = _log.NextEvent;
        var type = _log.EventTypes.Number(Needed("type"u8, "an event"));
        var time = Time(Needed("time"u8, "an event"));
        _log.AddEvent(Needed("id"u8, "an event"), type, time, _window.Offset);
        return number;
    }

    int Object()
    {
        var type = _log.ObjectTypes.Number(Needed("type"u8, "an object"));
        var number = _log.Object(Needed("id"u8, "an object"));
        _log.AddObject(number, type, _window.Offset);
        return number;
    }

    void Attribute()
    {
        if (_section is Section.EventTypes or Section.ObjectTypes)
        {
            var types = _section == Section.EventTypes ? _log.EventTypes : _log.ObjectTypes;
            var name = Encoding.UTF8.GetString(Needed("name"u8, "an attribute"));
            var holds = ObjectValueType.Undeclared;
            if (_xml.TryAttribute("type"u8, out var type))
                holds = TypeTable.Parse(type) ?? throw _xml.Fault($"'{LogText.Show(type)}' is no type of value; there are string, time, integer, float, boolean");
            if (!types.TryDeclare(_current, name, holds)) throw _xml.Fault($"the attribute '{LogText.Show(name)}' is declared twice");
            return;
        }

        _attribute = _log.Attribute(Needed("name"u8, "an attribute"));
        _time = _section == Section.Objects && _xml.TryAttribute("time"u8, out var time) ? Time(time) : 0;
        _xml.KeepsText = true;
    }

    void EndAttribute()
    {
        var text = _xml.Text;
        if (text.Length > LogLimits.Name) throw _xml.Fault($"a text longer than {LogLimits.Name >> 10} KiB");
        var value = _log.Text(text);
        if (_section == Section.Events) _log.SetEvent(_current, _attribute, value);
        else _log.SetObject(_current, _attribute, value, _time);
        _xml.KeepsText = false;
        _attribute = -1;
    }

    void Relationship()
    {
        if (_section is not (Section.Events or Section.Objects)) return;
        var target = _log.Object(Needed("object-id"u8, "a relationship"));
        var qualifier = _log.Qualifier(_xml.TryAttribute("qualifier"u8, out var named) ? Short(named) : []);
        if (_section == Section.Events) _log.Relate(_current, target, qualifier);
        else _log.Link(_current, target, qualifier);
    }

    bool Is(ReadOnlySpan<byte> name) => _xml.Name.SequenceEqual(name);

    ReadOnlySpan<byte> Needed(ReadOnlySpan<byte> attribute, string of) =>
        _xml.TryAttribute(attribute, out var value) ? Short(value) : throw _xml.Fault($"{of} without '{Encoding.UTF8.GetString(attribute)}'");

    ReadOnlySpan<byte> Short(ReadOnlySpan<byte> text) => text.Length <= LogLimits.Name ? text : throw _xml.Fault($"a text longer than {LogLimits.Name >> 10} KiB");

    long Time(ReadOnlySpan<byte> text) => ObjectTime.TryParse(text, out var micros) ? micros
        : throw _xml.Fault($"'{LogText.Show(text)}' is no time in the years 1 to 9999; write it as in 2006-07-24T09:30:00+02:00");
}
