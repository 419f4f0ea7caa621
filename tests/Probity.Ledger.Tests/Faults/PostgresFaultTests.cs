using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;
using Probity.Ledger.Tests.Log;
using Probity.Storage;
using Probity.Storage.Postgres;
using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Faults;

/// <summary>Nodes, sessions and servers that end in the middle of an append, on PostgreSQL.</summary>
public sealed class PostgresFaultTests : IDisposable
{
    readonly TemporaryFolder _place = new();
    readonly string _connection = PostgresCluster.Shared.NewDatabase();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");

    // The database itself refuses, as it does on a full disk.
    [Theory]
    [InlineData("ledger.record")]
    [InlineData("ledger.checkpoint")]
    [InlineData("keys.key")]
    public async Task A_store_that_refuses_fails_the_requests_and_the_log_goes_on(string table)
    {
        await using (var log = await CreateAsync())
        {
            var stream = NewStream();
            await log.AppendAsync([], [Entry(stream)], Ct);
            Run($"""
                CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'disk is full'; END $$;
                CREATE TRIGGER full_disk BEFORE INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION public.refuse()
                """);
            var refused = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
                await Assert.ThrowsAsync<StoreFaultException>(async () =>
                    await log.AppendAsync([new Expectation(stream, 1)], [Entry(stream, compartment: new CompartmentId(Guid.NewGuid()))], Ct))));
            Assert.All(refused, fault => Assert.Contains("disk is full", fault.Message, StringComparison.Ordinal));
            Assert.Equal(1, log.Size);

            Run($"DROP TRIGGER full_disk ON {table}");
            Assert.IsType<AppendResult.Appended>(await log.AppendAsync([new Expectation(stream, 1)], [Entry(stream)], Ct));
            Assert.Equal(2, (await log.ReadStreamAsync(stream, 0, Ct)).Count);
        }

        await VerifyAsync(Node);
    }

    [Fact]
    public async Task Sessions_that_are_ended_under_load_lose_nothing_that_was_acknowledged()
    {
        await using var log = await CreateAsync();
        using var writers = new PostgresWriters([log], 8).Start();
        for (var round = 0; round < 15 * FaultSize.Factor; round++)
        {
            await writers.MoreAsync(10);
            // An end between two appends may hit nobody: a round is over when a writer was told.
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            patience.CancelAfter(TimeSpan.FromMinutes(1));
            for (var told = writers.Faults; writers.Faults == told; await Task.Delay(5, patience.Token))
            {
                // Only those that append: what a reader is told is an error, and no more.
                Run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%ledger.%'");
            }
        }

        await writers.StopAsync();
        await writers.CheckAsync(log);
        await VerifyAsync(Node);
    }

    [Fact]
    public async Task A_node_that_stops_while_it_holds_the_tail_loses_it()
    {
        await using var log = await CreateAsync();
        await using var store = await PostgresLogStore.OpenAsync(_connection, Ct);
        var held = await store.BeginAppendAsync(Ct);
        var appending = log.AppendAsync([], [Entry(NewStream())], Ct).AsTask();
        Assert.IsType<AppendResult.Appended>(await appending);
        await Assert.ThrowsAnyAsync<Exception>(async () => await held.CommitAsync(new LogCommit([], [], new StoredCheckpoint(9, "late")), Ct));
        await held.DisposeAsync();
        Assert.Equal(1, (await store.ReadCheckpointAsync(Ct))!.Size);
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_nodes_are_killed()
    {
        const int Writers = 4;
        await using (await CreateAsync()) { }
        var other = Path.Combine(_place.Path, "other");
        Directory.CreateDirectory(Path.Combine(other, "keys"));
        foreach (var file in Directory.EnumerateFiles(NodeFolder.At(Node).SecretsFolder)) File.Copy(file, Path.Combine(other, "keys", Path.GetFileName(file)));
        var random = new Random(FaultSize.Seed);
        var acknowledged = new Dictionary<long, string>();
        for (var round = 0; round < 4 * FaultSize.Factor; round++)
        {
            // Two nodes at once: the tail that a killed one held goes to the other.
            var killed = await Task.WhenAll(((string[])[Node, other]).Select(folder => RunAndKillAsync(folder, Writers, random.Next(20, 200), Ct)));
            foreach (var (index, payload) in killed.SelectMany(lines => lines)) acknowledged.Add(index, payload);
            await VerifyAsync(round % 2 == 0 ? Node : other);
            await using var log = await NodeFolder.OpenAsync(Node, TimeProvider.System, new LogOptions(), Ct);
            var entries = await log.ReadAsync(0, int.MaxValue, Ct);
            Assert.Equal(log.Size, entries.Count);
            foreach (var (index, payload) in acknowledged) Assert.Equal(payload, Encoding.UTF8.GetString(entries[(int)index].Payload!.Value.Span));
        }
    }

    static async Task<List<(long Index, string Payload)>> RunAndKillAsync(string node, int writers, int entries, CancellationToken ct)
    {
        string[] arguments = [AppenderProcess.Verb, node, writers.ToString(CultureInfo.InvariantCulture), int.MaxValue.ToString(CultureInfo.InvariantCulture)];
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
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

    Task<TransparencyLog> CreateAsync() =>
        NodeFolder.CreateAsync(Node, LogKeys.Generate("example.org/faults"), _connection, TimeProvider.System, new LogOptions(), Ct);

    static async Task VerifyAsync(string node)
    {
        var report = await NodeVerifier.VerifyAsync(node, new VerifyRequest(null, []), null, Ct);
        Assert.True(report.Ok, string.Join('\n', report.Checks.Where(check => !check.Ok)));
    }

    void Run(string sql) => PostgresCluster.Shared.Execute(new NpgsqlConnectionStringBuilder(_connection).Database!, sql);

    public void Dispose() => _place.Dispose();
}
