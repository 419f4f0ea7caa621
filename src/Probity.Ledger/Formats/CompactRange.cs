using System.Numerics;

namespace Probity.Ledger.Formats;

/// <summary>Told of each subtree that an appended leaf completes, the leaf itself included, from the bottom up.</summary>
public delegate void NodeCompleted(NodeId node, Hash hash);

/// <summary>
/// The frontier of a growing tree: the hashes of the complete subtrees it consists of, one for each bit set in its size.
/// It is all that is needed to take another leaf and to give the root. Not safe for use by several threads at once.
/// </summary>
public sealed class CompactRange
{
    const int Levels = 63;

    // The subtree of 2^level leaves stands at [level], where that bit of Size is set.
    readonly Hash[] peaks = new Hash[Levels];

    /// <summary>The frontier of the empty tree.</summary>
    public CompactRange() { }

    /// <summary>The frontier of a tree of <paramref name="size"/> leaves whose nodes <paramref name="read"/> gives.</summary>
    public CompactRange(long size, NodeReader read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentNullException.ThrowIfNull(read);
        foreach (var node in new Subtree(0, size).Nodes()) peaks[node.Level] = read(node);
        Size = size;
    }

    CompactRange(CompactRange other) => (peaks, Size) = ([.. other.peaks], other.Size);

    /// <summary>How many leaves the tree has.</summary>
    public long Size { get; private set; }

    /// <summary>The hash of the complete subtree of 2^<paramref name="level"/> leaves on the frontier.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The frontier has none of that size.</exception>
    public Hash Peak(int level) => level is >= 0 and < Levels && (Size >> level & 1) == 1
        ? peaks[level]
        : throw new ArgumentOutOfRangeException(nameof(level), level, $"A tree of {Size} leaves has no such peak.");

    /// <summary>Adds one leaf; <paramref name="completed"/> hears of every node that is now final.</summary>
    public void Append(Hash leaf, NodeCompleted? completed = null)
    {
        var (hash, level, index) = (leaf, 0, Size);
        completed?.Invoke(new NodeId(level, index), hash);
        for (; (index & 1) == 1; index >>= 1)
        {
            hash = MerkleTree.NodeHash(peaks[level++], hash);
            completed?.Invoke(new NodeId(level, index >> 1), hash);
        }

        peaks[level] = hash;
        Size++;
    }

    /// <summary>The root of the tree as it stands.</summary>
    public Hash Root()
    {
        if (Size == 0) return MerkleTree.EmptyRoot;
        var level = BitOperations.TrailingZeroCount(Size);
        var root = peaks[level];
        for (level++; Size >> level != 0; level++)
            if ((Size >> level & 1) == 1) root = MerkleTree.NodeHash(peaks[level], root);
        return root;
    }

    /// <summary>A copy that grows on its own: a batch can be tried and thrown away.</summary>
    public CompactRange Clone() => new(this);
}
