using System.Diagnostics;
using System.Globalization;
using Probity.Ledger.Tests.Faults.Disk;

namespace Probity.Ledger.Tests.Faults;

/// <summary>Where a process kills itself, as by kill -9: at the n-th call of a kind to a file.</summary>
/// <param name="Operation">The kind.</param>
/// <param name="File">The file's name.</param>
/// <param name="Nth">From 1.</param>
/// <param name="After">Once the disk has done it, rather than before.</param>
/// <param name="Closing">Counted from when the log is closed, rather than from the start.</param>
internal sealed record KillAim(DiskOperation Operation, string File, int Nth, bool After, bool Closing)
{
    int _calls;

    public static KillAim Parse(string text) =>
        text.Split(',') is [var operation, var file, var nth, var after, var closing]
            ? new KillAim(Enum.Parse<DiskOperation>(operation), file, int.Parse(nth, CultureInfo.InvariantCulture), bool.Parse(after), bool.Parse(closing))
            : throw new FormatException(text);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Operation},{File},{Nth},{After},{Closing}");

    /// <summary>Begins to count, where the time has come for it.</summary>
    public void Take(FaultDisk disk, bool closing)
    {
        if (closing != Closing) return;
        if (After) disk.Done = Count;
        else
            disk.Refuse = call =>
            {
                Count(call.Operation, call.File);
                return 0;
            };
    }

    void Count(DiskOperation operation, string file)
    {
        if (operation == Operation && file == File && Interlocked.Increment(ref _calls) == Nth) Process.GetCurrentProcess().Kill();
    }
}
