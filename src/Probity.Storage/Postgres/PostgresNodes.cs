using Npgsql;

namespace Probity.Storage.Postgres;

/// <summary>
/// Who has a log open. Each node holds a lock of the database in the session that listens, shared with the other nodes; whoever changes
/// what they all rely on (keys, tiles) takes it alone. The server lets go of it when the session ends, however that comes about.
/// </summary>
internal static class PostgresNodes
{
    const long OpenLock = 0x50726F626F70656E;

    // A bigint's lock is listed by its two halves.
    const string Others = """
        FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND (classid::bigint << 32 | objid::bigint) = $1 AND objsubid = 1 AND granted AND pid <> pg_backend_pid()
        """;

    const string Places = "SELECT DISTINCT coalesce(host(client_addr), 'the server itself') FROM pg_stat_activity WHERE pid IN (SELECT pid " + Others + ")";

    /// <summary>Whether any other session has said so.</summary>
    public static ValueTask<bool> HasOthersAsync(NpgsqlConnection session, CancellationToken ct) => TryAsync("SELECT EXISTS (SELECT 1 " + Others + ")", session, ct);

    /// <summary>Says in a session that a node has the log open, for as long as the session lives.</summary>
    /// <exception cref="IOException">The log is being worked on.</exception>
    public static async ValueTask JoinAsync(NpgsqlConnection session, CancellationToken ct)
    {
        if (!await TryAsync("SELECT pg_try_advisory_lock_shared($1)", session, ct))
            throw new IOException("another node works on the log's keys or tiles (keys rotate, keys restore, rebuild --tiles); start this one when that is done");
    }

    /// <summary>Keeps every node out until it is disposed of.</summary>
    /// <param name="connectionString">The log's database.</param>
    /// <param name="folder">Let go of with it.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="IOException">A node has the log open.</exception>
    public static async Task<IAsyncDisposable> HoldAloneAsync(string connectionString, IAsyncDisposable folder, CancellationToken ct)
    {
        var source = PostgresServer.Open(connectionString);
        try
        {
            var session = await source.OpenConnectionAsync(ct);
            if (await TryAsync("SELECT pg_try_advisory_lock($1)", session, ct)) return new Held(source, session, folder);
            var places = await PostgresServer.ReadAsync(source, Places, row => row.GetString(0), ct, OpenLock);
            throw new IOException(
                $"a node has the log in this database open{(places.Count == 0 ? "" : $" ({string.Join(", ", places)})")}: stop every node of it first, and start them again after");
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    // Asks what takes the lock's number and answers yes or no.
    static async ValueTask<bool> TryAsync(string sql, NpgsqlConnection session, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, session) { Parameters = { new() { Value = OpenLock } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    sealed class Held(NpgsqlDataSource source, NpgsqlConnection session, IAsyncDisposable folder) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await session.DisposeAsync();
            // The session would live on in the pool, and its lock with it.
            await source.DisposeAsync();
            await folder.DisposeAsync();
        }
    }
}
