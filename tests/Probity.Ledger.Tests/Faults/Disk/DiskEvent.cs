namespace Probity.Ledger.Tests.Faults.Disk;

/// <summary>What SQLite asks of a file.</summary>
internal enum DiskOperation
{
    Create,
    Read,
    Write,
    Truncate,
    Sync,
    Delete,

    /// <summary>Nothing of the disk's: something that the log said to whoever asked, in its place among the disk's events.</summary>
    Said,
}

/// <summary>One thing that happened to a disk.</summary>
/// <param name="Operation">What was asked.</param>
/// <param name="File">The file's name, without its folder.</param>
/// <param name="Offset">Where it was written, or the length that it was cut to.</param>
/// <param name="Data">What was written.</param>
/// <param name="Ok">Whether the disk did it; a failed sync may have dropped what it did not write.</param>
/// <param name="Said">What was said, for <see cref="DiskOperation.Said"/>.</param>
internal sealed record DiskEvent(DiskOperation Operation, string File, long Offset, byte[] Data, bool Ok, object? Said);

/// <summary>A call that is about to reach a disk.</summary>
/// <param name="Operation">What is asked.</param>
/// <param name="File">The file's name, without its folder.</param>
/// <param name="Offset">Where, or the length that it is cut to.</param>
/// <param name="Length">How many bytes.</param>
internal readonly record struct DiskCall(DiskOperation Operation, string File, long Offset, int Length);
