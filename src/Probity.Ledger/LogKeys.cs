using System.Security.Cryptography;
using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// The two secrets of a log: the key that signs its checkpoints, and the key that its compartments' keys are wrapped with. They
/// lie in a folder of their own, outside both databases and their backups; the wrapping key may come from elsewhere
/// (<see cref="IWrappingKeySource"/>).
/// </summary>
public sealed class LogKeys : IDisposable
{
    internal const string SigningFile = "signing";
    const int LongestSecret = 4_096;
    const UnixFileMode OwnerReads = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly SignerKey _signer;
    readonly byte[] _wrappingKey;
    readonly bool _isElsewhere;

    internal LogKeys(SignerKey signer, ReadOnlySpan<byte> wrappingKey, bool isElsewhere = false)
    {
        _isElsewhere = isElsewhere;
        if (signer.Verifier.Type != SignatureType.Ed25519) throw new FormatException("A log signs its checkpoints with a plain Ed25519 key.");
        _signer = signer;
        _wrappingKey = wrappingKey.ToArray();
        Wrapping = new WrappingKey(wrappingKey);
    }

    /// <summary>What checkpoints signed with these keys verify with. Its name is the log's origin.</summary>
    public VerifierKey Verifier => _signer.Verifier;

    internal WrappingKey Wrapping { get; }

    /// <summary>Makes new secrets; the wrapping key is taken from the environment where it is set there.</summary>
    /// <param name="origin">The log's name: no white space, no plus sign; a host name and a path say best whose it is.</param>
    /// <exception cref="FormatException">The name is not one that a checkpoint can carry.</exception>
    public static LogKeys Generate(string origin)
    {
        var given = WrappingKeyVariable.IsSet(WrappingKeySources.Variable) ? new WrappingKeyVariable(WrappingKeySources.Variable) : null;
        var wrapping = given?.Read() ?? RandomNumberGenerator.GetBytes(WrappingKey.Size);
        try
        {
            return new LogKeys(SignerKey.Generate(origin), wrapping, given is not null);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(wrapping);
        }
    }

    /// <summary>Reads the secrets from their folder.</summary>
    /// <exception cref="InvalidDataException">A file is not what <see cref="Write"/> makes.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static LogKeys Read(string folder)
    {
        try
        {
            if (RegularFile.KindOf(Path.Combine(folder, SigningFile)) == FileKind.Absent)
                throw new FileNotFoundException($"There is no signing key: put the folder of secrets, {folder}, back from its copy.", Path.Combine(folder, SigningFile));
            var signer = SignerKey.Parse(RegularFile.ReadText(Path.Combine(folder, SigningFile), LongestSecret).TrimEnd('\n'));
            var wrapping = WrappingKeySources.Of(folder).Read();
            try
            {
                return new LogKeys(signer, wrapping);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(wrapping);
            }
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"The keys in {folder} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Writes the secrets into a new folder that only its owner may open; on return they are on the disk.</summary>
    /// <exception cref="IOException">A file is there already, or cannot be written.</exception>
    public void Write(string folder)
    {
        MakeFolder(folder);
        WriteSecret(Path.Combine(folder, SigningFile), _signer.Export());
        if (!_isElsewhere) WriteSecret(Path.Combine(folder, WrappingKeySources.File), Convert.ToBase64String(_wrappingKey));
    }

    /// <summary>Makes a folder that only its owner may open.</summary>
    internal static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerReads | UnixFileMode.UserExecute);
    }

    /// <summary>
    /// The wrapping keys that there are, alone: all that a verifier needs to open payloads. Two while a rotation is under way, none
    /// where the key is not here. No program is run: the folder may be a stranger's.
    /// </summary>
    /// <exception cref="InvalidDataException">What is there is no key.</exception>
    /// <exception cref="IOException">A file is no regular file, or cannot be read.</exception>
    internal static IReadOnlyList<WrappingKey> ReadWrapping(string folder)
    {
        var keys = new List<WrappingKey>();
        foreach (var file in (string[])[WrappingKeySources.File, WrappingKeySources.File + WrappingKeySources.Next])
        {
            if (File.Exists(Path.Combine(folder, file))) Add(new WrappingKeyFile(Path.Combine(folder, file)));
        }

        if (keys.Count == 0 && WrappingKeyVariable.IsSet(WrappingKeySources.Variable)) Add(new WrappingKeyVariable(WrappingKeySources.Variable));
        return keys;

        void Add(IWrappingKeySource source)
        {
            var key = source.Read();
            keys.Add(new WrappingKey(key));
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>
    /// A key of 32 bytes for another purpose. The first time it is drawn from the wrapping key, of which it tells nothing
    /// (HKDF-SHA256); from then on it lies in a file of its own, so that it stays what it is when the wrapping key is changed.
    /// </summary>
    internal static byte[] Derive(string folder, string purpose)
    {
        var file = Path.Combine(folder, purpose.Replace(' ', '-') + ".key");
        if (File.Exists(file)) return WrappingKeySources.Parse(RegularFile.ReadText(file, LongestSecret), $"the file {file}");
        var wrapping = WrappingKeySources.Of(folder).Read();
        try
        {
            var derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, wrapping, WrappingKey.Size, info: Encoding.UTF8.GetBytes(purpose));
            // Whole or not at all: half a key would be taken for a damaged one for ever.
            File.Delete(file + ".part");
            WriteSecret(file + ".part", Convert.ToBase64String(derived));
            File.Move(file + ".part", file);
            return derived;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(wrapping);
        }
    }

    internal LogHead Sign(string origin, long size, Hash root) =>
        new(size, root, new Checkpoint(origin, size, root).Sign(_signer).ToString());

    /// <summary>What a signed checkpoint says, or null where it is malformed or not signed with this key.</summary>
    internal static LogHead? Open(string note, VerifierKey key)
    {
        try
        {
            var opened = Checkpoint.Open(Encoding.UTF8.GetBytes(note), key).Checkpoint;
            return new LogHead(opened.Size, opened.Root, note);
        }
        catch (Exception fault) when (fault is FormatException or InvalidSignatureException)
        {
            return null;
        }
    }

    /// <summary>Writes a secret into a new file that only its owner may read; on return it is on the disk.</summary>
    internal static void WriteSecret(string file, string secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerReads;
        using var stream = new FileStream(file, options);
        stream.Write(Encoding.ASCII.GetBytes(secret + "\n"));
        stream.Flush(flushToDisk: true);
        FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(file))!);
    }

    /// <summary>Wipes the secrets from memory.</summary>
    public void Dispose()
    {
        _signer.Dispose();
        Wrapping.Dispose();
        CryptographicOperations.ZeroMemory(_wrappingKey);
    }
}
