using System.Security.Cryptography;
using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// The two secrets of a log: the key that signs its checkpoints, and the key that its compartments' keys are wrapped with. They
/// lie in a folder of their own, outside both databases and their backups.
/// </summary>
public sealed class LogKeys : IDisposable
{
    const string SigningFile = "signing";
    const string WrappingFile = "wrapping";
    const int LongestSecret = 4_096;
    const UnixFileMode OwnerReads = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly SignerKey _signer;
    readonly byte[] _wrappingKey;

    internal LogKeys(SignerKey signer, ReadOnlySpan<byte> wrappingKey)
    {
        if (signer.Verifier.Type != SignatureType.Ed25519) throw new FormatException("A log signs its checkpoints with a plain Ed25519 key.");
        _signer = signer;
        _wrappingKey = wrappingKey.ToArray();
        Wrapping = new WrappingKey(wrappingKey);
    }

    /// <summary>What checkpoints signed with these keys verify with. Its name is the log's origin.</summary>
    public VerifierKey Verifier => _signer.Verifier;

    internal WrappingKey Wrapping { get; }

    /// <summary>Makes new secrets.</summary>
    /// <param name="origin">The log's name: no white space, no plus sign; a host name and a path say best whose it is.</param>
    /// <exception cref="FormatException">The name is not one that a checkpoint can carry.</exception>
    public static LogKeys Generate(string origin)
    {
        var wrapping = RandomNumberGenerator.GetBytes(WrappingKey.Size);
        try
        {
            return new LogKeys(SignerKey.Generate(origin), wrapping);
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
            var signer = SignerKey.Parse(RegularFile.ReadText(Path.Combine(folder, SigningFile), LongestSecret).TrimEnd('\n'));
            return new LogKeys(signer, ReadWrappingKey(folder));
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
        WriteSecret(Path.Combine(folder, WrappingFile), Convert.ToBase64String(_wrappingKey));
    }

    /// <summary>Makes a folder that only its owner may open.</summary>
    internal static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerReads | UnixFileMode.UserExecute);
    }

    /// <summary>The wrapping key alone: all that a verifier needs to open payloads. Null where its file is not there.</summary>
    /// <exception cref="InvalidDataException">The file does not hold a key.</exception>
    /// <exception cref="IOException">It is no regular file, or cannot be read.</exception>
    internal static WrappingKey? ReadWrapping(string folder)
    {
        if (!File.Exists(Path.Combine(folder, WrappingFile))) return null;
        try
        {
            return new WrappingKey(ReadWrappingKey(folder));
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"The wrapping key in {folder} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>A key of 32 bytes for another purpose, which tells nothing of the wrapping key: HKDF-SHA256 over it.</summary>
    internal static byte[] DeriveFromWrapping(string folder, string purpose)
    {
        var wrapping = ReadWrappingKey(folder);
        try
        {
            return HKDF.DeriveKey(HashAlgorithmName.SHA256, wrapping, WrappingKey.Size, info: Encoding.UTF8.GetBytes(purpose));
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

    static byte[] ReadWrappingKey(string folder)
    {
        var key = StrictBase64.Decode(RegularFile.ReadText(Path.Combine(folder, WrappingFile), LongestSecret).TrimEnd('\n'));
        return key.Length == WrappingKey.Size ? key : throw new FormatException($"A wrapping key has {WrappingKey.Size} bytes.");
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
