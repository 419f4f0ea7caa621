using Npgsql;
using Probity.Ledger;

namespace Probity.Storage.Postgres;

/// <summary>A log in a PostgreSQL database, which several nodes of one agency may serve at once.</summary>
public sealed class PostgresLogStore : ILogStore
{
    const string StreamVersion = "SELECT coalesce((SELECT version FROM ledger.record WHERE stream = $1 ORDER BY version DESC LIMIT 1), 0)";
    const string Columns = "idx, stream, version, header, sealed";

    readonly NpgsqlDataSource _source;
    readonly PostgresChanges _changes;
    readonly SemaphoreSlim _tail = new(1);
    readonly Guid _process = Guid.NewGuid();
    readonly IAsyncDisposable? _folder;
    PostgresAppend? _append;
    bool _closed;

    PostgresLogStore(NpgsqlDataSource source, IAsyncDisposable? folder)
    {
        (_source, _folder) = (source, folder);
        _changes = new PostgresChanges(source, _process);
    }

    /// <summary>Opens the database; its tables are made where they are not there.</summary>
    /// <param name="connectionString">Npgsql's form.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="InvalidDataException">The connection cannot be read, or the server can lose what it confirms.</exception>
    /// <exception cref="NpgsqlException">The server does not answer, or refuses.</exception>
    public static Task<PostgresLogStore> OpenAsync(string connectionString, CancellationToken ct) => OpenAsync(connectionString, null, null, ct);

    /// <summary>For reading only: nothing is made, and the server need not be the primary.</summary>
    internal static PostgresLogStore OpenUntouched(string connectionString) => new(PostgresServer.Open(connectionString), null);

