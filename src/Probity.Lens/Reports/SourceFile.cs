using System.Security.Cryptography;

namespace Probity.Lens.Reports;

/// <summary>A file that a report was made from.</summary>
/// <param name="Name">Its name, without its folder.</param>
/// <param name="Bytes">Its size; null for a folder or a pipe.</param>
/// <param name="Sha256">Its SHA-256 as hexadecimal digits; null for a folder or a pipe.</param>
public sealed record SourceFile(string Name, long? Bytes, string? Sha256)
{
    /// <summary>Reads a file for its size and SHA-256.</summary>
    /// <param name="path">The file; a folder or a pipe keeps only its name.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="BadInputException">It can no longer be read.</exception>
    public static SourceFile Of(string path, CancellationToken cancellation = default)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        try
        {
            if (!IsRegular(path)) return new SourceFile(name, null, null);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var part = new byte[1 << 16];
            var bytes = 0L;
            for (int read; (read = file.Read(part)) > 0; bytes += read)
            {
                cancellation.ThrowIfCancellationRequested();
                sum.AppendData(part, 0, read);
            }

            return new SourceFile(name, bytes, Convert.ToHexStringLower(sum.GetHashAndReset()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: cannot be read for its SHA-256 ({e.Message.TrimEnd('.')}); let nobody move or lock it while it is checked.", e);
        }
    }

    // A pipe has been read by now, and opening it again would wait for a writer; its length is told as 0.
    static bool IsRegular(string path)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        return File.Exists(target) && new FileInfo(target).Length > 0;
    }
}
