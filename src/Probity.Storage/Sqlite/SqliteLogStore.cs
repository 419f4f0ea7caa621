using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Probity.Ledger;

namespace Probity.Storage.Sqlite;

/// <summary>A log in one SQLite file, <c>ledger.db</c>: one connection writes, as many read as are asked for at once.</summary>
public sealed class SqliteLogStore : ILogStore
{
    readonly string _file;
    readonly SqliteConnection? _writer;
    readonly SemaphoreSlim _tail = new(1);
    readonly ConcurrentBag<SqliteReader> _idle = [];
    SqliteAppend? _append;
    bool _closed;

    readonly IAsyncDisposable? _folder;

    SqliteLogStore(string file, SqliteConnection? writer, IAsyncDisposable? folder = null) =>
        (_file, _writer, _folder) = (file, writer, folder);

    /// <summary>Opens the file, made if it is not there.</summary>
    public static SqliteLogStore Open(string file, Durability durability = Durability.EveryCommit) => Open(file, durability, null, null);

    /// <summary>Opens the file for reading only; it and its folder stay as they are.</summary>
    public static SqliteLogStore OpenUntouched(string file)
    {
        var store = new SqliteLogStore(file, null);
        store.Return(store.Rent());
        return store;
    }

    /// <param name="file">The file.</param>
    /// <param name="durability">When commits reach the disk.</param>
    /// <param name="pageSize">Bytes of a page in a new file, or null for what a ledger has.</param>
    /// <param name="folder">Let go of once the file is closed.</param>
    internal static SqliteLogStore Open(string file, Durability durability, int? pageSize, IAsyncDisposable? folder)
    {
        var writer = SqliteFile.OpenWriter(file, durability, pageSize ?? LedgerSchema.PageSize);
        try
        {
            using var transaction = writer.BeginTransaction(deferred: false);
            LedgerSchema.Prepare(writer);
            transaction.Commit();
            return new SqliteLogStore(file, writer, folder);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<LogIdentity?> ReadIdentityAsync(CancellationToken ct) => Read(reader => reader.ReadIdentity());

    /// <inheritdoc/>
    public ValueTask CreateAsync(LogIdentity identity, StoredCheckpoint checkpoint, CancellationToken ct)
    {
        using var transaction = Writer.BeginTransaction(deferred: false);
        using var meta = Writer.CreateCommand();
        meta.CommandText = "INSERT INTO meta (format, origin, node, vkey) VALUES ($format, $origin, $node, $vkey)";
        meta.Parameters.AddWithValue("$format", identity.Format);
        meta.Parameters.AddWithValue("$origin", identity.Origin);
        meta.Parameters.AddWithValue("$node", identity.Node.ToByteArray(bigEndian: true));
        meta.Parameters.AddWithValue("$vkey", identity.VerifierKey);
        meta.ExecuteNonQuery();
        using var first = Writer.CreateCommand();
        first.CommandText = "INSERT INTO checkpoint (size, note) VALUES ($size, $note)";
        first.Parameters.AddWithValue("$size", checkpoint.Size);
        first.Parameters.AddWithValue("$note", checkpoint.Note);
        first.ExecuteNonQuery();
        transaction.Commit();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<ILogAppend> BeginAppendAsync(CancellationToken ct)
    {
        await _tail.WaitAsync(ct);
        try
        {
            _append ??= new SqliteAppend(Writer, _file, _tail);
            _append.Begin();
            return _append;
        }
        catch (SqliteException fault)
        {
            _tail.Release();
            throw SqliteFaults.Explain(fault, _file);
        }
        catch
        {
            _tail.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(long fromIndex, int limit, CancellationToken ct) =>
        Read<IReadOnlyList<StoredRecord>>(reader => reader.ReadRecords(fromIndex, limit));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadHeadersAsync(long fromIndex, int limit, CancellationToken ct) =>
        Read<IReadOnlyList<ReadOnlyMemory<byte>>>(reader => reader.ReadHeaders(fromIndex, limit));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredRecord>> ReadStreamAsync(StreamId stream, long afterVersion, int limit, CancellationToken ct) =>
        Read<IReadOnlyList<StoredRecord>>(reader => reader.ReadStream(stream, afterVersion, limit));

    /// <inheritdoc/>
    public ValueTask<long> ReadStreamVersionAsync(StreamId stream, CancellationToken ct) =>
        Read(reader => reader.ReadStreamVersion(stream));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<StreamId, long>> ReadStreamVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        Read<IReadOnlyDictionary<StreamId, long>>(reader => streams.ToDictionary(stream => stream, reader.ReadStreamVersion));

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(int level, long number, CancellationToken ct) =>
        Read(reader => reader.ReadTile(level, number));

    /// <inheritdoc/>
    public ValueTask<StoredCheckpoint?> ReadCheckpointAsync(CancellationToken ct) => Read(reader => reader.ReadCheckpoint(null));

    /// <inheritdoc/>
    public ValueTask<StoredCheckpoint?> ReadCheckpointAsync(long size, CancellationToken ct) => Read(reader => reader.ReadCheckpoint(size));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredPredecessor>> ReadPredecessorsAsync(CancellationToken ct) =>
        Read<IReadOnlyList<StoredPredecessor>>(reader => reader.ReadPredecessors(Lineage.Most + 1));

    /// <inheritdoc/>
    public ValueTask<WitnessedCheckpoint?> ReadWitnessedAsync(CancellationToken ct) => Read(reader => reader.ReadWitnessed());

    /// <inheritdoc/>
    public async ValueTask<bool> WriteWitnessedAsync(WitnessedCheckpoint witnessed, CancellationToken ct)
    {
        await _tail.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            using var command = Writer.CreateCommand();
            command.CommandText = """
                INSERT INTO witnessed (one, size, time, note) VALUES (1, $size, $time, $note)
                ON CONFLICT DO UPDATE SET size = excluded.size, time = excluded.time, note = excluded.note
                WHERE (excluded.size, excluded.time) > (size, time)
                """;
            command.Parameters.AddWithValue("$size", witnessed.Size);
            command.Parameters.AddWithValue("$time", witnessed.Time.ToUnixTimeSeconds());
            command.Parameters.AddWithValue("$note", witnessed.Note);
            return command.ExecuteNonQuery() > 0;
        }
        finally
        {
            _tail.Release();
        }
    }

    SqliteConnection Writer => _writer ?? throw new InvalidOperationException("The ledger file was opened for reading only.");

    // SQLite's calls block; a read is a few microseconds, so it runs where it was asked for.
    ValueTask<T> Read<T>(Func<SqliteReader, T> read)
    {
        SqliteReader? reader = null;
        try
        {
            reader = Rent();
            var answer = read(reader);
            Return(reader);
            return ValueTask.FromResult(answer);
        }
        catch (Exception fault)
        {
            reader?.Dispose();
            if (fault is SqliteException sqlite && _writer is not null) throw SqliteFaults.Explain(sqlite, _file);
            throw;
        }
    }

    SqliteReader Rent()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_idle.TryTake(out var reader)) return reader;
        return new SqliteReader(_writer is null ? SqliteFile.OpenUntouched(_file) : SqliteFile.OpenReader(_file));
    }

    void Return(SqliteReader reader)
    {
        _idle.Add(reader);
        if (_closed && _idle.TryTake(out var late)) late.Dispose();
    }

    /// <summary>Syncs everything to the file and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        await _tail.WaitAsync();
        _closed = true;
        while (_idle.TryTake(out var reader)) reader.Dispose();
        _append?.Close();
        if (_writer is not null)
        {
            try
            {
                _writer.Run("PRAGMA synchronous = FULL");
                _writer.Truncate();
            }
            catch (Exception fault) when (fault is IOException or SqliteException)
            {
                // What is committed is safe in the write-ahead log; the next one to open the file takes it in.
            }

            _writer.Dispose();
        }

        _tail.Dispose();
        if (_folder is not null) await _folder.DisposeAsync();
    }
}
