using Microsoft.Data.Sqlite;
using Probity.Ledger;
using Probity.Ledger.Formats;

namespace Probity.Storage.Sqlite;

/// <summary>One connection that reads, with its statements prepared. Used by one caller at a time.</summary>
internal sealed class SqliteReader : ILedgerReader
{
    readonly SqliteConnection _connection;
    readonly int _format;
    readonly SqliteStatement _records, _headers, _stream, _streamVersion, _tile;

    public SqliteReader(SqliteConnection connection)
    {
        _connection = connection;
        _format = LedgerSchema.FormatOf(connection);
        SqliteStatement.BePatient(connection);
        _records = new SqliteStatement(connection, "SELECT idx, header, sealed FROM record WHERE idx >= ? ORDER BY idx LIMIT ?");
        _headers = new SqliteStatement(connection, "SELECT header FROM record WHERE idx >= ? ORDER BY idx LIMIT ?");
        _stream = new SqliteStatement(connection, IsLean
            ? "SELECT record.idx, header, sealed FROM stream CROSS JOIN record ON record.idx = stream.idx WHERE stream.stream = ? AND stream.version > ? ORDER BY stream.version LIMIT ?"
            : $"SELECT idx, header, sealed FROM {Streams} WHERE stream = ? AND version > ? ORDER BY version LIMIT ?");
        _streamVersion = new SqliteStatement(connection, $"SELECT coalesce(max(version), 0) FROM {Streams} WHERE stream = ?");
        _tile = new SqliteStatement(connection, "SELECT hashes FROM tile WHERE level = ? AND number = ?");
    }

    // Of the older formats an index is named, so that what it holds, and not only the table, is what a reader of a stream gets.
    string Streams => IsLean ? "stream" : "record INDEXED BY record_stream";

    bool IsLean => _format == LogIdentity.CurrentFormat;

    public long CountIdentities() => Number("SELECT count(*) FROM (SELECT 1 FROM meta LIMIT 2)")!.Value;

    public LogIdentity? ReadIdentity()
    {
        using var command = Prepare("SELECT format, origin, node, vkey FROM meta");
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new LogIdentity(reader.GetInt32(0), reader.GetString(1), Id(reader, 2), reader.GetString(3))
            : null;
    }

    public List<StoredRecord> ReadRecords(long fromIndex, int limit) => ReadRecords(fromIndex, limit, long.MaxValue);

    /// <summary>
    /// As above, and fewer where they would take more memory than a number of bytes; at least one, where there is one.
    /// </summary>
    public List<StoredRecord> ReadRecords(long fromIndex, int limit, long bytes) => Records(_records.Bind(1, fromIndex).Bind(2, limit), bytes);

    public List<StoredRecord> ReadStream(StreamId stream, long afterVersion, int limit) => Records(_stream.Bind(1, stream.Value).Bind(2, afterVersion).Bind(3, limit), long.MaxValue);

    public long ReadStreamVersion(StreamId stream)
    {
        _streamVersion.Bind(1, stream.Value);
        try
        {
            return _streamVersion.Step() ? _streamVersion.Integer(0) : 0;
        }
        finally
        {
            _streamVersion.Reset();
        }
    }

    public List<ReadOnlyMemory<byte>> ReadHeaders(long fromIndex, int limit)
    {
        var headers = new List<ReadOnlyMemory<byte>>();
        _headers.Bind(1, fromIndex).Bind(2, limit);
        try
        {
            while (_headers.Step()) headers.Add(_headers.Bytes(0));
            return headers;
        }
        finally
        {
            _headers.Reset();
        }
    }

    /// <summary>Signed checkpoints of sizes above one, in order; fewer than the limit where they are long.</summary>
    public List<StoredCheckpoint> ReadCheckpoints(long afterSize, int limit)
    {
        const int MostCharacters = 4 * SignedNote.MaxLength;
        var characters = 0;
        var checkpoints = new List<StoredCheckpoint>();
        using var command = Prepare("SELECT size, note FROM checkpoint WHERE size > $a ORDER BY size LIMIT $b");
        using var reader = Execute(command, afterSize, limit);
        while (characters < MostCharacters && reader.Read())
        {
            checkpoints.Add(new StoredCheckpoint(reader.GetInt64(0), reader.GetString(1)));
            characters += checkpoints[^1].Note.Length;
        }

        return checkpoints;
    }

    public long? FindNegativeCheckpoint() => Number("SELECT min(size) FROM checkpoint WHERE size < 0");

