using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Probity.Ledger.Tests.Log;
using Probity.Storage;
using Probity.Storage.Postgres;
using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Faults;

/// <summary>Several nodes of one agency on one database.</summary>
public sealed class PostgresNodesTests : IDisposable
{
    readonly TemporaryFolder _place = new();
    readonly string _connection = PostgresCluster.Shared.NewDatabase();
    readonly TestClock _clock = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_nodes_append_to_one_log_and_follow_each_other()
    {
        await using var first = await CreateAsync();
        await using var second = await JoinAsync("second");
        Assert.Equal((first.Origin, first.Id, first.VerifierKey), (second.Origin, second.Id, second.VerifierKey));
        Assert.NotEqual(first.Node, second.Node);

        const int Each = 150;
        var shared = NewStream();
        await Task.WhenAll(((TransparencyLog[])[first, second]).Select(node => Task.Run(async () =>
        {
            var own = NewStream();
            for (var i = 0; i < Each; i++)
                Assert.IsType<AppendResult.Appended>(await node.AppendAsync([new Expectation(own, i)], [Entry(own), Entry(shared)], Ct));
        })));

        foreach (var node in (TransparencyLog[])[first, second])
        {
            await ReachAsync(node, Each * 4);
            var entries = await node.ReadAsync(0, 10_000, Ct);
            Assert.Equal([first.Node, second.Node], entries.Select(entry => entry.Header.Node).Distinct().OrderBy(id => id == second.Node));
            Assert.Equal(Enumerable.Range(1, Each * 2).Select(i => (long)i), (await node.ReadStreamAsync(shared, 0, Ct)).Select(entry => entry.Header.Version));
        }

        Assert.Equal(first.Checkpoint, second.Checkpoint);
        var report = await NodeVerifier.VerifyAsync(Folder("second"), new VerifyRequest(first.VerifierKey, []), null, Ct);
        Assert.True(report.Ok, string.Join('\n', report.Checks.Where(check => !check.Ok)));
    }

    [Fact]
    public async Task What_another_node_appended_meanwhile_is_a_conflict()
    {
        await using var first = await CreateAsync();
        await using var second = await JoinAsync("second");
        var stream = NewStream();
        for (var round = 0; round < 30; round++)
        {
            var version = round;
            var results = await Task.WhenAll(((TransparencyLog[])[first, second, first, second]).Select(node => Task.Run(async () =>
                await node.AppendAsync([new Expectation(stream, version)], [Entry(stream)], Ct))));
            Assert.Single(results.OfType<AppendResult.Appended>());
            Assert.All(results.OfType<AppendResult.Conflict>(), conflict => Assert.Equal(version + 1, conflict.Actual));
        }
    }

    [Fact]
    public async Task A_commit_in_one_go_is_taken_only_where_the_log_is_as_it_was_drafted_on_and_nobody_else_is_there()
    {
        await using (var log = await CreateAsync()) await log.AppendAsync([], [Entry(NewStream())], Ct);
        await using var store = await PostgresLogStore.OpenAsync(_connection, Guid.NewGuid(), null, Ct);
        var newest = (await store.ReadCheckpointAsync(Ct))!;
        var commit = Commit(2);
        Assert.False(await store.TryAppendAsync(commit, newest.Note + "x", null, Ct));
        Assert.False(await store.TryAppendAsync(commit, newest.Note, 7, Ct));
        Assert.False(await store.TryAppendAsync(Commit(3), newest.Note, null, Ct));
        Assert.Equal(newest, await store.ReadCheckpointAsync(Ct));
        Assert.True(await store.TryAppendAsync(commit, newest.Note, 0, Ct));
        Assert.False(await store.TryAppendAsync(commit, newest.Note, null, Ct));
        Assert.True(await store.TryAppendAsync(Commit(3), commit.Checkpoint.Note, null, Ct));
        await using var other = await PostgresLogStore.OpenAsync(_connection, Guid.NewGuid(), null, Ct);
        await store.WaitForChangesAsync(Ct);
        Assert.False(await store.TryAppendAsync(Commit(4), Commit(3).Checkpoint.Note, null, Ct));
        Assert.Equal(3, (await store.ReadCheckpointAsync(Ct))!.Size);

        static LogCommit Commit(long size) =>
            new([new StoredRecord(size - 1, NewStream(), 1, new byte[10], new byte[10])], [], new StoredCheckpoint(size, $"of {size}"));
    }

