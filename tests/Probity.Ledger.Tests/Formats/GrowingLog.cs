using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Tests.Formats;

/// <summary>A log in memory with the entries "leaf 0", "leaf 1" and so on, or beginning with another number, and every node of its tree.</summary>
sealed class GrowingLog
{
    readonly Dictionary<NodeId, Hash> nodes = [];

    public GrowingLog(int size, int first = 0)
    {
        var range = new CompactRange();
        for (var i = 0; i < size; i++) range.Append(MerkleTree.LeafHash(Entry(first + i)), nodes.Add);
        Size = size;
    }

    public int Size { get; }

    public static byte[] Entry(long index) => Encoding.ASCII.GetBytes($"leaf {index}");

    public Hash Node(NodeId node) => nodes[node];

    public Hash RootAt(long size) => new CompactRange(size, Node).Root();

    public Hash[] Row(Tile tile) =>
        [.. Enumerable.Range(0, tile.Width).Select(i => Node(new NodeId(tile.Level * Tile.Height, tile.Index * Tile.FullWidth + i)))];
}
