using System.Text;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Ledger.Witnessing;
using Probity.Storage.Sqlite;

namespace Probity.Storage;

/// <summary>
/// Where a witness keeps its key, <c>keys/witness</c>, and its memory, <c>witness.db</c>: a folder of its own, or a node's. The two belong
/// together: with an older memory, or none, the key could be made to cosign two histories of a log.
/// </summary>
public static class WitnessFolder
{
    const int LongestKey = 4_096;

    /// <summary>The longest list of logs, in bytes.</summary>
    const int LongestList = SignedNote.MaxLength;

    /// <summary>Whether there is a witness's key in a folder.</summary>
    public static bool IsMade(string path) => File.Exists(Path.Combine(path, "keys", "witness"));

    /// <summary>Opens a witness; its key and memory are made on first use.</summary>
    /// <param name="path">The folder, made if it is not there.</param>
    /// <param name="name">The witness's name, where it is to be made: a host name and a path say best whose it is.</param>
    /// <param name="logs">The file of the logs that it knows.</param>
    /// <param name="time">The clock of its cosignatures.</param>
    /// <exception cref="InvalidDataException">
    /// A file is not what it should be, the memory of the key is gone, or the name is missing, cannot be one, or is not the key's.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task<Witness> OpenAsync(string path, string? name, string logs, TimeProvider time)
    {
        var root = Path.GetFullPath(path);
        var (secrets, memory) = (Path.Combine(root, "keys"), Path.Combine(root, "witness.db"));
        var secret = Path.Combine(secrets, "witness");
        var known = ReadLogs(logs);
        var first = !IsMade(root);
        if (!first && !File.Exists(memory))
            throw new InvalidDataException(
                $"{memory} is gone, and with it what the key in {secret} has cosigned. Put the very newest copy back, or begin with a new key under a new name.");
        using var made = first ? Generate(name, root) : null;
        if (!Directory.Exists(root)) LogKeys.MakeFolder(root);
        // The memory comes first: a key without one is what must not be.
        var store = SqliteWitnessStore.Open(memory);
        try
        {
            if (made is not null)
            {
                LogKeys.MakeFolder(secrets);
                LogKeys.WriteSecret(secret, made.Export());
            }

            var key = Read(secret);
            if (name is null || key.Verifier.Name == name) return new Witness(key, known, store, time);
            using (key) throw new InvalidDataException($"The witness in {root} is named {key.Verifier.Name}, for ever; leave the name out.");
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    static SignerKey Generate(string? name, string root)
    {
        if (name is null) throw new InvalidDataException($"There is no witness in {root} yet: give it a name, such as ombudsman.example/witness.");
        try
        {
            return SignerKey.Generate(name, SignatureType.CosignatureEd25519);
        }
        catch (FormatException)
        {
            throw new InvalidDataException($"'{name}' cannot be a witness's name: no spaces and no plus signs, such as ombudsman.example/witness.");
        }
    }

    static SignerKey Read(string file)
    {
        try
        {
            var key = SignerKey.Parse(RegularFile.ReadText(file, LongestKey).TrimEnd('\n'));
            if (key.Verifier.Type == SignatureType.CosignatureEd25519) return key;
            key.Dispose();
            throw new FormatException("it does not cosign.");
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"The key in {file} cannot be read: {fault.Message}", fault);
        }
    }

    static WitnessedLogs ReadLogs(string file)
    {
        try
        {
            return WitnessedLogs.Parse(Encoding.UTF8.GetBytes(RegularFile.ReadText(file, LongestList)));
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"{file} is no list of logs: {fault.Message} A line of it looks like: log example.org/unit+1a2b3c4d+AbCd…", fault);
        }
    }
}
