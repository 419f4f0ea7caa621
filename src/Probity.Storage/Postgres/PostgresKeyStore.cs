using Npgsql;
using NpgsqlTypes;
using Probity.Ledger;

namespace Probity.Storage.Postgres;

/// <summary>
/// Wrapped keys in a schema of their own, beside the log's. To destroy one, the table is written anew without it: an UPDATE would
/// leave its bytes in the table's file for as long as any old snapshot may ask for them.
/// </summary>
public sealed partial class PostgresKeyStore : IKeyStore
{
    /// <summary>How often the oldest key, which is never destroyed, was wrapped; it tells one wrapping key from the next.</summary>
    const string Generation = "SELECT (SELECT version FROM keys.key WHERE compartment = $1), current_setting('synchronous_commit')";

    readonly NpgsqlDataSource _source;

    // Null until there is a key.
    int? _generation;

    PostgresKeyStore(NpgsqlDataSource source) => _source = source;

    /// <summary>Opens the database of a log; the table is made where it is not there.</summary>
    /// <exception cref="InvalidDataException">The connection cannot be read, or the server can lose what it confirms.</exception>
    /// <exception cref="NpgsqlException">The server does not answer, or refuses.</exception>
    public static async Task<PostgresKeyStore> OpenAsync(string connectionString, CancellationToken ct)
    {
        var source = PostgresServer.Open(connectionString);
        try
        {
            await PostgresServer.RequireDurableAsync(source, ct);
            await PostgresServer.MakeAsync(source, "keys", PostgresSchema.Keys, ct);
            var store = new PostgresKeyStore(source);
            store._generation = (await store.FindAsync(KeysDestroyed.Compartment, ct))?.Version;
            return store;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>For reading only: nothing is made, and nothing asked of the server.</summary>
    internal static PostgresKeyStore OpenUntouched(string connectionString) => new(PostgresServer.Open(connectionString));

    /// <inheritdoc/>
    public async ValueTask<WrappedKey?> FindAsync(CompartmentId compartment, CancellationToken ct) =>
        await PostgresServer.ReadAsync(_source, "SELECT version, wrapped FROM keys.key WHERE compartment = $1",
            row => new WrappedKey(compartment, row.GetInt32(0), Wrapped(row, 1)), ct, compartment.Value) is [var found] ? found : null;

    /// <inheritdoc/>
    public async ValueTask AddAsync(IReadOnlyList<WrappedKey> keys, CancellationToken ct)
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RequireGenerationAsync(connection, ct);
        await using var add = new NpgsqlCommand(
            "INSERT INTO keys.key (compartment, version, wrapped) SELECT * FROM unnest($1, $2, $3) ON CONFLICT DO NOTHING", connection)
        {
            Parameters =
            {
                new() { Value = keys.Select(key => key.Compartment.Value).ToArray() },
                new() { Value = keys.Select(key => key.Version).ToArray() },
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = keys.Select(key => key.Wrapped is { } bytes ? PostgresBytes.Of(bytes) : null).ToArray() },
            },
        };
        await add.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>
    /// A key that is added under a wrapping key which is none any more would be lost with it. Whoever wraps the keys anew holds the table
    /// alone, so once it is held here nothing changes before the commit.
    /// </summary>
    async ValueTask RequireGenerationAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("LOCK TABLE keys.key IN ROW EXCLUSIVE MODE"),
                new(Generation) { Parameters = { new() { Value = KeysDestroyed.Compartment.Value } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var found = reader.IsDBNull(0) ? default(int?) : reader.GetInt32(0);
        PostgresServer.RequireSynchronous(reader.GetString(1));
        if (_generation is { } mine ? found != mine : found > 1)
            throw new InvalidDataException("The keys were wrapped anew by 'probity keys rotate' on another node: stop this node, put the new wrapping key into its folder and start it (docs/postgresql.md).");
        _generation ??= found;
    }

    /// <inheritdoc/>
    public async ValueTask DestroyAsync(IReadOnlyCollection<CompartmentId> compartments, CancellationToken ct)
    {
        var ids = compartments.Select(compartment => compartment.Value).ToArray();
        await using var connection = await _source.OpenConnectionAsync(ct);
        // A tombstone of a transaction is whole: the table is not written anew, and nobody kept waiting, for what is gone.
        await using (var due = new NpgsqlCommand("SELECT count(*) FROM keys.key WHERE compartment = ANY($1) AND wrapped IS NULL", connection) { Parameters = { new() { Value = ids } } })
            if ((long)(await due.ExecuteScalarAsync(ct))! == ids.Length) return;
        await using var transaction = await connection.BeginTransactionAsync(ct);
        string[] steps =
        [
            "LOCK TABLE keys.key IN ACCESS EXCLUSIVE MODE",
            "CREATE TEMPORARY TABLE living ON COMMIT DROP AS SELECT compartment, version, CASE WHEN compartment = ANY($1) THEN NULL ELSE wrapped END AS wrapped FROM keys.key",
            "TRUNCATE keys.key",
            "INSERT INTO keys.key SELECT * FROM living",
            "INSERT INTO keys.key (compartment, version, wrapped) SELECT s, 1, NULL FROM unnest($1) AS s ON CONFLICT DO NOTHING",
        ];
        foreach (var sql in steps)
        {
            await using var step = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            if (sql.Contains("$1", StringComparison.Ordinal)) step.Parameters.Add(new NpgsqlParameter { Value = ids });
            await step.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    internal static ReadOnlyMemory<byte>? Wrapped(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? default(ReadOnlyMemory<byte>?) : row.GetFieldValue<byte[]>(column);

    /// <summary>Ends the sessions.</summary>
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
