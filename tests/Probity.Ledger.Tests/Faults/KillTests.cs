using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Probity.Ledger.Tests.Faults.Disk;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>
/// A process that appends under load is killed, two hundred times: at random from outside, and by itself between writing, syncing and answering, while it
/// opens after the last kill, makes keys, publishes and closes. What it acknowledged is there.
/// </summary>
public sealed class KillTests
{
    const int Kills = 200;
    const int KillsOfOneNode = 25;
    const int Writers = 4;
    const int Entries = 12;

    static readonly string[] Files = ["ledger.db-wal", "ledger.db-wal", "keys.db-wal", "keys.db-wal", "ledger.db", "keys.db"];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_however_the_process_is_killed()
    {
        using var place = new MemoryFolder();
        var (kills, acknowledged, node) = (0, 0, 0);
        var kinds = new ConcurrentDictionary<string, int>();
        var wanted = Kills * FaultSize.Factor;
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(async () =>
        {
            while (Volatile.Read(ref kills) < wanted)
            {
                var number = Interlocked.Increment(ref node);
                var random = new Random(FaultSize.Seed + number);
                var folder = Path.Combine(place.Path, $"{number}");
                var expected = new Dictionary<long, string>();
                for (var run = 0; run < KillsOfOneNode && Volatile.Read(ref kills) < wanted; run++)
                {
                    var (kind, killed) = await RunAsync(folder, run, random, expected);
                    if (killed)
                    {
                        Interlocked.Increment(ref kills);
                        kinds.AddOrUpdate(kind, 1, (_, count) => count + 1);
                    }

                    // Killed while it was made: nothing was acknowledged, and there may be no ledger yet.
                    if (!NodeFolder.At(folder).Exists)
                    {
                        Assert.Empty(expected);
                        break;
                    }

                    await CheckAsync(folder, expected, $"node {number}, run {run}, {kind}", made: run > 0 || expected.Count > 0);
                }

                Interlocked.Add(ref acknowledged, expected.Count);
            }
        }, Ct)));
        TestContext.Current.SendDiagnosticMessage(
            $"seed {FaultSize.Seed}: {kills} kills, {acknowledged} acknowledged; " + string.Join(", ", kinds.OrderBy(kind => kind.Key).Select(kind => $"{kind.Value} {kind.Key}")));
        // The kills fell on processes at work, not on some that had not begun.
        Assert.True(acknowledged > kills * 4, $"{acknowledged} acknowledged");
    }

    static async Task CheckAsync(string folder, Dictionary<long, string> expected, string what, bool made)
    {
        if (made)
        {
            var report = await NodeVerifier.VerifyAsync(folder, new VerifyRequest(null, []), null, Ct);
            Assert.True(report.Ok, what + ": " + string.Join('\n', report.Checks.Where(check => !check.Ok)));
        }

        await using var log = await NodeFolder.OpenAsync(folder, TimeProvider.System, new LogOptions(), Ct);
        var entries = await log.ReadAsync(0, int.MaxValue, Ct);
        Assert.Equal(log.Size, entries.Count);
        foreach (var (index, payload) in expected) Assert.Equal(payload, Encoding.UTF8.GetString(entries[(int)index].Payload!.Value.Span));
    }

    /// <summary>One life of the process; whether it was killed, and how.</summary>
    static async Task<(string Kind, bool Killed)> RunAsync(string folder, int run, Random random, Dictionary<long, string> acknowledged)
    {
        var choice = run == 0 ? 4 + random.Next(6) : random.Next(10);
        var aim = choice switch
        {
            0 or 1 => null,
            2 or 3 => new KillAim(Any(DiskOperation.Write, DiskOperation.Sync, DiskOperation.Truncate, DiskOperation.Delete), Files[random.Next(Files.Length)], random.Next(1, 4), random.Next(2) == 0, Closing: true),
            4 => new KillAim(DiskOperation.Read, Files[random.Next(Files.Length)], random.Next(1, 8), After: false, Closing: false),
            5 or 6 => new KillAim(DiskOperation.Sync, Files[random.Next(4)], random.Next(1, 12), random.Next(2) == 0, Closing: false),
            _ => new KillAim(DiskOperation.Write, Files[random.Next(4)], random.Next(1, 60), random.Next(2) == 0, Closing: false),
        };
        var after = aim is null && choice == 0 ? random.Next(1, Writers * Entries) : int.MaxValue;
        string[] arguments =
        [
            AppenderProcess.Verb, folder, Writers.ToString(CultureInfo.InvariantCulture), Entries.ToString(CultureInfo.InvariantCulture), .. aim is null ? [] : (string[])[aim.ToString()],
        ];
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) 
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            // It lives for a few tenths of a second: nothing that it would learn about itself pays.
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        })!;
        var errors = child.StandardError.ReadToEndAsync(Ct);
        // Somewhere between the loading of the program and the end of its work.
        var late = choice == 1 ? KillLateAsync(child, random.Next(40, 400)) : Task.CompletedTask;
        var count = 0;
        while (await child.StandardOutput.ReadLineAsync(Ct) is { } line)
        {
            // A line cut short by the kill was not acknowledged: it lacks its end mark.
            if (line.Split(' ') is not [var index, var payload, "."]) continue;
            acknowledged.Add(long.Parse(index, CultureInfo.InvariantCulture), payload);
            if (++count == after) child.Kill();
        }

        await child.WaitForExitAsync(Ct);
        await late;
        if (child.ExitCode is not (0 or 137)) Assert.Fail(await errors);
        return (aim is null ? choice == 0 ? "from outside after some answers" : "from outside at any time"
            : $"{(aim.After ? "after" : "before")} {aim.Operation}{(aim.Closing ? " in closing" : "")}", child.ExitCode != 0);

        DiskOperation Any(params DiskOperation[] operations) => operations[random.Next(operations.Length)];
    }

    static async Task KillLateAsync(Process child, int milliseconds)
    {
        await Task.Delay(milliseconds, Ct);
        if (!child.HasExited) child.Kill();
    }
}
