using Npgsql;
using NpgsqlTypes;
using Probity.Ledger;

namespace Probity.Storage.Postgres;

/// <summary>
/// A transaction that holds the row of the log's tail. One session of its own, used again for each commit with its statements
/// prepared: one round trip takes the tail, one commits; one does both for a node that is alone.
/// </summary>
internal sealed class PostgresAppend : ILogAppend
{
    /// <summary>
    /// A node that stops in the middle (a paused machine) loses the tail after so long; one that waits for the tail waits longer.
    /// Commits are waited for without end: to break off a wait for a standby would confirm what the standby does not have.
    /// </summary>
    const string Session = "SET idle_in_transaction_session_timeout = '10s'; SET lock_timeout = '30s'; SET statement_timeout = 0";

    const string Begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

    /// <summary>
    /// Takes the tail, and breaks the transaction off where the log is not what a draft was made on: a row that changed while it was waited
    /// for is looked at again, as it is then.
    /// </summary>
    const string AsDrafted = """
        SELECT 1 / CASE WHEN size = $1 AND ($3 IS NULL OR epoch = $3) AND current_setting('synchronous_commit') IN ('on', 'remote_apply')
            AND (SELECT note FROM ledger.checkpoint ORDER BY size DESC LIMIT 1) = $2 THEN 1 ELSE 0 END FROM ledger.tail FOR UPDATE
        """;

    readonly NpgsqlConnection _connection;
    readonly SemaphoreSlim _tail;
    readonly NpgsqlBatch _begin, _commit, _alone;
    bool _open;
    string? _warning;

    PostgresAppend(NpgsqlConnection connection, SemaphoreSlim tail, Guid process)
    {
        (_connection, _tail) = (connection, tail);
        _begin = Batch(
            (Begin, []),
            ("SELECT size, epoch, current_setting('synchronous_commit') FROM ledger.tail FOR UPDATE", []),
            // A statement of its own: it sees what was committed while the one before it waited.
            ("SELECT size, note FROM ledger.checkpoint ORDER BY size DESC LIMIT 1", []));
        (string Sql, NpgsqlDbType[] Types)[] insert =
        [
            ("INSERT INTO ledger.record (idx, stream, version, header, sealed) SELECT * FROM unnest($1, $2, $3, $4, $5)",
                [NpgsqlDbType.Array | NpgsqlDbType.Bigint, NpgsqlDbType.Array | NpgsqlDbType.Uuid, NpgsqlDbType.Array | NpgsqlDbType.Bigint,
                    NpgsqlDbType.Array | NpgsqlDbType.Bytea, NpgsqlDbType.Array | NpgsqlDbType.Bytea]),
            ("INSERT INTO ledger.tile (level, number, hashes) SELECT * FROM unnest($1, $2, $3) ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes",
                [NpgsqlDbType.Array | NpgsqlDbType.Integer, NpgsqlDbType.Array | NpgsqlDbType.Bigint, NpgsqlDbType.Array | NpgsqlDbType.Bytea]),
            ("INSERT INTO ledger.checkpoint (size, note) VALUES ($1, $2)", [NpgsqlDbType.Bigint, NpgsqlDbType.Text]),
            ("UPDATE ledger.tail SET size = $1", [NpgsqlDbType.Bigint]),
        ];
        _commit = Batch([.. insert, ($"SELECT pg_notify('{PostgresSchema.Channel}', '{process:N}')", []), ("COMMIT", [])]);
        _alone = Batch([(Begin, []), (AsDrafted, [NpgsqlDbType.Bigint, NpgsqlDbType.Text, NpgsqlDbType.Bigint]), .. insert, ("COMMIT", [])]);
        // A wait for a standby that somebody broke off ends in a commit and a warning.
        _connection.Notice += (_, notice) => _warning = notice.Notice.InvariantSeverity == "WARNING" ? notice.Notice.MessageText : _warning;
    }

    public StoredCheckpoint Newest { get; private set; } = null!;

    public long Epoch { get; private set; }

