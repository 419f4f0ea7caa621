using Probity.Lens.Logs.Sheets;

namespace Probity.Lens.Logs;

/// <summary>Reads an event log from a file, whatever its form: XES or CSV, as it is or packed by gzip, or a workbook (XLSX).</summary>
public static class LogReader
{
    /// <summary>
    /// Reads the whole log. The form is told from the content, never from the file's name.
    /// <paramref name="progress"/> gets the share of the file's bytes read, 0 to 1.
    /// </summary>
    /// <exception cref="BadInputException">The file cannot be opened, or is no event log that can be trusted.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was asked for.</exception>
    public static EventLog Read(
        string path, LogReaderOptions? options = null, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        try
        {
            using var file = new LogFile(path, progress);
            return Read(file, path, options ?? new LogReaderOptions(), progress, cancel);
        }
        catch (IOException e)
        {
            throw new BadInputException($"{path}: cannot be read ({e.Message.TrimEnd('.')}); check the disk or the share it is on.", e);
        }
    }

    /// <summary>Reads the whole log from a stream, which stays open; a workbook needs one that can seek.</summary>
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
        return Read(file, name, options ?? new LogReaderOptions(), progress, cancel);
    }

    static EventLog Read(LogFile file, string name, LogReaderOptions options, IProgress<double>? progress, CancellationToken cancel)
    {
        EventLog log;
        if (file.IsArchive)
        {
            log = ReadWorkbook(file.Archive, name, options, progress, cancel);
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
        if (options.Delimiter is not null) throw new BadInputException($"{name}: this is a workbook, which has no delimiter; that is for CSV only.");
        using var book = Workbook.Open(file, name, cancel);
        string[] asked = [.. ((string?[])[options.CaseColumn, options.ActivityColumn, options.TimeColumn, options.ResourceColumn]).OfType<string>()];
        using var table = SheetTable.Open(
            book, options.Sheet, text => ColumnWords.IsName(text) || asked.Any(name => name.Trim().Equals(text, StringComparison.OrdinalIgnoreCase)), progress, cancel);
        return TableReader.Read(table, options);
    }

    static EventLog Read(ByteWindow window, LogReaderOptions options)
    {
        window.Grow();
        if (window.Data.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) window.SkipByteOrderMark();
        return window.Data.TrimStart(" \t\r\n"u8) switch
        {
            [(byte)'<', ..] when options.IsStated => throw window.Fault(0, "this is XES, which says itself where its case, activity and time are; columns, sheet, time format and delimiter are for tables only"),
            [(byte)'<', ..] => XesReader.Read(window, options),
            [(byte)'{' or (byte)'[', ..] => throw window.Fault(0, "JSON; give it a log in XES, CSV or XLSX"),
            [] => throw window.Fault(0, "the file is empty; give it a log in XES, CSV or XLSX"),
            _ when options.Sheet is not null => throw window.Fault(0, "this is CSV, which has no sheets"),
            _ when options.Classifier is not null => throw window.Fault(0, "this is CSV, which has no classifiers; name the column of the activity"),
            _ => TableReader.Read(new CsvScanner(window, options.Delimiter), options),
        };
    }
}
