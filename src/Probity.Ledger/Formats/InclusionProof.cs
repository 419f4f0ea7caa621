namespace Probity.Ledger.Formats;

/// <summary>Shows that a leaf stands at its index in a tree: the hashes beside its way up to the root (RFC 9162 §2.1.3).</summary>
public static class InclusionProof
{
    /// <summary>The subtrees whose hashes make up the proof, the leaf's sibling first, the root's child last.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree of <paramref name="size"/> leaves has no such leaf.</exception>
    public static IReadOnlyList<Subtree> Plan(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        List<Subtree> path = [];
        for (var tree = new Subtree(0, size); tree.End - tree.Start > 1;)
        {
            var (left, right) = (tree with { End = tree.Split }, tree with { Start = tree.Split });
            var below = index < tree.Split;
            path.Add(below ? right : left);
            tree = below ? left : right;
        }

        path.Reverse();
        return path;
    }

    /// <summary>Builds the proof from the nodes that <paramref name="read"/> gives.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree of <paramref name="size"/> leaves has no such leaf.</exception>
    public static Hash[] Build(long index, long size, NodeReader read) =>
        [.. Plan(index, size).Select(subtree => subtree.Fold(read))];

    /// <summary>Builds the proof from nodes that have to be fetched, such as those of <see cref="VerifiedTiles"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree of <paramref name="size"/> leaves has no such leaf.</exception>
    public static async Task<Hash[]> BuildAsync(long index, long size, Func<NodeId, ValueTask<Hash>> read)
    {
        var proof = new List<Hash>();
        foreach (var subtree in Plan(index, size)) proof.Add(await subtree.FoldAsync(read).ConfigureAwait(false));
        return [.. proof];
    }

    /// <summary>
    /// Whether <paramref name="proof"/> shows that <paramref name="leaf"/> stands at <paramref name="index"/> in the tree of
    /// <paramref name="size"/> leaves under <paramref name="root"/>. The algorithm of RFC 9162 §2.1.3.2; a proof of the wrong
    /// length fails.
    /// </summary>
    public static bool Verify(Hash leaf, long index, long size, ReadOnlySpan<Hash> proof, Hash root)
    {
        if (index < 0 || index >= size) return false;
        var (node, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in proof)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleTree.NodeHash(sibling, hash);
                // On the right edge a node without a sibling rises unchanged until it is itself a right child.
                for (; (node & 1) == 0 && node != 0; node >>= 1) last >>= 1;
            }
            else hash = MerkleTree.NodeHash(hash, sibling);

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }
}
