using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Tests.Formats;

public class NoteTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Notes_come_back_as_they_went() =>
        Gen.Select(Gen.String[Gen.Char["ab \n\u00e9\u2014+"], 0, 60], Gen.Int[1, 20]).Sample((body, signers) =>
        {
            var keys = Enumerable.Range(0, signers).Select(i => SignerKey.Generate($"signer/{i}")).ToArray();
            var note = SignedNote.Sign(body + "\n", keys);
            var parsed = SignedNote.Parse(note.ToBytes());
            Assert.Equal(note.Text, parsed.Text);
            Assert.Equal(note.Signatures, parsed.Signatures);
            Assert.Equal(keys.Select(key => key.Verifier), parsed.Verify(keys.Select(key => key.Verifier)).Select(verified => verified.Key));
        }, iter: 50);

    [Fact]
    public void A_note_with_one_bit_changed_is_malformed_or_not_genuine()
    {
        using var key = SignerKey.Generate("log.example");
        var bytes = new Checkpoint("log.example", 7, MerkleTree.EmptyRoot).Sign(key).ToBytes();
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Int[0, 7]).Sample((at, bit) =>
        {
            var changed = bytes.ToArray();
            changed[at] ^= (byte)(1 << bit);
            try { Checkpoint.Open(changed, key.Verifier); }
            catch (Exception e) when (e is FormatException or InvalidSignatureException) { return true; }
            // Only bits that base64 does not use can change without a trace.
            return SignedNote.Parse(changed).ToString() == SignedNote.Parse(bytes).ToString();
        }, iter: 500);
    }

    [Fact]
    public void Sixteen_unknown_signatures_do_not_hide_a_known_one_and_too_many_are_refused()
    {
        using var known = SignerKey.Generate("known");
        var others = Enumerable.Range(0, SignedNote.MaxSignatures).Select(i => SignerKey.Generate($"other/{i}")).ToArray();
        var note = SignedNote.Sign("text\n", [.. others.Take(16), known]);
        Assert.Equal(known.Verifier, Assert.Single(SignedNote.Parse(note.ToBytes()).Verify(known.Verifier)).Key);
        Assert.Empty(note.Verify());
        Assert.Throws<FormatException>(() => SignedNote.Sign("text\n", [.. others, known]));
        var text = $"text\n\n{string.Concat(others.Append(known).Select(key => key.Sign("text\n") + "\n"))}";
        Assert.Throws<FormatException>(() => SignedNote.Parse(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void A_second_signature_that_is_forged_spoils_the_note()
    {
        using var key = SignerKey.Generate("log.example");
        var note = SignedNote.Sign("text\n", key).With(key.Sign("other\n"));
        Assert.Throws<InvalidSignatureException>(() => SignedNote.Parse(note.ToBytes()).Verify(key.Verifier));
    }

    [Fact]
    public void A_cosignature_binds_checkpoint_and_time()
    {
        using var log = SignerKey.Generate("log.example");
        using var witness = SignerKey.Generate("witness.example", SignatureType.CosignatureEd25519);
        var checkpoint = new Checkpoint("log.example", 3, MerkleTree.LeafHash([1]));
        var note = checkpoint.Sign(log);
        var cosigned = note.With(witness.Cosign(note.Text, Noon));
        var opened = Checkpoint.Open(cosigned.ToBytes(), log.Verifier, witness.Verifier);
        Assert.Equal(checkpoint, opened.Checkpoint);
        Assert.Equal([null, Noon], opened.Signatures.Select(signature => signature.Time));

        var signature = witness.Cosign(note.Text, Noon).Signature.ToArray();
        signature[7]++;
        var later = note.With(new NoteSignature(witness.Verifier.Name, witness.Verifier.Id, signature));
        Assert.Throws<InvalidSignatureException>(() => Checkpoint.Open(later.ToBytes(), log.Verifier, witness.Verifier));
        var other = (checkpoint with { Size = 4 }).Sign(log).With(witness.Cosign(note.Text, Noon));
        Assert.Throws<InvalidSignatureException>(() => Checkpoint.Open(other.ToBytes(), log.Verifier, witness.Verifier));
    }

    [Fact]
    public void A_cosignature_by_MLDSA_counts_where_the_platform_can_check_it_and_nowhere_else()
    {
        using var log = SignerKey.Generate("log.example");
        var note = new Checkpoint("log.example", 3, MerkleTree.LeafHash([1])).Sign(log);
        if (!MLDsa.IsSupported)
        {
            var unknown = new VerifierKey("witness.example", SignatureType.CosignatureMlDsa44, new byte[1312]);
            var unchecked_ = note.With(new NoteSignature(unknown.Name, unknown.Id, new byte[8 + 2420]));
            Assert.Empty(Checkpoint.Open(unchecked_.ToBytes(), log.Verifier, unknown).Cosigners);
            return;
        }

        using var secret = MLDsa.GenerateKey(MLDsaAlgorithm.MLDsa44);
        var key = new VerifierKey("witness.example", SignatureType.CosignatureMlDsa44, secret.ExportMLDsaPublicKey());
        Assert.Equal(key, VerifierKey.Parse(key.ToString()));
        byte[] message = [.. "subtree/v1\n\0\x0fwitness.example"u8, 0, 0, 0, 0, 0, 0, 0, 9, .. "\x0blog.example"u8,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, .. MerkleTree.LeafHash([1]).ToArray()];
        byte[] signature = [0, 0, 0, 0, 0, 0, 0, 9, .. secret.SignData(message)];
        var cosigned = note.With(new NoteSignature(key.Name, key.Id, signature));
        Assert.Equal([key], Checkpoint.Open(cosigned.ToBytes(), log.Verifier, key).Cosigners);
        signature[^1] ^= 1;
        Assert.Throws<InvalidSignatureException>(() => Checkpoint.Open(cosigned.ToBytes(), log.Verifier, key));
    }

    [Fact]
    public void Another_log_s_checkpoint_is_refused_though_the_key_is_right()
    {
        using var log = SignerKey.Generate("log.example");
        var note = new Checkpoint("other.example", 3, MerkleTree.EmptyRoot).Sign(log);
        Assert.Throws<InvalidSignatureException>(() => Checkpoint.Open(note.ToBytes(), log.Verifier));
    }

    [Fact]
    public void Keys_come_back_as_they_went_and_print_no_secret()
    {
        foreach (var type in (SignatureType[])[SignatureType.Ed25519, SignatureType.CosignatureEd25519])
        {
            using var key = SignerKey.Generate("na\u00efve.example/log", type);
            using var again = SignerKey.Parse(key.Export());
            Assert.Equal(key.Verifier, again.Verifier);
            Assert.Equal(key.Verifier, VerifierKey.Parse(key.ToString()));
        }

        Assert.Throws<FormatException>(() => SignerKey.Generate("log", SignatureType.CosignatureMlDsa44));
    }

    [Fact]
    public void A_key_makes_one_kind_of_signature()
    {
        using var log = SignerKey.Generate("log.example");
        using var witness = SignerKey.Generate("witness.example", SignatureType.CosignatureEd25519);
        var checkpoint = new Checkpoint("log.example", 0, MerkleTree.EmptyRoot).ToText();
        Assert.Throws<InvalidOperationException>(() => witness.Sign(checkpoint));
        Assert.Throws<InvalidOperationException>(() => log.Cosign(checkpoint, Noon));
        Assert.Throws<FormatException>(() => witness.Cosign("no checkpoint\n", Noon));
    }

    [Fact]
    public void A_key_with_an_ID_that_is_not_its_own_is_refused()
    {
        using var key = SignerKey.Generate("log.example");
        var (id, other) = (VerifierKey.Hex(key.Verifier.Id), VerifierKey.Hex(key.Verifier.Id ^ 1));
        Assert.Throws<FormatException>(() => VerifierKey.Parse($"{key}".Replace(id, other)));
        Assert.Throws<FormatException>(() => VerifierKey.Parse($"{key}".Replace("log.", "logs.")));
        Assert.Throws<FormatException>(() => SignerKey.Parse(key.Export().Replace(id, other)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\u3000b")]
    [InlineData("a+b")]
    [InlineData("a\nb")]
    public void A_name_that_a_note_cannot_carry_is_refused(string name) =>
        Assert.Throws<FormatException>(() => SignerKey.Generate(name));

    [Fact]
    public void Text_that_UTF8_cannot_carry_is_refused()
    {
        using var key = SignerKey.Generate("log.example/\U0001F50F");
        Assert.Throws<FormatException>(() => SignerKey.Generate("\ud800"));
        Assert.Throws<FormatException>(() => SignerKey.Generate("a\udc00\ud800"));
        Assert.Throws<FormatException>(() => SignedNote.Sign("\ud800\n", key));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(0, "a\nb")]
    [InlineData(-1, "log")]
    public void A_checkpoint_that_cannot_be_read_back_is_not_written(long size, string origin) =>
        Assert.Throws<FormatException>(() => new Checkpoint(origin, size, MerkleTree.EmptyRoot).ToText());

    [Fact]
    public void Extension_lines_are_kept()
    {
        var checkpoint = new Checkpoint("log", 0, MerkleTree.EmptyRoot) { Extensions = ["one", "two words"] };
        Assert.Equal(checkpoint, Checkpoint.Parse(checkpoint.ToText()));
        Assert.Throws<FormatException>(() => (checkpoint with { Extensions = [""] }).ToText());
    }
}
