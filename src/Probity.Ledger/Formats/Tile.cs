using System.Globalization;

namespace Probity.Ledger.Formats;

/// <summary>
/// Names a tile of C2SP tlog-tiles: up to 256 hashes side by side. Hash i of tile n at level l covers the 256^l leaves from
/// (256·n + i)·256^l on.
/// </summary>
/// <param name="Level">How many tiles lie below it: 0 holds leaf hashes.</param>
/// <param name="Index">Its place among the tiles of its level.</param>
/// <param name="Width">How many hashes it holds: 256 when full, 1 to 255 on the right edge of the tree.</param>
public readonly record struct Tile(int Level, long Index, int Width = Tile.FullWidth)
{
    /// <summary>How many hashes a full tile holds.</summary>
    public const int FullWidth = TilePath.FullWidth;

    /// <summary>How many levels of the tree one tile spans.</summary>
    public const int Height = 8;

    // 256^7 leaves fill level 7's first hash; a tree's size fits in 63 bits.
    const int HighestLevel = 7;

    /// <summary>Whether it can no longer change.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>Its path below the log's prefix: <c>tile/1/x001/x234/067.p/8</c>.</summary>
    public string Path => TilePath.Format(string.Create(CultureInfo.InvariantCulture, $"tile/{Level}"), Index, Width);

    /// <summary>Reads a tile's path.</summary>
    /// <exception cref="FormatException">It is no such path, or not the one spelling that the tile has.</exception>
    public static Tile Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.StartsWith("tile/", StringComparison.Ordinal) || path.IndexOf('/', 5) is not (> 5 and var slash))
            throw new FormatException("Not the path of a tile.");
        var level = (int)TilePath.Number(path.AsSpan(5..slash));
        if (level > 63) throw new FormatException("A tile's level is between 0 and 63.");
        var (index, width) = TilePath.Parse(path.AsSpan(slash + 1));
        var tile = new Tile(level, index, width);
        return tile.Path == path ? tile : throw new FormatException("Not the canonical path of a tile.");
    }

    /// <summary>The tiles of a tree of <paramref name="size"/> leaves, level by level from the left, partial ones last.</summary>
    public static IEnumerable<Tile> Of(long size) => Added(0, size);

    /// <summary>
    /// The tiles that a tree of <paramref name="newSize"/> leaves has and one of <paramref name="oldSize"/> had not: those that
    /// an append has to write. No empty tile is among them.
    /// </summary>
    public static IEnumerable<Tile> Added(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        for (var level = 0; level <= HighestLevel; level++)
        {
            var (before, now) = (oldSize >> Height * level, newSize >> Height * level);
            if (before == now) break;
            for (var index = before / FullWidth; index < now / FullWidth; index++) yield return new Tile(level, index);
            if (now % FullWidth > 0) yield return new Tile(level, now / FullWidth, (int)(now % FullWidth));
        }
    }

    /// <summary>The tile that <paramref name="node"/> is computed from in a tree of <paramref name="size"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">That tree does not hold the whole node.</exception>
    public static Tile Holding(NodeId node, long size)
    {
        if (node.Level is < 0 or > 62 || node.Index < 0 || node.Index >= size >> node.Level)
            throw new ArgumentOutOfRangeException(nameof(node), node, $"A tree of {size} leaves has no such node.");
        var (level, height) = Math.DivRem(node.Level, Height);
        var index = node.Index >> Height - height;
        return new Tile(level, index, (int)Math.Min(FullWidth, (size >> Height * level) - index * FullWidth));
    }

    /// <summary>Computes a node from the <paramref name="row"/> of hashes in this tile.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The node does not lie in this tile.</exception>
    /// <exception cref="FormatException">The row is not as wide as the tile.</exception>
    public Hash Node(NodeId node, ReadOnlySpan<Hash> row)
    {
        if (row.Length != Width) throw new FormatException($"Tile {Path} has {Width} hashes, not {row.Length}.");
        var height = node.Level - Height * Level;
        var start = height is >= 0 and <= Height ? (node.Index << height) - Index * FullWidth : -1;
        if (start < 0 || start + (1 << height) > Width)
            throw new ArgumentOutOfRangeException(nameof(node), node, $"The node does not lie in tile {Path}.");

        // Each round halves the row in place, as the tree does.
        Span<Hash> hashes = stackalloc Hash[1 << height];
        row.Slice((int)start, hashes.Length).CopyTo(hashes);
        for (var count = hashes.Length / 2; count > 0; count /= 2)
            for (var i = 0; i < count; i++) hashes[i] = MerkleTree.NodeHash(hashes[2 * i], hashes[2 * i + 1]);
        return hashes[0];
    }
}
