using Microsoft.Data.Sqlite;
using Probity.Ledger;

namespace Probity.Storage.Sqlite;

/// <summary>A write transaction on the log's tail; one object, used again for each commit with its statements prepared.</summary>
internal sealed class SqliteAppend : ILogAppend
{
    readonly SqliteConnection _connection;
    readonly string _file;
    readonly SemaphoreSlim _tail;
    readonly SqliteCommand _begin, _commit, _rollback, _newest, _version, _record, _tile, _checkpoint;
    bool _open;

    public SqliteAppend(SqliteConnection connection, string file, SemaphoreSlim tail)
    {
        (_connection, _file, _tail) = (connection, file, tail);
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _newest = Prepare("SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1");
        _version = Prepare("SELECT coalesce(max(version), 0) FROM record WHERE stream = $0", 1);
        _record = Prepare("INSERT INTO record (idx, stream, version, header, sealed) VALUES ($0, $1, $2, $3, $4)", 5);
        _tile = Prepare("INSERT INTO tile (level, number, hashes) VALUES ($0, $1, $2) ON CONFLICT DO UPDATE SET hashes = excluded.hashes", 3);
        _checkpoint = Prepare("INSERT INTO checkpoint (size, note) VALUES ($0, $1)", 2);
    }

    public StoredCheckpoint Newest { get; private set; } = null!;

    public void Begin()
    {
        _begin.ExecuteNonQuery();
        _open = true;
        try
        {
            using var reader = _newest.ExecuteReader();
            Newest = reader.Read() ? new StoredCheckpoint(reader.GetInt64(0), reader.GetString(1)) : throw new InvalidDataException("The ledger has no checkpoint.");
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    public ValueTask<long> ReadVersionAsync(StreamId stream, CancellationToken ct)
    {
        _version.Parameters[0].Value = stream.Value.ToByteArray(bigEndian: true);
        return ValueTask.FromResult((long)_version.ExecuteScalar()!);
    }

    public ValueTask CommitAsync(LogCommit commit, CancellationToken ct)
    {
        try
        {
            Commit(commit);
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Explain(fault, _file);
        }

        return ValueTask.CompletedTask;
    }

    void Commit(LogCommit commit)
    {
        foreach (var record in commit.Records)
        {
            Run(_record, record.Index, record.Stream.Value.ToByteArray(bigEndian: true), record.Version,
                Bytes(record.Header), Bytes(record.Sealed));
        }

        foreach (var tile in commit.Tiles) Run(_tile, tile.Level, tile.Number, Bytes(tile.Hashes));
        Run(_checkpoint, commit.Checkpoint.Size, commit.Checkpoint.Note);
        _commit.ExecuteNonQuery();
        _open = false;
    }

    public ValueTask DisposeAsync()
    {
        try
        {
            if (_open) Rollback();
        }
        finally
        {
            _tail.Release();
        }

        return ValueTask.CompletedTask;
    }

    public void Close()
    {
        foreach (var command in (SqliteCommand[])[_begin, _commit, _rollback, _newest, _version, _record, _tile, _checkpoint])
            command.Dispose();
    }

    void Rollback()
    {
        _open = false;
        // After some faults (a full disk) SQLite has rolled back already.
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0) _rollback.ExecuteNonQuery();
    }

    static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    static byte[] Bytes(ReadOnlyMemory<byte> memory) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(memory, out var segment) && segment.Offset == 0
            && segment.Array is { } array && array.Length == memory.Length ? array : memory.ToArray();

    SqliteCommand Prepare(string sql, int parameters = 0)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter("$" + i, null));
        return command;
    }
}
