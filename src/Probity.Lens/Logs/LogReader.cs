using Probity.Lens.Logs.Sheets;
using Probity.Lens.Objects;
using Probity.Lens.Objects.Sqlite;

namespace Probity.Lens.Logs;

/// <summary>What a file held: a log of cases, or an object-centric one.</summary>
/// <param name="Cases">The log of cases; null where it is object-centric.</param>
/// <param name="Objects">The object-centric log; null where it has cases.</param>
public sealed record LogContent(EventLog? Cases, ObjectLog? Objects);

/// <summary>
/// Reads an event log from a file, whatever its form: XES or CSV, or OCEL 2.0 in JSON or XML, as it is or packed by gzip; a workbook
/// (XLSX); or OCEL 2.0 in SQLite.
/// </summary>
public static class LogReader
{
    /// <summary>
    /// Reads the whole log. The form is told from the content, never from the file's name.
    /// <paramref name="progress"/> gets the share of the file's bytes read, 0 to 1.
    /// </summary>
    /// <exception cref="BadInputException">The file cannot be opened, or is no log of cases that can be trusted.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was asked for.</exception>
    public static EventLog Read(
        string path, LogReaderOptions? options = null, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        return CasesOf(ReadAny(path, options, progress, cancel), path);
    }

    /// <summary>Reads the whole object-centric log.</summary>
    /// <exception cref="BadInputException">The file cannot be opened, or is no object-centric log that can be trusted.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was asked for.</exception>
    public static ObjectLog ReadObjects(string path, IProgress<double>? progress = null, CancellationToken cancel = default) =>
        ReadAny(path, null, progress, cancel).Objects ?? throw new BadInputException($"{path}: a log of cases, where an object-centric one (OCEL 2.0) is asked for.");

    /// <summary>Reads the whole log, whichever it is. The attributes that the options ask for are those of a log of cases.</summary>
    /// <exception cref="BadInputException">The file cannot be opened, or is no log that can be trusted.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was asked for.</exception>
    public static LogContent ReadAny(
        string path, LogReaderOptions? options = null, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        options ??= new LogReaderOptions();
        try
        {
            using var file = new LogFile(path, progress);
            if (!file.IsDatabase) return Read(file, path, options, progress, cancel);
            RefuseLayout(options, what => new BadInputException($"{path}: {what}."));
            var log = new LogContent(null, SqliteObjectReader.Read(path, file.Raw, progress, cancel));
            progress?.Report(1);
            return log;
        }
        catch (IOException e)
        {
            throw new BadInputException($"{path}: cannot be read ({e.Message.TrimEnd('.')}); check the disk or the share it is on.", e);
        }
    }

    /// <summary>Reads the whole log of cases from a stream, which stays open; a workbook needs one that can seek.</summary>
    /// <param name="input">The log, from its beginning.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">How it is laid out.</param>
    /// <param name="progress">Told the share read, 0 to 1, where the stream has a length.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="BadInputException">It is no event log that can be trusted.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was asked for.</exception>
    public static EventLog Read(
        Stream input, string name, LogReaderOptions? options = null, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        using var file = new LogFile(input, name, progress, options?.MaxUnpacked ?? LogLimits.Unpacked);
        // What belongs beside a database would have to be looked for.
        if (file.IsDatabase) throw new BadInputException($"{name}: a SQLite database, which is read as a file only; give it a log in XES, CSV or XLSX.");
        return CasesOf(Read(file, name, options ?? new LogReaderOptions(), progress, cancel), name);
    }

    static EventLog CasesOf(LogContent log, string name) =>
        log.Cases ?? throw new BadInputException($"{name}: an object-centric log, which has no cases of itself; choose the objects that are the cases: {log.Objects!.TypeNames()}.");

    static LogContent Read(LogFile file, string name, LogReaderOptions options, IProgress<double>? progress, CancellationToken cancel)
    {
        LogContent log;
        if (file.IsArchive)
        {
            log = new LogContent(ReadWorkbook(file.Raw, name, options, progress, cancel), null);
        }
        else
        {
            using var ahead = new ReadAhead(name, file.Read, cancel);
            log = Read(new ByteWindow(ahead, name), options);
        }

        progress?.Report(1);
        return log;
    }

    static EventLog ReadWorkbook(Stream file, string name, LogReaderOptions options, IProgress<double>? progress, CancellationToken cancel)
    {
        if (options.Classifier is not null) throw new BadInputException($"{name}: this is a workbook, which has no classifiers; name the column of the activity.");
        if (options.CompletionsOnly) throw new BadInputException($"{name}: this is a workbook, which has no lifecycle; only XES has.");
        if (options.Delimiter is not null) throw new BadInputException($"{name}: this is a workbook, which has no delimiter; that is for CSV only.");
        using var book = Workbook.Open(file, name, cancel);
        string[] asked = [.. ((string?[])[options.CaseColumn, options.ActivityColumn, options.TimeColumn, options.ResourceColumn]).OfType<string>()];
        using var table = SheetTable.Open(
            book, options.Sheet, text => ColumnWords.IsName(text) || asked.Any(name => name.Trim().Equals(text, StringComparison.OrdinalIgnoreCase)), progress, cancel);
        return TableReader.Read(table, options);
    }

    static LogContent Read(ByteWindow window, LogReaderOptions options)
    {
        window.Grow();
        if (window.Data.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) window.SkipByteOrderMark();
        switch (window.Data.TrimStart(" \t\r\n"u8))
        {
            case [(byte)'<', ..] when XmlKind.IsObjectLog(window.Data):
                RefuseLayout(options, what => window.Fault(0, what));
                return new LogContent(null, XmlObjectReader.Read(window));
            case [(byte)'<', ..] when options.IsStated:
                throw window.Fault(0, "this is XES, which says itself where its case, activity and time are; columns, sheet, time format and delimiter are for tables only");
            case [(byte)'<', ..]:
                return new LogContent(XesReader.Read(window, options), null);
            case [(byte)'{' or (byte)'[', ..]:
                RefuseLayout(options, what => window.Fault(0, what));
                return new LogContent(null, JsonObjectReader.Read(window));
            case []:
                throw window.Fault(0, "the file is empty; give it a log in XES, CSV, XLSX or OCEL 2.0");
            case var _ when options.Sheet is not null:
                throw window.Fault(0, "this is CSV, which has no sheets");
            case var _ when options.CompletionsOnly:
                throw window.Fault(0, "this is CSV, which has no lifecycle; only XES has");
            case var _ when options.Classifier is not null:
                throw window.Fault(0, "this is CSV, which has no classifiers; name the column of the activity");
            default:
                return new LogContent(TableReader.Read(new CsvScanner(window, options.Delimiter), options), null);
        }
    }

    static void RefuseLayout(LogReaderOptions options, Func<string, BadInputException> fault)
    {
        if (options.IsStated || options.Classifier is not null || options.CompletionsOnly)
            throw fault("this is OCEL 2.0, which says itself what is what; columns, sheet, time format, delimiter and classifier are for tables and XES");
    }
}
