using Npgsql;
using Probity.Ledger.Tests.Log;
using Probity.Storage;

namespace Probity.Ledger.Tests.Faults;

/// <summary>What a database administrator might do to a log in PostgreSQL, with every right on the server.</summary>
public sealed class PostgresTamperTests : IDisposable
{
    readonly TemporaryFolder _place = new();
    readonly string _connection = PostgresCluster.Shared.NewDatabase();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");

    [Theory]
    [InlineData("UPDATE ledger.record SET sealed = decode(repeat('00', length(sealed)), 'hex') WHERE idx = 5", 5)]
    [InlineData("UPDATE ledger.record SET header = decode(repeat('00', length(header)), 'hex') WHERE idx = 5", 5)]
    [InlineData("UPDATE ledger.record SET header = (SELECT header FROM ledger.record WHERE idx = 3) WHERE idx = 5", 5)]
    [InlineData("UPDATE ledger.record SET version = version + 100 WHERE idx = 5", 5)]
    [InlineData("UPDATE ledger.record SET stream = gen_random_uuid() WHERE idx = 5", 5)]
    [InlineData("UPDATE ledger.record SET sealed = decode(repeat('00', 5000000), 'hex') WHERE idx = 5", 5)]
    [InlineData("DELETE FROM ledger.record WHERE idx = 5", 5)]
    [InlineData("DELETE FROM ledger.record WHERE idx = 11", 11)]
    [InlineData("INSERT INTO ledger.record SELECT 12, gen_random_uuid(), 1, header, sealed FROM ledger.record WHERE idx = 0", null)]
    [InlineData("INSERT INTO ledger.tile VALUES (1, 0, decode(repeat('00', 32), 'hex'))", null)]
    [InlineData("DELETE FROM ledger.checkpoint WHERE size = 12", 5)]
    [InlineData("DELETE FROM ledger.checkpoint WHERE size = 0", null)]
    [InlineData("INSERT INTO ledger.checkpoint SELECT -5, note FROM ledger.checkpoint WHERE size = 5", null)]
    [InlineData("UPDATE ledger.checkpoint SET note = replace(note, 'small', 'smell') WHERE size = 5", null)]
    [InlineData("UPDATE ledger.checkpoint SET note = repeat(note, 100000) WHERE size = 5", null)]
    [InlineData("UPDATE ledger.meta SET node = gen_random_uuid(); DELETE FROM ledger.node", 0)]
    [InlineData("UPDATE ledger.meta SET format = 1", null)]
    [InlineData("DELETE FROM ledger.meta", null)]
    [InlineData("DROP INDEX ledger.record_stream", null)]
    [InlineData("CREATE TABLE ledger.more (x integer)", null)]
    [InlineData("ALTER TABLE ledger.record RENAME TO real; CREATE VIEW ledger.record AS SELECT * FROM ledger.real", null)]
    [InlineData("ALTER TABLE ledger.record ENABLE ROW LEVEL SECURITY", null)]
    [InlineData("CREATE RULE quiet AS ON DELETE TO ledger.record DO INSTEAD NOTHING", null)]
    [InlineData("CREATE FUNCTION ledger.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER t BEFORE INSERT ON ledger.record FOR EACH ROW EXECUTE FUNCTION ledger.f()", null)]
    [InlineData("CREATE TABLE ledger.heir () INHERITS (ledger.record)", null)]
    [InlineData("SET allow_system_table_mods = on; UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ledger.record_stream'::regclass", null)]
    public async Task A_change_to_the_ledger_is_found(string sql, int? firstWrong)
    {
        await SmallNode.MakeAsync(Node, Ct, postgres: _connection);
        AssertWhole(await VerifyAsync());
        Run(sql);
        var report = await VerifyAsync();
        Assert.False(report.Ok);
        Assert.Equal(firstWrong, report.FirstWrong);
    }

