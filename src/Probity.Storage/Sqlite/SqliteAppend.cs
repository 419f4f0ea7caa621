using Microsoft.Data.Sqlite;
using Probity.Ledger;
using SQLitePCL;

namespace Probity.Storage.Sqlite;

/// <summary>
/// A write transaction on the log's tail; one object, used again for each commit with its statements prepared.
/// </summary>
internal sealed class SqliteAppend : ILogAppend
{
    readonly SqliteConnection _connection;
    readonly string _file;
    readonly SemaphoreSlim _tail;
    readonly SqliteStatement _begin, _commit, _rollback, _newest, _record, _stream, _tile, _checkpoint;
    bool _open;

    public SqliteAppend(SqliteConnection connection, string file, SemaphoreSlim tail)
    {
        (_connection, _file, _tail) = (connection, file, tail);
        SqliteStatement.BePatient(connection);
        _begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(connection, "COMMIT");
        _rollback = new SqliteStatement(connection, "ROLLBACK");
        _newest = new SqliteStatement(connection, "SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1");
        _record = new SqliteStatement(connection, "INSERT INTO record (idx, header, sealed) VALUES (?, ?, ?)");
        _stream = new SqliteStatement(connection, "INSERT INTO stream (stream, version, idx) VALUES (?, ?, ?)");
        _tile = new SqliteStatement(connection, "INSERT INTO tile (level, number, hashes) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET hashes = excluded.hashes");
        _checkpoint = new SqliteStatement(connection, "INSERT INTO checkpoint (size, note) VALUES (?, ?)");
    }

    public StoredCheckpoint Newest { get; private set; } = null!;

    public void Begin()
    {
        _begin.Run();
        _open = true;
        try
        {
            if (!_newest.Step()) throw new InvalidDataException("The ledger file has no checkpoint: run 'probity verify' on the data folder.");
            Newest = new StoredCheckpoint(_newest.Integer(0), _newest.Text(1));
        }
        catch
        {
            Rollback();
            throw;
        }
        finally
        {
            _newest.Reset();
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
        foreach (var record in commit.Records)
        {
            _record.Bind(1, record.Index).Bind(2, record.Header.Span).Bind(3, record.Sealed.Span).Run();
            _stream.Bind(1, record.Stream.Value).Bind(2, record.Version).Bind(3, record.Index).Run();
        }

        foreach (var tile in commit.Tiles) _tile.Bind(1, tile.Level).Bind(2, tile.Number).Bind(3, tile.Hashes.Span).Run();
        _checkpoint.Bind(1, commit.Checkpoint.Size).Bind(2, commit.Checkpoint.Note).Run();
        _commit.Run();
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
        foreach (var statement in (SqliteStatement[])[_begin, _commit, _rollback, _newest, _record, _stream, _tile, _checkpoint]) statement.Dispose();
    }

    void Rollback()
    {
        _open = false;
        // After some faults (a full disk) SQLite has rolled back already.
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0) _rollback.Run();
    }
}
