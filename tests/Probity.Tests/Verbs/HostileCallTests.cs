using System.Diagnostics;
using System.Text;
using Probity.Ledger;
using Probity.Storage;

namespace Probity.Tests.Verbs;

/// <summary>The program itself, called with what should never be there: it says one line and harms no file.</summary>
public sealed class HostileCallTests : IDisposable
{
    const string Log = "case,activity,time\n1,seize,2020-01-01\n1,weigh,2020-01-02\n";
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    readonly string _folder = Directory.CreateTempSubdirectory("probity-calls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("verify", "")]
    [InlineData("verify", "x", "--json", "")]
    [InlineData("check", "x", "--sop", "")]
    [InlineData("check", "x")]
    [InlineData("check", "x", "--rules", "")]
    [InlineData("check", "x", "--rules", "no-such-rules.yaml")]
    [InlineData("check", "x", "--rules", "/")]
    [InlineData("check", "x", "--rules", "/dev/null")]
    [InlineData("check", "x", "--sop", "x", "--people", "no-such-people.csv")]
    [InlineData("check", "x", "--sop", "x", "--examples", "many")]
    [InlineData("discover", "x", "--support", "0.5")]
    [InlineData("discover", "x", "--declare", "--support", "2")]
    [InlineData("discover", "x", "--declare", "--confidence", "NaN")]
    [InlineData("discover", "x", "--declare", "--noise", "0.2")]
    [InlineData("discover", "x", "--declare", "--rules", "")]
    [InlineData("discover", "x", "--declare", "--lang", "fr")]
    [InlineData("check", "x", "--sop", "x", "--funnel", "x.svg")]
    [InlineData("describe", "x", "--drift", "week")]
    [InlineData("describe", "x", "--drift", "year", "--zone", "Mars/North")]
    [InlineData("describe", "x", "--zone", "Europe/Rome")]
    [InlineData("describe", "x", "--json", "")]
    [InlineData("describe", "x", "--map", "")]
    [InlineData("describe", "")]
    [InlineData("export", "xes", "--out", "")]
    [InlineData("import")]
    [InlineData("import", "register", "x")]
    [InlineData("import", "register", "x", "--check", "--days", "either")]
    [InlineData("import", "register", "x", "--check", "--lang", "fr")]
    [InlineData("import", "register", "no-such-register.csv", "--check")]
    [InlineData("import", "register", "/", "--check")]
    [InlineData("import", "register", "x", "--check", "--list", "x")]
    [InlineData("serve", "--data", "")]
    [InlineData("demo", "--data", "")]
    [InlineData("demo", "--port", "abc")]
    [InlineData("serve", "--port", "")]
    [InlineData("serve", "--confirmed-within", "0")]
    [InlineData("receipt")]
    [InlineData("receipt", "")]
    [InlineData("receipt", "http://", "1")]
    [InlineData("receipt", "--data", "no-such-folder", "1")]
    [InlineData("receipt", "http://127.0.0.1:9/", "1", "--content")]
    [InlineData("receipt", "1", "--vkey", "x")]
    [InlineData("export", "log", "--to", "")]
    [InlineData("keys")]
    [InlineData("keys", "rotate", "--data", "no-such-node")]
    [InlineData("keys", "rotate", "--data", "")]
    [InlineData("keys", "backup", "--data", "no-such-node", "--to", "keys.backup")]
    [InlineData("keys", "backup", "--to", "keys.backup", "--days", "0")]
    [InlineData("keys", "restore", "--data", "no-such-node", "--from", "/dev/zero")]
    [InlineData("keys", "restore")]
    [InlineData("keys", "for-backups")]
    [InlineData("keys", "for-backups", "--out", "/no-such-folder/private")]
    [InlineData("reports", "backup", "--data", "no-such-node", "--to", "sealed.reports")]
    [InlineData("reports", "restore", "--data", "no-such-node", "--from", "/dev/zero")]
    [InlineData("backup")]
    [InlineData("backup", "--data", "no-such-node", "--to", "ledger.backup", "--for", "x")]
    [InlineData("restore", "no-such-backup", "--to", "back", "--key", "no-such-key")]
    [InlineData("restore", "/dev/zero", "--to", "back", "--key", "/dev/zero")]
    [InlineData("restore", "--to", "")]
    [InlineData("rebuild", "--data", "no-such-node")]
    [InlineData("rebuild", "--tiles", "--data", "")]
    [InlineData("succeed")]
    [InlineData("succeed", "--data", "no-such-node", "--to", "new", "--origin", "example.org/2", "--reason", "a drill")]
    [InlineData("succeed", "--data", "no-such-node", "--to", "new", "--origin", "example.org/2", "--reason", "")]
    [InlineData("succeed", "--data", "no-such-node", "--to", "new", "--origin", "two words", "--reason", "a drill")]
    [InlineData("succeed", "--data", "no-such-node", "--to", "new", "--origin", "example.org/2", "--reason", "a drill", "--cause", "bad-luck")]
    [InlineData("verify", "x", "--old-key", "no-such-key")]
    [InlineData("verify", "http://")]
    [InlineData("verify", "x", "--policy", "/dev/null")]
    [InlineData("witness")]
    [InlineData("witness", "--logs", "no-such-list")]
    [InlineData("witness", "--logs", "/dev/zero", "--name", "w")]
    [InlineData("serve", "--restored-without-witnesses")]
    [InlineData("verify", "http://[::1")]
    [InlineData("verify", "http://a b/")]
    [InlineData("verify", "x", "--timeout", "0")]
    [InlineData("verify", "x", "--timeout", "soon")]
    [InlineData("verify", "x\u001b[2Jy\nz")]
    public Task A_wrong_call_is_one_line(params string[] call) => RefusedAsync(call);

    [Theory]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public async Task A_time_that_its_offset_leads_out_of_the_calendar_is_refused(string time)
    {
        var csv = Write("a.csv", $"case,activity,time\n1,a,{time}\n");
        var xes = Write("a.xes", $"""
            <log><trace><string key="concept:name" value="1"/><event><string key="concept:name" value="a"/><date key="time:timestamp" value="{time}"/></event></trace></log>
            """);
        Assert.Contains("in the years 1 to 9999", await RefusedAsync("describe", csv), StringComparison.Ordinal);
        Assert.Contains("in the years 1 to 9999", await RefusedAsync("describe", xes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_input_is_not_written_over()
    {
        var log = Write("in.csv", Log);
        File.CreateSymbolicLink(At("link.csv"), log);
        Directory.CreateSymbolicLink(At("here"), _folder);
        foreach (var output in (string[])[log, At("link.csv"), At("here/in.csv"), At("here/../" + Path.GetFileName(_folder) + "/in.csv")])
        {
            Assert.Contains("files to be read", await RefusedAsync("describe", log, "--json", output), StringComparison.Ordinal);
            Assert.Contains("files to be read", await RefusedAsync("describe", log, "--map", output), StringComparison.Ordinal);
        }

        var sop = Write("sop.pnml", "<pnml/>");
        Assert.Contains("files to be read", await RefusedAsync("check", log, "--sop", sop, "--json", sop), StringComparison.Ordinal);
        Assert.Equal(Log, await File.ReadAllTextAsync(log));
    }

    [Fact]
    public async Task What_is_written_goes_through_a_link_and_around_a_part_that_somebody_laid_out()
    {
        var log = Write("in.csv", Log);
        var victim = Write("victim", "untouched");
        File.CreateSymbolicLink(At("out.json.part"), victim);
        Write("real.json", "old");
        File.CreateSymbolicLink(At("out.json"), At("real.json"));
        Assert.Equal(0, (await RunAsync("describe", log, "--json", At("out.json"))).Code);
        Assert.Equal("untouched", await File.ReadAllTextAsync(victim));
        Assert.Equal(At("real.json"), new FileInfo(At("out.json")).LinkTarget);
        Assert.StartsWith("{", await File.ReadAllTextAsync(At("real.json")), StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("describe", log, "--json", At("fresh.json"), "--map", At("fresh.svg"))).Code);
        Assert.Equal(
            ["fresh.json", "fresh.svg", "in.csv", "out.json", "out.json.part", "real.json", "victim"],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_output_in_a_folder_that_is_not_there_names_the_folder_and_the_output()
    {
        var log = Write("in.csv", Log);
        var message = await RefusedAsync("describe", log, "--json", At("none/out.json"));
        Assert.Contains($"there is no folder {At("none")} to write out.json into", message, StringComparison.Ordinal);
        Assert.DoesNotContain("part", message, StringComparison.Ordinal);
        Assert.Contains("is a folder", await RefusedAsync("describe", log, "--json", _folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_is_written_to_and_stays_a_pipe()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps its pipes elsewhere.");
        var pipe = MakePipe("out.pipe");
        var reading = Task.Run(() => File.ReadAllText(pipe));
        Assert.Equal(0, (await RunAsync("describe", Write("in.csv", Log), "--json", pipe)).Code);
        Assert.StartsWith("{", await reading.WaitAsync(Soon), StringComparison.Ordinal);
        Assert.Equal(FileKind.Other, RegularFile.KindOf(pipe));
        Assert.Contains("nobody reads", await RefusedAsync("describe", At("in.csv"), "--json", pipe), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_is_read_where_somebody_writes_and_given_up_where_nobody_does()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps its pipes elsewhere.");
        var pipe = MakePipe("in.pipe");
        var writing = Task.Run(() => File.WriteAllText(pipe, Log));
        Assert.Equal(0, (await RunAsync("describe", pipe)).Code);
        await writing.WaitAsync(Soon);
        var refused = await Task.WhenAll(RefusedAsync("describe", pipe), RefusedAsync("check", Write("in.csv", Log), "--sop", pipe));
        Assert.All(refused, message => Assert.Contains("nobody writes", message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pipes_and_devices_are_no_keys_and_no_checkpoints()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps its pipes elsewhere.");
        var pipe = MakePipe("key");
        File.CreateSymbolicLink(At("zero"), "/dev/zero");
        foreach (var file in (string[])[pipe, At("zero")])
        {
            Assert.Contains("not a regular file", await RefusedAsync("verify", _folder, "--vkey", file), StringComparison.Ordinal);
            Assert.Contains("not a regular file", await RefusedAsync("verify", _folder, "--old", file), StringComparison.Ordinal);
        }

        using (var huge = File.Create(At("huge"))) huge.SetLength(4L << 30);
        Assert.Contains("longer than", await RefusedAsync("verify", _folder, "--old", At("huge")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_folder_says_cannot_steer_the_terminal()
    {
        var node = At("node");
        await using (var log = await NodeFolder.CreateAsync(node, "example.org/steered", TimeProvider.System, new Ledger.LogOptions(), default)) { }
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(node, "ledger.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE meta SET origin = 'all is well' || char(27) || '[2J' || char(10) || 'Nothing wrong was found.' || char(8238)";
            command.ExecuteNonQuery();
        }

        var (code, output, _) = await RunAsync("verify", node);
        Assert.Equal(1, code);
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('\u202e', output);
        Assert.StartsWith("all is well [2J Nothing", output, StringComparison.Ordinal);
    }

    string At(string name) => Path.Combine(_folder, name);

    string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    string MakePipe(string name)
    {
        Process.Start("mkfifo", At(name)).WaitForExit();
        return At(name);
    }

    static async Task<string> RefusedAsync(params string[] call)
    {
        var (code, output, error) = await RunAsync(call);
        Assert.Equal((2, ""), (code, output));
        Assert.Matches(@"\Aprobity( \w+)?: [^\n\x1b]+\n\z", error.ReplaceLineEndings("\n"));
        return error;
    }

    static async Task<(int Code, string Output, string Error)> RunAsync(params string[] call)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "probity.dll"), .. call])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        })!;
        var output = program.StandardOutput.ReadToEndAsync();
        var error = program.StandardError.ReadToEndAsync();
        try
        {
            await program.WaitForExitAsync().WaitAsync(Soon);
        }
        finally
        {
            if (!program.HasExited) program.Kill();
        }

        return (program.ExitCode, await output, await error);
    }
}
