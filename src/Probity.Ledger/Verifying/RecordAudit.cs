using System.Collections.Concurrent;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>What the order of the record is checked by.</summary>
internal readonly record struct Placed(StreamId Stream, long Version, long Recorded, Guid Node);

/// <summary>The records behind one level-0 tile, each checked by itself.</summary>
/// <param name="First">The index of the first.</param>
/// <param name="Leaves">Their leaf hashes.</param>
/// <param name="Records">Null for one that cannot be read.</param>
/// <param name="WithoutKeys">How many payloads could not be read for want of a key.</param>
internal sealed record AuditedRow(long First, Hash[] Leaves, Placed?[] Records, long WithoutKeys);

/// <summary>Checks records by themselves: header, columns, ciphertext, payload. Works on many rows at once.</summary>
/// <param name="findings">Where faults go.</param>
/// <param name="keys">Gives the keys, or null where none can be opened here.</param>
/// <param name="known">The compartments that have a key or a tombstone, or null where the keys are not here.</param>
internal sealed class RecordAudit(Findings findings, KeyRing? keys, IReadOnlySet<CompartmentId>? known)
{
    public const string Records = "records";
    public const string Ciphertexts = "ciphertexts";
    public const string Payloads = "payloads";
    public const string Keys = "keys";

    readonly ConcurrentDictionary<CompartmentId, long> _erased = new();
    long _unreadErasures;

    /// <summary>The compartments whose keys an entry says were destroyed, each with that entry.</summary>
    public IReadOnlyDictionary<CompartmentId, long> Erased => _erased;

    /// <summary>How many entries say that keys were destroyed and could not be read: their own key is not here.</summary>
    public long UnreadErasures => Interlocked.Read(ref _unreadErasures);

    /// <summary>Checks <paramref name="count"/> records from an index on, of which a damaged store may give fewer.</summary>
    public async ValueTask<AuditedRow> CheckAsync(long first, int count, IReadOnlyList<StoredRecord> stored, CancellationToken ct)
    {
        var leaves = new Hash[count];
        var placed = new Placed?[count];
        var (withoutKeys, next) = (0L, 0);
        for (var i = 0; i < count; i++)
        {
            var index = first + i;
            if (next >= stored.Count || stored[next].Index != index)
            {
                findings.Fault(Records, index, $"Record {index} is missing.");
                continue;
            }

            var record = stored[next++];
            leaves[i] = LogTiles.Leaf(record.Header.Span);
            if (Read(record) is not { } header) continue;
            placed[i] = new Placed(header.Stream, header.Version, Microseconds.Of(header.Recorded), header.Node);
            if (!RecordSealing.Covers(header, record.Sealed.Span))
                findings.Fault(Ciphertexts, index, $"The encrypted payload of record {index} is not the one its header names.");
            if (!await CheckPayloadAsync(record, header, ct)) withoutKeys++;
        }

        return new AuditedRow(first, leaves, placed, withoutKeys);
    }

    RecordHeader? Read(StoredRecord record)
    {
        try
        {
            var header = HeaderEncoding.Decode(record.Header);
            if (header.Index != record.Index || header.Stream != record.Stream || header.Version != record.Version)
                findings.Fault(Records, record.Index, $"Record {record.Index} is filed under another index, stream or version than its header says.");
            return header;
        }
        catch (FormatException fault)
        {
            findings.Fault(Records, record.Index, $"Record {record.Index}: {fault.Message}");
            return null;
        }
    }

    /// <summary>False where there is no key to check with.</summary>
    async ValueTask<bool> CheckPayloadAsync(StoredRecord record, RecordHeader header, CancellationToken ct)
    {
        var erases = header.Type == KeysDestroyed.Type;
        if (erases != (header.Stream == KeysDestroyed.Stream) || erases != (header.Compartment == KeysDestroyed.Compartment))
            findings.Fault(Records, record.Index, $"Record {record.Index} is filed among those that say what was erased, and is none of them, or the other way round.");
        if (known is not null && !known.Contains(header.Compartment))
            findings.Fault(Keys, record.Index, $"The key of record {record.Index} is neither there nor marked as destroyed.");
        if (keys is null)
        {
            if (erases) Interlocked.Increment(ref _unreadErasures);
            return false;
        }

        CompartmentKey? key;
        try
        {
            key = await keys.FindAsync(header.Compartment, ct);
        }
        catch (InvalidDataException)
        {
            // The check of the keys themselves says which of them is damaged.
            key = null;
        }

        if (key is null)
        {
            if (erases) Interlocked.Increment(ref _unreadErasures);
            return false;
        }

        var (opens, commits) = RecordSealing.Check(record, header, key);
        if (!opens) findings.Fault(Payloads, record.Index, $"The payload of record {record.Index} does not open with its key.");
        else if (!commits) findings.Fault(Payloads, record.Index, $"The payload of record {record.Index} is not the one its header commits to.");
        else if (erases && key.TryOpen(record.Sealed.Span, HeaderEncoding.AssociatedData(record.Header.Span), out var payload)) Note(record.Index, payload);
        return true;
    }

    void Note(long index, byte[] payload)
    {
        try
        {
            foreach (var compartment in KeysDestroyed.Decode(payload).Compartments)
                _erased.AddOrUpdate(compartment, index, (_, known) => Math.Min(known, index));
        }
        catch (FormatException fault)
        {
            findings.Fault(Records, index, $"Record {index}: {fault.Message}");
        }
    }
}
