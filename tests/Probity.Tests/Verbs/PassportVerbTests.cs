using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Probity.People.Contract;
using Probity.People.Passports;

namespace Probity.Tests.Verbs;

/// <summary>Passports checked offline: by the program, and by the guide's script with nothing of ours.</summary>
public sealed class PassportVerbTests : IAsyncLifetime
{
    const string At = "2026-03-02T10:00Z";
    static readonly DateTimeOffset s_now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly string s_number = PassportToken.NewNumber();

    readonly string _folder = Directory.CreateTempSubdirectory("probity-passports-").FullName;
    readonly PassportKeys _keys = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)], "unit.example"), _other = new(new byte[32], "other.example");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var token = new PassportToken(_keys.Verifier.Name, s_number, ClearanceLevel.Special, s_now, s_now.AddDays(30), HolderMark.Of("Ana Palmares", "AB-123", "0123456789ABCDEFGHJK"));
        await WriteAsync("passport", token.Sign(_keys.Signer) + "\n");
        await WriteAsync("forged", (token with { Level = ClearanceLevel.Basic }).Sign(_keys.Signer)[..250] + token.Sign(_keys.Signer)[250..]);
        await WriteAsync("stranger", (token with { Issuer = _other.Verifier.Name }).Sign(_other.Signer));
        await WriteAsync("key", _keys.Verifier + "\n");
        Directory.CreateDirectory(Place("trusted"));
        await WriteAsync("trusted/one", _keys.Verifier.ToString());
        await WriteAsync("list", List());
        await WriteAsync("revoked", List(s_number));
        await WriteAsync("nonsense", "nonsense");
    }

    public ValueTask DisposeAsync()
    {
        _keys.Dispose();
        _other.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    string List(params string[] revoked) => RevokedList.Make(_keys.Verifier.Name, 7, s_now, s_now.AddDays(1), revoked, _keys.ListSecret).Sign(_keys.Signer) + "\n";

    [Fact]
    public async Task The_program_says_whether_it_is_valid_and_its_exit_code_says_the_same()
    {
        var (output, _) = await ProbityAsync(0, "passport", "verify", Place("passport"), "--key", Place("key"), "--revoked", Place("list"), "--at", At);
        Assert.StartsWith("VALID\n", output, StringComparison.Ordinal);
        Assert.Contains("Level        special\n", output, StringComparison.Ordinal);
        Assert.Contains("This says nothing of who stands before you", output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await ProbityAsync(0, "passport", "verify", (await File.ReadAllTextAsync(Place("passport"), Ct)).Trim(), "--trust", Place("trusted"), "--revoked", Place("list"),
            "--at", At, "--name", "ana palmares", "--document", "ab123", "--code", "0123-4567-89AB-CDEF-GHJK", "--json", "-")).Output);
        Assert.Equal((true, "valid", "special", "same"), (
            json.RootElement.GetProperty("valid").GetBoolean(), json.RootElement.GetProperty("verdict").GetString(), json.RootElement.GetProperty("level").GetString(), json.RootElement.GetProperty("holder").GetString()));
        foreach (var (said, call) in new (string, string[])[]
        {
            ("NOT VALID\nThe issuer has revoked it", [Place("passport"), "--revoked", Place("revoked"), "--at", At]),
            ("NOT VALID\nThe signature is not genuine", [Place("forged"), "--revoked", Place("list"), "--at", At]),
            ("NOT VALID\nIts time is over", [Place("passport"), "--revoked", Place("list"), "--at", "2026-05-01"]),
            ("NOT VALID\nIt is another person's", [Place("passport"), "--revoked", Place("list"), "--at", At, "--name", "Ana", "--document", "AB123", "--code", "0123456789ABCDEFGHJK"]),
            ("NOT KNOWN TO BE VALID\nNone of the keys", [Place("stranger"), "--revoked", Place("list"), "--at", At]),
            ("NOT KNOWN TO BE VALID\nThe list of revoked passports is too old", [Place("passport"), "--revoked", Place("list"), "--at", "2026-03-03T09:00Z"]),
            ("NOT KNOWN TO BE VALID\nThere is no list", [Place("passport"), "--at", At]),
        })
            Assert.StartsWith(said, (await ProbityAsync(1, ["passport", "verify", .. call, "--key", Place("key")])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_call_says_what_to_do()
    {
        foreach (var (said, call) in new (string, string[])[]
        {
            ("--key, or a folder of keys with --trust", [Place("passport"), "--revoked", Place("list")]),
            ("no time", [Place("passport"), "--key", Place("key"), "--at", "soon"]),
            ("neither a key nor a file", [Place("passport"), "--key", Place("nonsense")]),
            ("give all three", [Place("passport"), "--key", Place("key"), "--name", "Ana"]),
            ("nothing", [Place("passport"), "--key", Place("key"), "--revoked", Place("nothing")]),
        })
            Assert.Contains(said, (await ProbityAsync(2, ["passport", "verify", .. call])).Error, StringComparison.Ordinal);
        Assert.StartsWith("NOT A PASSPORT\n", (await ProbityAsync(2, "passport", "verify", Place("nonsense"), "--key", Place("key"))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_guides_script_comes_to_the_same_with_openssl_alone()
    {
        Assert.SkipUnless(File.Exists("/bin/bash") && File.Exists("/usr/bin/openssl") && File.Exists("/usr/bin/sha256sum"), "bash, openssl and coreutils are not all on this machine.");
        var at = s_now.AddHours(1);
        var (code, said) = await ByHandAsync("passport", "list", at);
        Assert.True(code == 0, said);
        Assert.Contains($"fingerprint  {PassportResult.FingerprintOf(_keys.Verifier)}\n", said, StringComparison.Ordinal);
        Assert.Contains("level        special\n", said, StringComparison.Ordinal);
        Assert.EndsWith("VALID  compare name, document and comparison code with the person\n", said, StringComparison.Ordinal);
        foreach (var (passport, list, time, why) in new (string, string, DateTimeOffset, string)[]
        {
            ("passport", "revoked", at, "NOT VALID  the issuer has revoked it"), ("forged", "list", at, "NOT VALID  it is no passport that this key signed"),
            ("stranger", "list", at, "NOT VALID  it is no passport that this key signed"), ("nonsense", "list", at, "NOT VALID  it is no passport"), ("list", "list", at, "NOT VALID  it is no passport"),
            ("passport", "list", s_now.AddDays(30), "NOT VALID  its time is over"), ("passport", "list", s_now.AddDays(-1), "NOT VALID  it was issued later"),
            ("passport", "list", s_now.AddDays(1), "NOT KNOWN TO BE VALID  the list is too old"), ("passport", "nonsense", at, "NOT KNOWN TO BE VALID  the list is not one"),
            ("passport", "passport", at, "NOT KNOWN TO BE VALID  the list is not one"),
        })
        {
            (code, said) = await ByHandAsync(passport, list, time);
            Assert.True(code == 1 && said.Contains(why, StringComparison.Ordinal), $"{why}: {code} {said}");
        }
    }

    // A pipe that broke off at the first find took a long list for one that does not hold the passport; the earlier in the list, the surer.
    [Fact]
    public async Task The_guides_script_finds_a_passport_in_a_long_list()
    {
        Assert.SkipUnless(File.Exists("/bin/bash") && File.Exists("/usr/bin/openssl"), "bash and openssl are not both on this machine.");
        var others = Enumerable.Range(0, 15_000).Select(_ => PassportToken.NewNumber()).ToArray();
        await WriteAsync("long", List([s_number, .. others]));
        await WriteAsync("long-without", List(others));
        for (var run = 0; run < 3; run++) Assert.Contains("NOT VALID  the issuer has revoked it", (await ByHandAsync("passport", "long", s_now.AddHours(1))).Said, StringComparison.Ordinal);
        Assert.Equal(0, (await ByHandAsync("passport", "long-without", s_now.AddHours(1))).Code);
    }

    // What an issuer signed is held against its form before the shell reckons with it.
    [Fact]
    public async Task The_guides_script_runs_nothing_that_a_list_says()
    {
        Assert.SkipUnless(File.Exists("/bin/bash") && File.Exists("/usr/bin/openssl"), "bash and openssl are not both on this machine.");
        var pwned = Place("pwned");
        foreach (var field in (string[])["num", "iat", "nxt"])
        {
            var (num, iat, nxt) = ("7", $"{s_now.ToUnixTimeSeconds()}", $"{s_now.AddDays(1).ToUnixTimeSeconds()}");
            var hostile = $"BASH_VERSINFO[$(touch {pwned})0]+";
            var payload = $"{{\"iss\":\"{_keys.Verifier.Name}\",\"num\":{(field == "num" ? hostile : "")}{num},\"iat\":{(field == "iat" ? hostile : "")}{iat},\"nxt\":{(field == "nxt" ? hostile : "")}{nxt},\"slt\":\"{new string('a', 22)}\",\"ids\":\"\"}}";
            await WriteAsync("hostile", CompactJws.Sign(RevokedList.Type, payload, _keys.Signer));
            Assert.Contains("NOT KNOWN TO BE VALID  what was signed is no list of this form", (await ByHandAsync("passport", "hostile", s_now.AddHours(1))).Said, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(pwned));
    }

    Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Place(name), text, Ct);

    string Place(string name) => Path.Combine(_folder, name);

    static string Script([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/check-passport.sh"));

    async Task<(int Code, string Said)> ByHandAsync(string passport, string list, DateTimeOffset at)
    {
        var (code, output, error) = await RunAsync("/bin/bash", Script(), Place(passport), Place("key"), Place(list), at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        return (code, output + error);
    }

    static async Task<(string Output, string Error)> ProbityAsync(int expected, params string[] call)
    {
        var (code, output, error) = await RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "probity.dll"), .. call]);
        Assert.True(expected == code, $"exit code {code}: {output}{error}");
        return (output.ReplaceLineEndings("\n"), error);
    }

    static async Task<(int Code, string Output, string Error)> RunAsync(string program, params string[] call)
    {
        using var process = Process.Start(new ProcessStartInfo(program, call)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output, await error);
    }
}