    [Fact]
    public async Task A_subscriber_of_one_node_hears_what_the_other_commits()
    {
        await using var first = await CreateAsync();
        await using var second = await JoinAsync("second");
        await using var batches = second.SubscribeAsync(0, Ct).GetAsyncEnumerator(Ct);
        for (var round = 0L; round < 20; round++)
        {
            await first.AppendAsync([], [Entry(NewStream())], Ct);
            Assert.True(await batches.MoveNextAsync());
            Assert.Equal(round, Assert.Single(batches.Current).Header.Index);
        }
    }

    [Fact]
    public async Task A_key_that_one_node_destroyed_is_off_the_ring_of_the_other_and_takes_no_entry()
    {
        await using var first = await CreateAsync();
        await using var second = await JoinAsync("second");
        for (var round = 0; round < 10; round++)
        {
            var (stream, compartment) = (NewStream(), new CompartmentId(Guid.NewGuid()));
            await first.AppendAsync([], [Entry(stream, "erased", compartment: compartment)], Ct);
            // Both hold the key in memory.
            await second.AppendAsync([], [Entry(stream, "erased too", compartment: compartment)], Ct);
            await first.EraseAsync([], [], new ActorId(first.Id), [compartment], Ct);
            await Assert.ThrowsAsync<KeyDestroyedException>(async () => await second.AppendAsync([], [Entry(stream, compartment: compartment)], Ct));
            await ReachAsync(second, first.Size);
            Assert.All(await second.ReadStreamAsync(stream, 0, Ct), entry => Assert.Null(entry.Payload));
        }
    }

    [Fact]
    public async Task What_a_node_that_ended_had_begun_to_erase_is_finished_by_one_that_follows()
    {
        var first = await CreateAsync();
        await using var second = await JoinAsync("second");
        var (stream, compartment) = (NewStream(), new CompartmentId(Guid.NewGuid()));
        await first.AppendAsync([], [Entry(stream, compartment: compartment)], Ct);
        await ReachAsync(second, 1);
        Assert.NotNull((await second.ReadAsync(0, 1, Ct))[0].Payload);
        await using (var other = new NpgsqlConnection(_connection + ";Pooling=false"))
        {
            // Whoever wants to destroy keys has to wait: the entry is there, and its key too.
            await other.OpenAsync(Ct);
            await using var held = await other.BeginTransactionAsync(Ct);
            await using (var hold = new NpgsqlCommand("LOCK TABLE keys.key IN SHARE MODE", other)) await hold.ExecuteNonQueryAsync(Ct);
            var erasing = first.EraseAsync([], [], new ActorId(first.Id), [compartment], Ct).AsTask();
            while (!erasing.IsCompleted)
            {
                Run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND relation = 'keys.key'::regclass");
                await Task.WhenAny(erasing, Task.Delay(50, Ct));
            }

            Assert.NotNull(await Record.ExceptionAsync(() => erasing));
            await first.DisposeAsync();
            await ReachAsync(second, 2);
            Assert.Null((await second.ReadAsync(0, 1, Ct))[0].Payload);
            // Asked in the session that holds the table: another would wait behind those that wait.
            Assert.Equal(1, await LivingAsync(other));
        }

        await using var ask = new NpgsqlConnection(_connection + ";Pooling=false");
        await ask.OpenAsync(Ct);
        while (await LivingAsync(ask) > 0) await Task.Delay(50, Ct);

        async Task<long> LivingAsync(NpgsqlConnection session)
        {
            await using var command = new NpgsqlCommand("SELECT count(*) FROM keys.key WHERE compartment = $1 AND wrapped IS NOT NULL", session) { Parameters = { new() { Value = compartment.Value } } };
            return (long)(await command.ExecuteScalarAsync(Ct))!;
        }
    }

