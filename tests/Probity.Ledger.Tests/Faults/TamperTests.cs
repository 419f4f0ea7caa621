using Microsoft.Data.Sqlite;
using Probity.Ledger.Formats;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>What someone with the database open, and every right on the machine, might do to it.</summary>
public sealed class TamperTests : IDisposable
{
    readonly MemoryFolder _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");

    [Theory]
    [InlineData("UPDATE record SET sealed = zeroblob(length(sealed)) WHERE idx = 5", 5)]
    [InlineData("UPDATE record SET header = zeroblob(length(header)) WHERE idx = 5", 5)]
    [InlineData("UPDATE record SET header = (SELECT header FROM record WHERE idx = 3) WHERE idx = 5", 5)]
    [InlineData("UPDATE stream SET version = version + 100 WHERE idx = 5", null)]
    [InlineData("UPDATE stream SET stream = zeroblob(16) WHERE idx = 5", null)]
    [InlineData("UPDATE stream SET idx = 4 WHERE idx = 5", null)]
    [InlineData("UPDATE stream SET idx = CASE idx WHEN 4 THEN 5 ELSE 4 END WHERE idx IN (4, 5)", null)]
    [InlineData("DELETE FROM stream WHERE idx = 5", null)]
    [InlineData("INSERT INTO stream VALUES (zeroblob(16), 1, 12)", null)]
    [InlineData("INSERT INTO stream VALUES (zeroblob(16), 1, 5)", null)]
    [InlineData("DELETE FROM record WHERE idx = 5", 5)]
    [InlineData("DELETE FROM record WHERE idx = 11", 11)]
    [InlineData("INSERT INTO record SELECT 12, header, sealed FROM record WHERE idx = 0", null)]
    [InlineData("INSERT INTO tile VALUES (1, 0, zeroblob(32))", null)]
    [InlineData("DELETE FROM checkpoint WHERE size = 12", 5)]
    [InlineData("DELETE FROM checkpoint WHERE size = 0", null)]
    [InlineData("INSERT INTO checkpoint SELECT -5, note FROM checkpoint WHERE size = 5", null)]
    [InlineData("INSERT INTO checkpoint SELECT -9223372036854775807 - 1, note FROM checkpoint WHERE size = 5", null)]
    [InlineData("UPDATE checkpoint SET note = replace(note, 'small', 'smell') WHERE size = 5", null)]
    [InlineData("UPDATE meta SET node = zeroblob(16)", 0)]
    [InlineData("UPDATE meta SET format = 1", null)]
    [InlineData("UPDATE meta SET format = 2", null)]
    [InlineData("UPDATE meta SET format = 4", null)]
    [InlineData("DROP TABLE witnessed", null)]
    [InlineData("INSERT INTO witnessed SELECT 1, 4, 0, note FROM checkpoint WHERE size = 5", null)]
    [InlineData("INSERT INTO witnessed SELECT 1, 5, 0, note FROM checkpoint WHERE size = 5", null)]
    [InlineData("INSERT INTO witnessed VALUES (1, 5, 0, 'no note')", null)]
    [InlineData("DELETE FROM meta", null)]
    [InlineData("DROP TABLE stream", null)]
    [InlineData("CREATE TABLE more (x)", null)]
    public async Task A_change_to_the_ledger_is_found(string sql, int? firstWrong)
    {
        await SmallNode.MakeAsync(Node, Ct);
        Run("ledger.db", sql);
        var report = await VerifyAsync();
        Assert.False(report.Ok);
        Assert.Equal(firstWrong, report.FirstWrong);
    }

    [Theory]
    [InlineData("DELETE FROM key")]
    [InlineData("UPDATE key SET version = 2")]
    [InlineData("UPDATE key SET wrapped = zeroblob(72) WHERE wrapped IS NOT NULL")]
    [InlineData("DELETE FROM key WHERE wrapped IS NULL")]
    public async Task A_change_to_the_keys_is_found(string sql)
    {
        await SmallNode.MakeAsync(Node, Ct, erase: true);
        Run("keys.db", sql);
        Assert.Contains((await VerifyAsync()).Checks, check => check is { Ok: false, Name: "keys" });
    }

