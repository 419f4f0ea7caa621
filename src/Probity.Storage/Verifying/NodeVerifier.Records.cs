using System.Runtime.CompilerServices;
using Probity.Ledger;
using Probity.Ledger.Formats;

namespace Probity.Storage;

public sealed partial class NodeVerifier
{
    /// <summary>How much of the record one core holds at once.</summary>
    const long BytesAtOnce = 4 * 1024 * 1024;

    async ValueTask<NodeKeys> OpenKeysAsync(CancellationToken ct)
    {
        if (!_database.HasKeys)
        {
            _findings.Check(RecordAudit.Keys, $"There is no {_database.Keys}: payloads were checked as encrypted bytes only.");
            // A copy for an overseer has neither; a node has both.
            if (File.Exists(_folder.WrappingFile)) _findings.Fault(RecordAudit.Keys, null, $"{_database.Keys} is missing, though the key that opens it is here: nothing that was recorded can be read.");
            return new NodeKeys(null, null, null, null);
        }

        WrappingKey? wrapping = null;
        IKeyStore? store = null;
        try
        {
            var whole = _database.CheckKeys(_findings);
            var candidates = LogKeys.ReadWrapping(_folder.SecretsFolder);
            wrapping = whole ? Choose(candidates) : candidates.Count > 0 ? candidates[0] : null;
            _findings.Check(RecordAudit.Keys, wrapping is null
                ? "The wrapping key is not here: payloads were checked as encrypted bytes only."
                : $"Every key in {_database.Keys} opens, and every record's key is there or was destroyed as an entry says.");
            if (!whole)
            {
                _findings.Fault(RecordAudit.Keys, null, $"{_database.Keys} is not whole: no key was taken from it.");
                wrapping?.Dispose();
                return new NodeKeys(null, null, null, null);
            }

            if (wrapping is not null) store = _database.OpenKeys();
            var ring = wrapping is null ? null : new KeyRing(store!, wrapping);
            var (known, destroyed) = ReadKeys(ring);
            return new NodeKeys(ring, known, store, wrapping, destroyed);
        }
        catch (Exception fault) when (DatabaseAudit.IsDamage(fault))
        {
            _findings.Fault(RecordAudit.Keys, null, DatabaseAudit.IsTooLarge(fault)
                ? $"{_database.Keys} holds a value that is larger than any key."
                : $"The keys cannot be read: {fault.Message}");
            wrapping?.Dispose();
            if (store is not null) await store.DisposeAsync();
            return new NodeKeys(null, null, null, null);
        }
    }

    /// <summary>While a rotation is under way there are two keys, and one of them opens: the other is wiped.</summary>
    WrappingKey? Choose(IReadOnlyList<WrappingKey> candidates)
    {
        if (candidates.Count < 2) return candidates.Count == 0 ? null : candidates[0];
        WrappingKey? chosen = null;
        DatabaseAudit.Guard(_findings, RecordAudit.Keys, _database.Keys, () =>
        {
            if (_database.ReadKeys().FirstOrDefault(row => row.Wrapped is not null) is { } row) chosen = candidates.FirstOrDefault(key => key.Opens(row));
        });
        chosen ??= candidates[0];
        foreach (var other in candidates.Where(key => key != chosen)) other.Dispose();
        return chosen;
    }

    /// <summary>The compartments that have a row, and those whose row is a tombstone.</summary>
    (HashSet<CompartmentId> Known, HashSet<CompartmentId> Destroyed) ReadKeys(KeyRing? ring)
    {
        var known = new HashSet<CompartmentId>();
        var destroyed = new HashSet<CompartmentId>();
        foreach (var wrapped in _database.ReadKeys())
        {
            known.Add(wrapped.Compartment);
            if (wrapped.Wrapped is null) destroyed.Add(wrapped.Compartment);
            if (ring is not null && wrapped.Wrapped is not null && !ring.TryHold(wrapped))
                _findings.Fault(RecordAudit.Keys, null, $"The key of compartment {wrapped.Compartment} does not open with the wrapping key.");
        }

        return (known, destroyed);
    }

