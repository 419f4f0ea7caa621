using Microsoft.Data.Sqlite;
using Probity.Ledger;
using Probity.Storage.Sqlite;

namespace Probity.Storage.Deposits;

/// <summary>
/// The sealed deposits of a node, <c>reports.db</c> in its data folder: its owner's alone to read, each change durable, what is removed overwritten. They stand nowhere else on this node; the
/// reporter's side has them until it is told that a report is settled. Safe for use by many callers at once.
/// </summary>
public sealed class DepositStore : IDisposable
{
    const int Version = 2;

    const string Tables = """
        CREATE TABLE deposits (idx INTEGER PRIMARY KEY, day INTEGER NOT NULL, report BLOB NOT NULL, deposit BLOB NOT NULL, receipt BLOB NOT NULL) STRICT;
        CREATE INDEX deposits_report ON deposits (report, idx);
        CREATE TABLE cursors (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE removed (number INTEGER PRIMARY KEY AUTOINCREMENT, report BLOB NOT NULL UNIQUE) STRICT;
        """;

    // Since version 2: every record that was fetched is in one of two tables, so that none can be taken out unseen.
    const string Proofs = "CREATE TABLE proofs (idx INTEGER PRIMARY KEY, receipt BLOB NOT NULL) STRICT";

    readonly string _file;
    readonly SqliteConnection _connection;
    readonly Lock _lock = new();
    bool _isUntouched;

    DepositStore(string file, SqliteConnection connection) => (_file, _connection) = (file, connection);

    /// <summary>Opens the file, made if it is not there.</summary>
    /// <exception cref="InvalidDataException">It is of another version, or no such file.</exception>
    public static DepositStore Open(string file, Durability durability)
    {
        SqliteConnection? connection = null;
        try
        {
            if (!File.Exists(file))
            {
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                new FileStream(file, options).Dispose();
            }

            connection = SqliteFile.OpenWriter(file, durability);
            using (var transaction = connection.BeginTransaction(deferred: false))
            {
                var isNew = Number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
                if (isNew) connection.Run(Tables);
                if (isNew || Number(connection, "PRAGMA user_version") == 1)
                {
                    connection.Run(Proofs);
                    connection.Run($"PRAGMA user_version = {Version}");
                }

                transaction.Commit();
            }

            if (Number(connection, "PRAGMA user_version") is not Version and var found)
                throw new InvalidDataException($"{file} was made by another version of Probity ({found}; this one reads {Version}): run that version.");
            return new DepositStore(file, connection);
        }
        catch (Exception fault)
        {
            connection?.Dispose();
            if (fault is SqliteException) throw new InvalidDataException($"{file} cannot be opened: {fault.Message}", fault);
            throw;
        }
    }

    /// <summary>Opens the file to read it and changes no byte of it, also beside a server. It may be a stranger's.</summary>
    /// <exception cref="InvalidDataException">It is of another version, or no such file.</exception>
    /// <exception cref="IOException">It is no regular file, or cannot be read.</exception>
    public static DepositStore OpenUntouched(string file)
    {
        SqliteFile.RequireRegular(file);
        return OpenToRead(file, SqliteFile.OpenUntouched);
    }

    /// <summary>Opens the file as it stands at this moment, whatever is committed meanwhile, for a backup beside a server.</summary>
    /// <inheritdoc cref="OpenUntouched"/>
    internal static DepositStore OpenSnapshot(string file)
    {
        RegularFile.Require(file);
        return OpenToRead(file, SqliteFile.OpenSnapshot);
    }

