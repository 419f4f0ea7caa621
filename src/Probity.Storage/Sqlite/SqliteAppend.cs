using Microsoft.Data.Sqlite;
using Probity.Ledger;
using SQLitePCL;

namespace Probity.Storage.Sqlite;

/// <summary>
/// A write transaction on the log's tail; one object, used again for each commit with its statements prepared. It speaks to SQLite
/// itself: the rows of a commit are what the log's speed hangs on, and a parameter by name costs more than the row.
/// </summary>
internal sealed class SqliteAppend : ILogAppend
{
    readonly SqliteConnection _connection;
    readonly string _file;
    readonly SemaphoreSlim _tail;
    readonly sqlite3_stmt _begin, _commit, _rollback, _newest, _record, _stream, _tile, _checkpoint;
    bool _open;

    public SqliteAppend(SqliteConnection connection, string file, SemaphoreSlim tail)
    {
        (_connection, _file, _tail) = (connection, file, tail);
        raw.sqlite3_busy_timeout(connection.Handle, SqliteFile.Patience * 1_000);
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _newest = Prepare("SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1");
        _record = Prepare("INSERT INTO record (idx, header, sealed) VALUES (?, ?, ?)");
        _stream = Prepare("INSERT INTO stream (stream, version, idx) VALUES (?, ?, ?)");
        _tile = Prepare("INSERT INTO tile (level, number, hashes) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET hashes = excluded.hashes");
        _checkpoint = Prepare("INSERT INTO checkpoint (size, note) VALUES (?, ?)");
    }

    public StoredCheckpoint Newest { get; private set; } = null!;

    public void Begin()
    {
        Run(_begin);
        _open = true;
        try
        {
            Step(_newest, raw.SQLITE_ROW);
            Newest = new StoredCheckpoint(raw.sqlite3_column_int64(_newest, 0), raw.sqlite3_column_text(_newest, 1).utf8_to_string());
        }
        catch
        {
            Rollback();
            throw;
        }
        finally
        {
            raw.sqlite3_reset(_newest);
        }
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
        Span<byte> stream = stackalloc byte[16];
        foreach (var record in commit.Records)
        {
            raw.sqlite3_bind_int64(_record, 1, record.Index);
            raw.sqlite3_bind_blob(_record, 2, record.Header.Span);
            raw.sqlite3_bind_blob(_record, 3, record.Sealed.Span);
            Run(_record);
            record.Stream.Value.TryWriteBytes(stream, bigEndian: true, out _);
            raw.sqlite3_bind_blob(_stream, 1, stream);
            raw.sqlite3_bind_int64(_stream, 2, record.Version);
            raw.sqlite3_bind_int64(_stream, 3, record.Index);
            Run(_stream);
        }

        foreach (var tile in commit.Tiles)
        {
            raw.sqlite3_bind_int64(_tile, 1, tile.Level);
            raw.sqlite3_bind_int64(_tile, 2, tile.Number);
            raw.sqlite3_bind_blob(_tile, 3, tile.Hashes.Span);
            Run(_tile);
        }

        raw.sqlite3_bind_int64(_checkpoint, 1, commit.Checkpoint.Size);
        raw.sqlite3_bind_text(_checkpoint, 2, commit.Checkpoint.Note);
        Run(_checkpoint);
        Run(_commit);
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
        foreach (var statement in (sqlite3_stmt[])[_begin, _commit, _rollback, _newest, _record, _stream, _tile, _checkpoint]) statement.Dispose();
    }

    void Rollback()
    {
        _open = false;
        // After some faults (a full disk) SQLite has rolled back already.
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0) Run(_rollback);
    }

    void Run(sqlite3_stmt statement)
    {
        try
        {
            Step(statement, raw.SQLITE_DONE);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    void Step(sqlite3_stmt statement, int due)
    {
        var code = raw.sqlite3_step(statement);
        if (code == due) return;
        throw new SqliteException(
            $"SQLite Error {code}: '{raw.sqlite3_errmsg(_connection.Handle).utf8_to_string()}'.", code & 0xff, raw.sqlite3_extended_errcode(_connection.Handle));
    }

    sqlite3_stmt Prepare(string sql)
    {
        if (raw.sqlite3_prepare_v3(_connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement) != raw.SQLITE_OK)
            throw new SqliteException(raw.sqlite3_errmsg(_connection.Handle).utf8_to_string(), raw.sqlite3_errcode(_connection.Handle));
        return statement;
    }
}
