using System.CommandLine;
using Probity.Lens;
using Probity.Lens.Logs;
using Probity.Lens.Objects;

namespace Probity.Cli.Verbs;

/// <summary>The argument LOG and the options that say how to read it, the same for every verb that takes a log.</summary>
internal sealed class LogOptions
{
    readonly Argument<string> _log = new("LOG") { Description = "The event log: XES, CSV or OCEL 2.0 (JSON, XML), as it is or packed by gzip; a workbook (XLSX); OCEL 2.0 in SQLite; or a stopped node's data folder, for its own cases." };
    readonly Option<string?> _case = Column("--case", "CSV, XLSX: the column that names the case.");
    readonly Option<string?> _activity = Column("--activity", "CSV, XLSX: the column that names the activity.");
    readonly Option<string?> _time = Column("--time", "CSV, XLSX: the column that holds the time.");
    readonly Option<string?> _resource = Column("--resource", "CSV, XLSX: the column that names who did it.");

    readonly Option<string?> _timeFormat = new("--time-format")
    {
        Description = "CSV, XLSX: the form of times that are text, as in dd/MM/yyyy HH:mm:ss (default: ISO 8601; without offset: UTC).",
        HelpName = "FORMAT",
    };

    readonly Option<string?> _sheet = new("--sheet")
    {
        Description = "XLSX: the sheet with the log (default: the first visible one with a row of column names).",
        HelpName = "NAME",
    };

    readonly Option<string?> _delimiter = new("--delimiter")
    {
        Description = "CSV: the character between fields, or 'tab' (default: found from the header).",
        HelpName = "CHAR",
    };

    readonly Option<string?> _classifier = new("--classifier")
    {
        Description = "XES: which of the log's classifiers says what an activity is (default: concept:name).",
        HelpName = "NAME",
    };

    readonly Option<bool> _completed = new("--completed") { Description = "XES: only events that complete a step (lifecycle:transition), not those that say it began." };
    readonly Option<bool> _closed = new("--closed") { Description = "A node's data folder: only the cases that are closed, those that can be judged." };

    readonly Option<string?> _object = new("--object") { Description = "OCEL: the type of object of which each is a case.", HelpName = "TYPE" };
    readonly Option<string?> _personType = new("--person-type") { Description = "OCEL: the type of object that is the person of an event.", HelpName = "TYPE" };
    readonly Option<string?> _personAs = new("--person-as") { Description = "OCEL: what an event names that person as (default: anything).", HelpName = "QUALIFIER" };

