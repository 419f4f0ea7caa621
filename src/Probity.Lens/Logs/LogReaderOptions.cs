namespace Probity.Lens.Logs;

/// <summary>
/// How a table, in CSV or a workbook, is laid out, and which attributes are kept. A XES log says its layout itself, so for one that is a mistake.
/// A column that is not named is looked for under the names that exporters commonly give it.
/// </summary>
public sealed record LogReaderOptions
{
    /// <summary>The column that names the case; by default <c>case:concept:name</c>, <c>case_id</c>, <c>case</c>.</summary>
    public string? CaseColumn { get; init; }

    /// <summary>The column that names the activity; by default <c>concept:name</c>, <c>activity</c>.</summary>
    public string? ActivityColumn { get; init; }

    /// <summary>The column that holds the time; by default <c>time:timestamp</c>, <c>timestamp</c>, <c>time</c>.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>The column that names who did it; by default <c>org:resource</c>, <c>resource</c>, where there is one.</summary>
    public string? ResourceColumn { get; init; }

    /// <summary>
    /// The .NET date format of the time column (<c>dd/MM/yyyy HH:mm</c>), in the invariant culture; by default ISO 8601.
    /// A time without an offset is UTC, and so is a cell that is shown as a date, which needs no format.
    /// </summary>
    public string? TimeFormat { get; init; }

    /// <summary>The character between two fields; by default whichever of comma, semicolon, tab and bar the header holds.</summary>
    public char? Delimiter { get; init; }

    /// <summary>
    /// Workbooks: the sheet that holds the log, a row an event; by default the first visible one that has a header. What stands above the
    /// header is passed over.
    /// </summary>
    public string? Sheet { get; init; }

    /// <summary>
    /// XES: the classifier that says what an activity is, of those that the log declares; the values of its attributes are joined
    /// by <c>+</c>. By default an activity is its <c>concept:name</c>.
    /// </summary>
    public string? Classifier { get; init; }

    /// <summary>XES: only events that complete a step: those whose <c>lifecycle:transition</c> is <c>complete</c>, and those that have none.</summary>
    public bool CompletionsOnly { get; init; }

    /// <summary>
    /// The attributes of events to keep, by their XES key or the table's column; none by default, as each costs nine bytes an event.
    /// Activity, time and resource are always kept and need no mention. In XES <c>outer/inner</c> is an attribute inside another or
    /// inside a list.
    /// </summary>
    public IReadOnlyList<string> EventAttributes { get; init; } = [];

    /// <summary>
    /// The attributes of cases to keep: in XES those of the trace; in a table the column <c>case:NAME</c> or else <c>NAME</c>, which
    /// must hold one value for the case, or nothing, in each of its lines.
    /// </summary>
    public IReadOnlyList<string> CaseAttributes { get; init; } = [];

    /// <summary>The most events that are read; a log with more is refused. As many as fit, unless said.</summary>
    public int MaxEvents { get; init; } = int.MaxValue;

    /// <summary>The most bytes that a stream may hold or unpack to; for files the bound is <see cref="LogLimits.Unpacked"/>.</summary>
    public long MaxUnpacked { get; init; } = LogLimits.Unpacked;

    /// <summary>Whether anything was said about the layout.</summary>
    internal bool IsStated =>
        CaseColumn is not null || ActivityColumn is not null || TimeColumn is not null || ResourceColumn is not null || TimeFormat is not null || Delimiter is not null || Sheet is not null;
}