    [Fact]
    public async Task A_destroyed_key_is_a_fault_where_no_entry_says_that_it_was_destroyed()
    {
        await SmallNode.MakeAsync(Node, Ct, erase: true);
        var report = await VerifyAsync();
        Assert.Equal("1 key was destroyed with no entry that says so.", Assert.Single(report.Checks, check => !check.Ok).Message);
        Assert.Equal((SmallNode.Records, "example.org/small"), (report.Size, report.Origin));
        Assert.InRange(report.WithoutKeys, 1, SmallNode.Records - 1);
        Assert.Null(report.FirstWrong);

        // All but that of the entries that say what was erased, which is there from the first commit on.
        Run("keys.db", $"UPDATE key SET wrapped = NULL WHERE compartment <> x'{KeysDestroyed.Compartment.Value:N}'");
        Directory.Delete(NodeFolder.At(Node).SecretsFolder, recursive: true);
        Assert.Contains("3 keys were destroyed with no entry that says so.", Assert.Single((await VerifyAsync()).Checks, check => !check.Ok).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verification_without_secrets_checks_the_encrypted_bytes_alone()
    {
        await SmallNode.MakeAsync(Node, Ct);
        Directory.Delete(NodeFolder.At(Node).SecretsFolder, recursive: true);
        var report = await VerifyAsync();
        Assert.True(report.Ok);
        Assert.Equal(SmallNode.Records, report.WithoutKeys);
        File.Delete(NodeFolder.At(Node).KeyFile);
        Assert.True((await VerifyAsync()).Ok);
    }

    [Fact]
    public async Task Verification_leaves_no_trace()
    {
        await SmallNode.MakeAsync(Node, Ct);
        var before = Directory.EnumerateFiles(Node).Order().Select(file => (file, Convert.ToHexString(File.ReadAllBytes(file)))).ToArray();
        await VerifyAsync();
        Assert.Equal(before, Directory.EnumerateFiles(Node).Order().Select(file => (file, Convert.ToHexString(File.ReadAllBytes(file)))).ToArray());
    }

    [Fact]
    public async Task A_roll_back_is_found_by_what_was_published_or_kept_and_refused_at_the_start()
    {
        await SmallNode.MakeAsync(Node, Ct);
        var earlier = File.ReadAllBytes(NodeFolder.At(Node).LedgerFile);
        await AppendAsync();
        var kept = await File.ReadAllTextAsync(NodeFolder.At(Node).CheckpointFile, Ct);
        File.WriteAllBytes(NodeFolder.At(Node).LedgerFile, earlier);
        Assert.Contains((await VerifyAsync()).Checks, check => check is { Ok: false, Name: "published checkpoint" });
        await Assert.ThrowsAsync<InvalidDataException>(AppendAsync);

        // Whoever also removes the published checkpoint is found by whoever kept one.
        File.Delete(NodeFolder.At(Node).CheckpointFile);
        await AppendAsync();
        Assert.True((await VerifyAsync()).Ok);
        Assert.Contains((await VerifyAsync(kept)).Checks, check => check is { Ok: false, Name: "old checkpoints" });
    }

    [Fact]
    public async Task A_record_written_anew_with_the_stolen_key_is_found_by_an_older_checkpoint_and_by_a_given_key()
    {
        await SmallNode.MakeAsync(Node, Ct);
        var kept = await File.ReadAllTextAsync(NodeFolder.At(Node).CheckpointFile, Ct);
        Assert.True((await VerifyAsync(kept)).Ok);
        var key = Checkpoint.Parse(SignedNote.Parse(kept).Text).Origin;
        var given = LogKeys.Read(NodeFolder.At(Node).SecretsFolder);
        Directory.Delete(Node, recursive: true);
        await SmallNode.MakeAsync(Node, Ct);
        Assert.True((await VerifyAsync()).Ok);
        Assert.False((await VerifyAsync(kept)).Ok);
        Assert.False((await NodeVerifier.VerifyAsync(Node, new VerifyRequest(given.Verifier, []), null, Ct)).Ok);
        Assert.Equal(given.Verifier.Name, key);
        given.Dispose();
    }

    [Fact]
    public async Task No_byte_of_a_destroyed_key_is_left_in_any_file()
    {
        var compartment = new CompartmentId(Guid.NewGuid());
        await using var log = await NodeFolder.CreateAsync(Node, "example.org/erasing", new TestClock(), new LogOptions(), Ct);
        await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream(), compartment: compartment)], Ct);
        byte[] wrapped;
        using (var connection = Open("keys.db"))
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT wrapped FROM key WHERE compartment = $compartment";
            command.Parameters.AddWithValue("$compartment", compartment.Value.ToByteArray(bigEndian: true));
            wrapped = (byte[])command.ExecuteScalar()!;
        }

        Assert.True(Found());
        await log.DestroyKeyAsync(compartment, Ct);
        Assert.False(Found());

        bool Found() => Directory.EnumerateFiles(Node, "keys.db*").Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray().AsSpan().IndexOf(wrapped) >= 0;
        });
    }

    [Fact]
    public async Task A_second_process_is_refused()
    {
        await using var log = await NodeFolder.CreateAsync(Node, "example.org/one", new TestClock(), new LogOptions(), Ct);
        await Assert.ThrowsAsync<IOException>(() => NodeFolder.OpenAsync(Node, new TestClock(), new LogOptions(), Ct));
        await Assert.ThrowsAsync<IOException>(() => NodeFolder.CreateAsync(Node, "example.org/two", new TestClock(), new LogOptions(), Ct));
    }

    [Fact]
    public async Task Secrets_are_readable_by_their_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps rights another way.");
        await SmallNode.MakeAsync(Node, Ct);
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in Directory.EnumerateFiles(NodeFolder.At(Node).SecretsFolder))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    async Task AppendAsync()
    {
        await using var log = await NodeFolder.OpenAsync(Node, new TestClock(), new LogOptions(), Ct);
        await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream())], Ct);
    }

    Task<VerifyReport> VerifyAsync(params string[] old) => NodeVerifier.VerifyAsync(Node, new VerifyRequest(null, old), null, Ct);

    void Run(string file, string sql)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var rows = command.ExecuteNonQuery();
        Assert.True(rows > 0 || sql.StartsWith("DROP", StringComparison.Ordinal) || sql.StartsWith("CREATE", StringComparison.Ordinal));
    }

    SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Node, file)};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose() => _place.Dispose();
}