    async Task CheckRecordsAsync(LogHead head, CheckpointAudit signed, NodeKeys keys, LogIdentity? identity, CancellationToken ct)
    {
        _findings.Check(RecordAudit.Records, $"All {head.Size} records are there, each in its one encoding and filed as its header says.");
        _findings.Check(TreeAudit.Tiles, "Every hash tile is computed from the records.");
        _findings.Check(RecordAudit.Ciphertexts, "Every encrypted payload is the one that its header names.");
        if (keys.Ring is not null) _findings.Check(RecordAudit.Payloads, "Every payload whose key is there is the one that its header commits to.");
        _findings.Check(OrderAudit.Streams, "The versions of every stream follow one another without a gap.");
        _findings.Check(OrderAudit.Times, "Recorded times never run backwards.");

        _nodes = _database.ReadNodes();
        var records = new RecordAudit(_findings, keys.Ring, keys.Known);
        var order = new OrderAudit(_findings);
        var tree = new TreeAudit(_findings, (tile, _) => ValueTask.FromResult(Use(reader => ReadTile(reader, tile, head.Size))), signed.Claims, partialLeafTiles: false);
        var tables = ScanTablesAsync(head.Size);
        try
        {
            await foreach (var row in RowsAsync(head.Size, records, ct))
            {
                order.Check(row);
                Count(row, identity);
                await tree.AppendAsync(row.Leaves, ct);
                _progress?.Report((double)tree.Size / head.Size);
            }

            await tree.FinishAsync(ct);
            await CheckErasuresAsync(records, keys, ct);
        }
        finally
        {
            await tables;
        }

        if (await tables is { } sums) CompareTables(sums);
    }

    /// <summary>Reads and checks rows on all cores, and gives them in order.</summary>
    async IAsyncEnumerable<AuditedRow> RowsAsync(long size, RecordAudit records, [EnumeratorCancellation] CancellationToken ct)
    {
        var ahead = new Queue<Task<AuditedRow>>();
        for (long first = 0; first < size || ahead.Count > 0;)
        {
            for (; first < size && ahead.Count < Environment.ProcessorCount * 4; first += Tile.FullWidth)
            {
                var (from, count) = (first, (int)Math.Min(Tile.FullWidth, size - first));
                ahead.Enqueue(size <= Tile.FullWidth ? CheckRowAsync(from, count, records, ct) : Task.Run(() => CheckRowAsync(from, count, records, ct), ct));
            }

            yield return await ahead.Dequeue();
        }
    }

    async Task<AuditedRow> CheckRowAsync(long first, int count, RecordAudit records, CancellationToken ct)
    {
        var parts = new List<AuditedRow>();
        for (var done = 0; done < count;)
        {
            var (from, rest) = (first + done, count - done);
            List<StoredRecord> stored = [];
            DatabaseAudit.Guard(_findings, RecordAudit.Records, _database.Ledger, () => stored = Read(from, ref rest));
            parts.Add(await records.CheckAsync(from, rest, stored, ct));
            done += rest;
        }

        return parts.Count == 1 ? parts[0] : new AuditedRow(
            first, [.. parts.SelectMany(part => part.Leaves)], [.. parts.SelectMany(part => part.Records)], parts.Sum(part => part.WithoutKeys));
    }

    /// <summary>Records from an index on, in bounded memory; <paramref name="count"/> becomes how many indexes they answer for.</summary>
    List<StoredRecord> Read(long from, ref int count)
    {
        var limit = count;
        try
        {
            var stored = Use(reader => reader.ReadRecords(from, limit, BytesAtOnce));
            // As many as were asked for, or none further: either way the rest of the row is answered for.
            if (stored.Sum(record => (long)record.Header.Length + record.Sealed.Length) >= BytesAtOnce)
                count = (int)Math.Clamp(stored[^1].Index - from + 1, 1, limit);
            return stored;
        }
        catch (Exception fault) when (DatabaseAudit.IsTooLarge(fault))
        {
            // Which one it is shows when fewer are read.
            count = Math.Max(1, limit / 2);
            if (limit > 1) return Read(from, ref count);
            if (Use(reader => reader.FindRecord(from)) == from) _findings.Fault(RecordAudit.Records, from, $"Record {from} is larger than a record may be.");
            return [];
        }
    }

