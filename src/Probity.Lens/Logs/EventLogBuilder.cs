using System.Globalization;
using System.Text;

namespace Probity.Lens.Logs;

/// <summary>
/// Builds an <see cref="EventLog"/> event by event, in columns. Cases may be interleaved; what is built has the events
/// of a case together, in the order in which they were added or, if asked, of their times.
/// </summary>
public sealed class EventLogBuilder
{
    readonly NameTable _activities = new("activity", LogLimits.Names);
    readonly NameTable _resources = new("resource", LogLimits.Names);
    readonly List<string> _cases = [];
    readonly Column<int> _case = new();
    readonly Column<int> _activity = new();
    readonly Column<int> _resource = new();
    readonly Column<long> _time = new();
    readonly int _maxEvents = int.MaxValue;
    readonly AttributeTable? _eventAttributes;
    readonly AttributeTable? _caseAttributes;
    long _caseBytes;
    bool _together = true;
    int _outOfOrder;

    /// <summary>A builder of logs without attributes beyond activity, resource and time.</summary>
    public EventLogBuilder() { }

    internal EventLogBuilder(AttributeTable? eventAttributes, AttributeTable? caseAttributes, int maxEvents = int.MaxValue)
    {
        _maxEvents = maxEvents;
        _eventAttributes = eventAttributes;
        _caseAttributes = caseAttributes;
    }

    /// <summary>See <see cref="EventLog.NotCompletions"/>.</summary>
    internal int NotCompletions { get; set; }

    /// <summary>See <see cref="EventLog.LikelyResource"/>.</summary>
    internal string? LikelyResource { get; set; }

    /// <summary>The number of cases so far.</summary>
    public int CaseCount => _cases.Count;

    /// <summary>The number of events so far.</summary>
    public int EventCount => _case.Count;

    /// <summary>Adds a case and gives its number. Two cases may have the same name: they stay two.</summary>
    public int AddCase(string name)
    {
        _caseBytes += Encoding.UTF8.GetByteCount(name);
        if (_caseBytes > LogLimits.CaseNames)
            throw new BadInputException($"The log's case names take over {LogLimits.CaseNames >> 20} MiB; split the log.");
        _cases.Add(name);
        return _cases.Count - 1;
    }

    /// <summary>Gives a case another name: some logs name it only after its events.</summary>
    public void RenameCase(int caseNumber, string name) => _cases[caseNumber] = name;

    /// <summary>Adds an event; <paramref name="time"/> is in microseconds since 1970-01-01 UTC.</summary>
    public void Add(int caseNumber, string activity, string? resource, long time) =>
        Add(caseNumber, _activities.Intern(activity), resource is null ? EventLog.NoResource : _resources.Intern(resource), time);

    internal int Activity(ReadOnlySpan<byte> name) => _activities.Intern(name);

    internal int Resource(ReadOnlySpan<byte> name) => _resources.Intern(name);

    internal void Add(int caseNumber, int activity, int resource, long time)
    {
        if (_case.Count == _maxEvents)
            throw new BadInputException($"The log holds more than {_maxEvents.ToString("N0", CultureInfo.InvariantCulture)} events, which is the most that is read here; split it, or leave out the oldest cases.");
        if (_case.Count > 0 && caseNumber < _case[_case.Count - 1]) _together = false;
        _case.Add(caseNumber);
        _activity.Add(activity);
        _resource.Add(resource);
        _time.Add(time);
    }

    /// <summary>The log; the builder is spent. A stable sort by time within a case keeps the order of equal times.</summary>
    public EventLog Build(bool sortByTime = false)
    {
        var starts = new int[_cases.Count + 1];
        for (var e = 0; e < _case.Count; e++) starts[_case[e] + 1]++;
        for (var c = 0; c < _cases.Count; c++) starts[c + 1] += starts[c];
        var order = Order(starts, sortByTime);
        return new EventLog(
            _cases, _activities.Names, _resources.Names, starts,
            _activity.Take(order), _resource.Take(order), _time.Take(order))
        {
            OutOfOrder = _outOfOrder,
            Backwards = sortByTime ? 0 : CountFalls(order),
            NotCompletions = NotCompletions,
            LikelyResource = LikelyResource,
            EventAttributes = _eventAttributes?.Take(order, EventCount) ?? [],
            CaseAttributes = _caseAttributes?.Take(null, CaseCount) ?? [],
        };
    }

    /// <summary>Where each row of the log comes from; null where the events stand right as they are.</summary>
    int[]? Order(int[] starts, bool sortByTime)
    {
        if (_together && !sortByTime) return null;
        if (_together && CountFalls(null) == 0) return null;
        var order = new int[_case.Count];
        var next = starts.AsSpan(0, _cases.Count).ToArray();
        for (var e = 0; e < order.Length; e++) order[next[_case[e]]++] = e;
        if (!sortByTime) return order;
        _outOfOrder = CountFalls(order);
        if (_outOfOrder == 0) return order;
        for (var c = 0; c < _cases.Count; c++)
        {
            order.AsSpan(starts[c], starts[c + 1] - starts[c]).Sort((x, y) =>
                _time[x] != _time[y] ? _time[x].CompareTo(_time[y]) : x.CompareTo(y));
        }

        return order;
    }

    /// <summary>How many events are earlier than the one before them in their case.</summary>
    int CountFalls(int[]? order)
    {
        var falls = 0;
        for (var e = 1; e < _case.Count; e++)
        {
            var (here, before) = order is null ? (e, e - 1) : (order[e], order[e - 1]);
            if (_case[here] == _case[before] && _time[here] < _time[before]) falls++;
        }

        return falls;
    }
}
