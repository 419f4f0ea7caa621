using Probity.Ledger.Formats;
using Probity.Ledger.Witnessing;
using static Probity.Ledger.Tests.Witnessing.SmallWitness;
using static Probity.Ledger.Tests.Witnessing.WitnessHost;

namespace Probity.Ledger.Tests.Witnessing;

/// <summary>What a log makes of what a witness answers.</summary>
public sealed class WitnessClientTests : IDisposable
{
    static readonly SignerKey Log = SignerKey.Generate(Origin);
    readonly SmallWitness _small = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _small.Dispose();

    [Fact]
    public async Task A_witness_is_asked_from_where_it_says_that_it_is()
    {
        await using var witness = await _small.OpenAsync();
        using var host = new WitnessHost(witness);
        using var client = new WitnessClient(new PolicyWitness("w", witness.VerifierKey, host.Url), TimeSpan.FromSeconds(10));
        Assert.IsType<WitnessView.Nothing>(await client.ReadCheckpointAsync(_small.Key.Verifier, Ct));
        foreach (var (size, believed, asked) in ((long, long, int)[])[(3, 0, 1), (7, 3, 1), (12, 0, 2), (20, 11, 2), (20, 20, 1)])
        {
            var before = host.Asked;
            var note = Tree(size).Sign(_small.Key);
            var cosigned = Assert.IsType<WitnessReply.Cosigned>(await client.SubmitAsync(note, believed, Prove, Ct));
            Assert.Equal(asked, host.Asked - before);
            Checkpoint.Open(note.With(cosigned.Signature), _small.Key.Verifier, witness.VerifierKey);
            var shown = Assert.IsType<WitnessView.Shown>(await client.ReadCheckpointAsync(_small.Key.Verifier, Ct));
            Assert.Equal((Tree(size), true), (shown.Checkpoint, shown.Cosigned));
        }

        Assert.Equal(new WitnessReply.Larger(20), await client.SubmitAsync(Tree(9).Sign(_small.Key), 3, Prove, Ct));
        Assert.Equal(new WitnessReply.NoExtension(20), await client.SubmitAsync(Tree(20, MerkleTree.EmptyRoot).Sign(_small.Key), 20, Prove, Ct));
        Assert.Equal(new WitnessReply.NoExtension(20), await client.SubmitAsync(Tree(30, MerkleTree.EmptyRoot).Sign(_small.Key), 20, Prove, Ct));
        using var other = SignerKey.Generate(Origin);
        Assert.Contains("403", Assert.IsType<WitnessReply.Failed>(await client.SubmitAsync(Tree(30).Sign(other), 20, Prove, Ct)).Message, StringComparison.Ordinal);
        Assert.IsType<WitnessView.Failed>(await client.ReadCheckpointAsync(other.Verifier, Ct));
    }

    [Theory]
    [InlineData(200, "", "cannot be read")]
    [InlineData(200, "<html>", "cannot be read")]
    [InlineData(200, "<stranger>", "without a cosignature")]
    [InlineData(200, "<forged>", "without a cosignature")]
    [InlineData(200, "<zero>", "without a cosignature")]
    [InlineData(200, "<plain>", "without a cosignature")]
    [InlineData(200, "<long>", "too long")]
    [InlineData(409, "", "does not say a size")]
    [InlineData(409, "-1\n", "does not say a size")]
    [InlineData(409, "0x10\n", "does not say a size")]
    [InlineData(409, "<other>", "another size each")]
    [InlineData(404, "", "404")]
    [InlineData(403, "", "403")]
    [InlineData(302, "", "302")]
    [InlineData(500, "", "500")]
    public async Task What_is_no_answer_of_a_witness_is_told_and_counts_for_nothing(int status, string body, string told)
    {
        using var stranger = SignerKey.Generate("w0.example", SignatureType.CosignatureEd25519);
        var note = Tree(9).Sign(Log);
        var turn = 0;
        using var host = new WitnessHost((_, _) => Task.FromResult(Plain(status, body switch
        {
            "<stranger>" => $"{stranger.Cosign(note.Text, DateTimeOffset.UtcNow)}\n",
            "<forged>" => $"{new NoteSignature(Key(0).Name, Key(0).Id, new byte[72])}\n",
            "<zero>" => $"{Keys[0].Cosign(note.Text, DateTimeOffset.UnixEpoch)}\n",
            "<plain>" => $"{note.Signatures[0]}\n",
            "<long>" => new string('x', 1 << 20),
            "<other>" => $"{turn++ % 9}\n",
            _ => body,
        })));
        using var client = new WitnessClient(new PolicyWitness("w", Key(0), host.Url), TimeSpan.FromSeconds(10));
        var failed = Assert.IsType<WitnessReply.Failed>(await client.SubmitAsync(note, 4, Prove, Ct));
        Assert.Contains(told, failed.Message, StringComparison.Ordinal);
        Assert.InRange(host.Asked, 1, 4);
    }

