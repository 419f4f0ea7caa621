using System.Text;
using Microsoft.Data.Sqlite;
using Probity.Ledger.Formats;
using Probity.Ledger.Tests.Faults;
using Probity.Ledger.Tests.Log;
using Probity.Ledger.Tests.Witnessing;
using Probity.Ledger.Witnessing;
using Probity.Storage;
using Probity.Storage.Sqlite;

namespace Probity.Ledger.Tests.Keeping;

/// <summary>A node that was lost comes back from its backups, and signs nothing that contradicts what witnesses saw.</summary>
public sealed class RestoreTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly TemporaryFolder _place = new();
    readonly BackupPrivateKey _key;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");
    string Back => Path.Combine(_place.Path, "back");
    string Saved => Path.Combine(_place.Path, "ledger.backup");
    string SavedKeys => Path.Combine(_place.Path, "keys.backup");

    public RestoreTests()
    {
        BackupPrivateKey.Create(Path.Combine(_place.Path, "private"));
        _key = BackupPrivateKey.Read(Path.Combine(_place.Path, "private"));
    }

    public void Dispose()
    {
        _key.Dispose();
        _place.Dispose();
    }

    async Task BackUpAsync(string? node = null)
    {
        File.Delete(Saved);
        var report = await LedgerBackup.WriteAsync(NodeFolder.At(node ?? Node), Saved, _key.Public, false, Now, null, Ct);
        Assert.Null(report.Fault);
    }

    Task<RestoreReport> RestoreAsync(VerifierKey? key = null) => LedgerRestore.RestoreAsync(Saved, _key, Back, key, null, Ct);

    /// <summary>What is kept elsewhere is put beside the restored ledger.</summary>
    async Task BringKeysAsync()
    {
        FolderCopy.Make(NodeFolder.At(Node).SecretsFolder, NodeFolder.At(Back).SecretsFolder);
        await KeyBackups.RestoreAsync(NodeFolder.At(Back), SavedKeys, Now, Ct);
    }

    [Fact]
    public async Task A_node_that_is_running_is_backed_up_and_all_that_it_answered_comes_back()
    {
        await SmallNode.MakeAsync(Node, Ct);
        await using (var log = await NodeFolder.OpenAsync(Node, new TestClock(), new LogOptions(), Ct))
        {
            // More than a tile and a row of tiles hold, and a write-ahead log that is not empty.
            for (var i = 0; i < 3; i++)
                await log.AppendAsync([], [.. Enumerable.Range(0, 200).Select(_ => LogFixture.Entry(LogFixture.NewStream()))], Ct);
            var erased = (await log.ReadAsync(3, 1, Ct))[0].Header.Compartment;
            await log.EraseAsync([], [], new ActorId(Guid.NewGuid()), [erased], Ct);
            await BackUpAsync();
            await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream(), "after")], Ct);
        }

        await BackUpAsync();
        await KeyBackups.BackUpAsync(NodeFolder.At(Node), SavedKeys, null, Now, Ct);
        var report = await RestoreAsync(LogKeys.Read(NodeFolder.At(Node).SecretsFolder).Verifier);
        Assert.Equal(SmallNode.Records + 600 + 2, report.Size);
        Assert.False(File.Exists(NodeFolder.At(Back).KeyFile) || Directory.Exists(NodeFolder.At(Back).SecretsFolder) || File.Exists(NodeFolder.At(Back).ViewsFile));
        await BringKeysAsync();
        Assert.Equal(await SmallNode.AnswersAsync(Node, Ct), await SmallNode.AnswersAsync(Back, Ct));
        var verified = await NodeVerifier.VerifyAsync(Back, new VerifyRequest(null, []), null, Ct);
        Assert.True(verified.Ok, string.Join('\n', verified.Checks.Where(check => !check.Ok)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_place.Path, ".*"));
    }

    [Fact]
    public async Task A_log_in_postgresql_that_several_nodes_served_comes_back_in_a_folder()
    {
        await SmallNode.MakeAsync(Node, Ct, postgres: PostgresCluster.Shared.NewDatabase());
        await using (var log = await NodeFolder.OpenAsync(Node, new TestClock(), new LogOptions { Node = Guid.NewGuid() }, Ct))
        {
            await AppendAsync(log);
            // More than is read at once.
            for (var i = 0; i < 6; i++) await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream(), new string('x', 3_000_000))], Ct);
            await BackUpAsync();
            await AppendAsync(log);
        }

        Assert.Equal(SmallNode.Records + 7, (await RestoreAsync()).Size);
        var file = Path.Combine(_place.Path, "back", "other-nodes");
        Assert.Single(await File.ReadAllLinesAsync(file, Ct));
        File.Delete(file);
        Assert.False((await NodeVerifier.VerifyAsync(Back, new VerifyRequest(null, []), null, Ct)).Ok);
    }

    [Fact]
    public async Task What_is_committed_while_a_backup_is_written_is_in_it_whole_or_not_at_all()
    {
        await SmallNode.MakeAsync(Node, Ct);
        await using var log = await NodeFolder.OpenAsync(Node, new TestClock(), new LogOptions { Durability = Durability.OnlyWhenClosed }, Ct);
        using var over = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested) await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream()), LogFixture.Entry(LogFixture.NewStream())], Ct);
        }, Ct);
        for (var i = 0; i < 5; i++)
        {
            await BackUpAsync();
            var report = await RestoreAsync();
            Assert.InRange(report.Size, SmallNode.Records, log.Size);
            Directory.Delete(Back, recursive: true);
        }

        await over.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task The_file_shows_nothing_of_the_ledger_and_another_key_opens_nothing()
    {
        await SmallNode.MakeAsync(Node, Ct);
        await BackUpAsync();
        var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Saved, Ct));
        Assert.DoesNotContain("cases.opened.v1", text, StringComparison.Ordinal);
        Assert.Contains($"for {_key.Public}\n", text, StringComparison.Ordinal);
        BackupPrivateKey.Create(Path.Combine(_place.Path, "other"));
        using var other = BackupPrivateKey.Read(Path.Combine(_place.Path, "other"));
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => LedgerRestore.RestoreAsync(Saved, other, Back, null, null, Ct));
        Assert.Contains("was made for", fault.Message, StringComparison.Ordinal);
        var stranger = SignerKey.Generate("example.org/small").Verifier;
        fault = await Assert.ThrowsAsync<InvalidDataException>(() => RestoreAsync(stranger));
        Assert.Contains("not of the one given", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Back));
    }

    [Theory]
    [InlineData("DELETE FROM record WHERE idx = 5")]
    [InlineData("DELETE FROM record WHERE idx = 11")]
    [InlineData("UPDATE record SET sealed = zeroblob(length(sealed)) WHERE idx = 3")]
    [InlineData("UPDATE record SET header = (SELECT header FROM record WHERE idx = 2) WHERE idx = 3")]
    [InlineData("UPDATE checkpoint SET note = replace(note, 'example', 'sample') WHERE size = 5")]
    [InlineData("DELETE FROM checkpoint WHERE size = 0")]
    public async Task A_ledger_that_is_not_whole_is_not_backed_up_and_no_file_is_left(string sql)
    {
        await SmallNode.MakeAsync(Node, Ct);
        using (var connection = new SqliteConnection($"Data Source={NodeFolder.At(Node).LedgerFile};Pooling=False"))
        {
            connection.Open();
            connection.Run(sql);
        }

        var report = await LedgerBackup.WriteAsync(NodeFolder.At(Node), Saved, _key.Public, false, Now, null, Ct);
        Assert.NotNull(report.Fault);
        Assert.Equal(["node", "private"], Directory.EnumerateFileSystemEntries(_place.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Credentials_are_in_it_only_if_asked_for_and_come_back_as_they_were()
    {
        await SmallNode.MakeAsync(Node, Ct);
        await Assert.ThrowsAsync<FileNotFoundException>(() => LedgerBackup.WriteAsync(NodeFolder.At(Node), Saved, _key.Public, true, Now, null, Ct));
        using var open = new SqliteConnection($"Data Source={NodeFolder.At(Node).AccessFile};Pooling=False");
        open.Open();
        // In the write-ahead log, as a server that is running leaves it, and more than a piece.
        open.Run("PRAGMA journal_mode = WAL; CREATE TABLE person (name TEXT, secret BLOB); INSERT INTO person VALUES ('zq-officer', randomblob(1500000))");
        await BackUpAsync();
        Assert.False((await RestoreAsync()).HasCredentials);
        Directory.Delete(Back, recursive: true);

        File.Delete(Saved);
        Assert.Null((await LedgerBackup.WriteAsync(NodeFolder.At(Node), Saved, _key.Public, true, Now, null, Ct)).Fault);
        Assert.True((await RestoreAsync()).HasCredentials);
        using var restored = SqliteFile.OpenUntouched(NodeFolder.At(Back).AccessFile);
        Assert.Equal(Secret(open), Secret(restored));
        Assert.DoesNotContain("zq-officer", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Saved, Ct)), StringComparison.Ordinal);

        static string Secret(SqliteConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT name || hex(secret) FROM person";
            return (string)command.ExecuteScalar()!;
        }
    }

    [Fact]
    public async Task Nothing_is_written_over()
    {
        await SmallNode.MakeAsync(Node, Ct);
        await BackUpAsync();
        await Assert.ThrowsAsync<IOException>(() => LedgerBackup.WriteAsync(NodeFolder.At(Node), Saved, _key.Public, false, Now, null, Ct));
        Directory.CreateDirectory(Back);
        await Assert.ThrowsAsync<IOException>(() => RestoreAsync());
        await Assert.ThrowsAsync<InvalidDataException>(() => LedgerRestore.RestoreAsync(Path.Combine(_place.Path, "private"), _key, Back + "2", null, null, Ct));
        Assert.False(Directory.Exists(Back + "2"));
    }

    [Fact]
    public async Task What_is_still_missing_after_a_restore_is_said_by_name()
    {
        await using (var log = await NodeFolder.CreateAsync(Node, "example.org/alone", new TestClock(), new LogOptions(), Ct)) await AppendAsync(log);
        await BackUpAsync();
        await KeyBackups.BackUpAsync(NodeFolder.At(Node), SavedKeys, null, Now, Ct);
        await RestoreAsync();

        Assert.Contains("put the folder of secrets", (await Assert.ThrowsAsync<FileNotFoundException>(() => NodeFolder.OpenAsync(Back, new TestClock(), new LogOptions(), Ct))).Message, StringComparison.Ordinal);
        await BringKeysAsync();
        await using var restored = await NodeFolder.OpenAsync(Back, new TestClock(), new LogOptions(), Ct);
        Assert.Contains("--restored-without-witnesses", restored.Stopped, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restored_copy_signs_only_if_it_is_not_older_than_what_a_witness_saw(bool older)
    {
        await using (await NodeFolder.CreateAsync(Node, "example.org/watched", new TestClock(), new LogOptions(), Ct)) { }
        using var secrets = LogKeys.Read(NodeFolder.At(Node).SecretsFolder);
        await using var witness = new Witness(
            SignerKey.Parse(WitnessHost.Keys[0].Export()), WitnessedLogs.Parse(Encoding.UTF8.GetBytes($"log {secrets.Verifier}")),
            SqliteWitnessStore.Open(Path.Combine(_place.Path, "w.db")), TimeProvider.System);
        using var host = new WitnessHost(witness);
        await File.WriteAllTextAsync(NodeFolder.At(Node).PolicyFile, $"witness w0 {WitnessHost.Key(0)} {host.Url}\nquorum w0\n", Ct);
        await ConfirmAsync(Node);
        await BackUpAsync();
        await KeyBackups.BackUpAsync(NodeFolder.At(Node), SavedKeys, null, Now, Ct);
        if (older) await ConfirmAsync(Node);

        Assert.True((await RestoreAsync()).HasWitnesses);
        await BringKeysAsync();
        Assert.Equal(!older, await IsConfirmedAsync());
        if (!older) return;

        // What to do then: the newer backup, in another new folder. The one that was stopped stays as it is.
        Directory.Move(Back, Back + ".stopped");
        await BackUpAsync();
        File.Delete(SavedKeys);
        await KeyBackups.BackUpAsync(NodeFolder.At(Node), SavedKeys, null, Now, Ct);
        await RestoreAsync();
        await BringKeysAsync();
        Assert.True(await IsConfirmedAsync());
        Assert.True(File.Exists(NodeFolder.At(Back + ".stopped").StoppedFile));
    }

    /// <summary>Starts what was restored: whether it takes entries once the witness has answered.</summary>
    async Task<bool> IsConfirmedAsync()
    {
        var folder = NodeFolder.At(Back);
        await using var log = await NodeFolder.OpenAsync(Back, new TestClock(), new LogOptions(), Ct);
        await Assert.ThrowsAsync<SigningStoppedException>(() => AppendAsync(log));
        using var witnessing = NodeWitnessing.Open(folder, log, Soon, _ => { })!;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = witnessing.RunAsync(over.Token);
        while (File.Exists(folder.RestoredFile) && !File.Exists(folder.StoppedFile)) await Task.Delay(20, Ct);
        var stopped = File.Exists(folder.StoppedFile);
        if (stopped) await Assert.ThrowsAsync<SigningStoppedException>(() => AppendAsync(log));
        else await UntilSignedAsync(log);
        await over.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        return !stopped;
    }

    static readonly WitnessPatience Soon = new(
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(15), TimeSpan.FromMilliseconds(200));

    static async Task ConfirmAsync(string node)
    {
        await using var log = await NodeFolder.OpenAsync(node, new TestClock(), new LogOptions(), Ct);
        await AppendAsync(log);
        using var witnessing = NodeWitnessing.Open(NodeFolder.At(node), log, Soon, _ => { })!;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = witnessing.RunAsync(over.Token);
        while (log.Witnessed?.Size != log.Size) await Task.Delay(20, Ct);
        await over.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    static Task<AppendResult> AppendAsync(TransparencyLog log) => log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream())], Ct).AsTask();

    /// <summary>The file is gone a moment before the log takes entries.</summary>
    static async Task UntilSignedAsync(TransparencyLog log)
    {
        while (log.Stopped is not null) await Task.Delay(20, Ct);
        await AppendAsync(log);
    }
}
