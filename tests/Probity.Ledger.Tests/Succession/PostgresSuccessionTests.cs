using Npgsql;
using Probity.Ledger.Tests.Faults;
using Probity.Ledger.Tests.Log;
using Probity.Storage;
using Probity.Storage.Postgres;

namespace Probity.Ledger.Tests.Succession;

/// <summary>The table of predecessors in PostgreSQL: made, read, brought up from format 2; and a log there is not continued by itself.</summary>
public sealed class PostgresSuccessionTests : IDisposable
{
    readonly TemporaryFolder _place = new();
    readonly string _connection = PostgresCluster.Shared.NewDatabase();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Node => Path.Combine(_place.Path, "node");

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Tables_of_format_2_are_read_as_they_are_and_brought_up_by_who_may()
    {
        await SmallNode.MakeAsync(Node, Ct, postgres: _connection);
        await ExecuteAsync("DROP TABLE ledger.predecessor; UPDATE ledger.meta SET format = 2");
        await SuccessorFolder.RequireFineAsync(Node);
        Assert.Equal(2, await FormatAsync());
        await using (var log = await SuccessorFolder.OpenAsync(Node)) Assert.Empty(log.Predecessors);
        Assert.Equal(3, await FormatAsync());
        await SuccessorFolder.AppendAsync(Node);
        await SuccessorFolder.RequireFineAsync(Node);

        await ExecuteAsync("UPDATE ledger.meta SET format = 2");
        Assert.False((await SuccessorFolder.VerifyAsync(Node)).Ok);
        await ExecuteAsync("UPDATE ledger.meta SET format = 3; INSERT INTO ledger.predecessor SELECT 0, origin, vkey, size, note FROM ledger.meta, ledger.checkpoint WHERE size = 5");
        Assert.False((await SuccessorFolder.VerifyAsync(Node)).Ok);
        await Assert.ThrowsAsync<InvalidDataException>(() => SuccessorFolder.OpenAsync(Node));
    }

    [Fact]
    public async Task The_role_of_a_node_which_may_make_no_table_goes_on_with_format_2()
    {
        using var server = PostgresCluster.StartOwn();
        server.Execute("postgres", "CREATE DATABASE probity");
        server.Execute("postgres", "CREATE ROLE probity_node LOGIN");
        var node = Path.Combine(_place.Path, "own");
        await SmallNode.MakeAsync(node, Ct, postgres: server.Connection("probity", "postgres"));
        server.Execute("probity", """
            DROP TABLE ledger.predecessor; UPDATE ledger.meta SET format = 2;
            GRANT USAGE ON SCHEMA ledger, keys TO probity_node; GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA ledger TO probity_node; ALTER SCHEMA keys OWNER TO probity_node; ALTER TABLE keys.key OWNER TO probity_node;
            """);
        File.WriteAllText(NodeFolder.At(node).PostgresFile, server.Connection("probity", "probity_node"));
        await SuccessorFolder.AppendAsync(node);
        await SuccessorFolder.RequireFineAsync(node);
        await using var store = PostgresLogStore.OpenUntouched(server.Connection("probity", "probity_node"));
        Assert.Equal(2, (await store.ReadIdentityAsync(Ct))!.Format);
    }

    [Fact]
    public async Task A_log_there_is_not_continued_and_it_is_said_why()
    {
        await SmallNode.MakeAsync(Node, Ct, postgres: _connection);
        var before = SuccessorFolder.Image(Node);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => SuccessorFolder.SucceedAsync(Node, Path.Combine(_place.Path, "new")));
        Assert.Contains("lies in PostgreSQL", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, SuccessorFolder.Image(Node));
        Assert.False(Directory.Exists(Path.Combine(_place.Path, "new")));
    }

    async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_connection + ";Pooling=false");
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    async Task<int> FormatAsync()
    {
        await using var store = PostgresLogStore.OpenUntouched(_connection);
        return (await store.ReadIdentityAsync(Ct))!.Format;
    }
}