    [Fact]
    public async Task Lines_of_others_beside_its_own_are_passed_over()
    {
        using var stranger = SignerKey.Generate("stranger.example", SignatureType.CosignatureEd25519);
        var note = Tree(9).Sign(Log);
        var good = Keys[0].Cosign(note.Text, DateTimeOffset.UnixEpoch.AddSeconds(5));
        using var host = new WitnessHost((_, _) => Task.FromResult(Plain(200,
            $"{stranger.Cosign(note.Text, DateTimeOffset.UtcNow)}\n{new NoteSignature(Key(0).Name, Key(0).Id, new byte[72])}\n{good}\n")));
        using var client = new WitnessClient(new PolicyWitness("w", Key(0), host.Url), TimeSpan.FromSeconds(10));
        Assert.Equal(new WitnessReply.Cosigned(good, DateTimeOffset.UnixEpoch.AddSeconds(5)), await client.SubmitAsync(note, 0, Prove, Ct));
    }

    [Fact]
    public async Task The_answers_of_the_first_version_are_understood()
    {
        // Then the same size with another root was a conflict, and its body the size.
        using var host = new WitnessHost((_, _) => Task.FromResult(Plain(409, "9\n", WitnessAnswer.SizeType)));
        using var client = new WitnessClient(new PolicyWitness("w", Key(0), host.Url), TimeSpan.FromSeconds(10));
        Assert.Equal(new WitnessReply.NoExtension(9), await client.SubmitAsync(Tree(9).Sign(Log), 9, Prove, Ct));
        Assert.Equal(new WitnessReply.NoExtension(9), await client.SubmitAsync(Tree(9).Sign(Log), 3, Prove, Ct));
    }

    [Fact]
    public async Task A_witness_that_hangs_or_is_not_there_is_given_up()
    {
        using var host = new WitnessHost((_, _) => Never());
        using var hanging = new WitnessClient(new PolicyWitness("w", Key(0), host.Url), TimeSpan.FromMilliseconds(300));
        Assert.IsType<WitnessReply.Failed>(await hanging.SubmitAsync(Tree(9).Sign(Log), 0, Prove, Ct));
        Assert.IsType<WitnessView.Failed>(await hanging.ReadCheckpointAsync(Log.Verifier, Ct));
        using var absent = new WitnessClient(new PolicyWitness("w", Key(0), "http://127.0.0.1:9/"), TimeSpan.FromSeconds(10));
        Assert.IsType<WitnessReply.Failed>(await absent.SubmitAsync(Tree(9).Sign(Log), 0, Prove, Ct));
    }

    [Theory]
    [InlineData(null), InlineData("ombudsman.example"), InlineData("ftp://ombudsman.example/"), InlineData("/etc/passwd")]
    public void What_is_no_URL_is_refused(string? url) =>
        Assert.Throws<FormatException>(() => new WitnessClient(new PolicyWitness("w", Key(0), url), TimeSpan.FromSeconds(1)));

    static Task<Hash[]> Prove(long old, long size, CancellationToken ct) => Task.FromResult(ConsistencyProof.Build(old, size, SmallWitness.Log.Node));
}
