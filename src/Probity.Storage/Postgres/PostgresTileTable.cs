using Npgsql;
using Probity.Ledger;

namespace Probity.Storage.Postgres;

/// <summary>
/// The tiles of a database. The role of a node may write tiles, and not take any away: where there are too many, only the owner of the
/// tables puts that right (docs/postgresql.md).
/// </summary>
internal sealed class PostgresTileTable : ITileTable
{
    const string Others = """
        FROM ledger.tile WHERE level < 0 OR number < 0
            OR number >= coalesce((SELECT count FROM unnest($1) WITH ORDINALITY AS levels (count, place) WHERE place = level + 1), 0)
        """;

    readonly NpgsqlDataSource _source;
    readonly NpgsqlConnection _connection;
    readonly NpgsqlTransaction _transaction;

    PostgresTileTable(NpgsqlDataSource source, NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        (_source, _connection, _transaction) = (source, connection, transaction);
        Reader = new PostgresReader(connection, snapshot: true);
    }

    public static async Task<PostgresTileTable> OpenAsync(string connectionString, CancellationToken ct)
    {
        var source = PostgresServer.Open(connectionString);
        try
        {
            await PostgresServer.RequireDurableAsync(source, ct);
            var connection = await source.OpenConnectionAsync(ct);
            var transaction = await connection.BeginTransactionAsync(ct);
            await using var tail = new NpgsqlCommand("SELECT 1 FROM ledger.tail FOR UPDATE", connection, transaction);
            await tail.ExecuteNonQueryAsync(ct);
            return new PostgresTileTable(source, connection, transaction);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    public ILedgerReader Reader { get; }

    public IReadOnlyList<ReadOnlyMemory<byte>> ReadHeaders(long fromIndex, int limit)
    {
        using var command = Command("SELECT header FROM ledger.record WHERE idx >= $1 ORDER BY idx LIMIT $2", fromIndex, limit);
        using var reader = command.ExecuteReader();
        var headers = new List<ReadOnlyMemory<byte>>();
        while (reader.Read()) headers.Add(reader.GetFieldValue<byte[]>(0));
        return headers;
    }

    public void Put(StoredTile tile)
    {
        using var command = Command(
            "INSERT INTO ledger.tile (level, number, hashes) VALUES ($1, $2, $3) ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes",
            tile.Level, tile.Number, PostgresBytes.Of(tile.Hashes));
        command.ExecuteNonQuery();
    }

    public long DropOthers(IReadOnlyList<long> counts)
    {
        // Asked first: who may not delete need not be able to where there is nothing to delete.
        using var ask = Command("SELECT count(*) " + Others, counts.ToArray());
        if (ask.ExecuteScalar() is not (long and > 0)) return 0;
        using var drop = Command("DELETE " + Others, counts.ToArray());
        return drop.ExecuteNonQuery();
    }

    NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, _connection, _transaction) { CommandTimeout = 0 };
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    public void Commit() => _transaction.Commit();

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        await _source.DisposeAsync();
    }
}
