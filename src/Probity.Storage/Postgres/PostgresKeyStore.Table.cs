using Npgsql;
using NpgsqlTypes;
using Probity.Ledger;

namespace Probity.Storage.Postgres;

// All keys at once, while no node has them open.
public sealed partial class PostgresKeyStore : IKeyTable
{
    const string Every = "SELECT compartment, version, wrapped FROM keys.key";

    async ValueTask<IReadOnlyList<WrappedKey>> IKeyTable.ReadAllAsync(CancellationToken ct) => await PostgresServer.ReadAsync(_source, Every, Row, ct);

    async ValueTask IKeyTable.ChangeAsync(Func<IReadOnlyList<WrappedKey>, IReadOnlyList<WrappedKey>> change, CancellationToken ct)
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RunAsync("LOCK TABLE keys.key IN ACCESS EXCLUSIVE MODE");
        await using (var setting = new NpgsqlCommand("SELECT current_setting('synchronous_commit')", connection))
            PostgresServer.RequireSynchronous((string)(await setting.ExecuteScalarAsync(ct))!);
        var rows = new Dictionary<CompartmentId, WrappedKey>();
        await using (var every = new NpgsqlCommand(Every, connection) { CommandTimeout = 0 })
        await using (var reader = await every.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) rows[new CompartmentId(reader.GetGuid(0))] = Row(reader);

        var changed = change([.. rows.Values]);
        // What was replaced before went with its table's file.
        if (changed.Count == 0) return;
        foreach (var key in changed) rows[key.Compartment] = key;
        await RunAsync("TRUNCATE keys.key");
        await using (var copy = await connection.BeginBinaryImportAsync("COPY keys.key (compartment, version, wrapped) FROM STDIN (FORMAT BINARY)", ct))
        {
            foreach (var key in rows.Values)
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(key.Compartment.Value, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(key.Version, NpgsqlDbType.Integer, ct);
                if (key.Wrapped is { } wrapped) await copy.WriteAsync(PostgresBytes.Of(wrapped), NpgsqlDbType.Bytea, ct);
                else await copy.WriteNullAsync(ct);
            }

            await copy.CompleteAsync(ct);
        }

        await transaction.CommitAsync(CancellationToken.None);

        async ValueTask RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    static WrappedKey Row(NpgsqlDataReader row) => new(new CompartmentId(row.GetGuid(0)), row.GetInt32(1), Wrapped(row, 2));
}
