using Probity.Ledger.Formats;

namespace Probity.Ledger;

// What the public may have: nothing here says what an entry is about.
public sealed partial class TransparencyLog
{
    /// <summary>The newest checkpoint: the text of a C2SP signed note.</summary>
    public string Checkpoint => _head.Note;

    /// <summary>
    /// A tile's hashes (C2SP tlog-tiles), 32 bytes each, or null where the current tree has no such tile. A partial tile of an
    /// earlier size is given for as long as the log lasts.
    /// </summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(Tile tile, CancellationToken ct) =>
        Reaches(tile.Level, tile.Index, tile.Width) ? await LogTiles.ReadAsync(_store, tile, ct) : default(ReadOnlyMemory<byte>?);

    /// <summary>
    /// An entry bundle (C2SP tlog-tiles): for each entry its length, 33, as two bytes, then 0x01 and the SHA-256 of its header.
    /// Null where the current tree has no such bundle.
    /// </summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadEntriesAsync(EntryBundle bundle, CancellationToken ct)
    {
        if (!Reaches(0, bundle.Index, bundle.Width)) return null;
        var headers = await _store.ReadHeadersAsync(bundle.Index * Tile.FullWidth, bundle.Width, ct);
        if (headers.Count < bundle.Width) return null;
        return EntryBundle.Encode([.. headers.Select(header => (ReadOnlyMemory<byte>)HeaderEncoding.LeafEntry(header.Span))]);
    }

    /// <summary>The header of a record, for whoever may see it; its leaf opens to it. Null past the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadHeaderAsync(long index, CancellationToken ct) =>
        index >= 0 && await _store.ReadHeadersAsync(index, 1, ct) is [var header] ? header : default(ReadOnlyMemory<byte>?);

    /// <summary>Shows that an entry stands at its index in the tree of a size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The log has no such size, or that tree no such entry.</exception>
    public Task<Hash[]> ProveInclusionAsync(long index, long size, CancellationToken ct) =>
        InclusionProof.BuildAsync(index, size, Nodes(size, ct));

    /// <summary>Shows that the tree of a size is the beginning of the tree of a later one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sizes are the wrong way round, or beyond the log's.</exception>
    public Task<Hash[]> ProveConsistencyAsync(long oldSize, long size, CancellationToken ct) =>
        ConsistencyProof.BuildAsync(oldSize, size, Nodes(size, ct));

    /// <summary>
    /// A receipt that anyone can check offline: a C2SP tlog-proof of a record under the newest checkpoint that the quorum of witnesses
    /// has confirmed, where that covers it, else under the newest that the log has signed.
    /// </summary>
    /// <param name="index">The record's number.</param>
    /// <param name="form">How much it is to say of the record, at most.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The log has no such record.</exception>
    /// <exception cref="InvalidDataException">The store does not hold what was signed.</exception>
    public ValueTask<Receipt> WriteReceiptAsync(long index, ReceiptForm form, CancellationToken ct) =>
        _receipts.WriteAsync(index, form, new PublicHead(_head, null), PublicHead.Of(_witnessed, VerifierKey), ct);

    Func<NodeId, ValueTask<Hash>> Nodes(long size, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return StoredNodes(size, ct);
    }

    /// <summary>Of whatever size the store has come to, which another node may have made larger than this one knows.</summary>
    Func<NodeId, ValueTask<Hash>> StoredNodes(long size, CancellationToken ct) => _tree.Nodes(size, ct);

    bool Reaches(int level, long index, int width)
    {
        if (level is < 0 or > 7 || index < 0 || width is < 1 or > Tile.FullWidth) return false;
        var count = Size >> (Tile.Height * level);
        return index <= count / Tile.FullWidth && index * Tile.FullWidth + width <= count;
    }
}
