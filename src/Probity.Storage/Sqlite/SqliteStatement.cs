using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Probity.Storage.Sqlite;

/// <summary>
/// A prepared statement, used again and again by one caller at a time. It speaks to SQLite itself: the rows of the record are what the
/// log's speed hangs on, and a parameter by name or a column through a data reader costs more than the row.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    readonly SqliteConnection _connection;
    readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _connection = connection;
        if (raw.sqlite3_prepare_v3(connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement) != raw.SQLITE_OK)
            throw new SqliteException(raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), raw.sqlite3_errcode(connection.Handle));
    }

    /// <summary>Lets the connection wait for another that writes, as commands do.</summary>
    public static void BePatient(SqliteConnection connection) => raw.sqlite3_busy_timeout(connection.Handle, SqliteFile.Patience * 1_000);

    // Parameters are counted from 1, columns from 0, as SQLite does.
    public SqliteStatement Bind(int parameter, long value)
    {
        raw.sqlite3_bind_int64(_statement, parameter, value);
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        raw.sqlite3_bind_blob(_statement, parameter, value);
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        raw.sqlite3_bind_text(_statement, parameter, value);
        return this;
    }

    public SqliteStatement Bind(int parameter, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bind(parameter, bytes);
    }

    /// <summary>Runs it to its end; it answers no row.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public void Run()
    {
        try
        {
            if (Step()) throw new InvalidOperationException("A statement that answers nothing gave a row.");
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Whether there is a row, or one more. Whoever asks calls <see cref="Reset"/> when done.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public bool Step() => raw.sqlite3_step(_statement) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        var code => throw new SqliteException(
            $"SQLite Error {code}: '{raw.sqlite3_errmsg(_connection.Handle).utf8_to_string()}'.", code & 0xff, raw.sqlite3_extended_errcode(_connection.Handle)),
    };

    public void Reset() => raw.sqlite3_reset(_statement);

    /// <exception cref="InvalidDataException">The column holds something else, as only a damaged file has it.</exception>
    public long Integer(int column)
    {
        Require(column, raw.SQLITE_INTEGER);
        return raw.sqlite3_column_int64(_statement, column);
    }

    /// <inheritdoc cref="Integer"/>
    public byte[] Bytes(int column)
    {
        Require(column, raw.SQLITE_BLOB);
        return raw.sqlite3_column_blob(_statement, column).ToArray();
    }

    /// <inheritdoc cref="Integer"/>
    public string Text(int column)
    {
        Require(column, raw.SQLITE_TEXT);
        return raw.sqlite3_column_text(_statement, column).utf8_to_string();
    }

    /// <inheritdoc cref="Integer"/>
    public Guid Id(int column)
    {
        Require(column, raw.SQLITE_BLOB);
        var bytes = raw.sqlite3_column_blob(_statement, column);
        return bytes.Length == 16 ? new Guid(bytes, bigEndian: true) : throw Damaged();
    }

    void Require(int column, int type)
    {
        if (raw.sqlite3_column_type(_statement, column) != type) throw Damaged();
    }

    static InvalidDataException Damaged() => new("A column in the ledger file does not hold what it may: run 'probity verify' on the data folder.");

    public void Dispose() => _statement.Dispose();
}
