using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Tests.Formats;

public class WitnessVectorTests
{
    [Fact]
    public void A_witness_answers_as_the_protocol_says()
    {
        var vector = Vectors.Json("witness-add-checkpoint.json");
        var key = VerifierKey.Parse(vector.String("logVkey"));
        Checkpoint? latest = null;
        foreach (var step in vector.GetProperty("steps").EnumerateArray())
        {
            var request = AddCheckpointRequest.Parse(Encoding.UTF8.GetBytes(step.String("body")));
            VerifierKey[] keys = request.Checkpoint.Origin == vector.String("origin") ? [key] : [];
            var decision = WitnessDecision.Decide(request, keys, latest);
            Assert.Equal(step.GetProperty("specStatus").GetInt32(), decision.Status);
            if (decision is WitnessDecision.Cosign cosign) latest = cosign.Checkpoint;
        }

        Assert.Equal(3, latest?.Size);
    }

    [Fact]
    public void The_example_of_the_protocol_parses()
    {
        var body = Vectors.Json("witness-c2sp-example.json").String("body");
        var request = AddCheckpointRequest.Parse(Encoding.UTF8.GetBytes(body));
        Assert.Equal((20852014, 4, 20852163), (request.OldSize, request.Proof.Count, request.Checkpoint.Size));
        Assert.Equal(body, request.ToString());
    }

    [Fact]
    public void Policies_parse_exactly_where_the_reference_says()
    {
        foreach (var vector in Vectors.Json("witness-policy.json").EnumerateArray())
        {
            var bytes = Encoding.UTF8.GetBytes(vector.String("policy"));
            if (vector.OptionalString("wantN") is null) Assert.Throws<FormatException>(() => TlogPolicy.Parse(bytes));
            else Assert.NotEmpty(TlogPolicy.Parse(bytes).Witnesses);
        }
    }

    [Fact]
    public void A_quorum_of_two_takes_two_keys()
    {
        var vector = Vectors.Json("witness-policy.json").EnumerateArray().First(vector => vector.String("desc") == "group numerical");
        var policy = TlogPolicy.Parse(Encoding.UTF8.GetBytes(vector.String("policy")));
        var keys = policy.Witnesses.Select(witness => witness.Key).ToArray();

        // Witnesses 2 and 3 of the reference share a key.
        Assert.Equal(keys[1], keys[2]);
        Assert.False(policy.IsQuorum([keys[0]]));
        Assert.False(policy.IsQuorum([keys[1], keys[2]]));
        Assert.True(policy.IsQuorum([keys[0], keys[1]]));
        Assert.True(policy.IsQuorum([keys[1], keys[3]]));
    }

    [Fact]
    public void A_proof_of_our_log_verifies_against_a_policy()
    {
        var lines = Vectors.Text("derived/vkeys.txt").Replace("witness witness.example/ombudsman", "witness a witness.example/ombudsman")
            .Replace("witness witness.example/court", "witness b witness.example/court");
        var proof = TlogProof.Parse(Vectors.Bytes("derived/proof/333-of-1000.tlog-proof"));
        var leaf = MerkleTree.LeafHash(GrowingLog.Entry(333));
        var both = TlogPolicy.Parse(Encoding.UTF8.GetBytes($"# who must have seen it\n{lines}group g all a b\nquorum g\n"));
        Assert.Equal(1000, proof.Verify(leaf, both).Checkpoint.Size);
        Assert.Throws<InvalidProofException>(() => proof.Verify(MerkleTree.LeafHash([]), both));

        var third = "witness c Wit2+112f0455+BCy8NYvyk7N1dkxNxgrI3YAJzQDc0FIfs0q7q8U/cwOF\n";
        var absent = TlogPolicy.Parse(Encoding.UTF8.GetBytes($"{lines}{third}group g all a b c\nquorum g\n"));
        Assert.Throws<InvalidProofException>(() => proof.Verify(leaf, absent));
        Assert.Equal(1000, proof.Verify(leaf, TlogPolicy.Parse(Encoding.UTF8.GetBytes($"{lines}quorum none"))).Checkpoint.Size);
    }
}
