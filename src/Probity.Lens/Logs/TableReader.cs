using System.Globalization;
using System.Text;

namespace Probity.Lens.Logs;

/// <summary>
/// Reads a log from a table, a line an event: CSV (RFC 4180: quoted fields may hold delimiters, line breaks and doubled quotes) or a
/// sheet. The first line names the columns. Cases may be interleaved; the events of a case are put in the order of their
/// times, equal times staying as the file has them. Blanks around a field are no part of it, and one that holds nothing counts
/// as missing.
/// </summary>
internal sealed class TableReader
{
    static readonly string[] CaseNames = ["case:concept:name", "case_id", "case id", "caseid", "case"];
    static readonly string[] ActivityNames = ["concept:name", "activity", "event"];
    static readonly string[] TimeNames = ["time:timestamp", "timestamp", "time", "completetime", "complete timestamp"];
    static readonly string[] ResourceNames = ["org:resource", "resource"];

    readonly ITable _table;
    readonly LogReaderOptions _options;
    readonly EventLogBuilder _log;
    readonly AttributeTable _eventAttributes;
    readonly AttributeTable _caseAttributes;
    readonly NameTable _cases = new("case", LogLimits.CaseNames);
    readonly List<string> _header = [];

    TableReader(ITable table, LogReaderOptions options)
    {
        _table = table;
        _options = options;
        _eventAttributes = new AttributeTable(options.EventAttributes);
        _caseAttributes = new AttributeTable(options.CaseAttributes);
        _log = new EventLogBuilder(_eventAttributes, _caseAttributes, options.MaxEvents);
    }

    public static EventLog Read(ITable table, LogReaderOptions options) => new TableReader(table, options).Read();

    EventLog Read()
    {
        if (!_table.Read()) throw _table.Fault("no header line");
        for (var i = 0; i < _table.Count; i++) _header.Add(Encoding.UTF8.GetString(_table.Field(i)).Trim());
        RequireColumns();
        var caseColumn = Column("case", _options.CaseColumn, CaseNames);
        var activityColumn = Column("activity", _options.ActivityColumn, ActivityNames);
        var timeColumn = Column("time", _options.TimeColumn, TimeNames);
        var resourceColumn = _options.ResourceColumn is null ? Find(ResourceNames) : Column("resource", _options.ResourceColumn, []);
        if (resourceColumn < 0) _log.LikelyResource = ColumnWords.Best(_header.Where((_, i) => i != caseColumn && i != activityColumn && i != timeColumn), ColumnWords.Person);
        int[] eventColumns = [.. _eventAttributes.Names.Select(name => Column($"attribute '{LogText.Show(name)}'", name, []))];
        int[] caseColumns = [.. _caseAttributes.Names.Select(name => Find(["case:" + name]) is >= 0 and var own ? own : Column($"case's '{LogText.Show(name)}'", name, []))];
        while (_table.Read())
        {
            if (_table.Count == 1 && _header.Count > 1 && _table.Field(0).IsEmpty) continue;
            if (_table.Count != _header.Count)
                throw _table.Fault($"{_table.Count} fields where the header has {_header.Count}; check the delimiter and the quotes");
            // The fields of a line share one buffer for decoding, so each is used before the next is asked for.
            var number = _cases.Intern(Field(caseColumn, "case"));
            if (number == _log.CaseCount) _log.AddCase(_cases.Names[number]);
            var activity = _log.Activity(Field(activityColumn, "activity"));
            var time = Time(timeColumn);
            var resource = EventLog.NoResource;
            if (resourceColumn >= 0 && !Text(resourceColumn).IsEmpty) resource = _log.Resource(Field(resourceColumn, "resource"));
            _log.Add(number, activity, resource, time);
            if (eventColumns.Length > 0) KeepEvent(eventColumns);
            if (caseColumns.Length > 0) KeepCase(caseColumns, number);
        }

        if (_log.EventCount == 0) throw _table.Fault("the log holds no event; there is nothing to look at");
        return _log.Build(sortByTime: true);
    }

