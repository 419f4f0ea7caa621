using System.Security.Cryptography;
using Probity.Ledger;
using Probity.Storage.Sqlite;

namespace Probity.Storage;

/// <summary>
/// Gives a node a new wrapping key: every key in <c>keys.db</c> is wrapped anew in one transaction, and no payload is touched. The next
/// key is on the disk before the transaction and takes its place after it, so whenever it is cut short, one of the two opens all keys,
/// and the next opening goes on with that one.
/// </summary>
public static class KeyRotation
{
    /// <summary>Rotates the key of a node that is not running.</summary>
    /// <returns>How many keys were wrapped anew, and where the new wrapping key comes from.</returns>
    /// <exception cref="InvalidDataException">A key does not open, or the next wrapping key is none or the same: nothing is changed.</exception>
    /// <exception cref="IOException">The node is running, or a file cannot be read or written.</exception>
    public static async Task<(int Keys, string Source)> RotateAsync(NodeFolder folder)
    {
        if (!folder.Exists) throw new FileNotFoundException($"{folder.Root} holds no ledger.", folder.LedgerFile);
        folder.RequireKeyFile();
        await using var own = new FolderLock(folder.LockFile);
        Finish(folder);
        var current = WrappingKeySources.Of(folder.SecretsFolder);
        // What was drawn from the old key has to be in a file of its own before that is gone.
        folder.DeriveKey(NodeFolder.SessionPurpose);
        using var old = Read(current);
        await using var store = SqliteKeyStore.Open(folder.KeyFile);
        var rows = store.ReadAll();
        if (rows.FirstOrDefault(row => row.Wrapped is not null && !old.Opens(row)) is { } damaged)
            throw new InvalidDataException($"The key of compartment {damaged.Compartment} does not open with {current.Name}: run 'probity verify' on {folder.Root}.");

        var next = WrappingKeySources.NextOf(folder.SecretsFolder) ?? MakeNext(folder.SecretsFolder);
        using var renewed = Read(next);
        if (rows.FirstOrDefault(row => row.Wrapped is not null) is { } one && renewed.Opens(one))
            throw new InvalidDataException($"{next.Name} gives the wrapping key that is in use already: give a new one.");
        var wrapped = rows.Where(row => row.Wrapped is not null).Select(row => old.Rewrap(row, renewed)!).ToList();
        store.Replace(wrapped);
        store.Compact();
        Swap(folder.SecretsFolder, next);
        return (wrapped.Count, (WrappingKeySources.Find(folder.SecretsFolder) ?? next).Name);
    }

    /// <summary>Goes on with a rotation that was cut short, or undoes one that had changed nothing yet. The folder is locked.</summary>
    internal static void Finish(NodeFolder folder)
    {
        var secrets = folder.SecretsFolder;
        // A variable is put in its place by whoever starts the node.
        if (!File.Exists(folder.KeyFile) || WrappingKeySources.NextOf(secrets) is not { } next || next is WrappingKeyVariable) return;
        using var keys = new SqliteKeys(folder.KeyFile);
        if (keys.Store.ReadAll().FirstOrDefault(key => key.Wrapped is not null) is { } row && Opens(next, row))
        {
            keys.Store.Compact();
            Swap(secrets, next);
        }
        else if (next is WrappingKeyFile unused)
        {
            Destroy(unused.File);
        }
    }

    // The store is closed by work that is done at once.
    sealed class SqliteKeys(string file) : IDisposable
    {
        public SqliteKeyStore Store { get; } = SqliteKeyStore.Open(file);

        public void Dispose() => Store.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    static bool Opens(IWrappingKeySource source, WrappedKey row)
    {
        try
        {
            using var key = Read(source);
            return key.Opens(row);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            // Cut short while it was written, so nothing was wrapped with it.
            return false;
        }
    }

    static WrappingKeyFile MakeNext(string secrets)
    {
        var key = RandomNumberGenerator.GetBytes(WrappingKey.Size);
        var file = Path.Combine(secrets, WrappingKeySources.File + WrappingKeySources.Next);
        LogKeys.WriteSecret(file, Convert.ToBase64String(key));
        CryptographicOperations.ZeroMemory(key);
        return new WrappingKeyFile(file);
    }

    /// <summary>Overwrites and removes the old key, and gives the next one its name.</summary>
    static void Swap(string secrets, IWrappingKeySource next)
    {
        var (file, command) = (Path.Combine(secrets, WrappingKeySources.File), Path.Combine(secrets, WrappingKeySources.Command));
        if (File.Exists(file)) Destroy(file);
        if (next is not WrappingKeyCommand) File.Delete(command);
        if (next is WrappingKeyFile made) File.Move(made.File, file);
        if (next is WrappingKeyCommand prepared) File.Move(prepared.File, command, overwrite: true);
    }

    /// <summary>Overwrites a small file on the disk, and removes it.</summary>
    internal static void Destroy(string file)
    {
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.Write))
        {
            stream.Write(new byte[stream.Length]);
            stream.Flush(flushToDisk: true);
        }

        File.Delete(file);
    }

    static WrappingKey Read(IWrappingKeySource source)
    {
        var key = source.Read();
        var wrapping = new WrappingKey(key);
        CryptographicOperations.ZeroMemory(key);
        return wrapping;
    }
}
