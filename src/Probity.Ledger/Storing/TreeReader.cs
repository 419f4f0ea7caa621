using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// Reads the nodes of a log's tree from its store: for one proof no tile twice, and the level-0 tile that is still growing, which is
/// computed from headers, only as far as it was not computed before. Safe for use by many callers at once.
/// </summary>
internal sealed class TreeReader(ILogStore store)
{
    /// <summary>The growing level-0 tile as far as somebody needed it; what it holds never changes, it only gets longer.</summary>
    volatile Row _tail = new(-1, []);

    /// <summary>A reader of the nodes of the tree of a size that the store reaches; for one proof.</summary>
    public Func<NodeId, ValueTask<Hash>> Nodes(long size, CancellationToken ct)
    {
        var rows = new Dictionary<Tile, Hash[]>();
        return async node =>
        {
            var tile = Tile.Holding(node, size);
            if (!rows.TryGetValue(tile, out var row)) rows[tile] = row = await ReadAsync(tile, ct);
            return tile.Node(node, row);
        };
    }

    async ValueTask<Hash[]> ReadAsync(Tile tile, CancellationToken ct)
    {
        if (tile is { Level: 0, IsFull: false }) return await ReadTailAsync(tile, ct);
        return await LogTiles.ReadAsync(store, tile, ct) is { } bytes ? Hash.Row(bytes.Span).ToArray() : throw Missing(tile);
    }

    async ValueTask<Hash[]> ReadTailAsync(Tile tile, CancellationToken ct)
    {
        var known = _tail;
        if (known.Number != tile.Index) known = new Row(tile.Index, []);
        if (known.Hashes.Length < tile.Width)
        {
            // Full by now, perhaps, and so in the store whole.
            known = new Row(tile.Index, await store.ReadTileAsync(0, tile.Index, ct) is { } full
                ? Hash.Row(full.Span).ToArray()
                : await ExtendAsync(known.Hashes, tile, ct));
            // Two readers at once may each keep theirs; either is right, and the longer one comes back with the next that needs it.
            _tail = known;
        }

        return known.Hashes.Length == tile.Width ? known.Hashes : known.Hashes[..tile.Width];
    }

    async ValueTask<Hash[]> ExtendAsync(Hash[] known, Tile tile, CancellationToken ct)
    {
        var headers = await store.ReadHeadersAsync((tile.Index * Tile.FullWidth) + known.Length, tile.Width - known.Length, ct);
        return headers.Count == tile.Width - known.Length
            ? [.. known, .. headers.Select(header => LogTiles.Leaf(header.Span))]
            : throw Missing(tile);
    }

    static InvalidDataException Missing(Tile tile) => new($"{tile.Path} is missing from the store: run 'probity verify' on it.");

    sealed record Row(long Number, Hash[] Hashes);
}
