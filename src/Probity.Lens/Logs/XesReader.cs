using System.Globalization;
using System.Text;

namespace Probity.Lens.Logs;

/// <summary>
/// Reads XES (IEEE 1849) from a stream of bytes: of each trace its <c>concept:name</c>, of each event its
/// <c>concept:name</c> or what a classifier joins, its <c>time:timestamp</c> and <c>org:resource</c>, and what attributes the
/// options ask for, nested ones by their path. Attributes of the log are passed over, and <c>&lt;global&gt;</c> too: it promises
/// that events carry an attribute, it is no value to put in where one is missing. Traces and events keep the file's order.
/// An element counts if its prefix is that of the root.
/// </summary>
internal sealed class XesReader
{
    readonly XmlScanner _xml;
    readonly string _file;
    readonly EventLogBuilder _log;
    readonly AttributeTable? _eventAttributes;
    readonly AttributeTable? _caseAttributes;
    readonly XesHeader _header;
    readonly string? _classifier;
    readonly bool _completionsOnly;
    readonly XesPath? _eventPath;
    readonly XesPath? _casePath;
    XesClass? _class;
    byte[] _prefix = [];
    int _case = -1;
    string? _caseName;
    int _eventNumber;
    int _activity;
    int _resource;
    long? _time;
    bool _isCompletion;

    XesReader(ByteWindow window, LogReaderOptions options)
    {
        if (options.EventAttributes.Count > 0) _eventAttributes = new AttributeTable(options.EventAttributes);
        if (options.CaseAttributes.Count > 0) _caseAttributes = new AttributeTable(options.CaseAttributes);
        // Following the path of every attribute costs time, so only where somebody asked for a nested one.
        if (options.EventAttributes.Any(IsPath)) _eventPath = new XesPath(3);
        if (options.CaseAttributes.Any(IsPath)) _casePath = new XesPath(2);
        _classifier = options.Classifier;
        _completionsOnly = options.CompletionsOnly;
        _header = new XesHeader(_classifier);
        _log = new EventLogBuilder(_eventAttributes, _caseAttributes, options.MaxEvents);
        _xml = new XmlScanner(window);
        _file = window.Name;
    }

    public static EventLog Read(ByteWindow window, LogReaderOptions options) => new XesReader(window, options).Read();

    EventLog Read()
    {
        bool inTrace = false, inEvent = false;
        while (_xml.Read())
        {
            switch (_xml.Depth)
            {
                case 0 when _xml.IsStart:
                    Root();
                    break;
                case 1 when _xml.IsStart && Is("trace"u8):
                    BeginTrace();
                    inTrace = !_xml.IsEmpty;
                    break;
                case 1 when _xml.IsStart && Is("event"u8):
                    throw _xml.Fault("an event outside any trace; it belongs to no case: put it into its <trace>");
                case 1 when _xml.IsStart && Is("events"u8):
                    throw _xml.Fault("<events> where a log of cases has <trace>; if this is OCEL 1.0, export it as OCEL 2.0");
                case 1 when !_xml.IsStart:
                    inTrace = false;
                    break;
                case 1:
                    Header();
                    break;
                case 2 when inTrace && _xml.IsStart && Is("event"u8):
                    BeginEvent();
                    inEvent = true;
                    if (!_xml.IsEmpty) break;
                    goto case 2;
                case 2 when inTrace && _xml.IsStart && !inEvent:
                    TraceAttribute();
                    break;
                case 2:
                    if (inEvent) EndEvent();
                    inEvent = false;
                    break;
                case 3 when inEvent && _xml.IsStart:
                    EventAttribute();
                    break;
                case > 3 when inEvent && _xml.IsStart && _eventPath is not null:
                    Nested(_eventPath, _eventAttributes!, _log.EventCount);
                    break;
                case > 2 when inTrace && !inEvent && _xml.IsStart && _casePath is not null:
                    Nested(_casePath, _caseAttributes!, _case);
                    break;
            }
        }

        if (_log.EventCount == 0) throw new BadInputException($"{_file}: the log holds no event; there is nothing to look at.");
        return _log.Build();
    }

    void Root()
    {
        var name = _xml.Name;
        var colon = name.IndexOf((byte)':');
        _prefix = name[..(colon + 1)].ToArray();
        if (!name[(colon + 1)..].SequenceEqual("log"u8))
            throw _xml.Fault($"the root element is <{LogText.Show(name)}>, not <log>; this is no XES log");
    }

    void Header()
    {
        if (Is("extension"u8) && Text("prefix"u8) is { } prefix && _xml.TryAttribute("uri"u8, out var uri)) _header.Extension(uri, prefix);
        else if (Is("classifier"u8) && Text("name"u8) is { } name && Text("keys"u8) is { } keys && !_header.TryClassifier(name, keys))
            throw _xml.Fault($"the classifier '{LogText.Show(name)}' names no attribute, or over {LogLimits.WantedAttributes}; it cannot say what an activity is");
    }

    string? Text(ReadOnlySpan<byte> attribute) => _xml.TryAttribute(attribute, out var value) ? Encoding.UTF8.GetString(value) : null;

    static bool IsPath(string name) => name.Contains('/');

    bool Is(ReadOnlySpan<byte> local)
    {
        var name = _xml.Name;
        return name.Length == _prefix.Length + local.Length && name.EndsWith(local) && name.StartsWith(_prefix);
    }

