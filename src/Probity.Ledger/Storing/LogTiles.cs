using System.Runtime.InteropServices;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>Gives a log's tiles from what its store holds.</summary>
internal static class LogTiles
{
    /// <summary>
    /// A tile's hashes, or null where the store does not reach that far. A partial tile of any earlier size is the beginning of
    /// what the tile holds now.
    /// </summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(ILogStore store, Tile tile, CancellationToken ct)
    {
        var length = tile.Width * Hash.Size;
        if (await store.ReadTileAsync(tile.Level, tile.Index, ct) is { } stored)
            return stored.Length >= length ? stored[..length] : default(ReadOnlyMemory<byte>?);
        if (tile.Level > 0) return null;

        var headers = await store.ReadHeadersAsync(tile.Index * Tile.FullWidth, tile.Width, ct);
        if (headers.Count < tile.Width) return null;
        var bytes = new byte[length];
        var hashes = MemoryMarshal.Cast<byte, Hash>(bytes.AsSpan());
        for (var i = 0; i < hashes.Length; i++) hashes[i] = Leaf(headers[i].Span);
        return bytes;
    }

    /// <summary>The leaf hash of a record.</summary>
    public static Hash Leaf(ReadOnlySpan<byte> header)
    {
        Span<byte> entry = stackalloc byte[HeaderEncoding.LeafEntrySize];
        HeaderEncoding.LeafEntry(header, entry);
        return MerkleTree.LeafHash(entry);
    }
}