    public long? FindRecord(long fromIndex) =>
        Number(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SELECT min(idx) FROM record WHERE idx >= {fromIndex}"));

    public (long Rows, long Newest) Count(string table)
    {
        using var command = Prepare($"SELECT (SELECT count(*) FROM {table}), (SELECT max(size) FROM checkpoint)");
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    public void ScanStreams(Action<long, Guid, long> row)
    {
        using var scan = new SqliteStatement(_connection, $"SELECT idx, stream, version FROM {Streams} ORDER BY stream, version");
        while (scan.Step()) row(scan.Integer(0), scan.Id(1), scan.Integer(2));
    }

    // The table is its index: SQLite keeps rows in the order of their integer key.
    public bool ScanTable(Action<long, Guid, long> row) => false;

    long? Number(string sql)
    {
        using var command = Prepare(sql);
        return command.ExecuteScalar() as long?;
    }

    public ReadOnlyMemory<byte>? ReadTile(int level, long number)
    {
        _tile.Bind(1, level).Bind(2, number);
        try
        {
            return SqliteBytes.OrNull(_tile.Step() ? _tile.Bytes(0) : null);
        }
        finally
        {
            _tile.Reset();
        }
    }

    public StoredCheckpoint? ReadCheckpoint(long? size)
    {
        using var command = Prepare("SELECT size, note FROM checkpoint WHERE $a IS NULL OR size = $a ORDER BY size DESC LIMIT 1");
        using var reader = Execute(command, (object?)size ?? DBNull.Value, null);
        return reader.Read() ? new StoredCheckpoint(reader.GetInt64(0), reader.GetString(1)) : null;
    }

    public IReadOnlyList<string> TablesOfRecords => IsLean ? ["record", "stream"] : ["record"];

    public int FormatOfTables => _format;

    /// <summary>Whether the file has the table of the logs that this one continues, which formats 1 and 2 had not.</summary>
    bool HasPredecessors()
    {
        using var command = Prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'predecessor'");
        return (long)command.ExecuteScalar()! == 1;
    }

    public List<StoredPredecessor> ReadPredecessors(int limit)
    {
        var predecessors = new List<StoredPredecessor>();
        if (!HasPredecessors()) return predecessors;
        using var command = Prepare("SELECT place, origin, vkey, size, note FROM predecessor ORDER BY place LIMIT $a");
        using var reader = Execute(command, limit, null);
        while (reader.Read())
            predecessors.Add(new StoredPredecessor(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetString(4)));
        return predecessors;
    }

    public WitnessedCheckpoint? ReadWitnessed()
    {
        if (_format < 2) return null;
        using var command = Prepare("SELECT size, time, note FROM witnessed");
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new WitnessedCheckpoint(reader.GetInt64(0), DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(1)), reader.GetString(2))
            : null;
    }

    static List<StoredRecord> Records(SqliteStatement statement, long bytes)
    {
        var records = new List<StoredRecord>();
        try
        {
            while (bytes > 0 && statement.Step())
            {
                var header = statement.Bytes(1);
                // Of a header that cannot be read neither is known, and whoever decodes it says so.
                var (stream, version) = HeaderEncoding.PlaceOf(header) ?? default;
                records.Add(new StoredRecord(statement.Integer(0), stream, version, header, statement.Bytes(2)));
                bytes -= header.Length + records[^1].Sealed.Length;
            }

            return records;
        }
        finally
        {
            statement.Reset();
        }
    }

    internal static Guid Id(SqliteDataReader reader, int column) =>
        reader.GetFieldValue<byte[]>(column) is { Length: 16 } bytes ? new Guid(bytes, bigEndian: true)
            : throw new InvalidDataException("An id in the ledger file is not 16 bytes: run 'probity verify' on the data folder.");

    static SqliteDataReader Execute(SqliteCommand command, object a, object? b)
    {
        command.Parameters[0].Value = a;
        if (b is not null) command.Parameters[1].Value = b;
        return command.ExecuteReader();
    }

    SqliteCommand Prepare(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        if (sql.Contains("$a", StringComparison.Ordinal)) command.Parameters.Add(new SqliteParameter("$a", null));
        if (sql.Contains("$b", StringComparison.Ordinal)) command.Parameters.Add(new SqliteParameter("$b", null));
        return command;
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_records, _headers, _stream, _streamVersion, _tile]) statement.Dispose();
        _connection.Dispose();
    }
}
