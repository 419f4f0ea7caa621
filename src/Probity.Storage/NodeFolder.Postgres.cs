using System.Text;
using Npgsql;
using Probity.Ledger;
using Probity.Storage.Postgres;
using Probity.Storage.Sqlite;

namespace Probity.Storage;

// A folder whose log lies in PostgreSQL, where several nodes may serve it.
public sealed partial class NodeFolder
{
    /// <summary>The environment's variable that names a PostgreSQL database; a file <c>keys/postgres</c> comes before it.</summary>
    public const string PostgresVariable = "PROBITY_POSTGRES";

    const int LongestConnection = 4_096;

    /// <summary>Names the PostgreSQL database, with a password in it: its owner alone may read it.</summary>
    public string PostgresFile => Path.Combine(SecretsFolder, "postgres");

    /// <summary>This node's id among those that serve one log.</summary>
    public string NodeFile => Path.Combine(Root, "node");

    /// <summary>Whether the log of this folder lies in PostgreSQL.</summary>
    public bool IsOnPostgres =>
        File.Exists(PostgresFile) || (Directory.Exists(SecretsFolder) && !File.Exists(LedgerFile) && FromEnvironment() is not null);

    static string? FromEnvironment() => Environment.GetEnvironmentVariable(PostgresVariable) is { Length: > 0 } given ? given : null;

    /// <summary>How the database is reached, or null where the log lies in the folder itself.</summary>
    /// <exception cref="InvalidDataException">The folder has a ledger of its own too, or others may read the password.</exception>
    internal string? ReadConnection()
    {
        if (!IsOnPostgres) return null;
        if (!File.Exists(PostgresFile)) return FromEnvironment();
        if (File.Exists(LedgerFile))
            throw new InvalidDataException($"{Root} has a ledger.db and names a PostgreSQL database too, in keys/postgres: take away the one that is not its log.");
        return ReadConnectionFile(PostgresFile);
    }

    /// <summary>Reads a file that names a PostgreSQL database, and holds a password.</summary>
    /// <exception cref="InvalidDataException">Others may read it.</exception>
    /// <exception cref="IOException">It is no regular file, or cannot be read.</exception>
    public static string ReadConnectionFile(string file)
    {
        RegularFile.Require(file);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & others) != 0)
            throw new InvalidDataException($"{file} holds a password that others may read: chmod 600 it, and change the password.");
        return RegularFile.ReadText(file, LongestConnection).Trim();
    }

    /// <summary>The node's databases, to be read as they stand.</summary>
    internal INodeDatabase OpenDatabase() => ReadConnection() is { } connection ? new PostgresNodeDatabase(connection) : new SqliteNodeDatabase(this);

    /// <summary>The node's log, to be read as it stands.</summary>
    internal ILogStore OpenLogUntouched() =>
        ReadConnection() is { } connection ? PostgresLogStore.OpenUntouched(connection) : SqliteLogStore.OpenUntouched(LedgerFile);

    /// <summary>All of the node's keys, to be changed; <see cref="HoldAloneAsync"/> comes before.</summary>
    internal async Task<IKeyTable> OpenKeyTableAsync(CancellationToken ct) =>
        ReadConnection() is { } connection ? await PostgresKeyStore.OpenAsync(connection, ct) : SqliteKeyStore.Open(KeyFile);

    /// <summary>Keeps every server of this log out, also those of other folders, until it is disposed of.</summary>
    /// <exception cref="IOException">One has it open.</exception>
    internal async Task<IAsyncDisposable> HoldAloneAsync(CancellationToken ct)
    {
        var own = new FolderLock(LockFile);
        try
        {
            return ReadConnection() is { } connection ? await PostgresNodes.HoldAloneAsync(connection, own, ct) : own;
        }
        catch (Exception fault)
        {
            await own.DisposeAsync();
            if (fault is NpgsqlException) throw Unreachable(fault);
            throw;
        }
    }

    internal void WriteConnection(string connectionString)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(PostgresFile, options);
        stream.Write(Encoding.UTF8.GetBytes(connectionString + "\n"));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>The node's id; drawn where the folder has none yet.</summary>
    Guid ReadNode()
    {
        if (!File.Exists(NodeFile))
        {
            using var stream = new FileStream(NodeFile, FileMode.CreateNew, FileAccess.Write);
            stream.Write(Encoding.ASCII.GetBytes($"{Guid.NewGuid()}\n"));
            stream.Flush(flushToDisk: true);
        }

        return Guid.TryParseExact(RegularFile.ReadText(NodeFile, 64).TrimEnd('\n'), "D", out var node) ? node
            : throw new InvalidDataException($"{NodeFile} does not hold a node's id: take it away, and the node gets a new one.");
    }

    internal IOException Unreachable(Exception fault) =>
        new($"The PostgreSQL database of {Root} cannot be used: {fault.Message.ReplaceLineEndings(" ")} See docs/postgresql.md.", fault);
}