    /// <summary>Adds the argument and the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_log);
        foreach (var option in (Option[])[_case, _activity, _time, _resource, _timeFormat, _sheet, _delimiter, _classifier, _completed, _closed, _object, _personType, _personAs]) verb.Add(option);
    }

    /// <summary>The path that was given for LOG.</summary>
    public string Path(ParseResult call) => call.GetRequiredValue(_log);

    /// <summary>Reads the log that the call names, with a bar on standard error while it takes.</summary>
    /// <exception cref="BadInputException">The log, or the call, is wrong.</exception>
    public EventLog Read(ParseResult call, CancellationToken cancel) => Read(call, [], [], cancel);

    /// <summary>Reads the log with some attributes of its events and cases; of an object-centric one, with the cases that the call asks for.</summary>
    /// <exception cref="BadInputException">The log, or the call, is wrong.</exception>
    public EventLog Read(ParseResult call, IReadOnlyList<string> eventAttributes, IReadOnlyList<string> caseAttributes, CancellationToken cancel)
    {
        return Cases(call, ReadAny(call, eventAttributes, caseAttributes, cancel), eventAttributes, caseAttributes);
    }

    /// <summary>Reads the log, whether it has cases or is object-centric.</summary>
    /// <exception cref="BadInputException">The log, or the call, is wrong.</exception>
    public LogContent ReadAny(ParseResult call, IReadOnlyList<string> eventAttributes, IReadOnlyList<string> caseAttributes, CancellationToken cancel)
    {
        if (call.GetValue(_personAs) is not null && call.GetValue(_personType) is null) throw new BadInputException("--person-as goes with --person-type.");
        if (NodeLog.IsThere(Path(call))) return new LogContent(ReadNode(call, eventAttributes.Concat(caseAttributes).FirstOrDefault(), cancel), null);
        if (call.GetValue(_closed)) throw new BadInputException($"{Path(call)}: --closed is for a node's data folder; in other logs choose the cases before.");
        var options = new LogReaderOptions
        {
            CaseColumn = call.GetValue(_case),
            ActivityColumn = call.GetValue(_activity),
            TimeColumn = call.GetValue(_time),
            ResourceColumn = call.GetValue(_resource),
            TimeFormat = call.GetValue(_timeFormat),
            Sheet = call.GetValue(_sheet),
            Delimiter = Delimiter(call.GetValue(_delimiter)),
            Classifier = call.GetValue(_classifier),
            CompletionsOnly = call.GetValue(_completed),
            EventAttributes = eventAttributes,
            CaseAttributes = caseAttributes,
        };
        using var bar = new ProgressBar("reading");
        var log = LogReader.ReadAny(Path(call), options, bar, cancel);
        if (log.Cases is not null && ((Option[])[_object, _personType]).FirstOrDefault(o => call.GetResult(o) is not null) is { } stray)
            throw new BadInputException($"{Path(call)}: {stray.Name} is for object-centric logs (OCEL 2.0); this one has cases already.");
        if (log.Cases is { } cases) TellDoubts(Path(call), cases);
        return log;
    }

    /// <summary>Says on standard error what about a log may make its findings other than they seem.</summary>
    static void TellDoubts(string path, EventLog log)
    {
        if (log.LikelyResource is { } column)
            Tell($"no column is known to hold who did it, so nothing is said of people; name it with --resource, perhaps '{column}'.");
        if (AlikeNames.Of(log) is [var alike, ..] groups)
            Tell($"{groups.Sum(g => g.Count)} names of people differ from another's only in capitals, accents, signs or spaces, such as {string.Join(", ", alike.Select(name => $"'{name}'"))}; each counts as a person of their own.");
        if (log.NotCompletions > 0)
            Tell($"{Said.Count(log.NotCompletions, "event says", "events say")} that a step began, or anything but that it was completed (lifecycle:transition); each counts as an event like any other; --completed leaves them out.");
        if (log.Backwards > 0)
            Tell($"{Said.Count(log.Backwards, "event stands", "events stand")} after a later one of the same case; the order is left as the file has it.");

        void Tell(string what) => Console.Error.WriteLine(PlainText.OneLine($"{path}: {what}"));
    }

    /// <summary>The type of object of which each is a case; null where the call does not say.</summary>
    public string? ObjectType(ParseResult call) => call.GetValue(_object);

    /// <summary>The type of object that is the person of an event; null where the call does not say.</summary>
    public string? PersonType(ParseResult call) => call.GetValue(_personType);

    /// <summary>The view of an object-centric log that the call asks for, with the cases of another type where it does not say.</summary>
    /// <exception cref="BadInputException">Neither says.</exception>
    public ObjectView View(ParseResult call, ObjectLog log, string? usual = null) => new()
    {
        ObjectType = call.GetValue(_object) ?? usual
            ?? throw new BadInputException($"{Path(call)}: an object-centric log, which has no cases of itself; say with --object which objects are the cases: {string.Join(", ", log.ObjectTypes.Select(t => t.Name))}."),
        PersonType = call.GetValue(_personType),
        PersonAs = call.GetValue(_personAs),
    };

    /// <summary>The cases of a log; of an object-centric one those that the call asks for, and what that leaves out is told on standard error.</summary>
    /// <exception cref="BadInputException">It does not say which.</exception>
    public EventLog Cases(ParseResult call, LogContent log, IReadOnlyList<string> eventAttributes, IReadOnlyList<string> caseAttributes)
    {
        if (log.Objects is null) return log.Cases!;
        var view = View(call, log.Objects);
        var flat = log.Objects.Flatten(view with { EventAttributes = eventAttributes, CaseAttributes = caseAttributes });
        TellIdle(log.Objects, view.ObjectType);
        return flat;
    }

    /// <summary>Says on standard error how many objects are no case since nothing is recorded of them.</summary>
    public static void TellIdle(ObjectLog log, string type)
    {
        if (log.Idle(type) is > 0 and var idle)
            Console.Error.WriteLine(PlainText.OneLine($"{Said.Count(idle, "object")} of type '{type}' {(idle == 1 ? "is named by no event and is no case" : "are named by no event and are no cases")}."));
    }

    EventLog ReadNode(ParseResult call, string? attribute, CancellationToken cancel)
    {
        if (attribute is not null)
            throw new BadInputException($"{Path(call)}: a node's cases have no attribute '{attribute}'; rules over them can speak of activities, people and times.");
        if (call.GetValue(_completed)) throw new BadInputException($"{Path(call)}: --completed is for files; a node's record has only steps that were done.");
        if (((Option[])[_case, _activity, _time, _resource, _timeFormat, _sheet, _delimiter, _classifier, _object, _personType]).FirstOrDefault(o => call.GetResult(o) is not null) is { } layout)
            throw new BadInputException($"{Path(call)}: {layout.Name} is for files; a node's record says itself what is what.");
        using var bar = new ProgressBar("reading");
        return NodeLog.ReadAsync(Path(call), call.GetValue(_closed), cancel).GetAwaiter().GetResult();
    }

    static char? Delimiter(string? given) => given switch
    {
        null => null,
        "tab" or "\\t" => '\t',
        [var one] => one,
        _ => throw new BadInputException($"--delimiter takes one character, or 'tab'; it got '{given}'."),
    };

    static Option<string?> Column(string name, string description) => new(name) { Description = description, HelpName = "COLUMN" };
}
