using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Storage.Sqlite;

namespace Probity.Storage;

/// <summary>
/// The data folder of a node: <c>ledger.db</c>, <c>keys.db</c> (wrapped keys), <c>checkpoint</c> (the newest one, published
/// after each commit), <c>views.db</c> (rebuilt at will), <c>access.db</c> (credentials) and <c>keys/</c> (the secrets, to be
/// backed up apart from the rest).
/// </summary>
public sealed class NodeFolder
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

    /// <summary>The secrets' folder.</summary>
    public string SecretsFolder => Path.Combine(Root, "keys");

    /// <summary>The published checkpoint.</summary>
    public string CheckpointFile => Path.Combine(Root, "checkpoint");

    /// <summary>What <see cref="DeriveKey"/> is asked for by the keys of sessions, forms and second factors.</summary>
    public const string SessionPurpose = "probity session keys";

    internal string LockFile => Path.Combine(Root, "lock");

    /// <summary>Names a folder; nothing is opened or made.</summary>
    public static NodeFolder At(string path) => new(path);

    /// <summary>Whether there is a ledger in it.</summary>
    public bool Exists => File.Exists(LedgerFile);

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
        }

        var secret = File.ReadAllBytes(file);
        return secret.Length == DrawSecretSize ? secret
            : throw new InvalidDataException($"{file} does not hold {DrawSecretSize} bytes: put the right file back from the keys' backup.");
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

    // What the databases hold in clear (ids, dates, codes, stages) is nobody's who merely has an account on the machine.
    void MakePrivate()
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
            KeyRotation.Finish(this);
            KeyBackups.Prune(this, time.GetUtcNow());
            var secrets = LogKeys.Read(SecretsFolder);
            closing.Push(new SecretsInUse(secrets));
            var keys = SqliteKeyStore.Open(KeyFile, options.Durability, pageSize);
            closing.Push(keys);
            var store = SqliteLogStore.Open(LedgerFile, options.Durability, pageSize, own);
            closing.Push(store);
            await RefuseLostEntriesAsync(store, secrets.Verifier, ct);
            var publish = options.Publish;
            return await TransparencyLog.OpenAsync(store, keys, secrets, time, options with
            {
                Publish = async (note, cancel) =>
                {
                    PublishCheckpoint(note);
                    if (publish is not null) await publish(note, cancel);
                },
            }, ct);
        }
        catch (Exception fault)
        {
            while (closing.TryPop(out var open)) await open.DisposeAsync();
            if (fault is SqliteException)
                throw new InvalidDataException($"{Root} cannot be opened: {fault.Message} Run 'probity verify' on it.", fault);
            throw;
        }
    }

    /// <summary>What was published has to be on the record, or a part of it was lost or replaced while the node was down.</summary>
    async ValueTask RefuseLostEntriesAsync(SqliteLogStore store, VerifierKey key, CancellationToken ct)
    {
        if (!File.Exists(CheckpointFile) || await store.ReadIdentityAsync(ct) is null) return;
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