    void KeepEvent(int[] columns)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (!Text(columns[i]).IsEmpty) _eventAttributes.SetText(i, _log.EventCount - 1, Field(columns[i], _header[columns[i]]));
        }
    }

    void KeepCase(int[] columns, int number)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (Text(columns[i]).IsEmpty) continue;
            var value = Field(columns[i], _header[columns[i]]);
            if (!_caseAttributes.Has(i, number)) _caseAttributes.SetText(i, number, value);
            else if (!_caseAttributes.IsText(i, number, value))
                throw _table.Fault(columns[i], $"a second value of '{LogText.Show(_header[columns[i]])}' in the case '{LogText.Show(_cases.Names[number])}'; an attribute of a case has one, so ask for it as an event's");
        }
    }

    // A blank more or less makes no other person of somebody, and no other step of what was done.
    ReadOnlySpan<byte> Text(int column) => _table.Field(column).Trim(" \t\r\n"u8);

    ReadOnlySpan<byte> Field(int column, string what)
    {
        var field = Text(column);
        if (field.IsEmpty) throw _table.Fault(column, $"no {what} in the column '{LogText.Show(_header[column])}'; every event needs one");
        if (field.Length > LogLimits.Name) throw _table.Fault(column, $"a {what} longer than {LogLimits.Name >> 10} KiB");
        return field;
    }

    long Time(int column)
    {
        if (_table.TryTime(column, out var micros)) return micros;
        var field = Field(column, "time");
        if (_options.TimeFormat is null)
        {
            return IsoTime.TryParse(field.Trim(" "u8), out var iso) ? iso : throw NoTime(
                column, "is not ISO 8601 in the years 1 to 9999, such as 2006-07-24T09:30:00+02:00; say its form with --time-format");
        }

        try
        {
            if (DateTimeOffset.TryParseExact(
                Encoding.UTF8.GetString(field), _options.TimeFormat, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var time))
            {
                return (time.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
            }
        }
        catch (FormatException e)
        {
            throw new BadInputException($"The time format '{LogText.Show(_options.TimeFormat)}' is none; write it as in dd/MM/yyyy HH:mm:ss.", e);
        }

        throw NoTime(column, $"does not have the form '{LogText.Show(_options.TimeFormat)}'");
    }

    BadInputException NoTime(int column, string what) =>
        _table.Fault(column, _table.NoTime(column) ?? $"the time '{LogText.Show(_table.Field(column))}' {what}");

    /// <summary>Says all that is missing at once, so that nobody has to be told three times.</summary>
    void RequireColumns()
    {
        var missing = new List<string>();
        if (_options.CaseColumn is null && Find(CaseNames) < 0) missing.Add("case");
        if (_options.ActivityColumn is null && Find(ActivityNames) < 0) missing.Add("activity");
        if (_options.TimeColumn is null && Find(TimeNames) < 0) missing.Add("time");
        if (missing.Count == 0) return;
        var found = LogText.List(_header);
        if (missing is [var one])
        {
            var perhaps = ColumnWords.Best(_header, WordsFor(one)) is { } name ? $", perhaps '{LogText.Show(name)}'" : "";
            throw _table.Fault($"no column is known to hold the {one}; name it with --{one}{perhaps}. The columns are: {found}");
        }

        var options = missing.Select(what => ColumnWords.Best(_header, WordsFor(what)) is { } name ? $"--{what} '{LogText.Show(name)}'" : $"--{what} COLUMN");
        throw _table.Fault($"no column is known to hold the {string.Join(", the ", missing)}; name each, perhaps as {string.Join(' ', options)}. The columns are: {found}");
    }

    int Column(string what, string? asked, string[] usual)
    {
        var column = asked is null ? Find(usual) : Find([asked]);
        return column >= 0 ? column
            : throw _table.Fault($"no column is named '{LogText.Show(asked!)}' (for the {what}). The columns are: {LogText.List(_header)}");
    }

    static IReadOnlyList<string> WordsFor(string what) => what switch
    {
        "case" => ColumnWords.Case,
        "activity" => ColumnWords.Activity,
        _ => ColumnWords.Time,
    };

    /// <summary>The first column of one of the names, exactly so if possible, else whatever the case of its letters; or -1.</summary>
    int Find(string[] names)
    {
        foreach (var comparison in (StringComparison[])[StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase])
        {
            foreach (var name in names)
            {
                var column = _header.FindIndex(h => h.Equals(name.Trim(), comparison));
                if (column < 0) continue;
                if (_header.Count(h => h.Equals(name.Trim(), comparison)) > 1)
                    throw _table.Fault($"several columns are named '{LogText.Show(_header[column])}', and one of them is asked for; give each a name of its own");
                return column;
            }
        }

        return -1;
    }
}
