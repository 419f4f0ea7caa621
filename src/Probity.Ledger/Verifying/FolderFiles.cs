namespace Probity.Ledger;

/// <summary>Reads the files of a log from a folder, as <c>probity export log</c> writes them and as any web server would show them.</summary>
internal sealed class FolderFiles(string folder)
{
    /// <inheritdoc cref="ReadLogFile"/>
    /// <exception cref="IOException">It is no regular file, or cannot be read.</exception>
    public ValueTask<byte[]?> ReadAsync(string path, int limit, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var file = Path.Combine(folder, path);
        if (RegularFile.KindOf(file) == FileKind.Absent) return ValueTask.FromResult<byte[]?>(null);
        return RegularFile.ReadBytes(file, limit) is { } bytes
            ? ValueTask.FromResult<byte[]?>(bytes)
            : throw new FormatException($"{path} is longer than the {limit} bytes it may have.");
    }
}
