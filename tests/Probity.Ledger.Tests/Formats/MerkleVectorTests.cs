using System.Text;
using System.Text.Json;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Tests.Formats;

public class MerkleVectorTests
{
    [Fact]
    public void Inclusion_proofs_verify_exactly_where_the_reference_says() =>
        Check("merkle/inclusion", vector => InclusionProof.Verify(
            Hash.FromBase64(vector.String("leafHash")), Number(vector, "leafIdx"), Number(vector, "treeSize"), Proof(vector),
            Hash.FromBase64(vector.String("root"))));

    [Fact]
    public void Consistency_proofs_verify_exactly_where_the_reference_says() =>
        Check("merkle/consistency", vector => ConsistencyProof.Verify(
            Number(vector, "size1"), Number(vector, "size2"), Proof(vector), Root(vector, "root1"), Root(vector, "root2")));

    [Fact]
    public void Hashes_are_those_of_the_reference_tree()
    {
        var vector = Vectors.Json("rfc6962-tree8.json");
        var leaves = vector.GetProperty("leafInputsHex").EnumerateArray().Select(x => Convert.FromHexString(x.GetString()!)).ToArray();
        var levels = vector.GetProperty("nodeHashesHexByLevel").EnumerateArray().Select(x => Hashes(x)).ToArray();
        var roots = Hashes(vector.GetProperty("rootHashesHexBySize"));

        var range = new CompactRange();
        var nodes = 0;
        Assert.Equal(roots[0], range.Root());
        for (var i = 0; i < leaves.Length; i++)
        {
            range.Append(MerkleTree.LeafHash(leaves[i]), (node, hash) =>
            {
                Assert.Equal(levels[node.Level][node.Index], hash);
                nodes++;
            });
            Assert.Equal(roots[i + 1], range.Root());
            Assert.Equal(roots[i + 1], MerkleTree.Root(levels[0].AsSpan(0, i + 1)));
        }

        Assert.Equal(levels.Sum(level => level.Length), nodes);
    }

    [Fact]
    public void Single_hashes_are_those_of_the_reference()
    {
        foreach (var vector in Vectors.Json("rfc6962-tree8.json").GetProperty("single").EnumerateArray())
        {
            var want = vector.String("want");
            switch (vector.String("op"))
            {
                case "emptyRoot":
                    Assert.Equal(want, Convert.ToHexStringLower(MerkleTree.EmptyRoot.ToArray()));
                    break;
                case "leaf":
                    var entry = Encoding.ASCII.GetBytes(vector.OptionalString("inAscii") ?? vector.String("in"));
                    Assert.Equal(want, Convert.ToHexStringLower(MerkleTree.LeafHash(entry).ToArray()));
                    break;
                case "node":
                    // Joins strings of four bytes, which here cannot be asked; the tree above checks nodes.
                    break;
                default:
                    Assert.Fail($"Unknown operation in {vector}");
                    break;
            }
        }
    }

    static void Check(string folder, Func<JsonElement, bool> verify)
    {
        foreach (var (name, path) in Vectors.Files(folder, "*.json"))
        {
            var vector = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
            bool accepted;
            try { accepted = verify(vector); }
            catch (FormatException) { accepted = false; }
            Assert.True(accepted != vector.GetProperty("wantErr").GetBoolean(), name);
        }
    }

    // Sizes of 64 bits become negative here, and have to be refused.
    static long Number(JsonElement vector, string name) => unchecked((long)vector.GetProperty(name).GetUInt64());

    // Some roots of the reference are words, compared and never computed with; a hash of the word stands for each.
    static Hash Root(JsonElement vector, string name)
    {
        var bytes = vector.GetProperty(name).GetBytesFromBase64();
        return bytes.Length == Hash.Size ? new Hash(bytes) : MerkleTree.LeafHash(bytes);
    }

    static Hash[] Proof(JsonElement vector) => vector.GetProperty("proof").ValueKind == JsonValueKind.Null
        ? []
        : [.. vector.GetProperty("proof").EnumerateArray().Select(x => Hash.FromBase64(x.GetString()!))];

    static Hash[] Hashes(JsonElement hexes) => [.. hexes.EnumerateArray().Select(x => new Hash(Convert.FromHexString(x.GetString()!)))];
}