    public static async ValueTask<PostgresAppend> OpenAsync(NpgsqlDataSource source, SemaphoreSlim tail, Guid process, CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            await using (var session = new NpgsqlCommand(Session, connection)) await session.ExecuteNonQueryAsync(ct);
            var append = new PostgresAppend(connection, tail, process);
            await append._begin.PrepareAsync(ct);
            await append._commit.PrepareAsync(ct);
            await append._alone.PrepareAsync(ct);
            return append;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether the session can be used again.</summary>
    public bool IsWhole => !_open && _connection.FullState == System.Data.ConnectionState.Open;

    public async ValueTask BeginAsync(CancellationToken ct)
    {
        _open = true;
        await using var reader = await _begin.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) throw new InvalidDataException("The ledger has no tail: run 'probity verify' on the data folder.");
        (var size, Epoch) = (reader.GetInt64(0), reader.GetInt64(1));
        PostgresServer.RequireSynchronous(reader.GetString(2));
        await reader.NextResultAsync(ct);
        if (!await reader.ReadAsync(ct) || reader.GetInt64(0) != size)
            throw new InvalidDataException("The ledger's newest checkpoint is not that of its tail: run 'probity verify' on the data folder.");
        Newest = new StoredCheckpoint(size, reader.GetString(1));
    }

    public ValueTask CommitAsync(LogCommit commit, CancellationToken ct)
    {
        Fill(_commit, 0, commit);
        return RunAsync(_commit);
    }

    /// <summary>
    /// The same in one round trip, where nobody else is likely to append and nobody listens. False where the log is not as it was drafted
    /// on, or does not commit durably: nothing was written, and what is in the way is found by whoever holds the tail.
    /// </summary>
    public async ValueTask<bool> TryCommitAsync(LogCommit commit, string newest, long? epoch)
    {
        var check = _alone.BatchCommands[1].Parameters;
        (check[0].Value, check[1].Value, check[2].Value) = (commit.Checkpoint.Size - commit.Records.Count, newest, epoch ?? (object)DBNull.Value);
        Fill(_alone, 2, commit);
        _open = true;
        try
        {
            await RunAsync(_alone);
            return true;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            return false;
        }
    }

    static void Fill(NpgsqlBatch batch, int first, LogCommit commit)
    {
        var (records, tiles) = (commit.Records, commit.Tiles);
        Set(0, records.Select(r => r.Index).ToArray(), records.Select(r => r.Stream.Value).ToArray(), records.Select(r => r.Version).ToArray(),
            records.Select(r => PostgresBytes.Of(r.Header)).ToArray(), records.Select(r => PostgresBytes.Of(r.Sealed)).ToArray());
        Set(1, tiles.Select(t => t.Level).ToArray(), tiles.Select(t => t.Number).ToArray(), tiles.Select(t => PostgresBytes.Of(t.Hashes)).ToArray());
        Set(2, commit.Checkpoint.Size, commit.Checkpoint.Note);
        Set(3, commit.Checkpoint.Size);

        void Set(int command, params ReadOnlySpan<object> values)
        {
            for (var i = 0; i < values.Length; i++) batch.BatchCommands[first + command].Parameters[i].Value = values[i];
        }
    }

    async ValueTask RunAsync(NpgsqlBatch batch)
    {
        _warning = null;
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        _open = false;
        if (_warning is not null) throw new IOException($"PostgreSQL has not confirmed the commit: {_warning}");
    }

    /// <summary>Lets go of the tail; the store keeps the session where it is whole.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_open) return;
            await using var rollback = new NpgsqlCommand("ROLLBACK", _connection);
            await rollback.ExecuteNonQueryAsync(CancellationToken.None);
            _open = false;
        }
        catch (Exception fault) when (fault is NpgsqlException or InvalidOperationException)
        {
            // The session is gone, and its lock with it.
        }
        finally
        {
            _tail.Release();
        }
    }

    /// <summary>Ends the session.</summary>
    public async ValueTask CloseAsync()
    {
        await _begin.DisposeAsync();
        await _commit.DisposeAsync();
        await _alone.DisposeAsync();
        await _connection.DisposeAsync();
    }

    NpgsqlBatch Batch(params (string Sql, NpgsqlDbType[] Types)[] commands)
    {
        var batch = new NpgsqlBatch(_connection) { Timeout = 0 };
        foreach (var (sql, types) in commands)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var type in types) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
