using System.Diagnostics;

namespace Probity.Ledger.Tests.Keeping;

/// <summary>No server of the tests outlives the process that started it.</summary>
public sealed class PostgresWatchTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_whose_tests_were_killed_is_stopped_and_its_folder_removed()
    {
        Assert.SkipWhen(PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!) { ArgumentList = { PostgresProcess.Verb }, RedirectStandardOutput = true })!;
        var place = (await child.StandardOutput.ReadLineAsync(Ct))!;
        var server = int.Parse((await File.ReadAllLinesAsync(Path.Combine(place, "data", "postmaster.pid"), Ct))[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Directory.Exists($"/proc/{server}"));
        child.Kill();
        while (Directory.Exists(place) || Directory.Exists($"/proc/{server}")) await Task.Delay(50, Ct);
    }
}

/// <summary>The tests' own program, run again as a process that is to be killed: it starts a server and waits.</summary>
internal static class PostgresProcess
{
    public const string Verb = "postgres-until-killed";

    public static void Run()
    {
        Console.WriteLine(PostgresCluster.Start().Place);
        Thread.Sleep(Timeout.Infinite);
    }
}
