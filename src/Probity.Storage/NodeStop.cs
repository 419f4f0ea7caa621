using Probity.Ledger;

namespace Probity.Storage;

/// <summary>What a node's folder says of why its log takes no entries.</summary>
/// <param name="IsRestored">A backup was put back and waits for the witnesses; otherwise they have seen another history.</param>
/// <param name="Since">When that was written down. Whoever holds the machine can set another time.</param>
/// <param name="Evidence">What the witnesses have seen, and what the log holds; null where there is none, or it cannot be read.</param>
public sealed record NodeStop(bool IsRestored, DateTimeOffset Since, string? Evidence)
{
    /// <summary>Two signed notes and a few lines: anything longer was not written by a node.</summary>
    const int LongestEvidence = 64 * 1024;

    /// <summary>Reads it; null where the folder says nothing.</summary>
    public static NodeStop? Read(NodeFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (RegularFile.KindOf(folder.StoppedFile) != FileKind.Absent) return new NodeStop(false, WrittenAt(folder.StoppedFile), ReadEvidence(folder.StoppedFile));
        return RegularFile.KindOf(folder.RestoredFile) != FileKind.Absent ? new NodeStop(true, WrittenAt(folder.RestoredFile), null) : null;
    }

    static DateTimeOffset WrittenAt(string file) => new(File.GetLastWriteTimeUtc(file), TimeSpan.Zero);

    static string? ReadEvidence(string file)
    {
        try
        {
            return RegularFile.ReadText(file, LongestEvidence);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
