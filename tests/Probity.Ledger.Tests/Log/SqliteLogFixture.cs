using Microsoft.Data.Sqlite;
using Probity.Storage;
using Probity.Storage.Sqlite;

namespace Probity.Ledger.Tests.Log;

public sealed class SqliteLogFixture : LogFixture
{
    readonly TemporaryFolder _folder = new();

    string Node => Path.Combine(_folder.Path, "node");

    internal override Task<TransparencyLog> OpenAsync(LogOptions? options = null)
    {
        options ??= new LogOptions { Durability = Durability.OnlyWhenClosed };
        var ct = TestContext.Current.CancellationToken;
        return NodeFolder.At(Node).Exists
            ? NodeFolder.OpenAsync(Node, Clock, options, ct)
            : NodeFolder.CreateAsync(Node, "example.org/unit", Clock, options, ct);
    }

    internal override ILogStore OpenStore() => SqliteLogStore.Open(NodeFolder.At(Node).LedgerFile);

    internal override IKeyStore OpenKeyStore() => SqliteKeyStore.Open(NodeFolder.At(Node).KeyFile);

    internal override LogKeys ReadSecrets() => LogKeys.Read(NodeFolder.At(Node).SecretsFolder);

    internal override Task PutBackAsync(WrappedKey key)
    {
        using var connection = new SqliteConnection($"Data Source={NodeFolder.At(Node).KeyFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE key SET wrapped = $wrapped WHERE compartment = $compartment";
        command.Parameters.AddWithValue("$wrapped", key.Wrapped!.Value.ToArray());
        command.Parameters.AddWithValue("$compartment", key.Compartment.Value.ToByteArray(bigEndian: true));
        Assert.Equal(1, command.ExecuteNonQuery());
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A folder that is gone with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("probity-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
