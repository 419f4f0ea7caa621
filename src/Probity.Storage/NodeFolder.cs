using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Storage.Postgres;
using Probity.Storage.Sqlite;

namespace Probity.Storage;

/// <summary>
/// The data folder of a node: <c>ledger.db</c>, <c>keys.db</c> (wrapped keys), <c>checkpoint</c> (the newest one, published
/// after each commit), <c>views.db</c> (rebuilt at will), <c>access.db</c> (credentials), <c>reports.db</c> and <c>reports/files</c>
/// (sealed reports) and <c>keys/</c> (the secrets, to be
/// backed up apart from the rest). Where <c>keys/postgres</c> names a database, or the environment does, the first two lie there and
/// <c>node</c> holds the id of this node among those that serve it. Where they are there: <c>witness-policy</c> (who has to confirm the log), <c>witnessed-logs</c> and
/// <c>witness.db</c> (whose logs this node confirms), <c>stopped</c> (why the log takes no entries), <c>restored</c> (a backup was put back) and
/// <c>other-nodes</c> (who recorded beside this node, where it was one of PostgreSQL).
/// </summary>
public sealed partial class NodeFolder
{
    const int DrawSecretSize = 32;

    NodeFolder(string path) => Root = Path.GetFullPath(path);

    /// <summary>The folder's full path.</summary>
    public string Root { get; }

    /// <summary>The record.</summary>
    public string LedgerFile => Path.Combine(Root, "ledger.db");

    /// <summary>The wrapped keys.</summary>
    public string KeyFile => Path.Combine(Root, "keys.db");

    /// <summary>The tables of the views.</summary>
    public string ViewsFile => Path.Combine(Root, "views.db");

    /// <summary>What people sign in with.</summary>
    public string AccessFile => Path.Combine(Root, "access.db");

    /// <summary>The sealed deposits that were fetched from the reporter's side.</summary>
    public string ReportsFile => Path.Combine(Root, "reports.db");

    /// <summary>The sealed files that belong to them.</summary>
    public string ReportFilesFolder => Path.Combine(Root, "reports", "files");

    /// <summary>Which reporter's side this node fetches from; without it, from none.</summary>
    public string IntakeFile => Path.Combine(SecretsFolder, "intake");

    /// <summary>The certificate that this node shows the reporter's side, with its key; made on first use.</summary>
    public string IntakeClientFile => Path.Combine(SecretsFolder, "intake-client.pfx");

    /// <summary>The secrets' folder.</summary>
    public string SecretsFolder => Path.Combine(Root, "keys");

    /// <summary>The published checkpoint.</summary>
    public string CheckpointFile => Path.Combine(Root, "checkpoint");

    /// <summary>The witnesses of the log and their quorum, as C2SP tlog-policy writes them; without it the log is not witnessed.</summary>
    public string PolicyFile => Path.Combine(Root, "witness-policy");

    /// <summary>The logs that this node witnesses; without it, it witnesses none.</summary>
    public string WitnessedLogsFile => Path.Combine(Root, "witnessed-logs");

    /// <summary>The evidence for which the log was stopped. While it is there, the log takes no entries.</summary>
    public string StoppedFile => Path.Combine(Root, "stopped");

    /// <summary>Made where a backup was put back: the log takes no entries until its witnesses confirm that nothing is missing.</summary>
    public string RestoredFile => Path.Combine(Root, "restored");

    /// <summary>The ids of the nodes that recorded while the log lay in PostgreSQL, one a line; made where such a backup was put back.</summary>
    internal string OtherNodesFile => Path.Combine(Root, "other-nodes");

