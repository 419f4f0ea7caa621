using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>A folder that was made to harm whoever verifies it: to keep them waiting, or to fill their memory.</summary>
public sealed class HostileFolderTests : IAsyncLifetime
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(25);

    readonly MemoryFolder _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");

    public async ValueTask InitializeAsync() => await SmallNode.MakeAsync(Node, Ct);

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("meta", "format, origin, node, vkey", "1, 'a', zeroblob(16), 'b'")]
    [InlineData("record", "idx, header, sealed", "n, zeroblob(9), zeroblob(9)")]
    [InlineData("stream", "stream, version, idx", "zeroblob(16), n, 1")]
    [InlineData("checkpoint", "size, note", "n, 'note'")]
    public async Task A_view_without_end_in_the_place_of_a_table_is_never_asked(string table, string columns, string values)
    {
        Run("ledger.db", $"""
            DROP TABLE {table};
            CREATE VIEW {table} ({columns}) AS WITH RECURSIVE endless (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM endless) SELECT {values} FROM endless
            """);
        var report = await VerifyAsync();
        Assert.Contains("does not have the tables", Assert.Single(report.Checks, check => !check.Ok).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_without_end_in_the_place_of_the_keys_is_never_asked()
    {
        Run("keys.db", """
            DROP TABLE key;
            CREATE VIEW key (compartment, version, wrapped) AS
                WITH RECURSIVE endless (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM endless) SELECT zeroblob(16), 1, NULL FROM endless
            """);
        Assert.False((await VerifyAsync()).Ok);
    }

    [Theory]
    [InlineData("ledger.db")]
    [InlineData("ledger.db-wal")]
    [InlineData("ledger.db-journal")]
    [InlineData("keys.db")]
    [InlineData("keys/wrapping")]
    public async Task A_pipe_or_a_device_in_the_place_of_a_file_is_refused(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps its pipes elsewhere.");
        var file = Path.Combine(Node, name);
        File.Delete(file);
        Process.Start("mkfifo", file).WaitForExit();
        Assert.Contains("not a regular file", (await Assert.ThrowsAsync<IOException>(VerifyAsync)).Message, StringComparison.Ordinal);
        File.Delete(file);
        File.CreateSymbolicLink(file, "/dev/zero");
        Assert.Contains("not a regular file", (await Assert.ThrowsAsync<IOException>(VerifyAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_published_checkpoint_that_is_no_file_or_too_long_is_found()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps its pipes elsewhere.");
        var file = NodeFolder.At(Node).CheckpointFile;
        await Reported(() => Process.Start("mkfifo", file).WaitForExit(), "not a regular file");
        await Reported(() => File.CreateSymbolicLink(file, "/dev/zero"), "not a regular file");
        await Reported(() =>
        {
            using var huge = File.Create(file);
            huge.SetLength(4L << 30);
        }, "is longer than");

        async Task Reported(Action make, string message)
        {
            File.Delete(file);
            make();
            var found = Assert.Single((await VerifyAsync()).Checks, check => !check.Ok);
            Assert.Equal("published checkpoint", found.Name);
            Assert.Contains(message, found.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_link_to_a_regular_file_is_as_good_as_the_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights of their own there.");
        foreach (var name in (string[])["ledger.db", "keys.db", "checkpoint"])
        {
            var file = Path.Combine(Node, name);
            File.Move(file, file + ".moved");
            File.CreateSymbolicLink(file, file + ".moved");
        }

        Assert.True((await VerifyAsync()).Ok);
    }

    [Theory]
    [InlineData("UPDATE record SET sealed = zeroblob(100000000) WHERE idx = 5", "records", 5, "Record 5 is larger than a record may be.")]
    [InlineData("UPDATE record SET header = zeroblob(100000000) WHERE idx IN (7, 8, 11)", "records", 7, "Record 7 is larger than a record may be.")]
    [InlineData("UPDATE checkpoint SET note = replace(hex(zeroblob(50000000)), '00', 'a') WHERE size = 5", "checkpoints", null, "ledger.db holds a value that is larger than any may be.")]
    [InlineData("UPDATE meta SET origin = replace(hex(zeroblob(50000000)), '00', 'a')", "identity", null, "ledger.db holds a value that is larger than any may be.")]
    public async Task A_value_that_is_too_large_is_found_and_not_read(string sql, string check, int? index, string message)
    {
        Run("ledger.db", sql);
        var report = await VerifyAsync();
        var found = Assert.Single(report.Checks, found => found.Name == check);
        Assert.False(found.Ok);
        Assert.Equal(index, found.Index);
        Assert.StartsWith(message, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_of_the_full_length_are_read_in_parts()
    {
        await using (var log = await NodeFolder.OpenAsync(Node, TimeProvider.System, new LogOptions(), Ct))
            for (var i = 0; i < 5; i++)
                await log.AppendAsync([], [Log.LogFixture.Entry(Log.LogFixture.NewStream(), new string('x', i == 3 ? 10 : TransparencyLog.MaxPayloadBytes))], Ct);
        var report = await VerifyAsync();
        Assert.True(report.Ok, string.Join('\n', report.Checks));
        Assert.Equal(SmallNode.Records + 5, report.Size);
        Run("ledger.db", "UPDATE record SET sealed = zeroblob(length(sealed)) WHERE idx = 15");
        Assert.Equal(15, (await VerifyAsync()).FirstWrong);
    }

    Task<VerifyReport> VerifyAsync() =>
        Task.Run(() => NodeVerifier.VerifyAsync(Node, new VerifyRequest(null, []), null, Ct), Ct).WaitAsync(Soon, Ct);

    void Run(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Node, file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var rows = command.ExecuteNonQuery();
        Assert.True(rows > 0 || sql.StartsWith("DROP", StringComparison.Ordinal));
    }
}
