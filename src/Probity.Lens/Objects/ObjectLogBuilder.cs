using Probity.Lens.Logs;

namespace Probity.Lens.Objects;

/// <summary>
/// Builds an <see cref="ObjectLog"/> piece by piece. A file may name objects before it has them and types before it declares
/// them, so what is missing is only told at the end, with the place of what asked for it.
/// </summary>
/// <param name="file">The file, for messages.</param>
/// <param name="where">Says of a place what it is: a byte, or a row of a table.</param>
internal sealed class ObjectLogBuilder(string file, Func<long, string> where)
{
    const long NoTime = long.MinValue;

    readonly NameTable _eventIds = new("event", LogLimits.CaseNames);
    readonly NameTable _objectIds = new("object", LogLimits.CaseNames);
    readonly NameTable _attributes = new("attribute", LogLimits.Names);
    readonly NameTable _texts = new("value", LogLimits.CaseNames);
    readonly Column<int> _eventType = new();
    readonly Column<long> _eventTime = new();
    readonly Column<long> _eventPlace = new();
    readonly Column<int> _objectType = new();
    readonly Column<long> _objectPlace = new();
    readonly Column<int> _objects = new();
    readonly Column<int> _rowOfObject = new();
    readonly NameTable _qualifiers = new("qualifier", LogLimits.Names);
    RelationTable? _relations;
    RelationTable? _links;
    ValueTable? _eventValues;
    ValueTable? _objectValues;

    public TypeTable EventTypes { get; } = new("event");
    public TypeTable ObjectTypes { get; } = new("object");

    RelationTable Relations => _relations ??= new(_qualifiers);
    RelationTable Links => _links ??= new(_qualifiers);
    ValueTable EventValues => _eventValues ??= new(_attributes, _texts);
    ValueTable Values => _objectValues ??= new(_attributes, _texts);

    /// <summary>The number that the next event gets.</summary>
    public int NextEvent => _eventType.Count;

    /// <summary>The number of an object by its id, whether the file has had it or not.</summary>
    public int Object(ReadOnlySpan<byte> id) => _objectIds.Intern(id);

    public int Attribute(ReadOnlySpan<byte> name) => _attributes.Intern(name);

    public int Qualifier(ReadOnlySpan<byte> name) => _qualifiers.Intern(name);

    public RawValue Text(ReadOnlySpan<byte> text) => new(RawKind.Text, _texts.Intern(text));

    /// <summary>Adds an event.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="type">Its type's number.</param>
    /// <param name="time">When it happened; null where the file says it elsewhere.</param>
    /// <param name="place">Where in the file it is.</param>
    public void AddEvent(ReadOnlySpan<byte> id, int type, long? time, long place)
    {
        var number = _eventIds.Intern(id);
        if (number != _eventType.Count) throw Fault(place, $"a second event '{LogText.Show(id)}'; each has an id of its own");
        _eventType.Add(type);
        _eventTime.Add(time ?? NoTime);
        _eventPlace.Add(place);
    }

    /// <summary>The number of an event that was added before; -1 where there is none of that id.</summary>
    public int FindEvent(ReadOnlySpan<byte> id)
    {
        var number = _eventIds.Find(id);
        return number < _eventType.Count ? number : -1;
    }

    public int TypeOfEvent(int number) => _eventType[number];

    /// <summary>Says when an event happened; false where that was said already.</summary>
    public bool TrySetTime(int number, long time)
    {
        if (_eventTime[number] != NoTime) return false;
        _eventTime[number] = time;
        return true;
    }

    /// <summary>Adds an object.</summary>
    public void AddObject(int number, int type, long place)
    {
        while (_rowOfObject.Count <= number) _rowOfObject.Add(-1);
        if (_rowOfObject[number] >= 0) throw Fault(place, $"a second object '{LogText.Show(_objectIds.Names[number])}'; each has an id of its own");
        _rowOfObject[number] = _objects.Count;
        _objects.Add(number);
        _objectType.Add(type);
        _objectPlace.Add(place);
    }

    /// <summary>The type's number of an object that was added before; -1 where it was not.</summary>
    public int TypeOfObject(int number) => number < _rowOfObject.Count && _rowOfObject[number] is >= 0 and var row ? _objectType[row] : -1;

