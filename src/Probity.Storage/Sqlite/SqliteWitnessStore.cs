using Microsoft.Data.Sqlite;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Ledger.Witnessing;

namespace Probity.Storage.Sqlite;

/// <summary>A witness's memory in one SQLite file, <c>witness.db</c>; several processes may have it open.</summary>
public sealed class SqliteWitnessStore : IWitnessStore
{
    const int Version = 1;

    const string Table =
        "CREATE TABLE cosigned (id BLOB PRIMARY KEY, origin TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, time INTEGER NOT NULL, note TEXT NOT NULL, fork TEXT) STRICT, WITHOUT ROWID";

    readonly SqliteConnection _connection;
    readonly SemaphoreSlim _one = new(1);
    bool _closed;

    SqliteWitnessStore(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file, made if it is not there.</summary>
    /// <exception cref="InvalidDataException">It is of another version, or no witness's memory.</exception>
    public static SqliteWitnessStore Open(string file)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteFile.OpenWriter(file, Durability.EveryCommit);
            using (var transaction = connection.BeginTransaction(deferred: false))
            {
                if (Number(connection, "SELECT count(*) FROM sqlite_schema") == 0)
                {
                    connection.Run(Table);
                    connection.Run($"PRAGMA user_version = {Version}");
                }

                transaction.Commit();
            }

            if (Number(connection, "PRAGMA user_version") is not Version and var found)
                throw new InvalidDataException($"{file} was made by another version of Probity ({found}; this one reads {Version}): run that version.");
            return new SqliteWitnessStore(connection);
        }
        catch (Exception fault)
        {
            connection?.Dispose();
            if (fault is SqliteException) throw new InvalidDataException($"{file} cannot be opened: {fault.Message}", fault);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<WitnessState?> FindAsync(ReadOnlyMemory<byte> originHash, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return Find(originHash.ToArray());
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask UpdateAsync(string origin, WitnessUpdate update, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            // Immediate: the right to write is taken before anything is read.
            using var transaction = _connection.BeginTransaction(deferred: false);
            var id = Witness.HashOf(origin);
            if (update(Find(id), Newest()) is not { } next) return;
            Write(id, next);
            transaction.Commit();
        }
        finally
        {
            _one.Release();
        }
    }

    WitnessState? Find(byte[] id)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT origin, size, root, time, note, fork FROM cosigned WHERE id = $id";
        command.Parameters.AddWithValue("$id", id);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new WitnessState(
                reader.GetString(0), reader.GetInt64(1), new Hash(reader.GetFieldValue<byte[]>(2)),
                DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(3)), reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetString(5))
            : null;
    }

    DateTimeOffset? Newest()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT max(time) FROM cosigned";
        return command.ExecuteScalar() is long time ? DateTimeOffset.FromUnixTimeSeconds(time) : null;
    }

    void Write(byte[] id, WitnessState state)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = """
            INSERT INTO cosigned (id, origin, size, root, time, note, fork) VALUES ($id, $origin, $size, $root, $time, $note, $fork)
            ON CONFLICT DO UPDATE SET size = excluded.size, root = excluded.root, time = excluded.time, note = excluded.note, fork = excluded.fork
            """;
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$origin", state.Origin);
        command.Parameters.AddWithValue("$size", state.Size);
        command.Parameters.AddWithValue("$root", state.Root.ToArray());
        command.Parameters.AddWithValue("$time", state.Time.ToUnixTimeSeconds());
        command.Parameters.AddWithValue("$note", state.Note);
        command.Parameters.AddWithValue("$fork", (object?)state.Fork ?? DBNull.Value);
        command.ExecuteNonQuery();
    }

    static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Brings everything into the file itself and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        await _one.WaitAsync();
        _closed = true;
        try
        {
            _connection.Truncate();
        }
        catch (Exception fault) when (fault is IOException or SqliteException)
        {
            // What is committed is safe in the write-ahead log; the next one to open the file takes it in.
        }

        _connection.Dispose();
        _one.Dispose();
    }
}
