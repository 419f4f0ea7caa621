using Probity.Lens.Objects;
using Probity.Lens.Objects.Sqlite;

namespace Probity.Lens.Logs;

/// <summary>What a file held: a log of cases, or an object-centric one.</summary>
/// <param name="Cases">The log of cases; null where it is object-centric.</param>
/// <param name="Objects">The object-centric log; null where it has cases.</param>
public sealed record LogContent(EventLog? Cases, ObjectLog? Objects);

/// <summary>
/// Reads an event log from a file, whatever its form: XES or CSV, or OCEL 2.0 in JSON or XML, as it is or packed by gzip; or OCEL 2.0
/// in SQLite.
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
        var (cases, objects) = ReadAny(path, options, progress, cancel);
        return cases ?? throw new BadInputException($"{path}: an object-centric log, which has no cases of itself; choose the objects that are the cases: {objects!.TypeNames()}.");
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
            LogContent log;
            if (file.IsDatabase)
            {
                RefuseLayout(options, what => new BadInputException($"{path}: {what}."));
                log = new LogContent(null, SqliteObjectReader.Read(path, file.Raw, progress, cancel));
            }
            else
            {
                using var ahead = new ReadAhead(path, file.Read, cancel);
                log = Read(new ByteWindow(ahead, path), options);
            }

            progress?.Report(1);
            return log;
        }
        catch (IOException e)
        {
            throw new BadInputException($"{path}: cannot be read ({e.Message.TrimEnd('.')}); check the disk or the share it is on.", e);
        }
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
                throw window.Fault(0, "this is XES, which says itself where its case, activity and time are; columns, time format and delimiter are for CSV only");
            case [(byte)'<', ..]:
                return new LogContent(XesReader.Read(window, options), null);
            case [(byte)'{' or (byte)'[', ..]:
                RefuseLayout(options, what => window.Fault(0, what));
                return new LogContent(null, JsonObjectReader.Read(window));
            case []:
                throw window.Fault(0, "the file is empty; give it a log in XES, CSV or OCEL 2.0");
            case var _ when options.Classifier is not null:
                throw window.Fault(0, "this is CSV, which has no classifiers; name the column of the activity");
            default:
                return new LogContent(CsvReader.Read(window, options), null);
        }
    }

    static void RefuseLayout(LogReaderOptions options, Func<string, BadInputException> fault)
    {
        if (options.IsStated || options.Classifier is not null)
            throw fault("this is OCEL 2.0, which says itself what is what; columns, time format, delimiter and classifier are for CSV and XES");
    }
}
