using System.Globalization;
using System.Text;
using Probity.Ledger.Formats;
using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Log;

public sealed class SqliteReceiptTests() : ReceiptTests(new SqliteLogFixture());

public sealed class PostgresReceiptTests() : ReceiptTests(new PostgresLogFixture());

public abstract class ReceiptTests(LogFixture fixture) : LogSuite(fixture)
{
    static readonly SignerKey[] Witnesses =
        [.. Enumerable.Range(1, 3).Select(i => SignerKey.Generate($"w{i}.example", SignatureType.CosignatureEd25519))];

    [Theory]
    [InlineData(ReceiptForm.Entry), InlineData(ReceiptForm.Header), InlineData(ReceiptForm.Content)]
    public async Task A_receipt_verifies_for_its_record_at_every_size(ReceiptForm form)
    {
        await using var log = await Fixture.OpenAsync();
        var stream = NewStream();
        foreach (var count in (int[])[1, 1, 5, 250, 60, 300])
        {
            var first = log.Size;
            await log.AppendAsync([], [.. Enumerable.Range(0, count).Select(i => Entry(stream, $"record {first + i}"))], Ct);
            foreach (var index in (long[])[0, log.Size / 2, log.Size - 1])
            {
                var receipt = await log.WriteReceiptAsync(index, form, Ct);
                Assert.Equal((index, log.Size, form, null, $"record-{index}.tlog-proof"), (receipt.Index, receipt.Size, receipt.Form, receipt.WitnessedAt, receipt.FileName));
                var report = Verify(receipt.Text, log.VerifierKey);
                Assert.True(report.Proved, string.Join('\n', report.Checks));
                Assert.Equal((log.Origin, log.Size, index), (report.Origin, report.Size, report.Index));
                Assert.Equal(form == ReceiptForm.Entry ? null : index, report.Header?.Index);
                Assert.Equal(form == ReceiptForm.Content ? $"record {index}" : "", Encoding.UTF8.GetString(report.Opening.Payload.Span));
            }
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await log.WriteReceiptAsync(log.Size, form, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await log.WriteReceiptAsync(-1, form, Ct));
    }

    [Fact]
    public async Task A_receipt_stands_under_what_the_witnesses_confirmed_where_that_covers_its_record()
    {
        await using var log = await Fixture.OpenAsync();
        await log.AppendAsync([], [.. Enumerable.Range(0, 300).Select(_ => Entry(NewStream()))], Ct);
        var policy = Policy(log.VerifierKey);
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var note = SignedNote.Parse(log.Checkpoint);
        await log.PutWitnessedAsync(note.With(Witnesses.Take(2).Select((w, i) => w.Cosign(note.Text, at.AddMinutes(i)))), policy, Ct);
        await log.AppendAsync([], [.. Enumerable.Range(0, 100).Select(_ => Entry(NewStream()))], Ct);

        var covered = await log.WriteReceiptAsync(299, ReceiptForm.Content, Ct);
        Assert.Equal((300, at), (covered.Size, covered.WitnessedAt));
        var report = ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(covered.Text), new ReceiptRequest(null, policy));
        Assert.True(report is { Proved: true, Quorum: true }, string.Join('\n', report.Checks));
        Assert.Equal([("one", at), ("two", at.AddMinutes(1))], report.Witnesses.Select(w => (w.Name, w.Time)));

        var newer = await log.WriteReceiptAsync(300, ReceiptForm.Content, Ct);
        Assert.Equal((400, null), (newer.Size, newer.WitnessedAt));
        report = ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(newer.Text), new ReceiptRequest(null, policy));
        Assert.True(report is { Ok: false, SignatureChecked: true, Quorum: false });
        Assert.Contains("0 of the policy's 3 witnesses", Assert.Single(report.Checks, check => !check.Ok).Message, StringComparison.Ordinal);
        Assert.True(Verify(newer.Text, log.VerifierKey).Proved);
    }

    [Fact]
    public async Task Nothing_in_a_receipt_can_be_swapped()
    {
        await using var log = await Fixture.OpenAsync();
        var stream = NewStream();
        await log.AppendAsync([], [Entry(stream, "one"), Entry(stream, "two"), Entry(stream, "three")], Ct);
        var receipt = Parse((await log.WriteReceiptAsync(1, ReceiptForm.Content, Ct)).Text);
        var other = LeafOpening.Decode(Parse((await log.WriteReceiptAsync(2, ReceiptForm.Content, Ct)).Text).Extra);
        var own = LeafOpening.Decode(receipt.Extra);

        Wrong("content", LeafOpening.OfContent(own.Header, own.Salt, "three"u8.ToArray()), "not what was recorded");
        Wrong("content", LeafOpening.OfContent(own.Header, other.Salt, own.Payload), "not what was recorded");
        Wrong("place", LeafOpening.OfContent(other.Header, other.Salt, other.Payload), "is not record 1 of the log");
        Wrong("place", LeafOpening.OfHeader(other.Header), "is not record 1 of the log");
        Wrong("place", LeafOpening.OfEntry(other.Entry), "is not record 1 of the log");
        Wrong("place", LeafOpening.OfEntry(own.Header), "is not record 1 of the log");
        Assert.True(Verify((receipt with { Extra = own.Encode() }).ToString(), log.VerifierKey).Proved);
        Assert.False(Verify((receipt with { Index = 2 }).ToString(), log.VerifierKey).Ok);
        Assert.False(Verify((receipt with { Proof = [.. receipt.Proof.Reverse()] }).ToString(), log.VerifierKey).Ok);
        using var thief = LogKeys.Generate(log.Origin);
        Assert.Contains("not signed with the key", Verify(receipt.ToString(), thief.Verifier).Checks[0].Message, StringComparison.Ordinal);
        Assert.True(ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(receipt.ToString()), new ReceiptRequest(null, null)) is { Ok: true, Proved: false });

        void Wrong(string check, LeafOpening swapped, string said)
        {
            var report = Verify((receipt with { Extra = swapped.Encode() }).ToString(), log.VerifierKey);
            Assert.Contains(said, Assert.Single(report.Checks, c => c.Name == check && !c.Ok).Message, StringComparison.Ordinal);
            Assert.False(report.Proved);
        }
    }

    [Fact]
    public async Task The_salt_of_a_receipt_opens_no_other_record_of_the_compartment()
    {
        await using var log = await Fixture.OpenAsync();
        var stream = NewStream();
        await log.AppendAsync([], [Entry(stream, "same"), Entry(stream, "same")], Ct);
        var salts = new List<string>();
        foreach (var index in (long[])[0, 1])
            salts.Add(Convert.ToHexString(LeafOpening.Decode(Parse((await log.WriteReceiptAsync(index, ReceiptForm.Content, Ct)).Text).Extra).Salt.Span));
        Assert.NotEqual(salts[0], salts[1]);
    }

    [Fact]
    public async Task What_was_erased_has_a_receipt_without_its_content()
    {
        await using var log = await Fixture.OpenAsync();
        var stream = NewStream();
        await log.AppendAsync([], [Entry(stream)], Ct);
        await log.DestroyKeyAsync(new CompartmentId(stream.Value), Ct);
        var receipt = await log.WriteReceiptAsync(0, ReceiptForm.Content, Ct);
        Assert.Equal(ReceiptForm.Header, receipt.Form);
        Assert.True(Verify(receipt.Text, log.VerifierKey).Proved);
    }

    [Fact]
    public async Task The_longest_payload_fits_into_a_receipt()
    {
        await using var log = await Fixture.OpenAsync();
        await log.AppendAsync([], [Entry(NewStream(), new string('x', TransparencyLog.MaxPayloadBytes))], Ct);
        Assert.True(Verify((await log.WriteReceiptAsync(0, ReceiptForm.Content, Ct)).Text, log.VerifierKey).Proved);
    }

    internal static TlogPolicy Policy(VerifierKey log) => TlogPolicy.Parse(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"log {log}\nwitness one {Witnesses[0].Verifier}\nwitness two {Witnesses[1].Verifier}\nwitness three {Witnesses[2].Verifier}\ngroup two-of-three 2 one two three\nquorum two-of-three\n")));

    static ReceiptReport Verify(string receipt, VerifierKey key) => ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(receipt), new ReceiptRequest(key, null));

    static TlogProof Parse(string receipt) => TlogProof.Parse(Encoding.UTF8.GetBytes(receipt));
}

