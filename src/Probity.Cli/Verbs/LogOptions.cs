using System.CommandLine;
using Probity.Lens;
using Probity.Lens.Logs;

namespace Probity.Cli.Verbs;

/// <summary>The argument LOG and the options that say how to read it, the same for every verb that takes a log.</summary>
internal sealed class LogOptions
{
    readonly Argument<string> _log = new("LOG") { Description = "The event log: XES or CSV, as it is or packed by gzip; a workbook (XLSX); or a stopped node's data folder, for its own cases." };
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

    readonly Option<bool> _closed = new("--closed") { Description = "A node's data folder: only the cases that are closed, those that can be judged." };

    /// <summary>Adds the argument and the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_log);
        foreach (var option in (Option[])[_case, _activity, _time, _resource, _timeFormat, _sheet, _delimiter, _classifier, _closed]) verb.Add(option);
    }

    /// <summary>The path that was given for LOG.</summary>
    public string Path(ParseResult call) => call.GetRequiredValue(_log);

    /// <summary>Reads the log that the call names, with a bar on standard error while it takes.</summary>
    /// <exception cref="BadInputException">The log, or the call, is wrong.</exception>
    public EventLog Read(ParseResult call, CancellationToken cancel) => Read(call, [], [], cancel);

    /// <summary>Reads the log with some attributes of its events and cases.</summary>
    /// <exception cref="BadInputException">The log, or the call, is wrong.</exception>
    public EventLog Read(ParseResult call, IReadOnlyList<string> eventAttributes, IReadOnlyList<string> caseAttributes, CancellationToken cancel)
    {
        if (NodeLog.IsThere(Path(call))) return ReadNode(call, eventAttributes.Concat(caseAttributes).FirstOrDefault(), cancel);
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
            EventAttributes = eventAttributes,
            CaseAttributes = caseAttributes,
        };
        using var bar = new ProgressBar("reading");
        return LogReader.Read(Path(call), options, bar, cancel);
    }

    EventLog ReadNode(ParseResult call, string? attribute, CancellationToken cancel)
    {
        if (attribute is not null)
            throw new BadInputException($"{Path(call)}: a node's cases have no attribute '{attribute}'; rules over them can speak of activities, people and times.");
        if (((Option[])[_case, _activity, _time, _resource, _timeFormat, _sheet, _delimiter, _classifier]).FirstOrDefault(o => call.GetResult(o) is not null) is { } layout)
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
