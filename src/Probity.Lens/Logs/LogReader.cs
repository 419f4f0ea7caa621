namespace Probity.Lens.Logs;

/// <summary>Reads an event log from a file, whatever its form: XES or CSV, as it is or packed by gzip.</summary>
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
            options ??= new LogReaderOptions();
            using var file = new LogFile(path, progress);
            return Read(file, path, options, progress, cancel);
        }
        catch (IOException e)
        {
            throw new BadInputException($"{path}: cannot be read ({e.Message.TrimEnd('.')}); check the disk or the share it is on.", e);
        }
    }

    /// <summary>
    /// Reads the whole log from bytes that somebody else holds; <paramref name="name"/> is what messages call them. The stream is
    /// disposed of. <paramref name="progress"/> gets the share of its bytes read, 0 to 1, where it knows its length.
    /// </summary>
    /// <exception cref="BadInputException">The bytes are no event log that can be trusted, or more than the options allow.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was asked for.</exception>
    public static EventLog Read(Stream bytes, string name, LogReaderOptions? options = null, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        options ??= new LogReaderOptions();
        using var file = new LogFile(bytes, name, options.MaxUnpacked, progress);
        return Read(file, name, options, progress, cancel);
    }

    static EventLog Read(LogFile file, string name, LogReaderOptions options, IProgress<double>? progress, CancellationToken cancel)
    {
        using var ahead = new ReadAhead(name, file.Read, cancel);
        var log = Read(new ByteWindow(ahead, name), options);
        progress?.Report(1);
        return log;
    }

    static EventLog Read(ByteWindow window, LogReaderOptions options)
    {
        window.Grow();
        if (window.Data.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) window.SkipByteOrderMark();
        return window.Data.TrimStart(" \t\r\n"u8) switch
        {
            [(byte)'<', ..] when options.IsStated => throw window.Fault(0, "this is XES, which says itself where its case, activity and time are; columns, time format and delimiter are for CSV only"),
            [(byte)'<', ..] => XesReader.Read(window, options),
            [(byte)'{' or (byte)'[', ..] => throw window.Fault(0, "JSON; give it a log in XES or CSV"),
            [] => throw window.Fault(0, "the file is empty; give it a log in XES or CSV"),
            _ when options.Classifier is not null => throw window.Fault(0, "this is CSV, which has no classifiers; name the column of the activity"),
            _ => CsvReader.Read(window, options),
        };
    }
}