    static DepositStore OpenToRead(string file, Func<string, SqliteConnection> open)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = open(file);
            return Number(connection, "PRAGMA user_version") == Version ? new DepositStore(file, connection) { _isUntouched = true }
                : throw new InvalidDataException($"{file} is not of version {Version}, which this program reads: start the server once, which brings it there.");
        }
        catch (Exception fault)
        {
            connection?.Dispose();
            if (fault is SqliteException) throw new InvalidDataException($"{file} cannot be read: {fault.Message}", fault);
            throw;
        }
    }

    /// <summary>The number of the next record to fetch: one more than that of the last one that is held or proved. No number that could be edited says so.</summary>
    /// <exception cref="StoreFaultException">The file does not do what was asked.</exception>
    public long ReadNext() => Select("SELECT max(coalesce((SELECT max(idx) FROM deposits), -1), coalesce((SELECT max(idx) FROM proofs), -1)) + 1", reader => reader.GetInt64(0))[0];

    /// <summary>Keeps deposits and proofs of records that are none, together. Each takes the place of what was kept under its number.</summary>
    /// <inheritdoc cref="ReadNext"/>
    public void Keep(IReadOnlyList<StoredDeposit> deposits, IReadOnlyList<StoredProof> proofs)
    {
        ArgumentNullException.ThrowIfNull(deposits);
        ArgumentNullException.ThrowIfNull(proofs);
        Write(() =>
        {
            foreach (var deposit in deposits)
            {
                Run(
                    "INSERT OR REPLACE INTO deposits (idx, day, report, deposit, receipt) VALUES ($idx, $day, $report, $deposit, $receipt)",
                    ("$idx", deposit.Index), ("$day", (long)deposit.Day.DayNumber), ("$report", Bytes(deposit.Report)), ("$deposit", Bytes(deposit.Deposit)), ("$receipt", deposit.Receipt.ToArray()));
                Run("DELETE FROM proofs WHERE idx = $idx", ("$idx", deposit.Index));
            }

            foreach (var proof in proofs)
            {
                Run("DELETE FROM deposits WHERE idx = $idx", ("$idx", proof.Index));
                Put(proof);
            }
        });
    }

    /// <summary>Up to <paramref name="most"/> records from a number on, in order, those that are no deposits among them.</summary>
    /// <inheritdoc cref="ReadNext"/>
    public IReadOnlyList<StoredRecord> ReadAll(long from, int most) => Select(
        """
        SELECT idx, day, report, deposit, receipt FROM (
            SELECT idx, day, report, deposit, receipt, 0 AS kind FROM deposits WHERE idx >= $from
            UNION ALL SELECT idx, NULL, NULL, NULL, receipt, 1 FROM proofs WHERE idx >= $from)
        ORDER BY idx, kind LIMIT $most
        """,
        reader => new StoredRecord(reader.GetInt64(0), reader.GetFieldValue<byte[]>(4), reader.IsDBNull(1) ? null : Row(reader)), ("$from", from), ("$most", (long)most));

    /// <summary>Up to <paramref name="most"/> from a number on, in order.</summary>
    /// <inheritdoc cref="ReadNext"/>
    public IReadOnlyList<StoredDeposit> Read(long from, int most) =>
        Select("SELECT idx, day, report, deposit, receipt FROM deposits WHERE idx >= $from ORDER BY idx LIMIT $most", Row, ("$from", from), ("$most", (long)most));

    /// <summary>All of one report, in order.</summary>
    /// <inheritdoc cref="ReadNext"/>
    public IReadOnlyList<StoredDeposit> OfReport(Guid report) =>
        Select("SELECT idx, day, report, deposit, receipt FROM deposits WHERE report = $report AND idx >= 0 ORDER BY idx", Row, ("$report", Bytes(report)));

    /// <summary>Removes a report's deposits, from the write-ahead log too; of each, what proves its place is left.</summary>
    /// <param name="report">The report.</param>
    /// <param name="left">The proofs, which say nothing of what was removed.</param>
    /// <exception cref="IOException">Somebody kept reading: the rows are gone, and a copy may be left in the write-ahead log.</exception>
    /// <inheritdoc cref="ReadNext"/>
    public void Remove(Guid report, IReadOnlyList<StoredProof> left)
    {
        ArgumentNullException.ThrowIfNull(left);
        Write(() =>
        {
            Run("DELETE FROM deposits WHERE report = $report", ("$report", Bytes(report)));
            Run("INSERT INTO removed (report) VALUES ($report) ON CONFLICT DO NOTHING", ("$report", Bytes(report)));
            foreach (var proof in left) Put(proof);
        });
        lock (_lock) _connection.TruncateDurably();
    }

    /// <summary>Drops what is kept under a number.</summary>
    /// <inheritdoc cref="ReadNext"/>
    public void Drop(long index) => Write(() =>
    {
        Run("DELETE FROM deposits WHERE idx = $idx", ("$idx", index));
        Run("DELETE FROM proofs WHERE idx = $idx", ("$idx", index));
    });

    /// <summary>Takes a removal back out of the list of removals.</summary>
    /// <inheritdoc cref="ReadNext"/>
    public void DropRemoval(long number) => Write(() => Run("DELETE FROM removed WHERE number = $number", ("$number", number)));

    /// <summary>The reports that were removed after a removal, each with its number, in order.</summary>
    /// <inheritdoc cref="ReadNext"/>
    public IReadOnlyList<(long Number, Guid Report)> ReadRemoved(long after) =>
        Select("SELECT number, report FROM removed WHERE number > $after ORDER BY number", reader => (reader.GetInt64(0), Id(reader, 1)), ("$after", after));

    /// <summary>What a cursor stands at; 0 before it was moved.</summary>
    /// <inheritdoc cref="ReadNext"/>
    public long ReadCursor(string name) => Select("SELECT value FROM cursors WHERE name = $name", reader => reader.GetInt64(0), ("$name", name)) is [var value] ? value : 0;

    /// <summary>Moves a cursor.</summary>
    /// <inheritdoc cref="ReadNext"/>
    public void MoveCursor(string name, long value) => Write(() => SetCursor(name, value));

    void Put(StoredProof proof) => Run("INSERT OR REPLACE INTO proofs (idx, receipt) VALUES ($idx, $receipt)", ("$idx", proof.Index), ("$receipt", proof.Receipt.ToArray()));

    void SetCursor(string name, long value) =>
        Run("INSERT INTO cursors (name, value) VALUES ($name, $value) ON CONFLICT DO UPDATE SET value = excluded.value", ("$name", name), ("$value", value));

    void Write(Action change)
    {
        lock (_lock)
        {
            try
            {
                using var transaction = _connection.BeginTransaction(deferred: false);
                change();
                transaction.Commit();
            }
            catch (SqliteException fault)
            {
                throw SqliteFaults.Explain(fault, _file);
            }
        }
    }

    void Run(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    List<T> Select<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> values)
    {
        lock (_lock)
        {
            try
            {
                using var command = _connection.CreateCommand();
                command.CommandText = sql;
                foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
                using var reader = command.ExecuteReader();
                var rows = new List<T>();
                while (reader.Read()) rows.Add(read(reader));
                return rows;
            }
            catch (SqliteException fault)
            {
                throw SqliteFaults.Explain(fault, _file);
            }
        }
    }

    static StoredDeposit Row(SqliteDataReader reader) =>
        new(reader.GetInt64(0), DateOnly.FromDayNumber((int)reader.GetInt64(1)), Id(reader, 2), Id(reader, 3), reader.GetFieldValue<byte[]>(4));

    static Guid Id(SqliteDataReader reader, int column) => new(reader.GetFieldValue<byte[]>(column), bigEndian: true);

    static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Brings everything into the file itself and closes it.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            try
            {
                if (!_isUntouched) _connection.Truncate();
            }
            catch (Exception fault) when (fault is IOException or SqliteException)
            {
                // What is committed is safe in the write-ahead log; the next one to open the file takes it in.
            }

            _connection.Dispose();
        }
    }
}
