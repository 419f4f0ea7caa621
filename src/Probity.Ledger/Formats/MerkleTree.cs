using System.Runtime.InteropServices;

namespace Probity.Ledger.Formats;

/// <summary>
/// The Merkle tree hash of RFC 6962 §2.1. Leaves and nodes are hashed behind different prefixes, so that no entry can
/// pass for a node.
/// </summary>
public static class MerkleTree
{
    const byte LeafPrefix = 0x00, NodePrefix = 0x01;
    const int OnStack = 1024;

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static Hash EmptyRoot { get; } = HashOf([]);

    /// <summary>The hash of a leaf: SHA-256(0x00 ‖ entry).</summary>
    public static Hash LeafHash(ReadOnlySpan<byte> entry)
    {
        var length = entry.Length + 1;
        var buffer = length <= OnStack ? stackalloc byte[length] : new byte[length];
        buffer[0] = LeafPrefix;
        entry.CopyTo(buffer[1..]);
        return HashOf(buffer);
    }

    /// <summary>The hash of an inner node: SHA-256(0x01 ‖ left ‖ right).</summary>
    public static Hash NodeHash(in Hash left, in Hash right)
    {
        Span<byte> buffer = stackalloc byte[1 + 2 * Hash.Size];
        buffer[0] = NodePrefix;
        left.CopyTo(buffer[1..]);
        right.CopyTo(buffer[(1 + Hash.Size)..]);
        return HashOf(buffer);
    }

    /// <summary>The root over a row of leaf hashes.</summary>
    public static Hash Root(ReadOnlySpan<Hash> leaves)
    {
        var range = new CompactRange();
        foreach (var leaf in leaves) range.Append(leaf);
        return range.Root();
    }

    static Hash HashOf(ReadOnlySpan<byte> bytes)
    {
        Hash hash = default;
        Sha256.Hash(bytes, MemoryMarshal.AsBytes(new Span<Hash>(ref hash)));
        return hash;
    }
}
