using Probity.Ledger.Formats;
using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Log;

public sealed class SqliteWitnessedTests() : WitnessedTests(new SqliteLogFixture());

/// <summary>A log keeps the newest checkpoint that its witnesses have cosigned, and none that they have not.</summary>
public abstract class WitnessedTests(LogFixture fixture) : LogSuite(fixture)
{
    readonly SignerKey[] _witnesses =
        [.. Enumerable.Range(0, 3).Select(i => SignerKey.Generate($"witness.example/{i}", SignatureType.CosignatureEd25519))];

    [Fact]
    public async Task A_quorum_makes_a_checkpoint_a_witnessed_one()
    {
        string kept;
        await using (var log = await Fixture.OpenAsync())
        {
            Assert.Null(log.Witnessed);
            await log.AppendAsync([], [Entry(NewStream()), Entry(NewStream())], Ct);
            var note = Cosigned(log, (0, 100), (1, 160), (2, 130));
            kept = note.ToString();
            Assert.True(await log.PutWitnessedAsync(note, TwoOfThree(), Ct));
            Assert.Equal(new WitnessedCheckpoint(2, At(130), kept), log.Witnessed);
        }

        await using var again = await Fixture.OpenAsync();
        Assert.Equal(new WitnessedCheckpoint(2, At(130), kept), again.Witnessed);
    }

    [Fact]
    public async Task Neither_an_older_size_nor_an_older_quorum_takes_the_place_of_a_newer_one()
    {
        await using var log = await Fixture.OpenAsync();
        await log.AppendAsync([], [Entry(NewStream())], Ct);
        var small = Cosigned(log, (0, 900), (1, 900));
        await log.AppendAsync([], [Entry(NewStream())], Ct);
        Assert.True(await log.PutWitnessedAsync(Cosigned(log, (0, 500), (1, 500)), TwoOfThree(), Ct));
        Assert.False(await log.PutWitnessedAsync(small, TwoOfThree(), Ct));
        Assert.False(await log.PutWitnessedAsync(Cosigned(log, (0, 499), (1, 999)), TwoOfThree(), Ct));
        Assert.False(await log.PutWitnessedAsync(Cosigned(log, (0, 500), (2, 500)), TwoOfThree(), Ct));
        Assert.Equal(At(500), log.Witnessed?.Time);
        Assert.True(await log.PutWitnessedAsync(Cosigned(log, (0, 501), (1, 999)), TwoOfThree(), Ct));
        Assert.Equal(At(501), log.Witnessed?.Time);

        // Witnesses' clocks differ: what matters first is how much they have seen.
        await log.AppendAsync([], [Entry(NewStream())], Ct);
        Assert.True(await log.PutWitnessedAsync(Cosigned(log, (0, 400), (1, 400)), TwoOfThree(), Ct));
        Assert.Equal((3, At(400)), (log.Witnessed!.Size, log.Witnessed.Time));
    }

    [Fact]
    public async Task Of_many_that_come_at_once_the_newest_stays()
    {
        await using var log = await Fixture.OpenAsync();
        await log.AppendAsync([], [Entry(NewStream())], Ct);
        var notes = Enumerable.Range(1, 20).Select(i => Cosigned(log, (0, i), (1, i))).ToArray();
        new Random(20260301).Shuffle(notes);
        await Task.WhenAll(notes.Select(note => Task.Run(() => log.PutWitnessedAsync(note, TwoOfThree(), Ct).AsTask(), Ct)));
        Assert.Equal(At(20), log.Witnessed?.Time);
        await log.DisposeAsync();
        await using var store = Fixture.OpenStore();
        Assert.Equal(At(20), (await store.ReadWitnessedAsync(Ct))?.Time);
    }

    [Fact]
    public async Task What_is_not_cosigned_by_the_quorum_or_not_of_this_log_is_refused()
    {
        await using var log = await Fixture.OpenAsync();
        await log.AppendAsync([], [Entry(NewStream())], Ct);
        var good = Cosigned(log, (0, 5), (1, 5));
        await Assert.ThrowsAsync<InvalidProofException>(() => Put(log, Cosigned(log, (0, 5)), TwoOfThree()));
        await Assert.ThrowsAsync<InvalidProofException>(() => Put(log, good, Policy("quorum none")));
        var forged = new NoteSignature(_witnesses[2].Verifier.Name, _witnesses[2].Verifier.Id, good.Signatures[1].Signature);
        await Assert.ThrowsAsync<InvalidSignatureException>(() => Put(log, good.With(forged), TwoOfThree()));

        using var secrets = Fixture.ReadSecrets();
        foreach (var (size, root) in ((long, Hash)[])[(1, MerkleTree.EmptyRoot), (2, MerkleTree.EmptyRoot)])
        {
            // Signed with the log's own stolen key, and cosigned: still not what this log holds.
            var other = SignedNote.Parse(secrets.Sign(log.Origin, size, root).Note);
            await Assert.ThrowsAsync<InvalidProofException>(() =>
                Put(log, other.With(_witnesses.Select(witness => witness.Cosign(other.Text, At(7)))), TwoOfThree()));
        }

        using var stranger = SignerKey.Generate(log.Origin);
        var theirs = new Checkpoint(log.Origin, 1, MerkleTree.EmptyRoot).Sign(stranger);
        await Assert.ThrowsAsync<InvalidSignatureException>(() => Put(log, theirs, TwoOfThree()));
        Assert.Null(log.Witnessed);
    }

    [Fact]
    public async Task A_log_that_is_shorter_than_what_was_witnessed_of_it_does_not_open()
    {
        await using (await Fixture.OpenAsync()) { }
        await using (var store = Fixture.OpenStore())
        {
            using var secrets = Fixture.ReadSecrets();
            await store.WriteWitnessedAsync(new WitnessedCheckpoint(5, At(5), secrets.Sign("example.org/unit", 5, MerkleTree.EmptyRoot).Note), Ct);
        }

        await Assert.ThrowsAsync<InvalidDataException>(() => Fixture.OpenAsync());
    }

    static Task<bool> Put(TransparencyLog log, SignedNote note, TlogPolicy policy) => log.PutWitnessedAsync(note, policy, Ct).AsTask();

    static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    SignedNote Cosigned(TransparencyLog log, params (int Witness, long Seconds)[] cosignatures)
    {
        var note = SignedNote.Parse(log.Checkpoint);
        return note.With(cosignatures.Select(one => _witnesses[one.Witness].Cosign(note.Text, At(one.Seconds))));
    }

    TlogPolicy TwoOfThree() => Policy("group g 2 w0 w1 w2\nquorum g");

    TlogPolicy Policy(string quorum) => TlogPolicy.Parse(System.Text.Encoding.UTF8.GetBytes(
        string.Concat(_witnesses.Select((witness, i) => $"witness w{i} {witness}\n")) + quorum));
}
