using Npgsql;

namespace Probity.Storage.Postgres;

/// <summary>
/// Who leads, by the server's clock. Taking over raises the epoch in the row of the log's tail, so an append either comes before
/// it or sees it: a leader that slept through its term cannot append as one.
/// </summary>
internal static class PostgresLease
{
    const string Free = "(holder IS NULL OR until <= clock_timestamp())";

    public static async ValueTask<long?> TryLeadAsync(NpgsqlDataSource source, Guid holder, TimeSpan term, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using (var renew = Command(connection,
            "UPDATE ledger.lease SET until = clock_timestamp() + $2 WHERE holder = $1 AND until > clock_timestamp() RETURNING (SELECT epoch FROM ledger.tail)", holder, term))
        {
            if (await renew.ExecuteScalarAsync(ct) is long mine) return mine;
        }

        // Asked first: those who wait do not hold up who appends.
        await using (var ask = Command(connection, $"SELECT 1 FROM ledger.lease WHERE {Free}"))
            if (await ask.ExecuteScalarAsync(ct) is null) return null;

        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var tail = Command(connection, "SELECT 1 FROM ledger.tail FOR UPDATE")) await tail.ExecuteNonQueryAsync(ct);
        await using (var take = Command(connection, $"UPDATE ledger.lease SET holder = $1, until = clock_timestamp() + $2 WHERE {Free}", holder, term))
            if (await take.ExecuteNonQueryAsync(ct) == 0) return null;
        await using var raise = Command(connection, "UPDATE ledger.tail SET epoch = epoch + 1 RETURNING epoch");
        var epoch = (long)(await raise.ExecuteScalarAsync(ct))!;
        await transaction.CommitAsync(ct);
        return epoch;
    }

    public static async ValueTask ResignAsync(NpgsqlDataSource source, Guid holder, CancellationToken ct)
    {
        await using var command = source.CreateCommand("UPDATE ledger.lease SET holder = NULL WHERE holder = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = holder });
        await command.ExecuteNonQueryAsync(ct);
    }

    static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
