using System.Security.Cryptography;
using Npgsql;
using Probity.Ledger;

namespace Probity.Storage;

/// <summary>
/// Gives a log a new wrapping key: every key is wrapped anew in one transaction, and no payload is touched. The next key is on the disk
/// before the transaction and takes its place after it, so whenever it is cut short, one of the two opens all keys, and the next opening
/// goes on with that one. On PostgreSQL the other nodes are stopped, and get the new key by hand.
/// </summary>
public static class KeyRotation
{
    /// <summary>Rotates the key of a log that no node has open.</summary>
    /// <returns>How many keys were wrapped anew, and where the new wrapping key comes from.</returns>
    /// <exception cref="InvalidDataException">A key does not open, or the next wrapping key is none or the same: nothing is changed.</exception>
    /// <exception cref="IOException">A node is running, or a file or the database cannot be read or written.</exception>
    public static async Task<(int Keys, string Source)> RotateAsync(NodeFolder folder, CancellationToken ct)
    {
        if (!folder.Exists) throw new FileNotFoundException($"{folder.Root} holds no ledger.", folder.LedgerFile);
        await using var alone = await folder.HoldAloneAsync(ct);
        try
        {
            await FinishAsync(folder, ct);
            var current = WrappingKeySources.Of(folder.SecretsFolder);
            // What was drawn from the old key has to be in a file of its own before that is gone.
            folder.DeriveKey(NodeFolder.SessionPurpose);
            using var old = Read(current);
            await using var table = await folder.OpenKeyTableAsync(ct);
            IWrappingKeySource? next = null;
            var count = 0;
            await table.ChangeAsync(rows =>
            {
                var living = rows.Where(row => row.Wrapped is not null).ToList();
                if (living.FirstOrDefault(row => !old.Opens(row)) is { } damaged)
                    throw new InvalidDataException($"The key of compartment {damaged.Compartment} does not open with {current.Name}: run 'probity verify' on {folder.Root}.");
                // A node that is not seen tells by its keys that they were wrapped anew, so there have to be some.
                if (living.Count == 0 && folder.IsOnPostgres) throw new InvalidDataException("There is no key yet to be wrapped: rotate when something is recorded.");
                next = WrappingKeySources.NextOf(folder.SecretsFolder) ?? MakeNext(folder.SecretsFolder);
                using var renewed = Read(next);
                if (living.Count > 0 && renewed.Opens(living[0]))
                    throw new InvalidDataException($"{next.Name} gives the wrapping key that is in use already: give a new one.");
                count = living.Count;
                return [.. living.Select(row => old.Rewrap(row, renewed)!)];
            }, ct);
            Swap(folder.SecretsFolder, next!);
            return (count, (WrappingKeySources.Find(folder.SecretsFolder) ?? next!).Name);
        }
        catch (NpgsqlException fault)
        {
            throw folder.Unreachable(fault);
        }
    }

    /// <summary>Goes on with a rotation that was cut short, or undoes one that had changed nothing yet. The folder is locked.</summary>
    internal static async Task FinishAsync(NodeFolder folder, CancellationToken ct)
    {
        var secrets = folder.SecretsFolder;
        // A variable is put in its place by whoever starts the node.
        if ((!File.Exists(folder.KeyFile) && !folder.IsOnPostgres) || WrappingKeySources.NextOf(secrets) is not { } next || next is WrappingKeyVariable) return;
        await using var table = await folder.OpenKeyTableAsync(ct);
        if ((await table.ReadAllAsync(ct)).FirstOrDefault(key => key.Wrapped is not null) is { } row && Opens(next, row))
        {
            await table.ChangeAsync(_ => [], ct);
            Swap(secrets, next);
        }
        else if (next is WrappingKeyFile unused)
        {
            Destroy(unused.File);
        }
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