    void BeginTrace()
    {
        if (_case < 0 && _classifier is not null)
        {
            var keys = _header.Classifier
                ?? throw _xml.Fault($"no classifier is named '{LogText.Show(_classifier)}' before the first trace; {_header.Offer()}");
            _class = new XesClass(keys);
        }

        _caseName = null;
        _eventNumber = 0;
        // A case that its trace does not name goes by its number.
        _case = _log.AddCase((_case + 2).ToString(CultureInfo.InvariantCulture));
    }

    void TraceAttribute()
    {
        var hasKey = _xml.TryAttribute("key"u8, out var key);
        _casePath?.Go(2, hasKey, key);
        if (!hasKey) return;
        if (_caseAttributes is not null)
        {
            Keep(_caseAttributes, key, _case);
            // A decoded value lasts until the next one is asked for.
            _xml.TryAttribute("key"u8, out key);
        }

        if (!key.SequenceEqual(_header.Name)) return;
        if (_caseName is not null) throw Twice(_header.Name);
        _caseName = Encoding.UTF8.GetString(Value("case"));
        _log.RenameCase(_case, _caseName);
    }

    void BeginEvent()
    {
        _eventNumber++;
        _activity = -1;
        _resource = EventLog.NoResource;
        _time = null;
        _isCompletion = true;
        _class?.BeginEvent();
    }

    void EventAttribute()
    {
        var hasKey = _xml.TryAttribute("key"u8, out var key);
        _eventPath?.Go(3, hasKey, key);
        if (!hasKey) return;
        if (_class is not null && _class.Names(key)) key = Classify(_class);
        else if (key.SequenceEqual(_header.Transition)) key = Transition();
        if (_class is null && key.SequenceEqual(_header.Name))
        {
            if (_activity >= 0) throw Twice(_header.Name);
            _activity = _log.Activity(Value("activity"));
        }
        else if (key.SequenceEqual(_header.Time))
        {
            if (_time is not null) throw Twice(_header.Time);
            var value = Value("time");
            if (!IsoTime.TryParse(value.Trim(" "u8), out var time))
                throw Fault($"the time '{LogText.Show(value)}' is not ISO 8601 in the years 1 to 9999, such as 2006-07-24T09:30:00+02:00");
            _time = time;
        }
        else if (key.SequenceEqual(_header.Resource))
        {
            if (_resource != EventLog.NoResource) throw Twice(_header.Resource);
            _resource = _log.Resource(Value("resource"));
        }
        else if (_eventAttributes is not null)
        {
            // The event's own row: it is added to the log only at its end.
            Keep(_eventAttributes, key, _log.EventCount);
        }
    }

    /// <summary>Notes an event that is no completion, and gives the key again: a decoded value lasts until the next one is asked for.</summary>
    ReadOnlySpan<byte> Transition()
    {
        if (_xml.TryAttribute("value"u8, out var value) && !Ascii.EqualsIgnoreCase(value, "complete"u8)) _isCompletion = false;
        _xml.TryAttribute("key"u8, out var key);
        return key;
    }

    ReadOnlySpan<byte> Classify(XesClass into)
    {
        var value = Value("class").ToArray();
        _xml.TryAttribute("key"u8, out var key);
        return into.TryTake(key, value) ? key : throw Twice(key);
    }

    void Nested(XesPath path, AttributeTable wanted, int row)
    {
        var hasKey = _xml.TryAttribute("key"u8, out var key);
        Keep(wanted, path.Go(_xml.Depth, hasKey, key), row);
    }

    void Keep(AttributeTable wanted, ReadOnlySpan<byte> key, int row)
    {
        var column = wanted.Find(key);
        if (column < 0) return;
        var name = wanted.Names[column];
        if (wanted.Has(column, row)) throw Twice(LogText.Show(name));
        var tag = _xml.Name[_prefix.Length..];
        // A list or a container has no value of its own.
        if (tag.SequenceEqual("list"u8) || tag.SequenceEqual("container"u8)) return;
        var value = Value($"'{LogText.Show(name)}'");
        if (!wanted.TrySet(column, row, tag, value))
            throw Fault($"the {LogText.Show(tag)} '{LogText.Show(name)}' has the value '{LogText.Show(value)}', which is none");
    }

    void EndEvent()
    {
        if (!_isCompletion && _completionsOnly)
        {
            _eventAttributes?.Clear(_log.EventCount);
            return;
        }

        if (!_isCompletion) _log.NotCompletions++;
        if (_class is not null)
        {
            if (!_class.TryJoin(out var activity, out var missing)) throw Fault($"no {LogText.Show(missing)}, which the classifier needs");
            if (activity.Length > LogLimits.Name) throw Fault($"its activity is longer than {LogLimits.Name >> 10} KiB");
            _activity = _log.Activity(activity);
        }

        if (_activity < 0) throw Fault($"no {LogText.Show(_header.Name)}; every event must name its activity");
        if (_time is null) throw Fault($"no {LogText.Show(_header.Time)}; every event must say when it happened");
        _log.Add(_case, _activity, _resource, _time.Value);
    }

    ReadOnlySpan<byte> Value(string what)
    {
        if (!_xml.TryAttribute("value"u8, out var value)) throw Fault($"its {what} has no value");
        return value.Length <= LogLimits.Name ? value : throw Fault($"its {what} is longer than {LogLimits.Name >> 10} KiB");
    }

    BadInputException Twice(ReadOnlySpan<byte> key) => Twice(LogText.Show(key));

    BadInputException Twice(string key) => Fault($"{key} stands there twice; which one holds cannot be known");

    BadInputException Fault(string what) => _xml.Fault(
        $"case '{LogText.Show(_caseName ?? (_case + 1).ToString(CultureInfo.InvariantCulture))}'"
        + (_eventNumber > 0 ? $", event {_eventNumber}" : "") + $": {what}");
}
