using System.Diagnostics;
using System.Globalization;
using System.Text;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>A process that appends under load is killed at random, again and again: what it acknowledged is there.</summary>
public sealed class KillTests
{
    const int Kills = 20;
    const int Writers = 8;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_process_is_killed()
    {
        var ct = TestContext.Current.CancellationToken;
        using var place = new TemporaryFolder();
        var node = Path.Combine(place.Path, "node");
        await using (await NodeFolder.CreateAsync(node, "example.org/killed", TimeProvider.System, new LogOptions(), ct)) { }
        var random = new Random(20260301);
        var acknowledged = new Dictionary<long, string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            foreach (var (index, payload) in await RunAndKillAsync(node, Writers, random.Next(20, 400), ct)) acknowledged.Add(index, payload);

            var report = await NodeVerifier.VerifyAsync(node, new VerifyRequest(null, []), null, ct);
            Assert.True(report.Ok, string.Join('\n', report.Checks.Where(check => !check.Ok)));
            await using var log = await NodeFolder.OpenAsync(node, TimeProvider.System, new LogOptions(), ct);
            var entries = await log.ReadAsync(0, int.MaxValue, ct);
            Assert.Equal(log.Size, entries.Count);
            foreach (var (index, payload) in acknowledged)
                Assert.Equal(payload, Encoding.UTF8.GetString(entries[(int)index].Payload!.Value.Span));
        }

        // The kills fell on a process at work, not on one that had not begun.
        Assert.True(acknowledged.Count > Kills * Writers, $"{acknowledged.Count} acknowledged");
    }

    internal static async Task<List<(long Index, string Payload)>> RunAndKillAsync(string node, int writers, int entries, CancellationToken ct)
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { AppenderProcess.Verb, node, writers.ToString(CultureInfo.InvariantCulture) }, RedirectStandardOutput = true,
        })!;
        var acknowledged = new List<(long, string)>();
        while (await child.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            // A line cut short by the kill was not acknowledged: it lacks its end mark.
            if (line.Split(' ') is not [var index, var payload, "."]) continue;
            acknowledged.Add((long.Parse(index, CultureInfo.InvariantCulture), payload));
            if (acknowledged.Count == entries) child.Kill();
        }

        await child.WaitForExitAsync(ct);
        Assert.NotEqual(0, child.ExitCode);
        return acknowledged;
    }
}