    /// <param name="connectionString">Npgsql's form.</param>
    /// <param name="node">The node that will record, made known to the ledger.</param>
    /// <param name="folder">Let go of once the store is closed.</param>
    /// <param name="ct">Gives up.</param>
    internal static async Task<PostgresLogStore> OpenAsync(string connectionString, Guid? node, IAsyncDisposable? folder, CancellationToken ct)
    {
        var source = PostgresServer.Open(connectionString);
        try
        {
            await PostgresServer.RequireDurableAsync(source, ct);
            await PostgresServer.MakeAsync(source, "ledger", PostgresSchema.Ledger, ct);
            await PostgresServer.UpgradeAsync(source, "ledger.predecessor", PostgresSchema.Upgrade, ct);
            if (node is { } id)
            {
                await using var join = source.CreateCommand("INSERT INTO ledger.node (id) VALUES ($1) ON CONFLICT DO NOTHING");
                join.Parameters.Add(new NpgsqlParameter { Value = id });
                await join.ExecuteNonQueryAsync(ct);
            }

            var store = new PostgresLogStore(source, folder);
            if (node is not null) await store._changes.OpenAsync(ct);
            return store;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    public async ValueTask<LogIdentity?> ReadIdentityAsync(CancellationToken ct) =>
        await FirstAsync("SELECT format, origin, node, vkey FROM ledger.meta",
            row => new LogIdentity(row.GetInt32(0), row.GetString(1), row.GetGuid(2), row.GetString(3)), ct);

    /// <inheritdoc/>
    public async ValueTask CreateAsync(LogIdentity identity, StoredCheckpoint checkpoint, CancellationToken ct)
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Command("INSERT INTO ledger.meta (format, origin, node, vkey) VALUES ($1, $2, $3, $4)", identity.Format, identity.Origin, identity.Node, identity.VerifierKey),
                Command("INSERT INTO ledger.node (id) VALUES ($1) ON CONFLICT DO NOTHING", identity.Node),
                Command("INSERT INTO ledger.checkpoint (size, note) VALUES ($1, $2)", checkpoint.Size, checkpoint.Note),
            },
        };
        // One transaction: the batch has no other.
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc/>
    public async ValueTask<ILogAppend> BeginAppendAsync(CancellationToken ct)
    {
        var append = await TakeAsync(ct);
        try
        {
            await append.BeginAsync(ct);
            return append;
        }
        catch
        {
            await append.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryAppendAsync(LogCommit commit, string newest, long? epoch, CancellationToken ct)
    {
        if (_changes.HasOthers) return false;
        await using var append = await TakeAsync(ct);
        return await append.TryCommitAsync(commit, newest, epoch);
    }

    /// <summary>The session that appends, for one caller at a time.</summary>
    async ValueTask<PostgresAppend> TakeAsync(CancellationToken ct)
    {
        await _tail.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_append is { IsWhole: false } broken)
            {
                _append = null;
                await broken.CloseAsync();
            }

            return _append ??= await PostgresAppend.OpenAsync(_source, _tail, _process, ct);
        }
        catch
        {
            _tail.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(long fromIndex, int limit, CancellationToken ct) =>
        await RowsAsync($"SELECT {Columns} FROM ledger.record WHERE idx >= $1 ORDER BY idx LIMIT $2", Record, ct, fromIndex, limit);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadHeadersAsync(long fromIndex, int limit, CancellationToken ct) =>
        await RowsAsync("SELECT header FROM ledger.record WHERE idx >= $1 ORDER BY idx LIMIT $2", row => (ReadOnlyMemory<byte>)row.GetFieldValue<byte[]>(0), ct, fromIndex, limit);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredRecord>> ReadStreamAsync(StreamId stream, long afterVersion, int limit, CancellationToken ct) =>
        await RowsAsync($"SELECT {Columns} FROM ledger.record WHERE stream = $1 AND version > $2 ORDER BY version LIMIT $3", Record, ct, stream.Value, afterVersion, limit);

    /// <inheritdoc/>
    public async ValueTask<long> ReadStreamVersionAsync(StreamId stream, CancellationToken ct) =>
        (await RowsAsync(StreamVersion, row => row.GetInt64(0), ct, stream.Value))[0];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<StreamId, long>> ReadStreamVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        var rows = await RowsAsync(
            "SELECT s, coalesce((SELECT version FROM ledger.record WHERE stream = s ORDER BY version DESC LIMIT 1), 0) FROM unnest($1) AS s",
            row => (Stream: new StreamId(row.GetGuid(0)), Version: row.GetInt64(1)), ct, streams.Select(stream => stream.Value).ToArray());
        return rows.ToDictionary(row => row.Stream, row => row.Version);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(int level, long number, CancellationToken ct) =>
        await FirstAsync("SELECT hashes FROM ledger.tile WHERE level = $1 AND number = $2", row => row.GetFieldValue<byte[]>(0), ct, level, number) is { } hashes
            ? hashes
            : default(ReadOnlyMemory<byte>?);

    /// <inheritdoc/>
    public async ValueTask<StoredCheckpoint?> ReadCheckpointAsync(CancellationToken ct) =>
        await FirstAsync("SELECT size, note FROM ledger.checkpoint ORDER BY size DESC LIMIT 1", Checkpoint, ct);

    /// <inheritdoc/>
    public async ValueTask<StoredCheckpoint?> ReadCheckpointAsync(long size, CancellationToken ct) =>
        await FirstAsync("SELECT size, note FROM ledger.checkpoint WHERE size = $1", Checkpoint, ct, size);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredPredecessor>> ReadPredecessorsAsync(CancellationToken ct)
    {
        // A role that may not make the table goes on without it: such a database never had a predecessor.
        if (!(await RowsAsync("SELECT to_regclass('ledger.predecessor') IS NOT NULL", row => row.GetBoolean(0), ct))[0]) return [];
        return await RowsAsync("SELECT place, origin, vkey, size, note FROM ledger.predecessor ORDER BY place LIMIT $1",
            row => new StoredPredecessor(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetString(4)), ct, Lineage.Most + 1);
    }

    /// <inheritdoc/>
    public async ValueTask<WitnessedCheckpoint?> ReadWitnessedAsync(CancellationToken ct) =>
        await FirstAsync("SELECT size, time, note FROM ledger.witnessed",
            row => new WitnessedCheckpoint(row.GetInt64(0), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(1)), row.GetString(2)), ct);

    /// <inheritdoc/>
    public async ValueTask<bool> WriteWitnessedAsync(WitnessedCheckpoint witnessed, CancellationToken ct)
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Command("""
                    INSERT INTO ledger.witnessed AS kept (size, time, note) VALUES ($1, $2, $3)
                    ON CONFLICT (one) DO UPDATE SET size = excluded.size, time = excluded.time, note = excluded.note
                    WHERE (excluded.size, excluded.time) > (kept.size, kept.time)
                    """, witnessed.Size, witnessed.Time.ToUnixTimeSeconds(), witnessed.Note),
                Command($"SELECT pg_notify('{PostgresSchema.Channel}', '{_process:N}')"),
            },
        };
        await batch.ExecuteNonQueryAsync(ct);
        return batch.BatchCommands[0].RecordsAffected > 0;
    }

    /// <inheritdoc/>
    public Task WaitForChangesAsync(CancellationToken ct) => _changes.WaitAsync(ct);

    /// <inheritdoc/>
    public ValueTask<long?> TryLeadAsync(Guid holder, TimeSpan term, CancellationToken ct) => PostgresLease.TryLeadAsync(_source, holder, term, ct);

    /// <inheritdoc/>
    public ValueTask ResignAsync(Guid holder, CancellationToken ct) => PostgresLease.ResignAsync(_source, holder, ct);

    static StoredRecord Record(NpgsqlDataReader row) => new(
        row.GetInt64(0), new StreamId(row.GetGuid(1)), row.GetInt64(2), row.GetFieldValue<byte[]>(3), row.GetFieldValue<byte[]>(4));

    static StoredCheckpoint Checkpoint(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetString(1));

    ValueTask<List<T>> RowsAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object[] values) =>
        PostgresServer.ReadAsync(_source, sql, read, ct, values);

    async ValueTask<T?> FirstAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object[] values) where T : class =>
        await RowsAsync(sql, read, ct, values) is [var first, ..] ? first : null;

    static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    /// <summary>Ends the sessions; what was committed is with the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        await _tail.WaitAsync();
        _closed = true;
        if (_append is not null) await _append.CloseAsync();
        await _changes.DisposeAsync();
        await _source.DisposeAsync();
        _tail.Dispose();
        if (_folder is not null) await _folder.DisposeAsync();
    }
}
