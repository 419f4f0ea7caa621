using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Storage;

namespace Probity.Tests.Verbs;

/// <summary>Receipts and the files of a log, through the program itself.</summary>
public sealed class ReceiptVerbTests : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("probity-receipts-").FullName;
    string _key = "";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var log = await NodeFolder.CreateAsync(At("node"), "example.org/verbs", TimeProvider.System, new LogOptions { Durability = Durability.OnlyWhenClosed }, Ct);
        var stream = new StreamId(Guid.NewGuid());
        await log.AppendAsync([], [.. Enumerable.Range(0, 20).Select(i => new NewEntry(
            stream, "cases.opened.v1", Encoding.UTF8.GetBytes($"{{\"n\":{i}}}"), new ActorId(Guid.NewGuid()), new CompartmentId(stream.Value)))], Ct);
        using var witness = SignerKey.Generate("witness.example", SignatureType.CosignatureEd25519);
        var policy = $"log {log.VerifierKey}\nwitness Ombudsman {witness.Verifier}\nquorum Ombudsman\n";
        var note = SignedNote.Parse(log.Checkpoint);
        await log.PutWitnessedAsync(note.With(witness.Cosign(note.Text, new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero))), TlogPolicy.Parse(Encoding.UTF8.GetBytes(policy)), Ct);
        _key = log.VerifierKey.ToString();
        await File.WriteAllTextAsync(At("policy"), policy, Ct);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_receipt_is_made_of_a_folder_and_checked_without_it()
    {
        var (_, _, said) = await RunAsync(0, "receipt", "--data", At("node"), "7", "--content", "--to", At("r.tlog-proof"));
        Assert.Contains("record 7 of 20, with its content; confirmed by the witnesses on 2026-03-01 12:30:00 UTC", said, StringComparison.Ordinal);
        var (_, text, _) = await RunAsync(0, "receipt", "--data", At("node"), "7");
        await File.WriteAllTextAsync(At("header.tlog-proof"), text, Ct);
        Directory.Move(At("node"), At("gone"));

        var (_, proved, _) = await RunAsync(0, "verify", At("r.tlog-proof"), "--policy", At("policy"));
        Assert.Contains("Confirmed by Ombudsman on 2026-03-01 12:30:00 UTC.", proved, StringComparison.Ordinal);
        Assert.Contains("What was recorded: {\"n\":7}", proved, StringComparison.Ordinal);
        Assert.EndsWith("PROVED: this record stands in the log at this number, unchanged, and the witnesses have confirmed it.\n", proved, StringComparison.Ordinal);
        Assert.EndsWith("by the word of the log's key.\n", (await RunAsync(0, "verify", At("header.tlog-proof"), "--vkey", _key)).Output, StringComparison.Ordinal);

        using var json = JsonDocument.Parse((await RunAsync(0, "verify", At("r.tlog-proof"), "--policy", At("policy"), "--json", "-")).Output);
        var root = json.RootElement;
        Assert.Equal((true, true, true, "given", "{\"n\":7}"), (
            root.GetProperty("ok").GetBoolean(), root.GetProperty("proved").GetBoolean(), root.GetProperty("quorum").GetBoolean(),
            root.GetProperty("keyTrust").GetString(), root.GetProperty("content").GetString()));
        Assert.Equal(("Ombudsman", 7), (root.GetProperty("witnesses")[0].GetProperty("name").GetString(), root.GetProperty("record").GetProperty("index").GetInt64()));

        // Without a key nothing is proved, and the exit code says so.
        var (_, unproved, why) = await RunAsync(2, "verify", At("r.tlog-proof"));
        Assert.Contains("NOTHING IS PROVED YET", unproved, StringComparison.Ordinal);
        Assert.Contains("give the log's with --vkey", why, StringComparison.Ordinal);
        await File.WriteAllTextAsync(At("witnesses"), (await File.ReadAllTextAsync(At("policy"), Ct)).Replace($"log {_key}\n", "", StringComparison.Ordinal), Ct);
        (_, unproved, why) = await RunAsync(2, "verify", At("r.tlog-proof"), "--policy", At("witnesses"));
        Assert.Contains("NOTHING IS PROVED YET: the policy names witnesses and no log.", unproved, StringComparison.Ordinal);
        Assert.Contains("the policy has no line 'log KEY'", why, StringComparison.Ordinal);
        await File.WriteAllTextAsync(At("forged.tlog-proof"), text.Replace("index 7", "index 8", StringComparison.Ordinal), Ct);
        Assert.Contains("SOMETHING IS WRONG", (await RunAsync(1, "verify", At("forged.tlog-proof"), "--vkey", _key)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_is_written_as_files_that_verify_and_give_receipts()
    {
        Assert.Contains("20 new records, 20 records in all, confirmed by the witnesses", (await RunAsync(0, "export", "log", "--data", At("node"), "--to", At("files"))).Error, StringComparison.Ordinal);
        Assert.Contains("0 new records", (await RunAsync(0, "export", "log", "--data", At("node"), "--to", At("files"))).Error, StringComparison.Ordinal);
        Assert.Contains("Nothing wrong was found.", (await RunAsync(0, "verify", At("files"), "--vkey", _key)).Output, StringComparison.Ordinal);
        await RunAsync(0, "receipt", At("files"), "19", "--vkey", _key, "--to", At("public.tlog-proof"));
        Assert.Contains("witnesses have confirmed it", (await RunAsync(0, "verify", At("public.tlog-proof"), "--policy", At("policy"))).Output, StringComparison.Ordinal);

        await File.AppendAllTextAsync(At("files/tile/0/000.p/20"), "x", Ct);
        Assert.Contains("WRONG", (await RunAsync(1, "verify", At("files"), "--vkey", _key)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_call_says_what_to_do()
    {
        await File.WriteAllTextAsync(At("none"), "nonsense", Ct);
        await File.WriteAllBytesAsync(At("a.backup"), [.. "probity.backup/v1\n"u8, 0xff], Ct);
        // As a node on PostgreSQL is whose database nothing names.
        Directory.CreateDirectory(At("secrets-alone/keys"));
        File.Copy(At("node/keys/signing"), At("secrets-alone/keys/signing"));
        File.Copy(At("node/checkpoint"), At("secrets-alone/checkpoint"));
        foreach (var (call, said) in new (string[], string)[]
        {
            (["receipt", "--data", At("node"), "20"], "numbered from 0 to 19"),
            (["receipt", "--data", At("node"), "seven"], "is no record's number"),
            (["receipt", "--data", At("node"), "7", "--to", At("node/receipt")], "node's own folder"),
            (["receipt", "--data", _folder, "7"], "holds no ledger.db"),
            (["verify", At("secrets-alone")], "if its log lies in PostgreSQL, name the database in"),
            (["serve", "--data", At("secrets-alone")], "if its log lies in PostgreSQL, name the database in"),
            (["backup", "--data", At("nothing"), "--to", At("b"), "--for", "x"], "see one with: probity demo"),
            (["verify", At("nothing.tlog-proof")], "does not exist"),
            (["verify", At("a.backup")], "is a backup of a ledger"),
            (["receipt", At("none"), "7"], "checkpoint"),
            (["export", "log", "--data", At("node"), "--to", At("node")], "node's own folder"),
            (["verify", At("none")], "is no receipt"),
            (["verify", At("none"), "--old", At("none")], "--old compares a whole log"),
            (["verify", At("none"), "--policy", At("none")], "is no policy"),
        })
        {
            var (_, output, error) = await RunAsync(2, call);
            Assert.Equal("", output);
            Assert.Contains(said, error, StringComparison.Ordinal);
            Assert.Matches(@"\Aprobity( \w+)?: [^\n]+\n\z", error.ReplaceLineEndings("\n"));
        }
    }

    string At(string name) => Path.Combine(_folder, name);

    static async Task<(int Code, string Output, string Error)> RunAsync(int expected, params string[] call)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "probity.dll"), .. call])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        })!;
        var output = program.StandardOutput.ReadToEndAsync(Ct);
        var error = program.StandardError.ReadToEndAsync(Ct);
        await program.WaitForExitAsync(Ct);
        Assert.True(expected == program.ExitCode, $"exit code {program.ExitCode}: {await output}{await error}");
        return (program.ExitCode, await output, await error);
    }
}
