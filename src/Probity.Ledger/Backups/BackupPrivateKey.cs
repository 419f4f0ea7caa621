using System.Security.Cryptography;
using NSec.Cryptography;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// The private half: it opens backups, and is kept away from the node that makes them. As text: <c>probity-backup-private:</c> and the
/// base64 of an X25519 private key.
/// </summary>
public sealed class BackupPrivateKey : IDisposable
{
    const string Prefix = "probity-backup-private:";
    const int LongestFile = 4_096;

    static readonly KeyAgreementAlgorithm Agreement = KeyAgreementAlgorithm.X25519;

    internal BackupPrivateKey(Key key) => Private = key;

    internal Key Private { get; }

    /// <summary>What backups are encrypted with for this key.</summary>
    public BackupKey Public => new(Private.PublicKey);

    /// <summary>Makes a new pair and writes its private half into a new file that only its owner may read.</summary>
    /// <returns>The public half.</returns>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public static BackupKey Create(string file)
    {
        using var key = new BackupPrivateKey(Key.Create(Agreement, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport }));
        var secret = key.Private.Export(KeyBlobFormat.RawPrivateKey);
        try
        {
            LogKeys.WriteSecret(file, Prefix + Convert.ToBase64String(secret) + "\n");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }

        return key.Public;
    }

    /// <summary>Reads the file that <see cref="Create"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It holds no such key.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static BackupPrivateKey Read(string file)
    {
        try
        {
            var text = RegularFile.ReadText(file, LongestFile).TrimEnd('\n');
            if (text.StartsWith(Prefix, StringComparison.Ordinal) && Key.TryImport(Agreement, StrictBase64.Decode(text.AsSpan(Prefix.Length)), KeyBlobFormat.RawPrivateKey, out var key))
                return new BackupPrivateKey(key!);
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw new InvalidDataException($"{file} holds no private key for backups: name the file that 'probity keys for-backups' wrote.");
    }

    /// <inheritdoc/>
    public void Dispose() => Private.Dispose();
}
