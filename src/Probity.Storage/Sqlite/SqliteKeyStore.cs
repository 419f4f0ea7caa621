using Microsoft.Data.Sqlite;
using Probity.Ledger;

namespace Probity.Storage.Sqlite;

/// <summary>Wrapped keys in one SQLite file, <c>keys.db</c>. Its pages are overwritten when a key is destroyed.</summary>
public sealed class SqliteKeyStore : IKeyStore, IKeyTable
{
    readonly string _file;
    readonly SqliteConnection _connection;
    readonly Lock _one = new();

    readonly bool _untouched;

    SqliteKeyStore(string file, SqliteConnection connection, bool untouched = false) => (_file, _connection, _untouched) = (file, connection, untouched);

    /// <summary>Opens the file, made if it is not there.</summary>
    public static SqliteKeyStore Open(string file, Durability durability = Durability.EveryCommit) => Open(file, durability, null);

    internal static SqliteKeyStore Open(string file, Durability durability, int? pageSize)
    {
        var connection = SqliteFile.OpenWriter(file, durability, pageSize);
        try
        {
            foreach (var (_, sql) in LedgerSchema.Keys) connection.Run(sql.Replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", StringComparison.Ordinal));
            return new SqliteKeyStore(file, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file for reading only; it and its folder stay as they are.</summary>
    internal static SqliteKeyStore OpenUntouched(string file) => new(file, SqliteFile.OpenUntouched(file), untouched: true);

    /// <inheritdoc/>
    public ValueTask<WrappedKey?> FindAsync(CompartmentId compartment, CancellationToken ct)
    {
        lock (_one)
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT version, wrapped FROM key WHERE compartment = $compartment";
            command.Parameters.AddWithValue("$compartment", compartment.Value.ToByteArray(bigEndian: true));
            using var reader = command.ExecuteReader();
            if (!reader.Read()) return ValueTask.FromResult<WrappedKey?>(null);
            return ValueTask.FromResult<WrappedKey?>(new WrappedKey(compartment, reader.GetInt32(0), Wrapped(reader, 1)));
        }
        catch (SqliteException fault) when (!_untouched)
        {
            throw SqliteFaults.Explain(fault, _file);
        }
    }

    /// <inheritdoc/>
    public ValueTask AddAsync(IReadOnlyList<WrappedKey> keys, CancellationToken ct)
    {
        lock (_one)
        try
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            Insert(keys, "DO NOTHING", transaction);
            transaction.Commit();
            return ValueTask.CompletedTask;
        }
        catch (SqliteException fault) when (!_untouched)
        {
            throw SqliteFaults.Explain(fault, _file);
        }
    }

    /// <inheritdoc/>
    public ValueTask DestroyAsync(IReadOnlyCollection<CompartmentId> compartments, CancellationToken ct)
    {
        if (_untouched) return RequireDestroyedAsync(compartments, ct);
        lock (_one)
        try
        {
            using (var transaction = _connection.BeginTransaction(deferred: false))
            {
                using var tombstone = _connection.CreateCommand();
                tombstone.CommandText = """
                    INSERT INTO key (compartment, version, wrapped) VALUES ($compartment, 1, NULL)
                    ON CONFLICT DO UPDATE SET wrapped = NULL
                    """;
                var id = tombstone.Parameters.Add("$compartment", SqliteType.Blob);
                foreach (var compartment in compartments)
                {
                    id.Value = compartment.Value.ToByteArray(bigEndian: true);
                    tombstone.ExecuteNonQuery();
                }

                transaction.Commit();
            }

            // The old page images still lie in the write-ahead log until it is emptied.
            _connection.TruncateDurably();
            return ValueTask.CompletedTask;
        }
        catch (SqliteException fault) when (!_untouched)
        {
            throw SqliteFaults.Explain(fault, _file);
        }
    }

    /// <summary>A file that is only read has to have the tombstones already.</summary>
    async ValueTask RequireDestroyedAsync(IReadOnlyCollection<CompartmentId> compartments, CancellationToken ct)
    {
        foreach (var compartment in compartments)
        {
            if (await FindAsync(compartment, ct) is { Wrapped: null }) continue;
            throw new InvalidDataException($"{_file} still holds the key of compartment {compartment}, which the record says was destroyed: open the node, or run 'probity verify' on it.");
        }
    }

    ValueTask<IReadOnlyList<WrappedKey>> IKeyTable.ReadAllAsync(CancellationToken ct)
    {
        lock (_one) return ValueTask.FromResult<IReadOnlyList<WrappedKey>>(ReadAll(null));
    }

    ValueTask IKeyTable.ChangeAsync(Func<IReadOnlyList<WrappedKey>, IReadOnlyList<WrappedKey>> change, CancellationToken ct)
    {
        lock (_one)
        {
            using (var transaction = _connection.BeginTransaction(deferred: false))
            {
                Insert(change(ReadAll(transaction)), "DO UPDATE SET version = excluded.version, wrapped = excluded.wrapped", transaction);
                transaction.Commit();
            }

            // The file anew and the write-ahead log empty: no byte of what was replaced is left.
            _connection.Truncate();
            _connection.Run("VACUUM");
            _connection.Truncate();
        }

        return ValueTask.CompletedTask;
    }

    List<WrappedKey> ReadAll(SqliteTransaction? transaction)
    {
        using var command = new SqliteCommand("SELECT compartment, version, wrapped FROM key", _connection, transaction);
        using var reader = command.ExecuteReader();
        var keys = new List<WrappedKey>();
        while (reader.Read()) keys.Add(new WrappedKey(new CompartmentId(SqliteReader.Id(reader, 0)), reader.GetInt32(1), Wrapped(reader, 2)));
        return keys;
    }

    void Insert(IReadOnlyList<WrappedKey> keys, string whereItIsThere, SqliteTransaction transaction)
    {
        using var command = new SqliteCommand("INSERT INTO key (compartment, version, wrapped) VALUES ($compartment, $version, $wrapped) ON CONFLICT " + whereItIsThere, _connection, transaction);
        var compartment = command.Parameters.Add("$compartment", SqliteType.Blob);
        var version = command.Parameters.Add("$version", SqliteType.Integer);
        var wrapped = command.Parameters.Add("$wrapped", SqliteType.Blob);
        foreach (var key in keys)
        {
            compartment.Value = key.Compartment.Value.ToByteArray(bigEndian: true);
            version.Value = key.Version;
            wrapped.Value = key.Wrapped is { } bytes ? bytes.ToArray() : DBNull.Value;
            command.ExecuteNonQuery();
        }
    }

    internal static ReadOnlyMemory<byte>? Wrapped(SqliteDataReader reader, int column) =>
        SqliteBytes.OrNull(reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column));

    /// <summary>Syncs everything to the file and closes it.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_one)
        {
            if (_connection.State != System.Data.ConnectionState.Open) return ValueTask.CompletedTask;
            if (!_untouched)
            {
                try
                {
                    _connection.Run("PRAGMA synchronous = FULL");
                    _connection.Truncate();
                }
                catch (Exception fault) when (fault is IOException or SqliteException)
                {
                    // What is committed is safe in the write-ahead log; the next one to open the file takes it in.
                }
            }

            _connection.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
