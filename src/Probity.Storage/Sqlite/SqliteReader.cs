using Microsoft.Data.Sqlite;
using Probity.Ledger;
using Probity.Ledger.Formats;

namespace Probity.Storage.Sqlite;

/// <summary>One connection that reads, with its statements prepared. Used by one caller at a time.</summary>
internal sealed class SqliteReader : ILedgerReader
{
    readonly SqliteConnection _connection;
    readonly int _format;
    readonly SqliteCommand _records, _headers, _stream, _streamVersion, _tile;

    public SqliteReader(SqliteConnection connection)
    {
        _connection = connection;
        _format = LedgerSchema.FormatOf(connection);
        _records = Prepare("SELECT idx, header, sealed FROM record WHERE idx >= $a ORDER BY idx LIMIT $b");
        _headers = Prepare("SELECT header FROM record WHERE idx >= $a ORDER BY idx LIMIT $b");
        // Of the older formats an index is named, so that what it holds, and not only the table, is what a reader of a stream gets.
        var streams = IsLean ? "stream" : "record INDEXED BY record_stream";
        _stream = Prepare(IsLean
            ? "SELECT record.idx, header, sealed FROM stream CROSS JOIN record ON record.idx = stream.idx WHERE stream.stream = $a AND stream.version > $b ORDER BY stream.version"
            : $"SELECT idx, header, sealed FROM {streams} WHERE stream = $a AND version > $b ORDER BY version");
        _streamVersion = Prepare($"SELECT coalesce(max(version), 0) FROM {streams} WHERE stream = $a");
        _tile = Prepare("SELECT hashes FROM tile WHERE level = $a AND number = $b");
    }

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
        using var command = Prepare($"SELECT idx, stream, version FROM {(IsLean ? "stream" : "record INDEXED BY record_stream")} ORDER BY stream, version");
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

    public IReadOnlyList<string> TablesOfRecords => IsLean ? ["record", "stream"] : ["record"];

    public int FormatOfTables => _format;

    public WitnessedCheckpoint? ReadWitnessed()
    {
        if (_format < 2) return null;
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

    static StoredRecord Record(SqliteDataReader reader)
    {
        var header = reader.GetFieldValue<byte[]>(1);
        // Of a header that cannot be read neither is known, and whoever decodes it says so.
        var (stream, version) = HeaderEncoding.PlaceOf(header) ?? default;
        return new StoredRecord(reader.GetInt64(0), stream, version, header, reader.GetFieldValue<byte[]>(2));
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
        foreach (var command in (SqliteCommand[])[_records, _headers, _stream, _streamVersion, _tile]) command.Dispose();
        _connection.Dispose();
    }
}
