using System.Numerics;

namespace Probity.Ledger.Formats;

/// <summary>Shows that a tree only grew: the smaller one is the beginning of the larger one (RFC 9162 §2.1.4).</summary>
public static class ConsistencyProof
{
    /// <summary>The subtrees whose hashes make up the proof; none where the sizes are equal or the first is 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sizes are negative or the wrong way round.</exception>
    public static IReadOnlyList<Subtree> Plan(long size1, long size2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size1, size2);
        if (size1 == 0) return [];
        List<Subtree> path = [];
        var tree = new Subtree(0, size2);
        while (tree.End != size1)
        {
            var (left, right) = (tree with { End = tree.Split }, tree with { Start = tree.Split });
            var below = size1 <= tree.Split;
            path.Add(below ? right : left);
            tree = below ? left : right;
        }

        // A verifier knows the old root; it has to be told the last part of the old tree only where that is not all of it.
        if (tree.Start != 0) path.Add(tree);
        path.Reverse();
        return path;
    }

    /// <summary>Builds the proof from the nodes that <paramref name="read"/> gives.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sizes are negative or the wrong way round.</exception>
    public static Hash[] Build(long size1, long size2, NodeReader read) =>
        [.. Plan(size1, size2).Select(subtree => subtree.Fold(read))];

    /// <summary>Builds the proof from nodes that have to be fetched, such as those of <see cref="VerifiedTiles"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sizes are negative or the wrong way round.</exception>
    public static async Task<Hash[]> BuildAsync(long size1, long size2, Func<NodeId, ValueTask<Hash>> read)
    {
        var proof = new List<Hash>();
        foreach (var subtree in Plan(size1, size2)) proof.Add(await subtree.FoldAsync(read).ConfigureAwait(false));
        return [.. proof];
    }

    /// <summary>
    /// Whether <paramref name="proof"/> shows that the tree of <paramref name="size2"/> leaves under <paramref name="root2"/>
    /// begins with the tree of <paramref name="size1"/> leaves under <paramref name="root1"/>. The algorithm of RFC 9162
    /// §2.1.4.2. An empty first tree is the beginning of every tree and takes no proof.
    /// </summary>
    public static bool Verify(long size1, long size2, ReadOnlySpan<Hash> proof, Hash root1, Hash root2)
    {
        if (size1 < 0 || size1 > size2) return false;
        if (size1 == 0 && root1 != MerkleTree.EmptyRoot) return false;
        if (size1 == size2) return proof.IsEmpty && root1 == root2;
        if (size1 == 0) return proof.IsEmpty;
        if (proof.IsEmpty) return false;

        // Where the old tree is one complete subtree, its root starts both paths and the proof does not repeat it.
        var whole = BitOperations.IsPow2(size1);
        var (hash1, hash2) = whole ? (root1, root1) : (proof[0], proof[0]);
        if (!whole) proof = proof[1..];

        var rise = BitOperations.TrailingZeroCount(size1);
        var (node, last) = (size1 - 1 >> rise, size2 - 1 >> rise);
        foreach (var sibling in proof)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                hash1 = MerkleTree.NodeHash(sibling, hash1);
                hash2 = MerkleTree.NodeHash(sibling, hash2);
                for (; (node & 1) == 0 && node != 0; node >>= 1) last >>= 1;
            }
            else hash2 = MerkleTree.NodeHash(hash2, sibling);

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash1 == root1 && hash2 == root2;
    }
}
