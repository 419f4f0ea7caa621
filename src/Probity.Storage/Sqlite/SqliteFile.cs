using System.Globalization;
using Microsoft.Data.Sqlite;
using Probity.Ledger;
using SQLitePCL;

namespace Probity.Storage.Sqlite;

/// <summary>Opens connections to one SQLite file as the ledger needs them.</summary>
internal static class SqliteFile
{
    /// <summary>How long a connection waits for another that writes, in seconds.</summary>
    public const int Patience = 30;

    /// <summary>The most bytes of one row in a file that a stranger may have written: the longest payload, its header, and room to spare.</summary>
    const int LongestRow = TransparencyLog.MaxPayloadBytes + (64 * 1024);

    /// <summary>A connection that writes: WAL, each commit synced to the disk unless that was explicitly waived.</summary>
    /// <param name="file">The file, made if it is not there.</param>
    /// <param name="durability">When commits reach the disk.</param>
    /// <param name="pageSize">Bytes of a page in a new file, or null for SQLite's own choice.</param>
    public static SqliteConnection OpenWriter(string file, Durability durability, int? pageSize = null)
    {
        var connection = Open(file, SqliteOpenMode.ReadWriteCreate);
        try
        {
            if (pageSize is { } size) connection.Run($"PRAGMA page_size = {size}");
            connection.Run("PRAGMA journal_mode = WAL");
            connection.Run(durability == Durability.EveryCommit ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");
            connection.Run("PRAGMA secure_delete = ON");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection beside a writer's.</summary>
    public static SqliteConnection OpenReader(string file)
    {
        var connection = Open(file, SqliteOpenMode.ReadWrite);
        try
        {
            connection.Run("PRAGMA query_only = ON");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A connection that sees the file as it stands at this moment, whatever is committed meanwhile, until it is closed.
    /// </summary>
    /// <exception cref="InvalidDataException">A rollback journal lies beside the file.</exception>
    public static SqliteConnection OpenSnapshot(string file)
    {
        RefuseJournal(file);
        var connection = OpenReader(file);
        try
        {
            raw.sqlite3_limit(connection.Handle, raw.SQLITE_LIMIT_LENGTH, LongestRow);
            connection.Run("BEGIN");
            // The moment is that of the first look.
            connection.Run("SELECT count(*) FROM sqlite_schema");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A connection that changes nothing and makes no file: where no write-ahead log lies beside the file, it is read as it stands.
    /// The file may be an enemy's: no row is read that is longer than one may be.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// A rollback journal lies beside the file. It belongs to the making of a node alone; later, whoever opens the file to write would have
    /// it played back over what is read here.
    /// </exception>
    public static SqliteConnection OpenUntouched(string file)
    {
        RefuseJournal(file);
        var log = new FileInfo(file + "-wal");
        var connection = log.Exists && log.Length > 0
            ? Open(file, SqliteOpenMode.ReadOnly)
            : Open(new Uri(Path.GetFullPath(file)).AbsoluteUri + "?immutable=1", SqliteOpenMode.ReadOnly);
        raw.sqlite3_limit(connection.Handle, raw.SQLITE_LIMIT_LENGTH, LongestRow);
        return connection;
    }

    /// <summary>Refuses a database that is a device or a pipe, or has one beside it under a name that SQLite would open.</summary>
    /// <exception cref="IOException">It is not a regular file, or is not there.</exception>
    public static void RequireRegular(string file)
    {
        RegularFile.Require(file);
        foreach (var beside in (string[])[file + "-wal", file + "-shm", file + "-journal"])
            if (RegularFile.KindOf(beside) != FileKind.Absent) RegularFile.Require(beside);
    }

    /// <summary>Brings everything into the file itself and empties the write-ahead log.</summary>
    public static void Truncate(this SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using var reader = command.ExecuteReader();
        if (reader.Read() && reader.GetInt64(0) != 0)
            throw new IOException("The write-ahead log could not be emptied while another connection reads; try again.");
    }

    /// <summary>
    /// As above, and nothing that lay in the log comes back with a power cut: SQLite does not sync the emptying itself, but each commit
    /// syncs the log. The commit writes a number over itself, for rows that stay as they are are not written.
    /// </summary>
    public static void TruncateDurably(this SqliteConnection connection)
    {
        connection.Truncate();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = (long)command.ExecuteScalar()!;
        connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}"));
    }

    /// <summary>Runs a statement that answers nothing.</summary>
    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static void RefuseJournal(string file)
    {
        if (new FileInfo(file + "-journal") is { Exists: true, Length: > 0 } journal)
            throw new InvalidDataException($"{journal.Name} lies beside it, and whoever opens it to write would have that played back over it.");
    }

    static SqliteConnection Open(string source, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = source, Mode = mode, Pooling = false, DefaultTimeout = Patience,
        }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