/// <summary>What opens a leaf has one encoding, and nothing else is taken for it.</summary>
public sealed class LeafOpeningTests
{
    static readonly byte[] Header = new byte[200];
    static readonly byte[] Salt = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void Each_form_has_the_bytes_that_are_documented()
    {
        Assert.Equal("830101" + "43010203", Hex(LeafOpening.OfEntry(new byte[] { 1, 2, 3 })));
        Assert.Equal("830102" + "58C8" + Convert.ToHexString(Header), Hex(LeafOpening.OfHeader(Header)));
        Assert.Equal("850103" + "58C8" + Convert.ToHexString(Header) + "5820" + Convert.ToHexString(Salt) + "426869", Hex(LeafOpening.OfContent(Header, Salt, "hi"u8.ToArray())));
        static string Hex(LeafOpening opening) => Convert.ToHexString(opening.Encode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("8301014301020300")]
    [InlineData("83010143010203" + "ff")]
    [InlineData("9F010143010203FF")]
    [InlineData("8301015803010203")]
    [InlineData("830201" + "43010203")]
    [InlineData("830104" + "43010203")]
    [InlineData("820101")]
    [InlineData("8401014301020340")]
    [InlineData("8501034301020343010203" + "426869")]
    [InlineData("83010163616263")]
    [InlineData("8301015F43010203FF")]
    [InlineData("A301010101")]
    [InlineData("81818181818181818181818181818181818181818181")]
    [InlineData("8301015B7FFFFFFFFFFFFFFF")]
    public void Whatever_else_there_is_is_refused(string hex) =>
        Assert.Throws<FormatException>(() => LeafOpening.Decode(Convert.FromHexString(hex)));

    [Fact]
    public void Lengths_have_limits()
    {
        Assert.Throws<FormatException>(() => LeafOpening.OfEntry(new byte[65_536]));
        Assert.Throws<FormatException>(() => LeafOpening.OfHeader(new byte[1_025]));
        Assert.Throws<FormatException>(() => LeafOpening.OfContent(Header, new byte[31], default));
        Assert.Throws<FormatException>(() => LeafOpening.OfContent(Header, Salt, new byte[TransparencyLog.MaxPayloadBytes + 1]));
        Assert.Throws<FormatException>(() => LeafOpening.Decode(new byte[5 << 20]));
        Assert.Throws<FormatException>(() => TlogProof.Parse(new byte[TlogProof.MaxLength + 1]));
    }
}
