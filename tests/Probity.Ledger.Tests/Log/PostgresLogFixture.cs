using Npgsql;
using Probity.Storage;
using Probity.Storage.Postgres;

namespace Probity.Ledger.Tests.Log;

/// <summary>A log in a database of its own on the run's PostgreSQL server.</summary>
public sealed class PostgresLogFixture : LogFixture
{
    readonly TemporaryFolder _folder = new();
    string? _connection;

    internal string Node => Path.Combine(_folder.Path, "node");

    internal string Connection => _connection ??= PostgresCluster.Shared.NewDatabase();

    internal override Task<TransparencyLog> OpenAsync(LogOptions? options = null)
    {
        options ??= new LogOptions();
        var ct = TestContext.Current.CancellationToken;
        return NodeFolder.At(Node).Exists
            ? NodeFolder.OpenAsync(Node, Clock, options, ct)
            : NodeFolder.CreateAsync(Node, LogKeys.Generate("example.org/unit"), Connection, Clock, options, ct);
    }

    internal override ILogStore OpenStore() => PostgresLogStore.OpenAsync(Connection, CancellationToken.None).GetAwaiter().GetResult();

    internal override IKeyStore OpenKeyStore() => PostgresKeyStore.OpenAsync(Connection, CancellationToken.None).GetAwaiter().GetResult();

    internal override LogKeys ReadSecrets() => LogKeys.Read(NodeFolder.At(Node).SecretsFolder);

    internal override async Task PutBackAsync(WrappedKey key)
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("UPDATE keys.key SET wrapped = $2 WHERE compartment = $1", connection)
        {
            Parameters = { new() { Value = key.Compartment.Value }, new() { Value = key.Wrapped!.Value.ToArray() } },
        };
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
