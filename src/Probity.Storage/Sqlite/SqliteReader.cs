using Microsoft.Data.Sqlite;
using Probity.Ledger;
using Probity.Ledger.Formats;

namespace Probity.Storage.Sqlite;

/// <summary>One connection that reads, with its statements prepared. Used by one caller at a time.</summary>
internal sealed class SqliteReader : ILedgerReader
{
    readonly SqliteConnection _connection;
    readonly SqliteCommand _records, _headers, _stream, _streamVersion, _tile;

    public SqliteReader(SqliteConnection connection)
    {
        _connection = connection;
        _records = Prepare("SELECT idx, stream, version, header, sealed FROM record WHERE idx >= $a ORDER BY idx LIMIT $b");
        _headers = Prepare("SELECT header FROM record WHERE idx >= $a ORDER BY idx LIMIT $b");
        // The index is named so that what it holds, and not only the table, is what a reader of a stream gets.
        _stream = Prepare("SELECT idx, stream, version, header, sealed FROM record INDEXED BY record_stream WHERE stream = $a AND version > $b ORDER BY version");
        _streamVersion = Prepare("SELECT coalesce(max(version), 0) FROM record INDEXED BY record_stream WHERE stream = $a");
        _tile = Prepare("SELECT hashes FROM tile WHERE level = $a AND number = $b");
    }

    public long CountIdentities() => Number("SELECT count(*) FROM (SELECT 1 FROM meta LIMIT 2)")!.Value;

    public LogIdentity? ReadIdentity()
    {
        using var command = Prepare("SELECT format, origin, node, vkey FROM meta");
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new LogIdentity(reader.GetInt32(0), reader.GetString(1), Id(reader, 2), reader.GetString(3))
            : null;
    }

    public List<StoredRecord> ReadRecords(long fromIndex, int limit) => Records(_records, fromIndex, limit);

    /// <summary>
    /// As above, and fewer where they would take more memory than a number of bytes; at least one, where there is one.
    /// </summary>
    public List<StoredRecord> ReadRecords(long fromIndex, int limit, long bytes)
    {
        var records = new List<StoredRecord>();
        using var reader = Execute(_records, fromIndex, limit);
        while (bytes > 0 && reader.Read())
        {
            records.Add(Record(reader));
            bytes -= records[^1].Header.Length + records[^1].Sealed.Length;
        }

        return records;
    }

    public List<StoredRecord> ReadStream(StreamId stream, long afterVersion) =>
        Records(_stream, stream.Value.ToByteArray(bigEndian: true), afterVersion);

    public long ReadStreamVersion(StreamId stream)
    {
        using var reader = Execute(_streamVersion, stream.Value.ToByteArray(bigEndian: true), null);
        return reader.Read() ? reader.GetInt64(0) : 0;
    }

    public List<ReadOnlyMemory<byte>> ReadHeaders(long fromIndex, int limit)
    {
        var headers = new List<ReadOnlyMemory<byte>>();
        using var reader = Execute(_headers, fromIndex, limit);
        while (reader.Read()) headers.Add(reader.GetFieldValue<byte[]>(0));
        return headers;
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
        using var command = Prepare("SELECT idx, stream, version FROM record INDEXED BY record_stream ORDER BY stream, version");
        using var reader = command.ExecuteReader();
        while (reader.Read()) row(reader.GetInt64(0), Id(reader, 1), reader.GetInt64(2));
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
        using var reader = Execute(_tile, level, number);
        return SqliteBytes.OrNull(reader.Read() ? reader.GetFieldValue<byte[]>(0) : null);
    }

    public StoredCheckpoint? ReadCheckpoint(long? size)
    {
        using var command = Prepare("SELECT size, note FROM checkpoint WHERE $a IS NULL OR size = $a ORDER BY size DESC LIMIT 1");
        using var reader = Execute(command, (object?)size ?? DBNull.Value, null);
        return reader.Read() ? new StoredCheckpoint(reader.GetInt64(0), reader.GetString(1)) : null;
    }

    /// <summary>Whether the file has the table of witnessed checkpoints, which format 1 had not.</summary>
    public bool HasWitnessed()
    {
        using var command = Prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'witnessed'");
        return (long)command.ExecuteScalar()! == 1;
    }

    /// <summary>Whether the file has the table of the logs that this one continues, which formats 1 and 2 had not.</summary>
    public bool HasPredecessors()
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
        if (!HasWitnessed()) return null;
        using var command = Prepare("SELECT size, time, note FROM witnessed");
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new WitnessedCheckpoint(reader.GetInt64(0), DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(1)), reader.GetString(2))
            : null;
    }

    static List<StoredRecord> Records(SqliteCommand command, object a, object b)
    {
        var records = new List<StoredRecord>();
        using var reader = Execute(command, a, b);
        while (reader.Read()) records.Add(Record(reader));
        return records;
    }

    internal static StoredRecord Record(SqliteDataReader reader) => new(
        reader.GetInt64(0), new StreamId(Id(reader, 1)), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3), reader.GetFieldValue<byte[]>(4));

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
        foreach (var command in (SqliteCommand[])[_records, _headers, _stream, _streamVersion, _tile]) command.Dispose();
        _connection.Dispose();
    }
}