    [Theory]
    [InlineData("DELETE FROM keys.key")]
    [InlineData("UPDATE keys.key SET version = 2")]
    [InlineData("UPDATE keys.key SET wrapped = decode(repeat('00', 72), 'hex') WHERE wrapped IS NOT NULL")]
    [InlineData("UPDATE keys.key SET wrapped = decode(repeat('00', 1000000), 'hex') WHERE wrapped IS NOT NULL")]
    [InlineData("UPDATE keys.key SET wrapped = NULL")]
    [InlineData("CREATE TABLE keys.more (x integer)")]
    public async Task A_change_to_the_keys_is_found(string sql)
    {
        await SmallNode.MakeAsync(Node, Ct, postgres: _connection);
        Run(sql);
        Assert.Contains((await VerifyAsync()).Checks, check => check is { Ok: false, Name: "keys" });
    }

    [Fact]
    public async Task A_row_that_an_index_hides_is_found()
    {
        await SmallNode.MakeAsync(Node, Ct, postgres: _connection);
        // The index is emptied of a row as a damaged or doctored file would be: built while the row was another's.
        Run("""
            CREATE TABLE kept AS SELECT * FROM ledger.record WHERE idx = 5;
            SET allow_system_table_mods = on;
            UPDATE pg_index SET indisready = false, indisvalid = false, indislive = true WHERE indexrelid = 'ledger.record_stream'::regclass;
            DELETE FROM ledger.record WHERE idx = 5;
            INSERT INTO ledger.record SELECT * FROM kept;
            UPDATE pg_index SET indisready = true, indisvalid = true WHERE indexrelid = 'ledger.record_stream'::regclass;
            DROP TABLE kept;
            """);
        var report = await VerifyAsync();
        Assert.Contains(report.Checks, check => check is { Ok: false, Name: "database" } && check.Message.Contains("index of streams", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_roll_back_is_found_by_what_was_published_or_kept_and_refused_at_the_start()
    {
        await SmallNode.MakeAsync(Node, Ct, postgres: _connection);
        var database = new NpgsqlConnectionStringBuilder(_connection).Database;
        NpgsqlConnection.ClearAllPools();
        PostgresCluster.Shared.Execute("postgres", $"CREATE DATABASE {database}_old TEMPLATE {database}");
        await AppendAsync();
        var kept = await File.ReadAllTextAsync(NodeFolder.At(Node).CheckpointFile, Ct);
        PostgresCluster.Shared.Execute("postgres", $"ALTER DATABASE {database} RENAME TO {database}_new; ALTER DATABASE {database}_old RENAME TO {database}");
        Assert.Contains((await VerifyAsync()).Checks, check => check is { Ok: false, Name: "published checkpoint" });
        await Assert.ThrowsAsync<InvalidDataException>(AppendAsync);

        File.Delete(NodeFolder.At(Node).CheckpointFile);
        await AppendAsync();
        AssertWhole(await VerifyAsync());
        Assert.Contains((await VerifyAsync(kept)).Checks, check => check is { Ok: false, Name: "old checkpoints" });
    }

    [Fact]
    public async Task Verification_says_that_a_server_does_not_answer()
    {
        await SmallNode.MakeAsync(Node, Ct, postgres: _connection);
        File.WriteAllText(NodeFolder.At(Node).PostgresFile, _connection.Replace($"Port={PostgresCluster.Shared.Port}", "Port=1", StringComparison.Ordinal));
        Assert.Contains("cannot be used", (await Assert.ThrowsAsync<IOException>(() => VerifyAsync())).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(AppendAsync);
    }

    async Task AppendAsync()
    {
        await using var log = await NodeFolder.OpenAsync(Node, new TestClock(), new LogOptions(), Ct);
        await log.AppendAsync([], [LogFixture.Entry(LogFixture.NewStream())], Ct);
    }

    static void AssertWhole(VerifyReport report) => Assert.True(report.Ok, string.Join('\n', report.Checks.Where(check => !check.Ok)));

    Task<VerifyReport> VerifyAsync(params string[] old) => NodeVerifier.VerifyAsync(Node, new VerifyRequest(null, old), null, Ct);

    void Run(string sql) => PostgresCluster.Shared.Execute(new NpgsqlConnectionStringBuilder(_connection).Database!, sql);

    public void Dispose() => _place.Dispose();
}
