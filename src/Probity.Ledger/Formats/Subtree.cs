using System.Numerics;

namespace Probity.Ledger.Formats;

/// <summary>
/// A complete subtree: the node at <paramref name="Level"/> (leaves are 0) that covers the 2^level leaves from
/// <paramref name="Index"/>·2^level on. Once its last leaf is there, its hash never changes.
/// </summary>
public readonly record struct NodeId(int Level, long Index);

/// <summary>Gives the hash of a complete subtree, from wherever the caller keeps them.</summary>
public delegate Hash NodeReader(NodeId node);

/// <summary>
/// The leaves from <paramref name="Start"/> up to, not including, <paramref name="End"/>, where RFC 6962 hashes them as one
/// subtree. It need not be complete: the ragged right edge of a tree is folded from complete subtrees.
/// </summary>
public readonly record struct Subtree(long Start, long End)
{
    /// <summary>The complete subtrees that it is folded from, from the right, smallest, to the left, largest.</summary>
    public IEnumerable<NodeId> Nodes()
    {
        var end = End;
        for (var rest = End - Start; rest > 0; rest &= rest - 1)
        {
            var level = BitOperations.TrailingZeroCount(rest);
            end -= 1L << level;
            yield return new NodeId(level, end >> level);
        }
    }

    /// <summary>Its hash, folded from the nodes that <paramref name="read"/> gives.</summary>
    public Hash Fold(NodeReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var (hash, first) = (MerkleTree.EmptyRoot, true);
        foreach (var node in Nodes())
        {
            hash = first ? read(node) : MerkleTree.NodeHash(read(node), hash);
            first = false;
        }

        return hash;
    }

    /// <summary>Its hash, folded from the nodes that <paramref name="read"/> fetches one after the other.</summary>
    public async ValueTask<Hash> FoldAsync(Func<NodeId, ValueTask<Hash>> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var (hash, first) = (MerkleTree.EmptyRoot, true);
        foreach (var node in Nodes())
        {
            var left = await read(node).ConfigureAwait(false);
            hash = first ? left : MerkleTree.NodeHash(left, hash);
            first = false;
        }

        return hash;
    }

    /// <summary>Where RFC 6962 divides two or more leaves: after the largest power of two that is smaller than their number.</summary>
    internal long Split => Start + (1L << BitOperations.Log2((ulong)(End - Start - 1)));
}
