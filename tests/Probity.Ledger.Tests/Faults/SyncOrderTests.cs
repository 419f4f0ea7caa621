using System.Diagnostics;
using System.Text.RegularExpressions;
using Probity.Ledger.Tests.Log;

namespace Probity.Ledger.Tests.Faults;

/// <summary>
/// What the kernel saw (strace): no answer leaves the process before the frames of its commit, and those of its key, were written and
/// then synced; a new node's secrets are on the disk under their names before there is a ledger.
/// </summary>
public sealed partial class SyncOrderTests
{
    const int Entries = 25;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_comes_after_the_sync_of_what_it_answers_for()
    {
        using var place = new TemporaryFolder();
        var node = Path.Combine(place.Path, "node");
        var calls = await TraceAsync(Path.Combine(place.Path, "trace"), node);

        var answers = 0;
        var unsynced = new HashSet<string>();
        var synced = new HashSet<string>();
        var syncing = new Dictionary<string, string>();
        foreach (var line in calls)
        {
            if (Resumed().Match(line) is { Success: true } resumed)
            {
                if (syncing.Remove(resumed.Groups["process"].Value, out var waiting)) Synced(waiting);
                continue;
            }

            if (Call().Match(line) is not { Success: true } call) continue;
            var (name, file, rest) = (call.Groups["name"].Value, call.Groups["file"].Value, call.Groups["rest"].Value);
            switch (name)
            {
                case "pwrite64":
                    unsynced.Add(file);
                    break;
                case "fsync" or "fdatasync" when rest.Contains("unfinished", StringComparison.Ordinal):
                    syncing[call.Groups["process"].Value] = file;
                    break;
                case "fsync" or "fdatasync":
                    Assert.EndsWith("= 0", rest, StringComparison.Ordinal);
                    Synced(file);
                    break;
                case "write" when Answer().IsMatch(rest):
                    answers++;
                    Assert.DoesNotContain(unsynced, log => log.EndsWith("-wal", StringComparison.Ordinal));
                    Assert.Contains(Path.Combine(node, "ledger.db-wal"), synced);
                    synced.Clear();
                    break;
            }
        }

        Assert.Equal(Entries, answers);

        void Synced(string file)
        {
            if (unsynced.Remove(file)) synced.Add(file);
        }
    }

    [Fact]
    public async Task A_new_nodes_secrets_are_on_the_disk_before_there_is_a_ledger()
    {
        using var place = new TemporaryFolder();
        var node = Path.Combine(place.Path, "node");
        var calls = await TraceAsync(Path.Combine(place.Path, "trace"), node);
        var ledger = calls.FindIndex(line => line.Contains(Path.Combine(node, "ledger.db"), StringComparison.Ordinal));
        foreach (var name in (string[])["keys/signing", "keys/wrapping", "keys/draw.key", "keys", ""])
        {
            var path = Path.Combine(node, name).TrimEnd('/');
            Assert.Contains(calls.Take(ledger), line => line.Contains("sync(", StringComparison.Ordinal) && line.Contains($"<{path}>", StringComparison.Ordinal));
        }
    }

    /// <summary>The lines of strace over a process that makes a node and appends, one entry after the other.</summary>
    static async Task<List<string>> TraceAsync(string trace, string node)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "strace is Linux's.");
        try
        {
            var tried = await RunAsync("-f", "-o", "/dev/null", "true");
            Assert.SkipUnless(tried == 0, "This machine does not permit tracing (ptrace).");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("strace is not installed.");
        }

        Assert.Equal(0, await RunAsync(
            "-f", "-y", "-s", "80", "-e", "trace=pwrite64,write,fsync,fdatasync", "-o", trace, Environment.ProcessPath!, AppenderProcess.Verb, node, "1", $"{Entries}"));
        return [.. await File.ReadAllLinesAsync(trace, Ct)];
    }

    static async Task<int> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("strace", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var read = Task.WhenAll(process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        await read;
        return process.ExitCode;
    }

    [GeneratedRegex(@"^(?<process>\d+) +(?<name>pwrite64|write|fsync|fdatasync)\(\d+<(?<file>[^>]*)>(?<rest>.*)$")]
    private static partial Regex Call();

    [GeneratedRegex(@"^(?<process>\d+) +<\.\.\. f(data)?sync resumed>.* = 0$")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^, ""\d+ [0-9a-f]{32} \.\\n""")]
    private static partial Regex Answer();
}
