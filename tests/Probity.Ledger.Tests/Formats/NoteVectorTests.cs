using System.Text;
using System.Text.Json;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Tests.Formats;

public class NoteVectorTests
{
    [Theory]
    [InlineData("signed-note-open.json")]
    [InlineData("signed-note-c2sp-example.json")]
    public void Notes_open_exactly_where_the_reference_says(string file)
    {
        foreach (var vector in Vectors.Json(file).EnumerateArray())
        {
            var bytes = vector.OptionalString("noteBase64") is { } base64
                ? Convert.FromBase64String(base64)
                : Encoding.UTF8.GetBytes(vector.String("note"));
            var keys = Strings(vector.GetProperty("trusted")).Select(VerifierKey.Parse).ToArray();
            if (vector.String("want") != "ok")
            {
                Assert.True(Rejects(() => SignedNote.Parse(bytes).Verify(keys)), vector.ToString());
                continue;
            }

            var note = SignedNote.Parse(bytes);
            var verified = note.Verify(keys);
            Assert.Equal(bytes, note.ToBytes());
            if (!vector.TryGetProperty("verified", out var names))
            {
                Assert.NotEmpty(verified);
                continue;
            }

            Assert.Equal(Strings(names), verified.Select(signature => signature.Key.Name));
            var others = note.Signatures.Where(signature => !keys.Any(signature.IsBy)).Select(signature => signature.Name).Distinct();
            Assert.Equal(Strings(vector.GetProperty("unverified")), others);
        }
    }

    [Fact]
    public void Signing_gives_the_bytes_of_the_reference()
    {
        foreach (var vector in Vectors.Json("signed-note-sign.json").EnumerateArray())
        {
            using var key = SignerKey.Parse(vector.String("skey"));
            Assert.Equal(vector.String("skey"), key.Export());
            if (vector.String("want") == "reject") Assert.Throws<FormatException>(() => SignedNote.Sign(vector.String("text"), key));
            else Assert.Equal(vector.String("want"), SignedNote.Sign(vector.String("text"), key).ToString());
        }
    }

    [Fact]
    public void Verifier_keys_parse_exactly_where_the_reference_says()
    {
        foreach (var vector in Vectors.Json("vkeys.json").EnumerateArray())
        {
            var vkey = vector.String("vkey");
            if (vector.String("want") == "ok") Assert.Equal(vkey, VerifierKey.Parse(vkey).ToString());
            else Assert.Throws<FormatException>(() => VerifierKey.Parse(vkey));
        }
    }

    [Fact]
    public void Checkpoints_parse_exactly_where_the_reference_says()
    {
        foreach (var vector in Vectors.Json("checkpoint-body.json").EnumerateArray())
        {
            var text = vector.String("text");
            Assert.Equal(vector.String("want") == "ok", Checkpoint.TryParse(text, out var checkpoint));
            if (checkpoint is null) continue;
            Assert.Equal(vector.GetProperty("size").GetInt64(), checkpoint.Size);
            Assert.Equal(text, checkpoint.ToText());
        }
    }

    [Fact]
    public void Cosignatures_tell_their_time_where_the_reference_says()
    {
        foreach (var vector in Vectors.Json("cosignature-timestamp.json").EnumerateArray())
        {
            var signature = NoteSignature.Parse($"\u2014 name {vector.String("sig")}");
            if (vector.OptionalString("want") == "reject")
            {
                Assert.Throws<FormatException>(() => Cosignature.Time(signature));
                continue;
            }

            Assert.Equal(vector.String("keyId"), signature.KeyId.ToString("x8", null));
            Assert.Equal(vector.GetProperty("time").GetInt64(), Cosignature.Time(signature).ToUnixTimeSeconds());
        }
    }

    static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(x => x.GetString()!);

    static bool Rejects(Action open)
    {
        try { open(); }
        catch (Exception e) when (e is FormatException or InvalidSignatureException) { return true; }
        return false;
    }
}
