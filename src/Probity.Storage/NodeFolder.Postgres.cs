using System.Text;
using Probity.Ledger;

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
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(PostgresFile) & others) != 0)
            throw new InvalidDataException($"{PostgresFile} holds a password that others may read: chmod 600 it, and change the password.");
        return RegularFile.ReadText(PostgresFile, LongestConnection).Trim();
    }

    /// <summary>Refuses a node whose keys are not in the folder: what is done to a file would be done to nothing.</summary>
    /// <exception cref="InvalidDataException">They lie in PostgreSQL.</exception>
    internal void RequireKeyFile()
    {
        if (IsOnPostgres)
            throw new InvalidDataException($"The keys of {Root} lie in PostgreSQL, where they cannot be rotated yet; back them up with pg_dump --schema=keys (docs/postgresql.md).");
    }

    void WriteConnection(string connectionString)
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