    public void Relate(int eventNumber, int objectNumber, int qualifier) => Relations.Add(eventNumber, objectNumber, qualifier);

    public void Link(int source, int target, int qualifier) => Links.Add(source, target, qualifier);

    public void SetEvent(int number, int attribute, RawValue value) => EventValues.Add(number, attribute, value, 0);

    public void SetObject(int number, int attribute, RawValue value, long time) => Values.Add(number, attribute, value, time);

    /// <summary>The log; the builder is spent.</summary>
    /// <exception cref="BadInputException">Something names a type or an object that there is not, has no time, or a value of a wrong type.</exception>
    public ObjectLog Build()
    {
        if (_eventType.Count == 0) throw new BadInputException($"{file}: the log holds no event; there is nothing to look at.");
        while (_rowOfObject.Count < _objectIds.Names.Count) _rowOfObject.Add(-1);
        var (eventTypes, eventPlace) = EventTypes.Take();
        var (objectTypes, objectPlace) = ObjectTypes.Take();
        CheckEvents(eventPlace);
        CheckObjects(objectPlace);
        var (events, objects) = (_eventType.Count, _objects.Count);
        var rowOfObject = _rowOfObject.Take(null);
        return new ObjectLog(
            Relations.Take(events, null, rowOfObject),
            Links.Take(objects, rowOfObject, rowOfObject),
            EventValues.Take(events, null, (row, name) => EventTypes.Of(_eventType[row], name), EventFault, once: true),
            Values.Take(objects, rowOfObject, (number, name) => ObjectTypes.Of(TypeOfObject(number), name), ObjectFault, once: false))
        {
            EventTypes = eventTypes,
            ObjectTypes = objectTypes,
            Events = _eventIds.Names,
            Objects = Rows(objects, i => _objectIds.Names[_objects[i]]),
            EventType = Rows(events, i => eventPlace[_eventType[i]]),
            EventTime = Rows(events, i => _eventTime[i]),
            ByTime = ByTime(),
            ObjectType = Rows(objects, i => objectPlace[_objectType[i]]),
        };
    }

    public BadInputException Fault(long place, string what) => new($"{file}: {where(place)}: {what}.");

    void CheckEvents(int[] types)
    {
        for (var e = 0; e < _eventType.Count; e++)
        {
            if (types[_eventType[e]] < 0) throw EventFault(e, $"its type '{LogText.Show(EventTypes.NameOf(_eventType[e]))}' is declared nowhere; {EventTypes.Known()}");
            if (_eventTime[e] == NoTime) throw EventFault(e, "no time; every event must say when it happened");
        }

        foreach (var (e, target) in Relations.All())
            if (_rowOfObject[target] < 0) throw EventFault(e, $"it names the object '{LogText.Show(_objectIds.Names[target])}', and the log has none of that id");
    }

    void CheckObjects(int[] types)
    {
        for (var i = 0; i < _objects.Count; i++)
            if (types[_objectType[i]] < 0) throw ObjectFault(_objects[i], $"its type '{LogText.Show(ObjectTypes.NameOf(_objectType[i]))}' is declared nowhere; {ObjectTypes.Known()}");
        foreach (var (source, target) in Links.All())
            if (_rowOfObject[target] < 0) throw ObjectFault(source, $"it names the object '{LogText.Show(_objectIds.Names[target])}', and the log has none of that id");
    }

    BadInputException EventFault(int number, string what) => Fault(_eventPlace[number], $"event '{LogText.Show(_eventIds.Names[number])}': {what}");

    BadInputException ObjectFault(int number, string what) => Fault(_objectPlace[_rowOfObject[number]], $"object '{LogText.Show(_objectIds.Names[number])}': {what}");

    int[] ByTime()
    {
        var order = Rows(_eventTime.Count, i => i);
        var times = Rows(_eventTime.Count, i => _eventTime[i]);
        order.AsSpan().Sort((x, y) => times[x] != times[y] ? times[x].CompareTo(times[y]) : x.CompareTo(y));
        return order;
    }

    static T[] Rows<T>(int count, Func<int, T> value)
    {
        var rows = new T[count];
        for (var i = 0; i < count; i++) rows[i] = value(i);
        return rows;
    }
}
