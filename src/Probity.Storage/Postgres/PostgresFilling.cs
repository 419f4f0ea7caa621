using Npgsql;
using NpgsqlTypes;
using Probity.Ledger;

namespace Probity.Storage.Postgres;

/// <summary>Makes the tables of a ledger in a database that has none, and fills them: all of it in one transaction.</summary>
internal sealed class PostgresFilling : ILedgerFilling
{
    const int RecordsAtOnce = 2_048;
    const long BytesAtOnce = 8 * 1024 * 1024;

    readonly NpgsqlDataSource _source;
    readonly NpgsqlConnection _connection;
    readonly NpgsqlTransaction _transaction;
    readonly TreeEdge _tree = TreeEdge.Empty();
    readonly List<StoredRecord> _records = [];
    readonly List<StoredCheckpoint> _checkpoints = [];
    long _bytes;

    PostgresFilling(NpgsqlDataSource source, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_source, _connection, _transaction) = (source, connection, transaction);

    /// <exception cref="IOException">The database has a ledger or keys already.</exception>
    /// <exception cref="InvalidDataException">The connection cannot be read, or the server can lose what it confirms.</exception>
    public static async Task<PostgresFilling> OpenAsync(string connectionString, CancellationToken ct)
    {
        var source = PostgresServer.Open(connectionString);
        try
        {
            await PostgresServer.RequireDurableAsync(source, ct);
            var connection = await source.OpenConnectionAsync(ct);
            var filling = new PostgresFilling(source, connection, await connection.BeginTransactionAsync(ct));
            filling.Run("SELECT pg_advisory_xact_lock($1)", PostgresSchema.MakingLock);
            using (var ask = filling.Command("SELECT to_regnamespace('ledger') IS NOT NULL OR to_regnamespace('keys') IS NOT NULL"))
                if ((bool)ask.ExecuteScalar()!) throw new IOException("the database holds a ledger or its keys already: name a new, empty one");
            filling.Run(PostgresSchema.Ledger);
            return filling;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    public void Write(BackupPart part)
    {
        switch (part)
        {
            case BackupPart.Identity(var log):
                Run("INSERT INTO ledger.meta (format, origin, node, vkey) VALUES ($1, $2, $3, $4)", LogIdentity.CurrentFormat, log.Origin, log.Node, log.VerifierKey);
                Run("INSERT INTO ledger.node (id) VALUES ($1)", log.Node);
                break;
            case BackupPart.Node(var node):
                Run("INSERT INTO ledger.node (id) VALUES ($1) ON CONFLICT DO NOTHING", node);
                break;
            case BackupPart.Predecessor(var one):
                Run("INSERT INTO ledger.predecessor (place, origin, vkey, size, note) VALUES ($1, $2, $3, $4, $5)", one.Place, one.Origin, one.VerifierKey, one.Size, one.Note);
                break;
            case BackupPart.Witnessed(var witnessed):
                Run("INSERT INTO ledger.witnessed (size, time, note) VALUES ($1, $2, $3)", witnessed.Size, witnessed.Time.ToUnixTimeSeconds(), witnessed.Note);
                break;
            case BackupPart.Record(var record):
                _records.Add(record);
                _bytes += record.Header.Length + record.Sealed.Length;
                _tree.Append(LogTiles.Leaf(record.Header.Span));
                if (_records.Count >= RecordsAtOnce || _bytes >= BytesAtOnce) Flush();
                break;
            case BackupPart.Signed(var checkpoint):
                _checkpoints.Add(checkpoint);
                if (_checkpoints.Count >= RecordsAtOnce) Flush();
                break;
        }
    }

    public void Finish()
    {
        Flush();
        Run("UPDATE ledger.tail SET size = $1", _tree.Size);
        _transaction.Commit();
    }

    void Flush()
    {
        try
        {
            Copy("ledger.record (idx, stream, version, header, sealed)", _records, (copy, record) =>
            {
                copy.Write(record.Index, NpgsqlDbType.Bigint);
                copy.Write(record.Stream.Value, NpgsqlDbType.Uuid);
                copy.Write(record.Version, NpgsqlDbType.Bigint);
                copy.Write(PostgresBytes.Of(record.Header), NpgsqlDbType.Bytea);
                copy.Write(PostgresBytes.Of(record.Sealed), NpgsqlDbType.Bytea);
            });
            Copy("ledger.checkpoint (size, note)", _checkpoints, (copy, checkpoint) =>
            {
                copy.Write(checkpoint.Size, NpgsqlDbType.Bigint);
                copy.Write(checkpoint.Note, NpgsqlDbType.Text);
            });
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new InvalidDataException("two of its records are filed under one place", fault);
        }

        foreach (var tile in _tree.TakeTiles())
            Run("INSERT INTO ledger.tile (level, number, hashes) VALUES ($1, $2, $3) ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes",
                tile.Level, tile.Number, PostgresBytes.Of(tile.Hashes));
        _records.Clear();
        _checkpoints.Clear();
        _bytes = 0;
    }

    void Copy<T>(string into, List<T> rows, Action<NpgsqlBinaryImporter, T> write)
    {
        if (rows.Count == 0) return;
        using var copy = _connection.BeginBinaryImport($"COPY {into} FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            copy.StartRow();
            write(copy, row);
        }

        copy.Complete();
    }

    void Run(string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, _connection, _transaction) { CommandTimeout = 0 };
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
        _source.Dispose();
    }

    /// <summary>Ends a restore that was verified: the table that the keys are put back into.</summary>
    public static async Task MakeKeysAsync(string connectionString, CancellationToken ct)
    {
        await using var source = PostgresServer.Open(connectionString);
        await PostgresServer.MakeAsync(source, "keys", PostgresSchema.Keys, ct);
    }

    /// <summary>Takes back what <see cref="Finish"/> made durable and a verification then found wrong.</summary>
    public static async Task TakeBackAsync(string connectionString)
    {
        await using var source = PostgresServer.Open(connectionString);
        await using var drop = source.CreateCommand("DROP SCHEMA ledger CASCADE");
        await drop.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
