namespace Probity.Ledger.Formats;

/// <summary>
/// Reads the nodes of a tree from tiles that nobody vouches for, against a root that somebody does. No hash leaves here, or
/// is computed with, before its whole tile was authenticated: the tiles of the right edge against the root, every other
/// against the hash that stands for it in the authenticated tile above. (Readers that skipped this for some child tiles
/// accepted forged ones: CVE-2026-56865.) Not safe for use by several threads at once.
/// </summary>
/// <param name="size">How many leaves the tree has, from a checkpoint that was verified.</param>
/// <param name="root">Its root, from the same checkpoint.</param>
/// <param name="fetch">Gives the bytes of a tile; what it gives is not trusted.</param>
public sealed class VerifiedTiles(
    long size, Hash root, Func<Tile, CancellationToken, ValueTask<ReadOnlyMemory<byte>>> fetch)
{
    readonly Dictionary<Tile, ReadOnlyMemory<byte>> authentic = [];
    bool edgeRead;
    Tile? lastOfLeaves;

    /// <summary>How many leaves the tree has.</summary>
    public long Size => size;

    /// <summary>The hash of a complete subtree.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree does not hold the whole of it.</exception>
    /// <exception cref="FormatException">A tile has the wrong length or does not belong to the tree.</exception>
    public async ValueTask<Hash> ReadAsync(NodeId node, CancellationToken cancel = default)
    {
        var tile = Tile.Holding(node, size);
        return tile.Node(node, Hash.Row((await AuthenticAsync(tile, cancel).ConfigureAwait(false)).Span));
    }

    /// <summary>The whole row of a tile, authenticated.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such tile.</exception>
    /// <exception cref="FormatException">A tile has the wrong length or does not belong to the tree.</exception>
    public async ValueTask<Hash[]> ReadRowAsync(Tile tile, CancellationToken cancel = default)
    {
        if (tile.Width < 1 || Tile.Holding(new NodeId(tile.Level * Tile.Height, tile.Index * Tile.FullWidth), size) != tile)
            throw new ArgumentOutOfRangeException(nameof(tile), tile, $"A tree of {size} leaves has no such tile.");
        return Hash.Row((await AuthenticAsync(tile, cancel).ConfigureAwait(false)).Span).ToArray();
    }

    async ValueTask<ReadOnlyMemory<byte>> AuthenticAsync(Tile tile, CancellationToken cancel)
    {
        if (!edgeRead) await ReadEdgeAsync(cancel).ConfigureAwait(false);
        if (authentic.TryGetValue(tile, out var known)) return known;

        // Only full tiles remain: each is one hash in the tile above, and at the latest the right edge is known.
        var whole = new NodeId((tile.Level + 1) * Tile.Height, tile.Index);
        var expected = await ReadAsync(whole, cancel).ConfigureAwait(false);
        var bytes = await FetchAsync(tile, cancel).ConfigureAwait(false);
        if (tile.Node(whole, Hash.Row(bytes.Span)) != expected)
            throw new FormatException($"{tile.Path} does not belong to the tree.");
        Keep(tile, bytes);
        return bytes;
    }

    /// <summary>The partial tiles hold, between them, every subtree on the frontier: together they give the root.</summary>
    async ValueTask ReadEdgeAsync(CancellationToken cancel)
    {
        var edge = new Dictionary<Tile, ReadOnlyMemory<byte>>();
        foreach (var node in new Subtree(0, size).Nodes())
        {
            var tile = Tile.Holding(node, size);
            if (!edge.ContainsKey(tile)) edge[tile] = await FetchAsync(tile, cancel).ConfigureAwait(false);
        }

        var computed = new Subtree(0, size).Fold(node =>
        {
            var tile = Tile.Holding(node, size);
            return tile.Node(node, Hash.Row(edge[tile].Span));
        });
        if (computed != root) throw new FormatException($"The tiles do not have the root of the tree of {size} leaves.");
        foreach (var (tile, bytes) in edge) authentic[tile] = bytes;
        edgeRead = true;
    }

    async ValueTask<ReadOnlyMemory<byte>> FetchAsync(Tile tile, CancellationToken cancel)
    {
        var bytes = await fetch(tile, cancel).ConfigureAwait(false);
        return bytes.Length == tile.Width * Hash.Size
            ? bytes.ToArray()
            : throw new FormatException($"{tile.Path} has {bytes.Length} bytes instead of {tile.Width * Hash.Size}.");
    }

    /// <summary>Keeps the upper tiles; of the leaves' tiles, 255 of every 256, only the newest: logs are read in order.</summary>
    void Keep(Tile tile, ReadOnlyMemory<byte> bytes)
    {
        authentic[tile] = bytes;
        if (tile.Level > 0) return;
        if (lastOfLeaves is { } last) authentic.Remove(last);
        lastOfLeaves = tile;
    }
}
