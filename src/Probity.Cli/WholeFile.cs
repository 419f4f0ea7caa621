using Probity.Ledger;

namespace Probity.Cli;

/// <summary>
/// Writes a file whole or not at all: it appears under its name only when complete. Where the name is a link, what it points to is
/// written; a device or a pipe is written to as it stands, never replaced.
/// </summary>
internal static class WholeFile
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void Write(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
    });

    public static void Write(string path, Action<Stream> write)
    {
        Check(path);
        if (path is "/dev/stdout" or "/dev/fd/1")
        {
            using var output = Console.OpenStandardOutput();
            write(output);
            return;
        }

        if (RegularFile.KindOf(path) == FileKind.Other)
        {
            using var device = OpenDevice(path);
            write(device);
            return;
        }

        Replace(path, RegularFile.Final(path), write);
    }

    /// <summary>Refuses, before any work is done, a name that cannot be written or that is one of the files to be read.</summary>
    /// <param name="path">Where the output is to go; null and <c>-</c> are no file.</param>
    /// <param name="inputs">The files and folders that are read.</param>
    /// <exception cref="IOException">The output cannot go there.</exception>
    public static void Check(string? path, params IEnumerable<string> inputs)
    {
        if (path is null or "-") return;
        var kind = RegularFile.KindOf(path);
        if (kind == FileKind.Folder) throw new IOException($"{path} is a folder; name a file to write.");
        if (kind == FileKind.Absent && Path.GetDirectoryName(RegularFile.Final(path)) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"there is no folder {folder} to write {Path.GetFileName(path)} into; make it first");
        // Into a node's own folder nothing is written, or a name typed wrong replaces the record.
        if (inputs.FirstOrDefault(input => Directory.Exists(input) && IsInside(path, input)) is { } node)
            throw new IOException($"{path} lies in {node}, the node's own folder; write it somewhere else.");
        if (kind == FileKind.Regular && inputs.FirstOrDefault(input => RegularFile.IsSame(path, input)) is { } same)
            throw new IOException($"{path} is {(same == path ? "" : $"the same file as {same}, ")}one of the files to be read; name another one to write.");
    }

    /// <summary>Refuses a folder to write into that is a node's own, or lies in it.</summary>
    /// <exception cref="IOException">It is.</exception>
    public static void RequireOutside(string folder, string node)
    {
        if (IsInside(Path.Combine(RegularFile.Final(folder), "file"), node))
            throw new IOException($"{folder} is or lies in {node}, the node's own folder; write somewhere else.");
    }

    static bool IsInside(string path, string folder) =>
        RegularFile.Final(path).StartsWith(Path.TrimEndingDirectorySeparator(RegularFile.Final(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    static void Replace(string path, string target, Action<Stream> write)
    {
        // A name that nobody can have laid a link under, in the target's own folder so that the move is one step.
        var part = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetRandomFileName()}.part");
        FileStream file;
        try
        {
            file = new FileStream(part, FileMode.CreateNew, FileAccess.Write);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written: no file can be made in {Path.GetDirectoryName(target)}; check its permissions and its disk.", fault);
        }

        try
        {
            using (file) write(file);
            File.Move(part, target, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Opens a device or a pipe. A pipe that nobody reads would let nobody go.</summary>
    static FileStream OpenDevice(string path)
    {
        var opening = Task.Factory.StartNew(
            () => new FileStream(path, FileMode.Open, FileAccess.Write), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return ((IAsyncResult)opening).AsyncWaitHandle.WaitOne(Patience) ? opening.GetAwaiter().GetResult()
            : throw new IOException($"{path} is a pipe that nobody reads; it was waited for {Patience.TotalSeconds:0} seconds.");
    }
}
