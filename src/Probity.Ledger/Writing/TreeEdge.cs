using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// The growing right edge of the tree: its frontier, and the tile under way at each level. What was appended shows as tiles to
/// write; a tile of level 0 is written when it is full, one of a higher level whenever it grows.
/// </summary>
internal sealed class TreeEdge
{
    const int Levels = 8;

    readonly CompactRange _range;
    readonly Hash[][] _rows;
    readonly List<StoredTile> _full = [];
    readonly bool[] _grown = new bool[Levels];

    TreeEdge(CompactRange range, Hash[][] rows) => (_range, _rows) = (range, rows);

    public long Size => _range.Size;

    public Hash Root() => _range.Root();

    /// <summary>The edge of the empty tree.</summary>
    public static TreeEdge Empty() => new(new CompactRange(), [.. Enumerable.Range(0, Levels).Select(_ => new Hash[Tile.FullWidth])]);

    /// <summary>Reads the edge of a tree of <paramref name="size"/> leaves.</summary>
    public static async ValueTask<TreeEdge> LoadAsync(ILogStore store, long size, CancellationToken ct)
    {
        var rows = new Hash[Levels][];
        for (var level = 0; level < Levels; level++)
        {
            rows[level] = new Hash[Tile.FullWidth];
            var count = size >> (Tile.Height * level);
            var width = (int)(count % Tile.FullWidth);
            if (width == 0) continue;
            var tile = new Tile(level, count / Tile.FullWidth, width);
            var bytes = await LogTiles.ReadAsync(store, tile, ct)
                ?? throw new InvalidDataException($"{tile.Path} is missing from the store: run 'probity verify' on it.");
            Hash.Row(bytes.Span).CopyTo(rows[level]);
        }

        var range = new CompactRange(size, node =>
        {
            var tile = Tile.Holding(node, size);
            return tile.Node(node, rows[tile.Level].AsSpan(0, tile.Width));
        });
        return new TreeEdge(range, rows);
    }

    /// <summary>A copy that grows on its own; both have to have given their tiles.</summary>
    public TreeEdge Clone() => new(_range.Clone(), [.. _rows.Select(row => (Hash[])row.Clone())]);

    public void Append(Hash leaf) => _range.Append(leaf, Take);

    /// <summary>The tiles that changed since this was last asked.</summary>
    public List<StoredTile> TakeTiles()
    {
        var tiles = new List<StoredTile>(_full);
        for (var level = 1; level < Levels; level++)
        {
            var count = Size >> (Tile.Height * level);
            var width = (int)(count % Tile.FullWidth);
            if (_grown[level] && width > 0) tiles.Add(Stored(level, count / Tile.FullWidth, width));
        }

        _full.Clear();
        Array.Clear(_grown);
        return tiles;
    }

    void Take(NodeId node, Hash hash)
    {
        if (node.Level % Tile.Height != 0) return;
        var level = node.Level / Tile.Height;
        var place = (int)(node.Index % Tile.FullWidth);
        _rows[level][place] = hash;
        _grown[level] = true;
        if (place == Tile.FullWidth - 1) _full.Add(Stored(level, node.Index / Tile.FullWidth, Tile.FullWidth));
    }

    StoredTile Stored(int level, long number, int width) =>
        new(level, number, Hash.Bytes(_rows[level].AsSpan(0, width)).ToArray());
}