    /// <summary>What <see cref="OtherNodesFile"/> says.</summary>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    internal IReadOnlySet<Guid> ReadOtherNodes()
    {
        const int longest = 1024 * 1024;
        if (RegularFile.KindOf(OtherNodesFile) == FileKind.Absent) return new HashSet<Guid>();
        return RegularFile.ReadText(OtherNodesFile, longest).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Guid.TryParseExact(line, "D", out var node) ? node : throw new InvalidDataException($"{OtherNodesFile} does not hold the ids of nodes."))
            .ToHashSet();
    }

    /// <summary>What the keys in <see cref="KeyFile"/> are opened with.</summary>
    internal string WrappingFile => Path.Combine(SecretsFolder, WrappingKeySources.File);

    /// <summary>What <see cref="DeriveKey"/> is asked for by the keys of sessions, forms and second factors.</summary>
    public const string SessionPurpose = "probity session keys";

    internal string LockFile => Path.Combine(Root, "lock");

    /// <summary>Names a folder; nothing is opened or made.</summary>
    public static NodeFolder At(string path) => new(path);

    /// <summary>Whether there is a ledger in it.</summary>
    public bool Exists => File.Exists(LedgerFile) || IsOnPostgres;

    /// <summary>Says that there is no ledger, and what to do; for where <see cref="Exists"/> is false.</summary>
    public FileNotFoundException Missing() => new(
        File.Exists(Path.Combine(SecretsFolder, LogKeys.SigningFile))
            ? $"{Root} has a node's secrets and holds no ledger.db: if its log lies in PostgreSQL, name the database in {PostgresFile} or in {PostgresVariable} (docs/postgresql.md); if ledger.db was lost, restore a backup (docs/backups.md)"
            : $"there is no node in {Root}: it holds no ledger.db; name a node's data folder, or see one with: probity demo",
        LedgerFile);

    /// <summary>Makes a new node: its secrets and an empty log.</summary>
    /// <param name="path">A folder that has no ledger yet; made if it is not there.</param>
    /// <param name="origin">The log's name, for ever.</param>
    /// <param name="time">The clock of recorded times.</param>
    /// <param name="options">How the log is run.</param>
    /// <param name="ct">Gives up opening.</param>
    /// <exception cref="IOException">The folder holds a ledger or secrets already, or cannot be written.</exception>
    /// <exception cref="FormatException">The origin is not one that a checkpoint can carry.</exception>
    public static async Task<TransparencyLog> CreateAsync(
        string path, string origin, TimeProvider time, LogOptions options, CancellationToken ct)
    {
        var folder = new NodeFolder(path);
        if (folder.Exists || Directory.Exists(folder.SecretsFolder))
            throw new IOException($"{folder.Root} already holds a ledger or its keys: name a new folder.");
        folder.MakePrivate();
        using (var secrets = LogKeys.Generate(origin)) secrets.Write(folder.SecretsFolder);
        folder.ReadDrawSecret();
        FolderSync.Flush(folder.Root);
        FolderSync.Flush(Path.GetDirectoryName(folder.Root)!);
        return await folder.OpenStoresAsync(time, options, null, ct);
    }

    /// <summary>The secret that draws are seeded from, <c>keys/draw.key</c>; made where it is not there yet.</summary>
    /// <exception cref="InvalidDataException">The file does not hold one.</exception>
    public byte[] ReadDrawSecret()
    {
        var file = Path.Combine(SecretsFolder, "draw.key");
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var stream = new FileStream(file, options);
            stream.Write(RandomNumberGenerator.GetBytes(DrawSecretSize));
            stream.Flush(flushToDisk: true);
            FolderSync.Flush(SecretsFolder);
        }

        var secret = File.ReadAllBytes(file);
        return secret.Length == DrawSecretSize ? secret
            : throw new InvalidDataException($"{file} does not hold {DrawSecretSize} bytes: put the right file back from the copy of the folder of secrets.");
    }

    /// <summary>
    /// A key for one purpose, in a file of <c>keys/</c>: what is encrypted with it can be read by whoever holds that folder, and by
    /// nobody who holds the databases alone. It outlives the wrapping key that it was first drawn from.
    /// </summary>
    public byte[] DeriveKey(string purpose) => LogKeys.Derive(SecretsFolder, purpose);

    /// <summary>Opens the log of a node that was made before.</summary>
    /// <exception cref="FileNotFoundException">There is no ledger in it.</exception>
    /// <exception cref="InvalidDataException">
    /// The log refuses (see <see cref="TransparencyLog.OpenAsync"/>), or it is not what was published of it: entries are lost.
    /// </exception>
    /// <exception cref="IOException">Another process has it open, or a file cannot be read.</exception>
    public static async Task<TransparencyLog> OpenAsync(string path, TimeProvider time, LogOptions options, CancellationToken ct)
    {
        var folder = new NodeFolder(path);
        if (!folder.Exists) throw new FileNotFoundException($"{folder.Root} holds no ledger.", folder.LedgerFile);
        return await folder.OpenStoresAsync(time, options, null, ct);
    }

    /// <summary>Makes a node as the public method does, with given secrets and pages of a given size.</summary>
    internal static async Task<TransparencyLog> CreateAsync(
        string path, LogKeys secrets, TimeProvider time, LogOptions options, int? pageSize, CancellationToken ct)
    {
        var folder = new NodeFolder(path);
        folder.MakePrivate();
        using (secrets) secrets.Write(folder.SecretsFolder);
        return await folder.OpenStoresAsync(time, options, pageSize, ct);
    }

    /// <summary>Makes a node whose log lies in an empty PostgreSQL database.</summary>
    internal static async Task<TransparencyLog> CreateAsync(
        string path, LogKeys secrets, string connectionString, TimeProvider time, LogOptions options, CancellationToken ct)
    {
        var folder = new NodeFolder(path);
        folder.MakePrivate();
        using (secrets) secrets.Write(folder.SecretsFolder);
        folder.WriteConnection(connectionString);
        return await folder.OpenStoresAsync(time, options, null, ct);
    }

    // What the databases hold in clear (ids, dates, codes, stages) is nobody's who merely has an account on the machine.
    internal void MakePrivate()
    {
        Directory.CreateDirectory(Root);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    async Task<TransparencyLog> OpenStoresAsync(TimeProvider time, LogOptions options, int? pageSize, CancellationToken ct)
    {
        var closing = new Stack<IAsyncDisposable>();
        try
        {
            var own = new FolderLock(LockFile);
            closing.Push(own);
            var connection = ReadConnection();
            await KeyRotation.FinishAsync(this, ct);
            KeyBackups.Prune(this, time.GetUtcNow());
            var secrets = LogKeys.Read(SecretsFolder);
            closing.Push(new SecretsInUse(secrets));
            IKeyStore keys;
            ILogStore store;
            if (connection is not null)
            {
                if (options.Node is null) options = options with { Node = ReadNode() };
                closing.Push(keys = await PostgresKeyStore.OpenAsync(connection, ct));
                closing.Push(store = await PostgresLogStore.OpenAsync(connection, options.Node, own, ct));
                await RefuseOtherWrappingAsync(keys, secrets, ct);
            }
            else
            {
                // Made before the ledger: an empty one in its place would let all that was recorded pass for erased.
                if (File.Exists(LedgerFile) && !File.Exists(KeyFile)) throw new InvalidDataException($"{KeyFile} is missing: put the newest backup of the keys back, with probity keys restore.");
                closing.Push(keys = SqliteKeyStore.Open(KeyFile, options.Durability, pageSize));
                closing.Push(store = SqliteLogStore.Open(LedgerFile, options.Durability, pageSize, own));
            }

            await RefuseLostEntriesAsync(store, secrets.Verifier, ct);
            await RefuseLostKeysAsync(store, keys, ct);
            var publish = options.Publish;
            var log = await TransparencyLog.OpenAsync(store, keys, secrets, time, options with
            {
                Publish = async (note, cancel) =>
                {
                    PublishCheckpoint(note);
                    if (publish is not null) await publish(note, cancel);
                },
            }, ct);
            if (WhyStopped() is { } reason) log.StopSigning(reason);
            return log;
        }
        catch (Exception fault)
        {
            while (closing.TryPop(out var open)) await open.DisposeAsync();
            if (fault is SqliteException sqlite) throw new InvalidDataException($"{Root} cannot be opened. {SqliteFaults.Describe(sqlite, Root)}", fault);
            if (fault is NpgsqlException) throw Unreachable(fault);
            throw;
        }
    }

    /// <summary>Why a log in this folder takes no entries, or null.</summary>
    string? WhyStopped() =>
        File.Exists(StoppedFile) ? $"it was found to contradict what its witnesses have seen: {StoppedFile} says how. docs/witnessing.md says what to do."
        : !File.Exists(RestoredFile) ? null
        : NodeWitnessing.ReadPolicy(this) is { NeedsWitnesses: true }
            ? "it was restored from a backup, and its witnesses have not yet confirmed that nothing is missing: start the server where it reaches them."
            : "it was restored from a backup and has no witnesses who could say whether anything is missing: who knows that nothing is starts it with --restored-without-witnesses.";

    /// <summary>What was published has to be on the record, or a part of it was lost or replaced while the node was down.</summary>
    async ValueTask RefuseLostEntriesAsync(ILogStore store, VerifierKey key, CancellationToken ct)
    {
        if (!File.Exists(CheckpointFile)) return;
        if (await store.ReadIdentityAsync(ct) is null)
            throw new InvalidDataException($"{(IsOnPostgres ? "The database" : LedgerFile)} is empty, and {CheckpointFile} was published of it: restore the newest backup and run 'probity verify' on it.");
        var note = await File.ReadAllTextAsync(CheckpointFile, ct);
        long size;
        try
        {
            size = Checkpoint.Open(Encoding.UTF8.GetBytes(note), key).Checkpoint.Size;
        }
        catch (Exception fault) when (fault is FormatException or InvalidSignatureException)
        {
            throw new InvalidDataException($"The published checkpoint {CheckpointFile} does not verify: {fault.Message}", fault);
        }

        if (await store.ReadCheckpointAsync(size, ct) is not { } recorded || recorded.Note != note)
            throw new InvalidDataException(
                $"The ledger in {Root} does not hold what was published of it at {size} entries: entries were lost or replaced. "
                + "Restore the newest backup and run 'probity verify' on it.");
    }

    /// <summary>The keys that nodes share may have been wrapped anew by another of them.</summary>
    async ValueTask RefuseOtherWrappingAsync(IKeyStore keys, LogKeys secrets, CancellationToken ct)
    {
        if (await keys.FindAsync(KeysDestroyed.Compartment, ct) is { Wrapped: not null } own && !secrets.Wrapping.Opens(own))
            throw new InvalidDataException(
                $"The keys in the database do not open with the wrapping key of {Root}: after 'probity keys rotate' on another node, copy its keys/wrapping here as keys/wrapping.next, or set the new source of it (docs/postgresql.md).");
    }

    /// <summary>The newest record's key has to be there or marked as destroyed, or the keys are not those of this ledger, or older.</summary>
    async ValueTask RefuseLostKeysAsync(ILogStore store, IKeyStore keys, CancellationToken ct)
    {
        if (await store.ReadCheckpointAsync(ct) is not { Size: > 0 } newest) return;
        if (await store.ReadHeadersAsync(newest.Size - 1, 1, ct) is not [var header]) return;
        try
        {
            if (await keys.FindAsync(HeaderEncoding.Decode(header).Compartment, ct) is not null) return;
        }
        catch (FormatException)
        {
            // The log itself refuses such a record when it opens.
            return;
        }

        throw new InvalidDataException($"{(IsOnPostgres ? "The schema keys" : KeyFile)} does not hold the key of the newest record: put the newest backup of the keys back, with probity keys restore.");
    }

    /// <summary>Replaces the file whole, on the disk before it takes the name: a reader sees the old one or the new one.</summary>
    void PublishCheckpoint(string note)
    {
        var part = CheckpointFile + ".part";
        using (var file = File.Create(part))
        {
            file.Write(Encoding.UTF8.GetBytes(note));
            file.Flush(flushToDisk: true);
        }

        File.Move(part, CheckpointFile, overwrite: true);
    }

    sealed class SecretsInUse(LogKeys secrets) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            secrets.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
