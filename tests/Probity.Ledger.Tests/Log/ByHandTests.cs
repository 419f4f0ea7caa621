using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Probity.Ledger.Formats;
using Probity.Storage;
using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Log;

/// <summary>The script of the guide checks receipts with nothing of ours: bash, coreutils, sed and OpenSSL.</summary>
public sealed class ByHandTests : IAsyncLifetime
{
    readonly TemporaryFolder _place = new();
    readonly SignerKey _witness = SignerKey.Generate("witness.example", SignatureType.CosignatureEd25519);
    TransparencyLog _log = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists("/bin/bash") && File.Exists("/usr/bin/openssl") && File.Exists("/usr/bin/sha256sum"), "bash, openssl and coreutils are not all on this machine.");
        _log = await NodeFolder.CreateAsync(Path.Combine(_place.Path, "node"), "example.org/by-hand", new TestClock(), new LogOptions { Durability = Durability.OnlyWhenClosed }, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_log is not null) await _log.DisposeAsync();
        _witness.Dispose();
        _place.Dispose();
    }

    [Fact]
    public async Task It_finds_every_receipt_genuine_and_every_change_in_one()
    {
        var stream = NewStream();
        await _log.AppendAsync([], [Entry(stream, "{\"first\":\"of one\"}")], Ct);
        var single = await _log.WriteReceiptAsync(0, ReceiptForm.Content, Ct);
        Assert.Equal((0, "ok     signed by example.org/by-hand\nok     record 0 of 1 stands in the log, unchanged\nok     this is what was recorded:\n{\"first\":\"of one\"}\n"), await RunAsync(single.Text));

        await _log.AppendAsync([], [.. Enumerable.Range(1, 300).Select(i => Entry(stream, $"record {i} {new string('x', i * 9)}"))], Ct);
        var note = SignedNote.Parse(_log.Checkpoint);
        var policy = TlogPolicy.Parse(Encoding.UTF8.GetBytes($"log {_log.VerifierKey}\nwitness one {_witness.Verifier}\nquorum one\n"));
        await _log.PutWitnessedAsync(note.With(_witness.Cosign(note.Text, new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero))), policy, Ct);
        foreach (var (index, form) in ((long, ReceiptForm)[])[(0, ReceiptForm.Entry), (155, ReceiptForm.Content), (299, ReceiptForm.Header), (300, ReceiptForm.Content)])
        {
            var receipt = await _log.WriteReceiptAsync(index, form, Ct);
            var (code, said) = await RunAsync(receipt.Text, _witness.Verifier.ToString());
            Assert.True(code == 0, said);
            Assert.Contains($"record {index} of 301 stands", said, StringComparison.Ordinal);
            Assert.Contains("signed by witness.example on 2026-03-01 12:30:00 UTC", said, StringComparison.Ordinal);
            Assert.Equal(form == ReceiptForm.Content, said.Contains("this is what was recorded", StringComparison.Ordinal));
        }

        var whole = await _log.WriteReceiptAsync(155, ReceiptForm.Content, Ct);
        var proof = TlogProof.Parse(Encoding.UTF8.GetBytes(whole.Text));
        var opening = LeafOpening.Decode(proof.Extra);
        var other = LeafOpening.Decode(TlogProof.Parse(Encoding.UTF8.GetBytes((await _log.WriteReceiptAsync(156, ReceiptForm.Content, Ct)).Text)).Extra);
        await WrongAsync("not what was recorded", proof with { Extra = LeafOpening.OfContent(opening.Header, opening.Salt, other.Payload).Encode() });
        await WrongAsync("not what was recorded", proof with { Extra = LeafOpening.OfContent(opening.Header, other.Salt, opening.Payload).Encode() });
        await WrongAsync("is not record 155", proof with { Extra = other.Encode() });
        await WrongAsync("is not record 154", proof with { Index = 154 });
        await WrongAsync("signature of example.org/by-hand is not genuine", proof with { Checkpoint = proof.Checkpoint.Replace("\n301\n", "\n302\n", StringComparison.Ordinal) });
        using var stranger = SignerKey.Generate("stranger.example", SignatureType.CosignatureEd25519);
        Assert.Equal((1, "WRONG  stranger.example has not signed\n"), (await RunAsync(whole.Text, stranger.Verifier.ToString())) is var (c, s) ? (c, s[s.IndexOf("WRONG", StringComparison.Ordinal)..]) : default);
    }

    [Fact]
    public async Task It_takes_keys_in_files_and_says_what_is_missing()
    {
        await _log.AppendAsync([], [Entry(NewStream(), "{}")], Ct);
        var receipt = (await _log.WriteReceiptAsync(0, ReceiptForm.Entry, Ct)).Text;
        var (file, key) = (Path.Combine(_place.Path, "r.tlog-proof"), Path.Combine(_place.Path, "key.txt"));
        await File.WriteAllTextAsync(file, receipt, Ct);
        await File.WriteAllTextAsync(key, _log.VerifierKey + "\n", Ct);

        Assert.Equal((0, "ok     signed by example.org/by-hand\nok     record 0 of 1 stands in the log, unchanged\n"), await CallAsync(file, key));
        Assert.Contains("give the receipt, the log's key", (await CallAsync(file)).Output, StringComparison.Ordinal);
        Assert.Contains("there is no file", (await CallAsync(file + "x", key)).Output, StringComparison.Ordinal);
        Assert.Contains("no key, nor a file that holds one", (await CallAsync(file, "nothing")).Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, receipt.Replace("\nextra ", "\nextra !", StringComparison.Ordinal), Ct);
        var (code, said) = await CallAsync(file, key);
        Assert.Equal(1, code);
        Assert.Contains("WRONG  the receipt is damaged", said, StringComparison.Ordinal);
    }

    static async Task<(int Code, string Output)> CallAsync(params string[] call)
    {
        using var program = Process.Start(new ProcessStartInfo("/bin/bash", [Script(), .. call]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (program.StandardOutput.ReadToEndAsync(Ct), program.StandardError.ReadToEndAsync(Ct));
        await program.WaitForExitAsync(Ct);
        return (program.ExitCode, await output + await error);
    }

    async Task WrongAsync(string said, TlogProof proof)
    {
        var (code, output) = await RunAsync(proof.ToString());
        Assert.Equal(1, code);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    async Task<(int Code, string Output)> RunAsync(string receipt, params string[] witnesses)
    {
        var file = Path.Combine(_place.Path, "one.tlog-proof");
        await File.WriteAllTextAsync(file, receipt, Ct);
        using var program = Process.Start(new ProcessStartInfo("/bin/bash", [Script(), file, _log.VerifierKey.ToString(), .. witnesses]) { RedirectStandardOutput = true })!;
        var output = await program.StandardOutput.ReadToEndAsync(Ct);
        await program.WaitForExitAsync(Ct);
        return (program.ExitCode, output);
    }

    static string Script([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../docs/verify-receipt.sh"));
}
