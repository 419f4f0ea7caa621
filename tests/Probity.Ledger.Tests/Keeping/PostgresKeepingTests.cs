using Npgsql;
using Probity.Ledger.Formats;
using Probity.Ledger.Tests.Faults;
using Probity.Ledger.Tests.Log;
using Probity.Storage;
using Probity.Storage.Postgres;
using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Keeping;

/// <summary>Keys, backups and tiles of a log in PostgreSQL, which several nodes serve.</summary>
public sealed class PostgresKeepingTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly TemporaryFolder _place = new();
    readonly string _connection = PostgresCluster.Shared.NewDatabase();
    readonly StreamId _stream = NewStream();
    readonly CompartmentId _erased = new(Guid.NewGuid());

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string First => Path.Combine(_place.Path, "first");
    string Second => Path.Combine(_place.Path, "second");
    string Saved => Path.Combine(_place.Path, "saved");
    NodeFolder Folder => NodeFolder.At(First);

    public void Dispose() => _place.Dispose();

    /// <summary>A log of five entries, the first of them erased, and the folder of a second node beside the first.</summary>
    async Task MakeAsync()
    {
        await using (var log = await NodeFolder.CreateAsync(First, LogKeys.Generate("example.org/kept"), _connection, new TestClock(), new LogOptions(), Ct))
        {
            for (var i = 0; i < 5; i++) await log.AppendAsync([], [Entry(_stream, $"{i}", compartment: i == 0 ? _erased : new CompartmentId(Guid.NewGuid()))], Ct);
            await log.EraseAsync([], [], new ActorId(Guid.NewGuid()), [_erased], Ct);
        }

        var keys = Directory.CreateDirectory(NodeFolder.At(Second).SecretsFolder).FullName;
        foreach (var file in Directory.EnumerateFiles(Folder.SecretsFolder)) File.Copy(file, Path.Combine(keys, Path.GetFileName(file)));
    }

    static Task<TransparencyLog> OpenAsync(string node) => NodeFolder.OpenAsync(node, new TestClock(), new LogOptions(), Ct);

    async Task CheckAsync(string node)
    {
        await using (var log = await OpenAsync(node))
            Assert.Equal([null, "1", "2", "3", "4"], (await log.ReadStreamAsync(_stream, 0, Ct)).Take(5).Select(LogSuite.Text));
        await VerifiesAsync(node);
    }

    static async Task VerifiesAsync(string node)
    {
        var report = await NodeVerifier.VerifyAsync(node, new VerifyRequest(null, []), null, Ct);
        Assert.True(report.Ok, string.Join('\n', report.Checks.Where(check => !check.Ok)));
    }

    [Fact]
    public async Task Keys_are_rotated_on_one_node_and_the_other_takes_the_new_key_when_it_starts()
    {
        await MakeAsync();
        var (old, rows) = (await File.ReadAllTextAsync(Folder.WrappingFile, Ct), await WrappedAsync());
        var (count, source) = await KeyRotation.RotateAsync(Folder, Ct);
        // Five entries' keys but the erased one, and the ledger's own.
        Assert.Equal((5, Folder.WrappingFile), (count, source["the file ".Length..]));
        var renewed = await WrappedAsync();
        Assert.All(renewed, row => Assert.Equal(2, row.Version));
        await CheckAsync(First);
        PostgresCluster.Shared.Execute("postgres", "CHECKPOINT");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(PostgresCluster.Shared.Data, "base"), "*", SearchOption.AllDirectories).Where(File.Exists))
        {
            var bytes = await File.ReadAllBytesAsync(file, Ct);
            Assert.All(rows, row => Assert.True(bytes.AsSpan().IndexOf(row.Wrapped) < 0, file));
        }

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => OpenAsync(Second));
        Assert.Contains("wrapping.next", fault.Message, StringComparison.Ordinal);
        var theirs = NodeFolder.At(Second).WrappingFile;
        File.Copy(Folder.WrappingFile, theirs + ".next");
        await CheckAsync(Second);
        Assert.Equal(await File.ReadAllTextAsync(Folder.WrappingFile, Ct), await File.ReadAllTextAsync(theirs, Ct));
        Assert.NotEqual(old, await File.ReadAllTextAsync(theirs, Ct));
        Assert.False(File.Exists(theirs + ".next"));
        await using var log = await OpenAsync(Second);
        await log.AppendAsync([], [Entry(NewStream())], Ct);
    }

    [Fact]
    public async Task Whatever_all_nodes_rely_on_is_left_alone_while_one_of_them_is_up()
    {
        await MakeAsync();
        await KeyBackups.BackUpAsync(Folder, Saved, null, Now, Ct);
        await using (await OpenAsync(Second))
        {
            foreach (var work in (Func<Task>[])[() => KeyRotation.RotateAsync(Folder, Ct), () => KeyBackups.RestoreAsync(Folder, Saved, Now, Ct), () => TileRebuild.RunAsync(Folder, null, Ct)])
            {
                var fault = await Assert.ThrowsAsync<IOException>(work);
                Assert.Contains("127.0.0.1", fault.Message, StringComparison.Ordinal);
                Assert.Contains("stop every node", fault.Message, StringComparison.Ordinal);
            }
        }

        await using (await Folder.HoldAloneAsync(Ct))
            Assert.Contains("when that is done", (await Assert.ThrowsAsync<IOException>(() => OpenAsync(Second))).Message, StringComparison.Ordinal);
        Assert.All(await WrappedAsync(), row => Assert.Equal(1, row.Version));
        await CheckAsync(Second);
    }

    [Fact]
    public async Task A_node_that_lost_its_session_is_seen_again_when_it_has_a_new_one()
    {
        await MakeAsync();
        await using var log = await OpenAsync(Second);
        PostgresCluster.Shared.Execute(Database, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        IOException? fault = null;
        for (var attempt = 0; fault is null && attempt < 100; attempt++, await Task.Delay(100, Ct))
            fault = await Record.ExceptionAsync(async () => await (await Folder.HoldAloneAsync(Ct)).DisposeAsync()) as IOException;
        Assert.NotNull(fault);
    }

    [Fact]
    public async Task A_node_that_nobody_sees_adds_no_key_under_a_wrapping_key_that_is_gone()
    {
        await MakeAsync();
        // As a node whose session was cut off would go on: with the store and the wrapping key that it had.
        await using var unseen = await PostgresKeyStore.OpenAsync(_connection, Ct);
        using var old = LogKeys.Read(Folder.SecretsFolder);
        var key = old.Wrapping.Wrap(new CompartmentId(Guid.NewGuid()), 1, new byte[32]);
        await unseen.AddAsync([key], Ct);
        await KeyRotation.RotateAsync(Folder, Ct);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(async () => await unseen.AddAsync([key with { Compartment = new CompartmentId(Guid.NewGuid()) }], Ct));
        Assert.Contains("keys rotate", fault.Message, StringComparison.Ordinal);
        await CheckAsync(First);
        using var now = LogKeys.Read(Folder.SecretsFolder);
        Assert.All(await WrappedAsync(), row => Assert.True(now.Wrapping.Opens(new WrappedKey(row.Compartment, row.Version, row.Wrapped))));
    }

    // What a crash leaves at each step: the next key written, the keys wrapped with it, the old one gone.
    [Theory]
    [InlineData("written"), InlineData("wrapped"), InlineData("removed")]
    public async Task A_rotation_that_was_cut_short_goes_on_when_the_node_opens(string step)
    {
        await MakeAsync();
        var (file, old) = (Folder.WrappingFile, await File.ReadAllTextAsync(Folder.WrappingFile, Ct));
        if (step is "written") await File.WriteAllTextAsync(file + ".next", Convert.ToBase64String(new byte[32]), Ct);
        else
        {
            await KeyRotation.RotateAsync(Folder, Ct);
            File.Move(file, file + ".next");
            if (step is "wrapped") await File.WriteAllTextAsync(file, old, Ct);
        }

        if (step is not "removed") await VerifiesAsync(First);
        await CheckAsync(First);
        Assert.False(File.Exists(file + ".next"));
    }

    [Fact]
    public async Task Lost_keys_come_back_from_their_backup_and_erased_ones_do_not()
    {
        await MakeAsync();
        await using (await OpenAsync(Second))
            Assert.Equal(6, (await KeyBackups.BackUpAsync(Folder, Saved, null, Now, Ct)).Keys);
        CompartmentId gone;
        await using (var log = await OpenAsync(First))
        {
            gone = (await log.ReadStreamAsync(_stream, 0, Ct))[1].Header.Compartment;
            await log.EraseAsync([], [], new ActorId(Guid.NewGuid()), [gone], Ct);
        }

        Execute("DELETE FROM keys.key");
        await Assert.ThrowsAsync<InvalidDataException>(() => OpenAsync(First));
        Assert.Equal(4, await KeyBackups.RestoreAsync(Folder, Saved, Now, Ct));
        await using (var log = await OpenAsync(Second))
            Assert.Equal([null, null, "2", "3", "4"], (await log.ReadStreamAsync(_stream, 0, Ct)).Select(LogSuite.Text));
        await VerifiesAsync(First);
        await Assert.ThrowsAsync<InvalidDataException>(() => KeyBackups.RestoreAsync(Folder, Saved, Now.AddDays(30), Ct));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_backup_comes_back_in_a_new_database_with_all_that_it_holds(bool ofSqlite)
    {
        await SmallNode.MakeAsync(First, Ct, postgres: ofSqlite ? null : _connection);
        await using (var log = await NodeFolder.OpenAsync(First, new TestClock(), ofSqlite ? new LogOptions() : new LogOptions { Node = Guid.NewGuid() }, Ct))
        {
            // More than is copied at once, and than a tile holds.
            for (var i = 0; i < 5; i++) await log.AppendAsync([], [.. Enumerable.Range(0, 500).Select(_ => Entry(_stream))], Ct);
            await log.EraseAsync([], [], new ActorId(Guid.NewGuid()), [(await log.ReadAsync(3, 1, Ct))[0].Header.Compartment], Ct);
        }

        using var key = await BackUpAsync();
        await KeyBackups.BackUpAsync(Folder, Path.Combine(_place.Path, "keys"), null, Now, Ct);
        var database = PostgresCluster.Shared.NewDatabase();
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => LedgerRestore.RestoreAsync(Saved, key, Second, database, SignerKey.Generate("example.org/small").Verifier, null, Ct));
        Assert.Contains("not of the one given", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Second));

        var report = await LedgerRestore.RestoreAsync(Saved, key, Second, database, null, null, Ct);
        Assert.Equal(SmallNode.Records + 2_501, report.Size);
        var back = NodeFolder.At(Second);
        foreach (var file in (string[])["signing", "wrapping"]) File.Copy(Path.Combine(Folder.SecretsFolder, file), Path.Combine(back.SecretsFolder, file));
        await Assert.ThrowsAsync<InvalidDataException>(() => OpenAsync(Second));
        await KeyBackups.RestoreAsync(back, Path.Combine(_place.Path, "keys"), Now, Ct);
        await VerifiesAsync(Second);
        string before, now;
        await using (var log = await NodeFolder.OpenAsync(First, new TestClock(), new LogOptions { Node = Guid.Empty }, Ct)) before = await SmallNode.AnswersAsync(log, Ct);
        await using (var log = await NodeFolder.OpenAsync(Second, new TestClock(), new LogOptions { Node = Guid.Empty }, Ct))
        {
            now = await SmallNode.AnswersAsync(log, Ct);
            await Assert.ThrowsAsync<SigningStoppedException>(async () => await log.AppendAsync([], [Entry(NewStream())], Ct));
        }

        Assert.Equal(before, now);
        File.Delete(back.RestoredFile);
        await using (var log = await OpenAsync(Second)) await log.AppendAsync([], [Entry(NewStream())], Ct);
        await VerifiesAsync(Second);
        var other = await Assert.ThrowsAsync<IOException>(() => LedgerRestore.RestoreAsync(Saved, key, Second + "2", database, null, null, Ct));
        Assert.Contains("new, empty one", other.Message, StringComparison.Ordinal);
        await VerifiesAsync(Second);
    }

    [Fact]
    public async Task A_database_that_a_restore_could_not_verify_is_as_empty_as_it_was()
    {
        await SmallNode.MakeAsync(First, Ct);
        using var key = await BackUpAsync();
        // A server that adds a table of its own: the filling works, and the verification finds it.
        Execute("CREATE FUNCTION public.refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE IF NOT EXISTS ledger.foreign_to_it (a integer); END $$; CREATE EVENT TRIGGER refuse ON ddl_command_end WHEN tag IN ('CREATE INDEX') EXECUTE FUNCTION public.refuse()");
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => LedgerRestore.RestoreAsync(Saved, key, Second, _connection, null, null, Ct));
        Assert.Contains("foreign_to_it", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Second));
        Execute("DROP EVENT TRIGGER refuse");
        Assert.Equal(SmallNode.Records, (await LedgerRestore.RestoreAsync(Saved, key, Second, _connection, null, null, Ct)).Size);
    }

    [Theory]
    [InlineData(0, "SELECT 1")]
    [InlineData(1, "UPDATE ledger.tile SET hashes = decode(repeat('00', 8192), 'hex') WHERE level = 0 AND number = 1")]
    [InlineData(1, "UPDATE ledger.tile SET hashes = decode(repeat('00', 9000), 'hex') WHERE level = 0 AND number = 1")]
    [InlineData(3, "DELETE FROM ledger.tile")]
    [InlineData(3, "INSERT INTO ledger.tile VALUES (0, 2, ''), (-1, 5, ''), (2, 0, '')")]
    [InlineData(-1, "DELETE FROM ledger.tile; DELETE FROM ledger.record WHERE idx = 300")]
    public async Task Tiles_are_made_again_from_the_records_that_have_the_signed_root(int wrong, string sql)
    {
        await using (var log = await NodeFolder.CreateAsync(First, LogKeys.Generate("example.org/tiles"), _connection, new TestClock(), new LogOptions(), Ct))
            await log.AppendAsync([], [.. Enumerable.Range(0, 700).Select(_ => Entry(_stream))], Ct);
        Execute(sql);
        var report = await TileRebuild.RunAsync(Folder, null, Ct);
        if (wrong < 0)
        {
            Assert.NotNull(report.Fault);
            Execute("DO $$ BEGIN ASSERT (SELECT count(*) = 0 FROM ledger.tile); END $$");
            return;
        }

        Assert.Equal(new TileReport(700, 3, wrong, null), report);
        await VerifiesAsync(First);
        Assert.Equal(0, (await TileRebuild.RunAsync(Folder, null, Ct)).Wrong);
    }

    async Task<BackupPrivateKey> BackUpAsync()
    {
        var file = Path.Combine(_place.Path, "private");
        BackupPrivateKey.Create(file);
        var key = BackupPrivateKey.Read(file);
        Assert.Null((await LedgerBackup.WriteAsync(Folder, Saved, key.Public, false, Now, null, Ct)).Fault);
        return key;
    }

    async Task<List<(CompartmentId Compartment, int Version, byte[] Wrapped)>> WrappedAsync()
    {
        await using var connection = new NpgsqlConnection(_connection + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand("SELECT compartment, version, wrapped FROM keys.key WHERE wrapped IS NOT NULL", connection);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<(CompartmentId, int, byte[])>();
        while (await reader.ReadAsync(Ct)) rows.Add((new CompartmentId(reader.GetGuid(0)), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)));
        return rows;
    }

    string Database => new NpgsqlConnectionStringBuilder(_connection).Database!;

    void Execute(string sql) => PostgresCluster.Shared.Execute(Database, sql);
}
