using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Tests.Formats;

/// <summary>What the published transcripts do not ask of witnesses, quorums and proofs.</summary>
public class WitnessTests
{
    static readonly GrowingLog Log = new(20);
    static readonly SignerKey LogKey = SignerKey.Generate("log.example");
    static readonly SignerKey Stranger = SignerKey.Generate("stranger.example");

    [Fact]
    public void A_log_that_grew_is_cosigned() =>
        Assert.Equal(Tree(9), Assert.IsType<WitnessDecision.Cosign>(Decide(5, Tree(9), Tree(5))).Checkpoint);

    [Fact]
    public void The_first_checkpoint_is_cosigned_without_proof() => Assert.Equal(200, Decide(0, Tree(9), null).Status);

    [Fact]
    public void The_same_checkpoint_is_cosigned_again() => Assert.Equal(200, Decide(9, Tree(9), Tree(9)).Status);

    [Fact]
    public void The_same_size_with_another_root_is_inconsistent() =>
        Assert.Equal(422, Decide(9, Tree(9) with { Root = Tree(8).Root }, Tree(9), proof: []).Status);

    [Fact]
    public void A_rewritten_log_is_inconsistent() =>
        Assert.Equal(422, Decide(5, Tree(9), Tree(5) with { Root = Tree(4).Root }).Status);

    [Fact]
    public void A_proof_from_nothing_is_inconsistent() =>
        Assert.Equal(422, Decide(0, Tree(9), null, proof: [MerkleTree.EmptyRoot]).Status);

    [Fact]
    public void An_empty_log_has_the_empty_root()
    {
        Assert.Equal(200, Decide(0, Tree(0), null).Status);
        Assert.Equal(422, Decide(0, Tree(0) with { Root = Tree(1).Root }, null).Status);
    }

    [Fact]
    public void A_log_does_not_shrink() => Assert.Equal(400, Decide(9, Tree(5), Tree(9), proof: []).Status);

    [Fact]
    public void Another_old_size_is_answered_with_the_one_that_was_cosigned() =>
        Assert.Equal((409, "7\n"), Decide(5, Tree(9), Tree(7)) is { } decision ? (decision.Status, decision.Message) : default);

    [Fact]
    public void Only_a_trusted_key_is_heard_and_only_a_known_log()
    {
        var request = new AddCheckpointRequest(0, [], Tree(3).Sign(LogKey));
        Assert.Equal(200, WitnessDecision.Decide(request, [Stranger.Verifier, LogKey.Verifier], null).Status);
        Assert.Equal(403, WitnessDecision.Decide(request, [Stranger.Verifier], null).Status);
        Assert.Equal(404, WitnessDecision.Decide(request, [], null).Status);
    }

    [Fact]
    public void A_key_that_cosigns_under_two_names_counts_once()
    {
        using var one = SignerKey.Generate("one.example", SignatureType.CosignatureEd25519);
        var skey = one.Export();
        var renamed = new VerifierKey("two.example", one.Verifier.Type, one.Verifier.PublicKey);
        using var two = SignerKey.Parse(skey.Replace("one.example", "two.example")
            .Replace(VerifierKey.Hex(one.Verifier.Id), VerifierKey.Hex(renamed.Id)));
        var note = Tree(6).Sign(LogKey);
        note = note.With(one.Cosign(note.Text, DateTimeOffset.UnixEpoch), two.Cosign(note.Text, DateTimeOffset.UnixEpoch));
        var proof = new TlogProof(2, InclusionProof.Build(2, 6, Log.Node), $"{note}");
        var leaf = Log.Node(new NodeId(0, 2));

        Assert.Equal(Tree(6), proof.Verify(leaf, LogKey.Verifier, [one.Verifier, two.Verifier], 1).Checkpoint);
        Assert.Throws<InvalidProofException>(() => proof.Verify(leaf, LogKey.Verifier, [one.Verifier, two.Verifier], 2));
        Assert.Throws<ArgumentException>(() => proof.Verify(leaf, LogKey.Verifier, [Stranger.Verifier], 0));
    }

    [Theory]
    [InlineData("quorum none\nquorum none")]
    [InlineData("quorum w")]
    [InlineData("witness w <W>\nwitness w <W>\nquorum w")]
    [InlineData("witness none <W>\nquorum none")]
    [InlineData("witness w <W>\ngroup g 2 w\nquorum g")]
    [InlineData("witness w <W>\ngroup g 0 w\nquorum g")]
    [InlineData("witness w <W>\ngroup g 01 w\nquorum g")]
    [InlineData("witness w <W>\ngroup g any w w\nquorum g")]
    [InlineData("witness w <W>\ngroup g any w\ngroup h any w\nquorum g")]
    [InlineData("group g any g\nquorum g")]
    [InlineData("group g any\nquorum none")]
    [InlineData("log <W>\nquorum none")]
    [InlineData("log <L>\nlog <L>\nquorum none")]
    [InlineData("quorum none\r\n")]
    [InlineData("other\nquorum none")]
    public void A_policy_that_breaks_a_rule_is_refused(string policy)
    {
        using var witness = SignerKey.Generate("witness.example", SignatureType.CosignatureEd25519);
        var bytes = Encoding.UTF8.GetBytes(policy.Replace("<W>", $"{witness}").Replace("<L>", $"{LogKey}"));
        Assert.Throws<FormatException>(() => TlogPolicy.Parse(bytes));
    }

    [Fact]
    public void Groups_nest()
    {
        VerifierKey[] keys =
            [.. Enumerable.Range(0, 5).Select(i => SignerKey.Generate($"w{i}.example", SignatureType.CosignatureEd25519).Verifier)];
        var witnesses = string.Concat(keys.Select((key, i) => $"\twitness w{i} {key}\n"));
        var groups = "# two of three, and one of two\ngroup x 2 w0 w1 w2\ngroup y any w3 w4\ngroup both all x y\nquorum both";
        var policy = TlogPolicy.Parse(Encoding.UTF8.GetBytes(witnesses + groups));
        Assert.True(policy.IsQuorum([keys[0], keys[2], keys[4]]));
        Assert.False(policy.IsQuorum([keys[0], keys[3], keys[4]]));
        Assert.False(policy.IsQuorum([keys[0], keys[1], keys[2]]));
    }

    static Checkpoint Tree(long size) => new("log.example", size, Log.RootAt(size));

    static WitnessDecision Decide(long old, Checkpoint now, Checkpoint? latest, Hash[]? proof = null) => WitnessDecision.Decide(
        new AddCheckpointRequest(old, proof ?? ConsistencyProof.Build(old, now.Size, Log.Node), now.Sign(LogKey)), [LogKey.Verifier], latest);
}
