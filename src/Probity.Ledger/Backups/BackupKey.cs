using NSec.Cryptography;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// The public half of the pair of keys that backups are encrypted for. Whoever has it can make backups and can open none. As text:
/// <c>probity-backup:</c> and the base64 of an X25519 public key.
/// </summary>
public sealed class BackupKey
{
    internal const int Size = 32;
    const string Prefix = "probity-backup:";

    static readonly KeyAgreementAlgorithm Agreement = KeyAgreementAlgorithm.X25519;

    internal BackupKey(PublicKey key) => Public = key;

    internal PublicKey Public { get; }

    internal byte[] Bytes => Public.Export(KeyBlobFormat.RawPublicKey);

    /// <summary>Reads a key's text.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static BackupKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Prefix, StringComparison.Ordinal) ? Import(StrictBase64.Decode(text.AsSpan(Prefix.Length)))
            : throw new FormatException($"A key for backups begins with {Prefix}");
    }

    /// <exception cref="FormatException">The bytes are no key.</exception>
    internal static BackupKey Import(ReadOnlySpan<byte> bytes) => PublicKey.TryImport(Agreement, bytes, KeyBlobFormat.RawPublicKey, out var key)
        ? new BackupKey(key!) : throw new FormatException($"A key for backups has {Size} bytes.");

    /// <inheritdoc/>
    public override string ToString() => Prefix + Convert.ToBase64String(Bytes);
}