    [Fact]
    public async Task No_byte_of_a_destroyed_key_is_left_in_the_tables_of_the_server()
    {
        var cluster = PostgresCluster.Shared;
        await using var log = await CreateAsync();
        var compartment = new CompartmentId(Guid.NewGuid());
        await log.AppendAsync([], [Entry(NewStream(), compartment: compartment), Entry(NewStream())], Ct);
        await using var old = new NpgsqlConnection(_connection);
        await old.OpenAsync(Ct);
        byte[] wrapped;
        await using (var ask = new NpgsqlCommand("SELECT wrapped FROM keys.key WHERE compartment = $1", old) { Parameters = { new() { Value = compartment.Value } } })
            wrapped = (byte[])(await ask.ExecuteScalarAsync(Ct))!;
        Run("CHECKPOINT");
        Assert.True(Found());
        // A snapshot from before, as a long dump holds one, keeps nothing of it alive.
        await using var dump = await old.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, Ct);
        await using (var look = new NpgsqlCommand("SELECT count(*) FROM ledger.record", old)) await look.ExecuteScalarAsync(Ct);
        await log.EraseAsync([], [], new ActorId(log.Id), [compartment], Ct);
        Run("CHECKPOINT");
        Assert.False(Found());

        bool Found() => Directory.EnumerateFiles(Path.Combine(cluster.Data, "base"), "*", SearchOption.AllDirectories)
            .Any(file => File.Exists(file) && File.ReadAllBytes(file).AsSpan().IndexOf(wrapped) >= 0);
    }

    [Fact]
    public async Task One_leads_and_another_takes_over_when_it_resigns()
    {
        await using var first = await CreateAsync();
        await using var second = await JoinAsync("second");
        var (leading, release) = (new TaskCompletionSource<Leadership>(), new TaskCompletionSource());
        var one = first.LeadAsync(async (lead, _) =>
        {
            leading.SetResult(lead);
            await release.Task;
        }, Ct);
        var old = await leading.Task;
        var stream = NewStream();
        Assert.IsType<AppendResult.Appended>(await first.AppendAsync([], [Entry(stream)], old, Ct));

        var taken = new TaskCompletionSource<Leadership>();
        var other = second.LeadAsync((lead, _) =>
        {
            taken.SetResult(lead);
            return Task.CompletedTask;
        }, TimeSpan.FromSeconds(1), Ct);
        Assert.False(taken.Task.IsCompleted);
        release.SetResult();
        await one;
        var now = await taken.Task;
        Assert.True(now.Epoch > old.Epoch);
        await other;
        await Assert.ThrowsAsync<LeadershipLostException>(async () => await first.AppendAsync([], [Entry(stream)], old, Ct));
        Assert.IsType<AppendResult.Appended>(await first.AppendAsync([], [Entry(stream)], Ct));
    }

    [Fact]
    public async Task A_leader_that_was_paused_cannot_append_what_it_meant_to_once_another_leads()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux and its kin stop a process by a signal.");
        await using var log = await CreateAsync();
        Copy("paused");
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { LeaderProcess.Verb, Folder("paused") }, RedirectStandardOutput = true, RedirectStandardInput = true,
        })!;
        try
        {
            // It leads and has appended as the leader.
            var said = (await child.StandardOutput.ReadLineAsync(Ct))!.Split(' ');
            Assert.Equal("leads", said[0]);
            var stream = new StreamId(LeaderProcess.Stream);
            Signal(child, "STOP");
            var taken = new TaskCompletionSource<Leadership>();
            var leading = log.LeadAsync(async (lead, ct) =>
            {
                await log.AppendAsync([], [Entry(stream, "of the new leader")], lead, ct);
                taken.SetResult(lead);
            }, LeaderProcess.Term, Ct);
            Assert.True((await taken.Task).Epoch > long.Parse(said[1], CultureInfo.InvariantCulture));
            await leading;
            var size = await log.VersionAsync(stream, Ct);

            // It wakes believing that it leads, and goes on with what it was about to do.
            await child.StandardInput.WriteLineAsync("append");
            Signal(child, "CONT");
            Assert.Equal("refused", await child.StandardOutput.ReadLineAsync(Ct));
            Assert.Equal(size, await log.VersionAsync(stream, Ct));
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_folder_that_others_may_read_the_password_of_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps rights another way.");
        if (OperatingSystem.IsWindows()) return;
        await using (await CreateAsync()) { }
        var file = NodeFolder.At(Folder("first")).PostgresFile;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        await Assert.ThrowsAsync<InvalidDataException>(() => NodeFolder.OpenAsync(Folder("first"), _clock, new LogOptions(), Ct));
    }

    [Theory]
    [InlineData("ALTER DATABASE {0} SET synchronous_commit = off", "synchronous_commit")]
    [InlineData("ALTER DATABASE {0} SET synchronous_commit = local", "synchronous_commit")]
    [InlineData("ALTER DATABASE {0} SET synchronous_commit = remote_write", "synchronous_commit")]
    public async Task A_server_that_may_lose_what_it_confirms_is_refused(string setting, string named)
    {
        var database = new NpgsqlConnectionStringBuilder(_connection).Database!;
        await using var log = await CreateAsync();
        await log.AppendAsync([], [Entry(NewStream())], Ct);
        Run(string.Format(CultureInfo.InvariantCulture, setting, database));
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => JoinAsync("second"));
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
        // A node that is running already finds it when its session is opened anew.
        Run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await Assert.ThrowsAsync<StoreFaultException>(async () => await log.AppendAsync([], [Entry(NewStream())], Ct));
        fault = Assert.IsType<InvalidDataException>((await Assert.ThrowsAsync<StoreFaultException>(async () => await log.AppendAsync([], [Entry(NewStream())], Ct))).InnerException);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
        Run($"ALTER DATABASE {database} RESET synchronous_commit");
    }

    [Theory]
    [InlineData("not a connection")]
    [InlineData("Host=127.0.0.1;Pasword=hunter2")]
    [InlineData("Host=127.0.0.1;Port=x;Password=hunter2")]
    [InlineData("")]
    public async Task A_connection_that_cannot_be_read_is_refused_and_not_repeated(string connection)
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() =>
            NodeFolder.CreateAsync(Folder("first"), LogKeys.Generate("example.org/agency"), connection, _clock, new LogOptions(), Ct));
        Assert.True(fault is InvalidDataException or IOException, fault.GetType().Name);
        Assert.DoesNotContain("hunter2", fault.ToString(), StringComparison.Ordinal);
    }

    Task<TransparencyLog> CreateAsync() =>
        NodeFolder.CreateAsync(Folder("first"), LogKeys.Generate("example.org/agency"), _connection, _clock, new LogOptions(), Ct);

    /// <summary>Another node: a folder of its own with the same keys.</summary>
    Task<TransparencyLog> JoinAsync(string name)
    {
        Copy(name);
        return NodeFolder.OpenAsync(Folder(name), _clock, new LogOptions(), Ct);
    }

    void Copy(string name)
    {
        var keys = Directory.CreateDirectory(NodeFolder.At(Folder(name)).SecretsFolder).FullName;
        foreach (var file in Directory.EnumerateFiles(NodeFolder.At(Folder("first")).SecretsFolder)) File.Copy(file, Path.Combine(keys, Path.GetFileName(file)));
    }

    static async Task ReachAsync(TransparencyLog log, long size)
    {
        await foreach (var batch in log.SubscribeAsync(size - 1, Ct))
            if (batch[^1].Header.Index >= size - 1) return;
    }

    static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    void Run(string sql) => PostgresCluster.Shared.Execute(new NpgsqlConnectionStringBuilder(_connection).Database!, sql);

    string Folder(string name) => Path.Combine(_place.Path, name);

    public void Dispose() => _place.Dispose();
}
