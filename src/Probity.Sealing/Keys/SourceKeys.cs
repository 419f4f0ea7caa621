using System.Security.Cryptography;

namespace Probity.Sealing;

/// <summary>
/// What a receipt code gives, by HKDF-SHA256: the tag that its report is found by, the key that answers are sealed for, and the key of the list of those who may read.
/// Nothing of it leads back to the code, and nothing of it opens what the source wrote.
/// </summary>
public sealed class SourceKeys : IDisposable
{
    readonly byte[] _routeKey;

    /// <summary>Draws them from the 32 bytes of a code.</summary>
    public SourceKeys(ReadOnlySpan<byte> secret)
    {
        Tag = SecretBox.Derive(secret, "probity tag 1"u8);
        _routeKey = SecretBox.Derive(secret, "probity route 1"u8);
        var key = SecretBox.Derive(secret, "probity source 1"u8);
        Key = SealingKey.Import(key);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Finds the report: 32 bytes.</summary>
    public ReadOnlyMemory<byte> Tag { get; }

    /// <summary>Opens answers.</summary>
    public SealingKey Key { get; }

    /// <summary>Seals the ids of those who may read this report, so that what follows goes to nobody else.</summary>
    public byte[] SealRoute(Guid report, ReadOnlySpan<byte> padded) => SecretBox.Seal(_routeKey, report.ToByteArray(bigEndian: true), padded);

    /// <summary>Opens them; null where they are another report's.</summary>
    public byte[]? OpenRoute(Guid report, ReadOnlySpan<byte> box) => SecretBox.Open(_routeKey, report.ToByteArray(bigEndian: true), box);

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_routeKey);
        Key.Dispose();
    }
}
