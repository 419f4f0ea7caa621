using System.Runtime.InteropServices;
using System.Text;

namespace Probity.Ledger;

/// <summary>What a file's name stands for.</summary>
public enum FileKind
{
    /// <summary>Nothing, or a link that leads nowhere.</summary>
    Absent,

    /// <summary>An ordinary file.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A device, a pipe or a socket: to read it may never end.</summary>
    Other,
}

/// <summary>
/// Files as a stranger may have laid them out: a pipe that nobody fills and a device that never ends have names like any other.
/// Links are followed before anything is said.
/// </summary>
public static class RegularFile
{
    /// <summary>Reads a small text file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <exception cref="IOException">It is not there, is no regular file, is longer than the limit, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string ReadText(string path, int limit) => ReadBytes(path, limit) is { } bytes
        ? new StreamReader(new MemoryStream(bytes), Encoding.UTF8).ReadToEnd()
        : throw new IOException($"{path} is longer than the {limit} bytes that it may have.");

    /// <summary>Reads a small file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <returns>Null where it has more.</returns>
    /// <exception cref="IOException">It is not there, is no regular file, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[]? ReadBytes(string path, int limit)
    {
        Require(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[(int)Math.Min(file.Length, limit) + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= limit ? bytes[..length] : null;
    }

    /// <summary>Refuses what is no regular file.</summary>
    /// <exception cref="IOException">It is not there, or is a folder, a device or a pipe.</exception>
    public static void Require(string path)
    {
        switch (KindOf(path))
        {
            case FileKind.Absent: throw new FileNotFoundException($"{path} does not exist, or cannot be reached.", path);
            case FileKind.Folder: throw new IOException($"{path} is a folder, not a file.");
            case FileKind.Other: throw new IOException($"{path} is a device or a pipe, not a regular file.");
        }
    }

    /// <summary>What a path stands for, links followed.</summary>
    public static FileKind KindOf(string path) => Status.Of(path)?.Kind ?? Guess(path);

    /// <summary>Whether two paths lead to one file, through whatever links.</summary>
    public static bool IsSame(string one, string other)
    {
        if (Status.Of(one) is { Kind: not FileKind.Absent } a && Status.Of(other) is { Kind: not FileKind.Absent } b) return a == b;
        return Final(one) == Final(other);
    }

    /// <summary>The full path that a chain of links ends at; the path itself where it is no link.</summary>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string Final(string path) =>
        new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path)
        : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);

    /// <summary>Where the system cannot be asked: devices and pipes have no length. An empty file is then taken for one of them.</summary>
    static FileKind Guess(string path) =>
        Directory.Exists(path) ? FileKind.Folder
        : !File.Exists(path) ? FileKind.Absent
        : OperatingSystem.IsWindows() || new FileInfo(Final(path)).Length > 0 ? FileKind.Regular
        : FileKind.Other;

    /// <summary>What Linux says of a file: its kind, and the numbers that no other file has.</summary>
    readonly record struct Status(FileKind Kind, ulong Number, ulong Device)
    {
        const int CurrentFolder = -100;
        const uint KindAndNumber = 0x101;
        const int Size = 256;
        const int NoSuchFile = 2;
        const int NoSuchFolder = 20;

        /// <summary>Null where there is no such call, or it does not answer.</summary>
        public static Status? Of(string path)
        {
            if (!OperatingSystem.IsLinux() || path.Contains('\0', StringComparison.Ordinal)) return null;
            var status = new byte[Size];
            try
            {
                if (Ask(CurrentFolder, Encoding.UTF8.GetBytes(path + '\0'), 0, KindAndNumber, status) != 0)
                    return Marshal.GetLastPInvokeError() is NoSuchFile or NoSuchFolder ? new Status(FileKind.Absent, 0, 0) : null;
            }
            catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
            {
                return null;
            }

            // Laid out alike on every architecture (statx(2)): the mode at 28, the file's number at 32, the device at 136.
            var kind = (MemoryMarshal.Read<ushort>(status.AsSpan(28)) & 0xF000) switch
            {
                0x8000 => FileKind.Regular,
                0x4000 => FileKind.Folder,
                _ => FileKind.Other,
            };
            return new Status(kind, MemoryMarshal.Read<ulong>(status.AsSpan(32)), MemoryMarshal.Read<ulong>(status.AsSpan(136)));
        }

        [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        static extern int Ask(int folder, byte[] path, int flags, uint mask, byte[] status);
    }
}
