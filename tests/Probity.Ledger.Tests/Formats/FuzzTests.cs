using System.Text;
using CsCheck;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Tests.Formats;

/// <summary>Random bytes and damaged valid input: nothing but the declared exception, and what is read can be written again.</summary>
public class FuzzTests
{
    static readonly int Seconds = Environment.GetEnvironmentVariable("CI") is null ? 1 : 15;
    static readonly SignerKey LogKey = SignerKey.Generate("log.example");
    static readonly SignerKey Witness = SignerKey.Generate("witness.example", SignatureType.CosignatureEd25519);

    static readonly string[] Telling = ["\n", "\n\n", "x", "0", "+", " ", "=", ".p/", "\u2014 "];

    static SignedNote Note()
    {
        var note = new Checkpoint("log.example", 5, MerkleTree.LeafHash([1])).Sign(LogKey);
        return note.With(Witness.Cosign(note.Text, DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Notes() => Fuzz(Note().ToBytes(), bytes =>
    {
        var note = SignedNote.Parse(bytes);
        Assert.Equal(note.ToString(), SignedNote.Parse(note.ToBytes()).ToString());
        try { Checkpoint.Open(bytes, LogKey.Verifier, Witness.Verifier); }
        catch (InvalidSignatureException) { }
    });

    [Fact]
    public void Tile_paths() => Fuzz("tile/3/x001/x234/067.p/8"u8.ToArray(), bytes =>
    {
        var path = Encoding.Latin1.GetString(bytes);
        Assert.Equal(path, Tile.Parse(path).Path);
    });

    [Fact]
    public void Bundle_paths() => Fuzz("tile/entries/x001/x234/067.p/8"u8.ToArray(), bytes =>
    {
        var path = Encoding.Latin1.GetString(bytes);
        Assert.Equal(path, EntryBundle.Parse(path).Path);
    });

    [Fact]
    public void Entry_bundles() => Fuzz(EntryBundle.Encode([new byte[3], ReadOnlyMemory<byte>.Empty, new byte[300]]), bytes =>
        Assert.Equal(bytes, EntryBundle.Encode(new EntryBundle(0, 3).Decode(bytes))));

    [Fact]
    public void Tlog_proofs() => Fuzz(new TlogProof(3, [MerkleTree.EmptyRoot, MerkleTree.EmptyRoot], $"{Note()}", new byte[5]), bytes =>
    {
        var proof = TlogProof.Parse(bytes);
        Assert.Equal(proof, TlogProof.Parse(Encoding.UTF8.GetBytes(proof.ToString())));
        try { proof.Verify(MerkleTree.EmptyRoot, LogKey.Verifier, [Witness.Verifier], 1); }
        catch (Exception e) when (e is InvalidSignatureException or InvalidProofException) { }
    });

    [Theory]
    [InlineData(ReceiptForm.Entry), InlineData(ReceiptForm.Header), InlineData(ReceiptForm.Content)]
    public void Leaf_openings(ReceiptForm form) => Fuzz(Opening(form).Encode(), bytes =>
    {
        var opening = LeafOpening.Decode(bytes);
        Assert.Equal(bytes, opening.Encode());
    }, Math.Max(1, Seconds / 6));

    [Fact]
    public void Receipts() => Fuzz(new TlogProof(0, [], $"{new Checkpoint("log.example", 1, Opening(ReceiptForm.Content).LeafHash).Sign(LogKey)}", Opening(ReceiptForm.Content).Encode()), bytes =>
    {
        var report = ReceiptVerifier.Verify(bytes, new ReceiptRequest(LogKey.Verifier, null));
        // Whatever was damaged: what still counts as proved says what was recorded.
        if (report.Proved && report.Opening.Form == ReceiptForm.Content) Assert.Equal("payload"u8, report.Opening.Payload.Span);
    }, Math.Max(1, Seconds / 3));

    static readonly RecordHeader FuzzedHeader = new(
        0, new StreamId(Guid.Empty), 1, "cases.opened.v1", DateTimeOffset.UnixEpoch, null, new ActorId(Guid.Empty), Guid.Empty,
        new CompartmentId(Guid.Empty), System.Security.Cryptography.SHA256.HashData([.. new byte[32], .. "payload"u8]), new byte[32]);

    static LeafOpening Opening(ReceiptForm form) => form switch
    {
        ReceiptForm.Entry => LeafOpening.OfEntry(new byte[33]),
        ReceiptForm.Header => LeafOpening.OfHeader(HeaderEncoding.Encode(FuzzedHeader)),
        _ => LeafOpening.OfContent(HeaderEncoding.Encode(FuzzedHeader), new byte[32], "payload"u8.ToArray()),
    };

    [Fact]
    public void Requests_to_witnesses() => Fuzz(new AddCheckpointRequest(3, [MerkleTree.EmptyRoot], Note()), bytes =>
    {
        var request = AddCheckpointRequest.Parse(bytes);
        Assert.Equal(request, AddCheckpointRequest.Parse(Encoding.UTF8.GetBytes(request.ToString())));
        Assert.InRange(WitnessDecision.Decide(request, [LogKey.Verifier], null).Status, 200, 422);
    });

    [Fact]
    public void Policies() => Fuzz($"log {LogKey} https://log.example\nwitness w {Witness}\ngroup g 1 w\nquorum g\n", bytes =>
        Assert.False(TlogPolicy.Parse(bytes).IsQuorum([LogKey.Verifier]) && !Encoding.UTF8.GetString(bytes).Contains("none")));

    static void Fuzz(object valid, Action<byte[]> read, int? seconds = null) => Fuzz(Encoding.UTF8.GetBytes($"{valid}"), read, seconds);

    static void Fuzz(byte[] valid, Action<byte[]> read, int? seconds = null)
    {
        read(valid);
        // Each damage replaces a few bytes somewhere by others: by any, or by those that mean something in these formats.
        var pieces = Gen.OneOf(Gen.Byte.Array[0, 12], Gen.Int[0, Telling.Length - 1].Select(i => Encoding.UTF8.GetBytes(Telling[i])));
        var damage = Gen.Select(Gen.Int[0, valid.Length], Gen.Int[0, 12], pieces);
        var damaged = damage.Array[1, 3].Select(all => all.Aggregate(valid, (bytes, one) =>
        {
            var at = Math.Min(one.Item1, bytes.Length);
            return [.. bytes[..at], .. one.Item3, .. bytes[Math.Min(at + one.Item2, bytes.Length)..]];
        }));
        Gen.OneOf(damaged, damaged, Gen.Byte.Array[0, 200]).Sample(bytes =>
        {
            try { read(bytes); }
            catch (FormatException) { }
        }, time: seconds ?? Seconds);
    }
}
