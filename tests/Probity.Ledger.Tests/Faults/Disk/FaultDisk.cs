using System.Collections.Concurrent;

namespace Probity.Ledger.Tests.Faults.Disk;

/// <summary>
/// Laid over a folder: everything that SQLite does to the files in it is told to this disk first, which may refuse it, and is kept
/// in the order in which it happened.
/// </summary>
internal sealed class FaultDisk : IDisposable
{
    static readonly ConcurrentDictionary<string, FaultDisk> Disks = new();

    readonly string _folder;
    readonly Lock _one = new();
    readonly List<DiskEvent> _events = [];
    readonly bool _keeps;

    FaultDisk(string folder, bool keeps) => (_folder, _keeps) = (folder, keeps);

    /// <summary>Gives a SQLite result code for a call: 0 lets it through. Called by any thread.</summary>
    public Func<DiskCall, int>? Refuse { get; set; }

    /// <summary>Told of what the disk has done.</summary>
    public Action<DiskOperation, string>? Done { get; set; }

    /// <summary>Lays a disk over a folder.</summary>
    /// <param name="folder">The folder, without a slash at its end.</param>
    /// <param name="keeps">Whether it keeps all that happens.</param>
    public static FaultDisk Lay(string folder, bool keeps = false)
    {
        FaultVfs.Ensure();
        return Disks[folder] = new FaultDisk(folder, keeps);
    }

    public static FaultDisk? Over(string path) =>
        Disks.IsEmpty ? null : Disks.GetValueOrDefault(Path.GetDirectoryName(path) ?? "");

    /// <summary>All that happened so far.</summary>
    public IReadOnlyList<DiskEvent> Events
    {
        get
        {
            lock (_one) return [.. _events];
        }
    }

    /// <summary>Whether the disk does what is asked: 0, or why not.</summary>
    public int Meet(DiskCall call) => Refuse?.Invoke(call) ?? 0;

    public void Happened(DiskOperation operation, string file, long offset, ReadOnlySpan<byte> data, bool ok)
    {
        if (ok) Done?.Invoke(operation, file);
        if (!_keeps) return;
        lock (_one) _events.Add(new DiskEvent(operation, file, offset, data.ToArray(), ok, null));
    }

    /// <summary>Puts what the log said among the events.</summary>
    public void Say(object said)
    {
        lock (_one) _events.Add(new DiskEvent(DiskOperation.Said, "", 0, [], true, said));
    }

    public void Dispose() => Disks.TryRemove(_folder, out _);
}
