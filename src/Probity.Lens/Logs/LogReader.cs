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
        throw new BadInputException($"{path}: reading arrives with the next commit of this branch.");
    }
}
