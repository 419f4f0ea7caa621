using Npgsql;
using Probity.Ledger;
using Probity.Ledger.Formats;

namespace Probity.Storage.Postgres;

/// <summary>One session that reads a log for its verifier or its backup.</summary>
/// <param name="session">The session.</param>
/// <param name="snapshot">Whether it is in a transaction, which no statement may be given up in.</param>
internal sealed class PostgresReader(NpgsqlConnection session, bool snapshot = false) : ILedgerReader
{
    /// <summary>The most bytes of a record: the longest payload, its header, and room to spare.</summary>
    const int LongestRecord = TransparencyLog.MaxPayloadBytes + (64 * 1024);

    const int LongestNote = 4 * SignedNote.MaxLength;
    const int LongestTile = Tile.FullWidth * Hash.Size;

    public long CountIdentities() => Rows("SELECT count(*) FROM (SELECT 1 FROM ledger.meta LIMIT 2) AS few", row => row.GetInt64(0))[0];

    public LogIdentity? ReadIdentity() => Rows(
        "SELECT format, left(origin, 10000), node, left(vkey, 10000) FROM ledger.meta LIMIT 1",
        row => new LogIdentity(row.GetInt32(0), row.GetString(1), row.GetGuid(2), row.GetString(3))) is [var one] ? one : null;

    public IReadOnlyList<string> TablesOfRecords { get; } = ["record"];

    public int FormatOfTables => LogIdentity.CurrentFormat;

    public WitnessedCheckpoint? ReadWitnessed() => Rows(
        $"SELECT size, time, CASE WHEN octet_length(note) <= {LongestNote} THEN note END FROM ledger.witnessed LIMIT 1",
        row => new WitnessedCheckpoint(row.GetInt64(0), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(1)), Text(row, 2))) is [var one] ? one : null;

    public StoredCheckpoint? ReadCheckpoint(long? size) =>
        (size is { } some ? Checkpoints("WHERE size = $1 LIMIT 1", some) : Checkpoints("ORDER BY size DESC LIMIT 1")) is [var one] ? one : null;

    public List<StoredCheckpoint> ReadCheckpoints(long afterSize, int limit) =>
        Checkpoints("WHERE size > $1 ORDER BY size LIMIT $2", afterSize, Math.Min(limit, 256));

    public long? FindNegativeCheckpoint() =>
        Rows("SELECT min(size) FROM ledger.checkpoint WHERE size < 0", row => row.IsDBNull(0) ? default(long?) : row.GetInt64(0))[0];

    public List<StoredRecord> ReadRecords(long fromIndex, int limit, long bytes)
    {
        if (snapshot) limit = CountFitting(fromIndex, limit, bytes);
        using var command = Command($"""
            SELECT idx, stream, version, CASE WHEN fits THEN header END, CASE WHEN fits THEN sealed END
            FROM (SELECT *, octet_length(header) + octet_length(sealed) <= {LongestRecord} AS fits FROM ledger.record WHERE idx >= $1 ORDER BY idx LIMIT $2) AS few
            """, fromIndex, limit);
        using var reader = command.ExecuteReader(System.Data.CommandBehavior.SequentialAccess);
        var records = new List<StoredRecord>();
        while (bytes > 0 && reader.Read())
        {
            var (index, stream, version) = (reader.GetInt64(0), new StreamId(reader.GetGuid(1)), reader.GetInt64(2));
            if (reader.IsDBNull(3)) throw new RowTooLargeException();
            records.Add(new StoredRecord(index, stream, version, reader.GetFieldValue<byte[]>(3), reader.GetFieldValue<byte[]>(4)));
            bytes -= records[^1].Header.Length + records[^1].Sealed.Length;
        }

        if (bytes <= 0 && !snapshot) command.Cancel();
        return records;
    }

    int CountFitting(long fromIndex, int limit, long bytes) => (int)Math.Max(1, Rows(
        """
        SELECT count(*) FROM (SELECT sum(octet_length(header) + octet_length(sealed)) OVER (ORDER BY idx) AS bytes
            FROM (SELECT * FROM ledger.record WHERE idx >= $1 ORDER BY idx LIMIT $2) AS few) AS sums WHERE bytes <= $3
        """, row => row.GetInt64(0), fromIndex, limit, bytes)[0]);

    public long? FindRecord(long fromIndex) =>
        Rows("SELECT min(idx) FROM ledger.record WHERE idx >= $1", row => row.IsDBNull(0) ? default(long?) : row.GetInt64(0), fromIndex)[0];

    public ReadOnlyMemory<byte>? ReadTile(int level, long number) => Rows(
        $"SELECT CASE WHEN octet_length(hashes) <= {LongestTile} THEN hashes END FROM ledger.tile WHERE level = $1 AND number = $2",
        row => row.IsDBNull(0) ? throw new RowTooLargeException() : row.GetFieldValue<byte[]>(0), level, number) is [var one] ? one : default(ReadOnlyMemory<byte>?);

    public (long Rows, long Newest) Count(string table) => Rows(
        $"SELECT (SELECT count(*) FROM ledger.{table}), (SELECT max(size) FROM ledger.checkpoint)", row => (row.GetInt64(0), row.GetInt64(1)))[0];

    public void ScanStreams(Action<long, Guid, long> row) =>
        Scan("ORDER BY stream, version", "enable_seqscan, enable_bitmapscan, enable_sort, enable_indexonlyscan", "using record_stream", row);

    public bool ScanTable(Action<long, Guid, long> row)
    {
        Scan("", "enable_indexscan, enable_bitmapscan, enable_indexonlyscan", "Seq Scan", row);
        return true;
    }

    /// <summary>Reads the table by a given plan, and by no other.</summary>
    void Scan(string order, string without, string plan, Action<long, Guid, long> take)
    {
        var sql = $"SELECT idx, stream, version FROM ledger.record {order}";
        using var transaction = session.BeginTransaction();
        foreach (var way in without.Split(", ")) Command($"SET LOCAL {way} = off").ExecuteNonQuery();
        if (!string.Join('\n', Rows("EXPLAIN " + sql, row => row.GetString(0))).Contains(plan, StringComparison.Ordinal))
            throw new InvalidDataException($"the server does not read it by its {plan}.");
        using (var command = Command(sql))
        {
            command.CommandTimeout = 0;
            using var reader = command.ExecuteReader();
            while (reader.Read()) take(reader.GetInt64(0), reader.GetGuid(1), reader.GetInt64(2));
        }

        transaction.Commit();
    }

    List<StoredCheckpoint> Checkpoints(string which, params object[] values) => Rows(
        $"SELECT size, CASE WHEN octet_length(note) <= {LongestNote} THEN note END FROM ledger.checkpoint {which}",
        row => new StoredCheckpoint(row.GetInt64(0), Text(row, 1)), values);

    static string Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? throw new RowTooLargeException() : row.GetString(column);

    List<T> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        using var command = Command(sql, values);
        command.CommandTimeout = 0;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, session);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    public void Dispose() => session.Dispose();
}
