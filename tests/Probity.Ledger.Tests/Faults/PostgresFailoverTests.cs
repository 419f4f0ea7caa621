using System.Globalization;
using Probity.Ledger.Tests.Log;
using Probity.Storage;
using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Faults;

/// <summary>A primary that is lost, with a standby that has all it confirmed, and with one that has not.</summary>
public sealed class PostgresFailoverTests(ITestOutputHelper output) : IDisposable
{
    readonly TemporaryFolder _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");

    [Fact]
    public async Task Writers_go_on_at_a_synchronous_standby_and_nothing_acknowledged_is_missing()
    {
        using var primary = PostgresCluster.StartOwn();
        primary.Execute("postgres", "CREATE DATABASE log");
        using var standby = PostgresCluster.StartStandby(primary, "second");
        // After the copy was made, so that the standby waits for nobody once it is promoted.
        primary.Execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'second'");
        primary.Execute("postgres", "SELECT pg_reload_conf()");
        await using var log = await CreateAsync(primary, standby);
        using var writers = new PostgresWriters([log], 8).Start();
        await writers.MoreAsync(200);

        primary.StopAtOnce();
        var before = writers.Acknowledged;
        standby.Promote();
        await writers.MoreAsync(200);
        await writers.StopAsync();

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{before} entries acknowledged before the primary was lost, {writers.Acknowledged - before} after; {writers.LongestSilence.TotalSeconds:0.00} s without an answer, of which the promotion is a part; {writers.Faults} requests were told of a fault"));
        await writers.CheckAsync(log);
        var report = await NodeVerifier.VerifyAsync(Node, new VerifyRequest(null, []), null, Ct);
        Assert.True(report.Ok, string.Join('\n', report.Checks.Where(check => !check.Ok)));
    }

    [Fact]
    public async Task A_node_whose_database_comes_back_behind_what_it_acknowledged_signs_nothing()
    {
        using var primary = PostgresCluster.StartOwn();
        primary.Execute("postgres", "CREATE DATABASE log");
        var stream = NewStream();
        string kept;
        await using (var log = await CreateAsync(primary))
        {
            await log.AppendAsync([], [Entry(stream), Entry(stream)], Ct);
        }

        using var standby = PostgresCluster.StartStandby(primary, "second");
        File.WriteAllText(NodeFolder.At(Node).PostgresFile, Both(primary, standby));
        await using (var log = await NodeFolder.OpenAsync(Node, TimeProvider.System, new LogOptions(), Ct))
        {
            // The standby is cut off, and the primary does not wait for it.
            standby.StopAtOnce();
            await log.AppendAsync([], [Entry(stream)], Ct);
            kept = log.Checkpoint;
            primary.StopAtOnce();
            standby.StartServer();
            standby.Promote();

            var fault = await UntilToldAsync(log, stream);
            Assert.Contains("entries were lost", fault.Message, StringComparison.Ordinal);
            // Nor after another has written something else in the place of what is gone.
            File.WriteAllText(Path.Combine(_place.Path, "checkpoint"), kept);
            var other = Path.Combine(_place.Path, "other");
            Directory.CreateDirectory(Path.Combine(other, "keys"));
            foreach (var file in Directory.EnumerateFiles(NodeFolder.At(Node).SecretsFolder)) File.Copy(file, Path.Combine(other, "keys", Path.GetFileName(file)));
            await using (var forgetful = await NodeFolder.OpenAsync(other, TimeProvider.System, new LogOptions(), Ct))
                for (var i = 0; i < 3; i++) await forgetful.AppendAsync([], [Entry(stream, "another history")], Ct);
            fault = await Assert.ThrowsAsync<StoreFaultException>(async () => await log.AppendAsync([], [Entry(stream)], Ct));
            Assert.Contains("entries were replaced", fault.Message, StringComparison.Ordinal);
            Assert.Equal(kept, log.Checkpoint);
        }

        // Nor after a restart: what it published lies in its folder.
        Assert.Equal(kept, await File.ReadAllTextAsync(NodeFolder.At(Node).CheckpointFile, Ct));
        await Assert.ThrowsAsync<InvalidDataException>(() => NodeFolder.OpenAsync(Node, TimeProvider.System, new LogOptions(), Ct));
        Assert.Contains((await NodeVerifier.VerifyAsync(Node, new VerifyRequest(null, []), null, Ct)).Checks, check => check is { Ok: false, Name: "published checkpoint" });
    }

    [Fact]
    public async Task A_wait_for_a_standby_that_is_broken_off_confirms_nothing()
    {
        using var primary = PostgresCluster.StartOwn();
        primary.Execute("postgres", "CREATE DATABASE log");
        await using var log = await CreateAsync(primary);
        var stream = NewStream();
        await log.AppendAsync([], [Entry(stream)], Ct);
        primary.Execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        primary.Execute("postgres", "SELECT pg_reload_conf()");
        // The server takes its new settings up in its own time: those before are confirmed.
        var (version, told) = (1L, default(StoreFaultException));
        while (told is null)
        {
            var waiting = log.AppendAsync([new Expectation(stream, version)], [Entry(stream)], Ct).AsTask();
            while (!waiting.IsCompleted)
            {
                primary.Execute("postgres", "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
                await Task.WhenAny(waiting, Task.Delay(20, Ct));
            }

            told = (await Record.ExceptionAsync(() => waiting)) as StoreFaultException;
            if (told is null) version++;
        }

        Assert.Contains("not confirmed", told.Message, StringComparison.Ordinal);
        primary.Execute("postgres", "ALTER SYSTEM RESET synchronous_standby_names");
        primary.Execute("postgres", "SELECT pg_reload_conf()");
        // It had been written, so who asks again is told of a conflict and reads.
        Assert.Equal(new AppendResult.Conflict(stream, version, version + 1), await log.AppendAsync([new Expectation(stream, version)], [Entry(stream)], Ct));
    }

    [Fact]
    public async Task A_server_that_was_away_is_used_again()
    {
        using var server = PostgresCluster.StartOwn();
        server.Execute("postgres", "CREATE DATABASE log");
        await using var log = await CreateAsync(server);
        using var writers = new PostgresWriters([log], 4).Start();
        for (var round = 0; round < 2; round++)
        {
            await writers.MoreAsync(50);
            server.StopAtOnce();
            server.StartServer();
        }

        await writers.MoreAsync(50);
        await writers.StopAsync();
        await writers.CheckAsync(log);
    }

    static async Task<StoreFaultException> UntilToldAsync(TransparencyLog log, StreamId stream)
    {
        // First the sessions are found to be gone.
        while (true)
        {
            var fault = await Assert.ThrowsAsync<StoreFaultException>(async () => await log.AppendAsync([], [Entry(stream)], Ct));
            if (fault.InnerException is InvalidDataException) return fault;
            await Task.Delay(50, Ct);
        }
    }

    Task<TransparencyLog> CreateAsync(params PostgresCluster[] clusters) => NodeFolder.CreateAsync(
        Node, LogKeys.Generate("example.org/failover"), Both(clusters), TimeProvider.System, new LogOptions(), Ct);

    static string Both(params PostgresCluster[] clusters) =>
        $"Host={string.Join(',', clusters.Select(cluster => cluster.Host))};Database=log;Username=postgres;Target Session Attributes=primary;SSL Mode=Disable;GSS Encryption Mode=Disable;Timeout=5";

    public void Dispose() => _place.Dispose();
}
