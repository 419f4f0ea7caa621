using System.Diagnostics;

namespace Probity.Intake.Tests.Serving;

/// <summary>Debian's tor, running with a torrc of its own until it is disposed of.</summary>
internal sealed class Tor : IDisposable
{
    public const string Program = "/usr/bin/tor";

    readonly Process _process;

    Tor(Process process) => _process = process;

    public static void SkipUnlessHere() => Assert.SkipUnless(File.Exists(Program), $"{Program} is not on this machine.");

    /// <summary>Starts it with a folder of its own, which holds its torrc too.</summary>
    public static Tor Start(string folder, IEnumerable<string> torrc)
    {
        var start = new ProcessStartInfo(Program, ["--quiet", "--defaults-torrc", "/dev/null", "-f", Write(folder, torrc)]);
        // Seven of them at once: with an arena for each of its threads, each would take twice the memory.
        start.Environment["MALLOC_ARENA_MAX"] = "1";
        return new Tor(Process.Start(start)!);
    }

    /// <summary>What tor says of a torrc without running on it; null where it takes it without a warning.</summary>
    public static async Task<string?> RefusesAsync(string folder, IEnumerable<string> torrc)
    {
        var (code, said) = await RunAsync(Program, null, "--verify-config", "--defaults-torrc", "/dev/null", "-f", Write(folder, torrc));
        var faults = said.Split('\n').Where(line => (line.Contains("[warn]", StringComparison.Ordinal) || line.Contains("[err]", StringComparison.Ordinal)) && !line.Contains("running Tor as root", StringComparison.Ordinal));
        return code == 0 && !faults.Any() ? null : string.Join('\n', faults);
    }

    /// <summary>Lets a torrc's onion service make its key, without a network; its host name.</summary>
    public static async Task<string> MakeAddressAsync(string folder, IReadOnlyList<string> torrc)
    {
        const string Key = "HiddenServiceDir ";
        var name = Path.Combine(torrc.Single(line => line.StartsWith(Key, StringComparison.Ordinal))[Key.Length..], "hostname");
        using var tor = Start(folder, [.. torrc, "DisableNetwork 1"]);
        await UntilAsync(() => tor._process.HasExited || (File.Exists(name) && new FileInfo(name).Length > 0), "tor makes an address");
        Assert.False(tor._process.HasExited, "tor has ended by itself.");
        return (await File.ReadAllTextAsync(name)).Trim();
    }

    public static async Task<(int Code, string Said)> RunAsync(string program, string? typed, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.StandardInput.WriteAsync(typed);
        process.StandardInput.Close();
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await complained);
    }

    public static async Task UntilAsync(Func<bool> isSo, string what)
    {
        for (var begun = Stopwatch.StartNew(); !isSo(); await Task.Delay(50))
            Assert.True(begun.Elapsed < TimeSpan.FromMinutes(1), $"A minute has passed before {what}.");
    }

    static string Write(string folder, IEnumerable<string> torrc)
    {
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, "torrc");
        // Should these tests be killed, tor ends by itself.
        File.WriteAllLines(file, [$"DataDirectory {folder}", $"__OwningControllerProcess {Environment.ProcessId}", .. torrc]);
        return file;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
