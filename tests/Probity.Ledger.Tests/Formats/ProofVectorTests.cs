using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Tests.Formats;

public class ProofVectorTests
{
    [Fact]
    public void Tlog_proofs_have_the_bytes_of_the_reference()
    {
        foreach (var vector in Vectors.Json("tlog-proof-marshal.json").EnumerateArray())
        {
            var hashes = vector.GetProperty("hashes").EnumerateArray().Select(x => Hash.FromBase64(x.GetString()!)).ToArray();
            var extra = Encoding.UTF8.GetBytes(vector.OptionalString("extra") ?? "");
            var proof = new TlogProof(vector.GetProperty("index").GetInt64(), hashes, vector.String("checkpoint"), extra);
            Assert.Equal(vector.String("want"), proof.ToString());
            Assert.Equal(vector.String("want"), TlogProof.Parse(Encoding.UTF8.GetBytes(proof.ToString())).ToString());
        }
    }

    [Fact]
    public void Tlog_proofs_are_refused_where_the_reference_says()
    {
        string[] also = ["c2sp.org/tlog-proof@v1\nindex 01\n\ncheckpoint\n", "c2sp.org/tlog-proof@v1\nindex 1\n\n"];
        foreach (var text in Vectors.Json("tlog-proof-reject.json").EnumerateArray().Select(x => x.GetString()!).Concat(also))
            Assert.Throws<FormatException>(() => TlogProof.Parse(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Proofs_of_our_log_are_those_that_Go_made_and_verify_with_both_cosigners()
    {
        var (key, cosigners) = DerivedKeys();
        var log = new GrowingLog(70_000);
        foreach (var (name, path) in Vectors.Files("derived/proof"))
        {
            var bytes = File.ReadAllBytes(path);
            var proof = TlogProof.Parse(bytes);
            var numbers = name.Split('-', '.');
            var (index, size) = (long.Parse(numbers[0], null), long.Parse(numbers[2], null));
            var leaf = MerkleTree.LeafHash(GrowingLog.Entry(index));

            Assert.Equal(bytes, Encoding.UTF8.GetBytes(proof.ToString()));
            Assert.Equal(index, proof.Index);
            Assert.Equal(InclusionProof.Build(index, size, log.Node), proof.Proof);
            Assert.Equal(size, proof.Verify(leaf, key, cosigners, 2).Checkpoint.Size);
            Assert.Throws<InvalidProofException>(() => proof.Verify(leaf, key, cosigners, 3));
            Assert.Throws<InvalidProofException>(() => proof.Verify(leaf, key, [cosigners[0], cosigners[0]], 2));
            Assert.Throws<InvalidProofException>(() => proof.Verify(MerkleTree.LeafHash(GrowingLog.Entry(index + 1)), key, cosigners, 2));
            Assert.Throws<InvalidSignatureException>(() => proof.Verify(leaf, cosigners[0], [], 0));
        }
    }

    [Fact]
    public void Checkpoints_of_our_log_verify_with_both_cosigners()
    {
        var (key, cosigners) = DerivedKeys();
        var log = new GrowingLog(70_000);
        foreach (var (name, path) in Vectors.Files("derived", "checkpoint.*"))
        {
            var opened = Checkpoint.Open(File.ReadAllBytes(path), key, cosigners);
            Assert.Equal(name, $"checkpoint.{opened.Checkpoint.Size}");
            Assert.Equal(log.RootAt(opened.Checkpoint.Size), opened.Checkpoint.Root);
            Assert.Equal(cosigners, opened.Cosigners);
            Assert.All(opened.Signatures.Skip(1), signature => Assert.Equal(2023, signature.Time!.Value.Year));
            Assert.Null(opened.Signatures[0].Time);
        }
    }

    [Fact]
    public void Requests_to_witnesses_are_those_that_Go_made_and_a_witness_accepts_them()
    {
        var (key, _) = DerivedKeys();
        var log = new GrowingLog(70_000);
        foreach (var (name, path) in Vectors.Files("derived/add-checkpoint"))
        {
            var bytes = File.ReadAllBytes(path);
            var request = AddCheckpointRequest.Parse(bytes);
            Assert.Equal(name, $"{request.OldSize}-{request.Checkpoint.Size}.txt");
            Assert.Equal(bytes, Encoding.UTF8.GetBytes(request.ToString()));
            Assert.Equal(ConsistencyProof.Build(request.OldSize, request.Checkpoint.Size, log.Node), request.Proof);

            var latest = request.Checkpoint with { Size = request.OldSize, Root = log.RootAt(request.OldSize) };
            Assert.IsType<WitnessDecision.Cosign>(WitnessDecision.Decide(request, [key], latest));
            Assert.IsType<WitnessDecision.Conflict>(WitnessDecision.Decide(request, [key], null));
        }
    }

    internal static (VerifierKey Log, VerifierKey[] Cosigners) DerivedKeys()
    {
        var keys = Vectors.Text("derived/vkeys.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2)).ToLookup(parts => parts[0], parts => VerifierKey.Parse(parts[1]));
        return (keys["log"].Single(), [.. keys["witness"]]);
    }
}
