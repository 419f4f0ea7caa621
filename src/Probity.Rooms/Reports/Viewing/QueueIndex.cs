using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Probity.Reports.Handling;
using Probity.Reports.Reading;

namespace Probity.Reports.Viewing;

/// <summary>
/// What somebody's list is made from, kept as long as their session and what opens in it are the same: which of their reports are open, and which are closed, the newest first. Each request reads the rows
/// that changed since the last, so that a list of a hundred thousand closed reports costs what one of a thousand does.
/// </summary>
internal sealed class QueueIndex
{
    static readonly ConditionalWeakTable<IReadOnlyList<ReadableReport>, QueueIndex> s_known = [];

    readonly Dictionary<Guid, ReadableReport> _byStream;
    readonly Dictionary<Guid, ReportRow> _rows = [];
    readonly Lock _turn = new();
    long _next;

    QueueIndex(IReadOnlyList<ReadableReport> readable)
    {
        _byStream = readable.ToDictionary(known => Report.StreamOf(known.Report).Value);
        Open = [.. _byStream.Select(known => (known.Key, known.Value))];
    }

    /// <summary>What is open, or was written to since it was closed.</summary>
    public IReadOnlyList<(Guid Stream, ReadableReport Report)> Open { get; private set; }

    /// <summary>What is closed, the newest first.</summary>
    public IReadOnlyList<(Guid Stream, ClosedEntry Entry)> Closed { get; private set; } = [];

    /// <summary>A closed report by its stream; null where it is open or not theirs.</summary>
    public ReadableReport? ClosedOf(Guid stream)
    {
        lock (_turn) return _byStream.TryGetValue(stream, out var known) && IsClosed(stream, known) ? known : null;
    }

    /// <summary>The index of a list, up to date with the rows.</summary>
    public static async Task<QueueIndex> OfAsync(IReadOnlyList<ReadableReport> readable, DbContext views, CancellationToken cancel)
    {
        var index = s_known.GetValue(readable, list => new QueueIndex(list));
        await index.CatchUpAsync(views, cancel);
        return index;
    }

    async Task CatchUpAsync(DbContext views, CancellationToken cancel)
    {
        var next = Interlocked.Read(ref _next);
        var changed = await views.Set<ReportRow>().AsNoTracking().Where(row => row.Changed >= next).OrderBy(row => row.Changed).ToListAsync(cancel);
        if (changed.Count == 0) return;
        lock (_turn)
        {
            // Another request was there first with the same rows, or more.
            if (_next > changed[^1].Changed) return;
            foreach (var row in changed.Where(row => _byStream.ContainsKey(row.Stream))) _rows[row.Stream] = row;
            _next = changed[^1].Changed + 1;
            Open = [.. _byStream.Where(known => !IsClosed(known.Key, known.Value)).Select(known => (known.Key, known.Value))];
            Closed =
            [
                .. _byStream.Where(known => IsClosed(known.Key, known.Value))
                    .Select(known => (known.Key, Entry: new ClosedEntry(known.Value.Report, known.Value.Received, _rows[known.Key].ClosedOn!.Value, _rows[known.Key].Reason!.Value, _rows[known.Key].ErasureAsked)))
                    .OrderByDescending(closed => closed.Entry.ClosedOn).ThenBy(closed => closed.Entry.Report),
            ];
        }
    }

    // Closed, and nothing came since: its row says enough.
    bool IsClosed(Guid stream, ReadableReport known) => _rows.TryGetValue(stream, out var row) && row.ClosedOn is not null && known.LastIndex <= row.LastIndex;
}