    ReadOnlyMemory<byte>? ReadTile(ILedgerReader reader, Tile tile, long size)
    {
        ReadOnlyMemory<byte>? bytes = null;
        DatabaseAudit.Guard(_findings, TreeAudit.Tiles, _database.Ledger, () =>
        {
            bytes = reader.ReadTile(tile.Level, tile.Index);
            // A server that is running has let the tile grow since.
            if (bytes?.Length > tile.Width * Hash.Size && reader.ReadCheckpoint(null)?.Size > size) bytes = bytes.Value[..(tile.Width * Hash.Size)];
        });
        return bytes;
    }

    void Count(AuditedRow row, LogIdentity? identity)
    {
        _withoutKeys += row.WithoutKeys;
        for (var i = 0; i < row.Records.Length; i++)
        {
            if (row.Records[i] is not { } record) continue;
            _scanned += _sums.Of(row.First + i, record.Stream.Value, record.Version);
            if (identity is not null && record.Node != identity.Node && !_nodes.Contains(record.Node))
                _findings.Fault(Identity, row.First + i, $"Record {row.First + i} was recorded by a node that is none of this log.");
        }
    }

    /// <summary>
    /// What the index of streams answers, and the table where that is another way than by index, summed up beside the walk over the
    /// records. Null where the database is not whole: a damaged table may lead in a circle.
    /// </summary>
    Task<TableSums?> ScanTablesAsync(long size) => Task.Run(async () =>
    {
        if (!await _whole) return null;
        TableSums? sums = null;
        DatabaseAudit.Guard(_findings, DatabaseAudit.Database, _database.Ledger, () => Use(reader =>
        {
            UInt128 indexed = 0, held = 0;
            reader.ScanStreams((index, stream, version) => indexed += index < size ? _sums.Of(index, stream, version) : 0);
            var scanned = reader.ScanTable((index, stream, version) => held += index < size ? _sums.Of(index, stream, version) : 0);
            sums = new TableSums(indexed, scanned ? held : null);
            return 0;
        }));
        return sums;
    });

    /// <summary>
    /// Nothing more may be there than was checked, and the index has to answer as the table does. Counts are compared within one
    /// statement, for a server that is running goes on committing.
    /// </summary>
    void CompareTables(TableSums sums)
    {
        foreach (var table in Use(reader => reader.TablesOfRecords)) CompareCounts(RecordAudit.Records, table, newest => newest);
        CompareCounts(TreeAudit.Tiles, "tile", StoredTiles);
        if (sums.Indexed != _scanned) _findings.Fault(DatabaseAudit.Database, null, $"{_database.Ledger}: the index of streams does not answer as the records do.");
        if (sums.Held is { } held && held != _scanned) _findings.Fault(DatabaseAudit.Database, null, $"{_database.Ledger}: the index of records does not answer as the table does.");
    }

    /// <summary>The sums of all rows by the index of streams, and by the table itself.</summary>
    sealed record TableSums(UInt128 Indexed, UInt128? Held);

    /// <summary>
    /// How many tiles a store holds for a size: full ones, and above level 0 the one that grows. Reckoned, not counted one by one: the size
    /// is the file's to say, and may be any number.
    /// </summary>
    static long StoredTiles(long size)
    {
        var tiles = size / Tile.FullWidth;
        for (var hashes = size / Tile.FullWidth; hashes > 0; hashes /= Tile.FullWidth) tiles += (hashes + Tile.FullWidth - 1) / Tile.FullWidth;
        return tiles;
    }

    void CompareCounts(string check, string table, Func<long, long> due) =>
        DatabaseAudit.Guard(_findings, check, _database.Ledger, () => Use(reader =>
        {
            var (count, newest) = reader.Count(table);
            if (count != due(newest)) _findings.Fault(check, null, $"{_database.Ledger} has {count} rows in its table '{table}', where {due(newest)} are due.");
            return 0;
        }));

    T Use<T>(Func<ILedgerReader, T> read)
    {
        if (!_readers.TryTake(out var reader)) reader = _database.OpenLedger();
        try
        {
            return read(reader);
        }
        finally
        {
            _readers.Add(reader);
        }
    }
}
