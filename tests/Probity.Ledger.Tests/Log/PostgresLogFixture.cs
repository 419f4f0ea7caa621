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

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
