using CsCheck;
using Probity.Ledger.Formats;
using Hash = Probity.Ledger.Formats.Hash;

namespace Probity.Ledger.Tests.Formats;

public class MerkleTests
{
    const int Largest = 1100;
    static readonly GrowingLog Log = new(Largest);

    [Fact]
    public void Known_roots_of_RFC_6962()
    {
        string[] entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        var leaves = entries.Select(entry => MerkleTree.LeafHash(Convert.FromHexString(entry))).ToArray();
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hex(MerkleTree.EmptyRoot));
        Assert.Equal("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", Hex(MerkleTree.Root(leaves.AsSpan(0, 1))));
        Assert.Equal("aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", Hex(MerkleTree.Root(leaves.AsSpan(0, 3))));
        Assert.Equal("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328", Hex(MerkleTree.Root(leaves)));
    }

    [Fact]
    public void Roots_are_those_of_the_recursive_definition() => Gen.Int[0, 600].Sample(size =>
        Log.RootAt(size) == Defined(0, size)
        && MerkleTree.Root([.. Enumerable.Range(0, size).Select(i => MerkleTree.LeafHash(GrowingLog.Entry(i)))]) == Defined(0, size), iter: 20);

    [Fact]
    public void A_long_leaf_is_hashed_as_a_short_one_is()
    {
        foreach (var length in (int[])[0, 1022, 1023, 1024, 1025, 65_535])
        {
            var entry = new byte[length];
            Array.Fill(entry, (byte)7);
            Assert.Equal(System.Security.Cryptography.SHA256.HashData([0, .. entry]), MerkleTree.LeafHash(entry).ToArray());
        }
    }

    [Fact]
    public void Inclusion_proofs_verify_and_no_altered_one_does() =>
        Gen.Select(Gen.Int[1, Largest], Gen.Int[0, Largest - 1], Gen.Int[0, 255], Gen.Int[0, Largest - 1]).Sample((size, at, bit, other) =>
        {
            var index = at % size;
            var (leaf, root, proof) = (Log.Node(new NodeId(0, index)), Log.RootAt(size), InclusionProof.Build(index, size, Log.Node));
            Assert.True(InclusionProof.Verify(leaf, index, size, proof, root));
            Assert.False(InclusionProof.Verify(Flip(leaf, bit), index, size, proof, root));
            Assert.False(InclusionProof.Verify(leaf, index, size, proof, Flip(root, bit)));
            Assert.False(other % size != index && InclusionProof.Verify(leaf, other % size, size, proof, root));
            Assert.False(InclusionProof.Verify(leaf, index + size, size, proof, root));
            foreach (var altered in Altered(proof, bit)) Assert.False(InclusionProof.Verify(leaf, index, size, altered, root));
        }, iter: 300);

    [Fact]
    public void Consistency_proofs_verify_and_no_altered_one_does() =>
        Gen.Int[0, Largest].SelectMany(size => Gen.Select(Gen.Const(size), Gen.Int[0, size], Gen.Int[0, 255])).Sample((size2, size1, bit) =>
        {
            var (root1, root2, proof) = (Log.RootAt(size1), Log.RootAt(size2), ConsistencyProof.Build(size1, size2, Log.Node));
            Assert.True(ConsistencyProof.Verify(size1, size2, proof, root1, root2));
            Assert.False(ConsistencyProof.Verify(size1, size2, proof, Flip(root1, bit), root2));
            // Everything begins with nothing: only then does the second root not matter.
            Assert.Equal(size1 == 0 && size2 > 0, ConsistencyProof.Verify(size1, size2, proof, root1, Flip(root2, bit)));
            if (size1 != size2) Assert.False(ConsistencyProof.Verify(size2, size1, proof, root2, root1));
            foreach (var altered in Altered(proof, bit)) Assert.False(ConsistencyProof.Verify(size1, size2, altered, root1, root2));
        }, iter: 300);

    [Fact]
    public void A_proof_for_what_the_tree_does_not_hold_is_not_built()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => InclusionProof.Build(5, 5, Log.Node));
        Assert.Throws<ArgumentOutOfRangeException>(() => InclusionProof.Build(-1, 5, Log.Node));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConsistencyProof.Build(6, 5, Log.Node));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConsistencyProof.Build(-1, 5, Log.Node));
    }

    [Fact]
    public void A_proof_in_the_largest_tree_has_63_hashes_at_most()
    {
        Assert.Equal(63, InclusionProof.Plan(0, long.MaxValue).Count);
        Assert.All(InclusionProof.Plan(long.MaxValue / 3, long.MaxValue), subtree => Assert.NotEmpty(subtree.Nodes()));
        Assert.InRange(ConsistencyProof.Plan(long.MaxValue / 3, long.MaxValue).Count, 1, 63);
    }

    [Fact]
    public void A_cloned_frontier_grows_on_its_own()
    {
        var range = new CompactRange(5, Log.Node);
        var clone = range.Clone();
        for (var i = 5; i < 9; i++) clone.Append(Log.Node(new NodeId(0, i)));
        Assert.Equal((5, Log.RootAt(5)), (range.Size, range.Root()));
        Assert.Equal((9, Log.RootAt(9)), (clone.Size, clone.Root()));
        Assert.Equal(Log.Node(new NodeId(3, 0)), clone.Peak(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => clone.Peak(2));
    }

    static IEnumerable<Hash[]> Altered(Hash[] proof, int bit)
    {
        for (var i = 0; i < proof.Length; i++)
        {
            yield return [.. proof[..i], Flip(proof[i], bit), .. proof[(i + 1)..]];
            yield return [.. proof[..i], .. proof[(i + 1)..]];
            yield return [.. proof[..i], proof[i], .. proof[i..]];
        }

        yield return [.. proof, MerkleTree.EmptyRoot];
        yield return [MerkleTree.EmptyRoot, .. proof];
    }

    static Hash Flip(Hash hash, int bit)
    {
        var bytes = hash.ToArray();
        bytes[bit / 8] ^= (byte)(1 << bit % 8);
        return new Hash(bytes);
    }

    // RFC 6962 §2.1, word for word.
    static Hash Defined(int start, int end)
    {
        if (end - start == 0) return MerkleTree.EmptyRoot;
        if (end - start == 1) return MerkleTree.LeafHash(GrowingLog.Entry(start));
        var k = 1;
        while (2 * k < end - start) k *= 2;
        return MerkleTree.NodeHash(Defined(start, start + k), Defined(start + k, end));
    }

    static string Hex(Hash hash) => Convert.ToHexStringLower(hash.ToArray());
}
