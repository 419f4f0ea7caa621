using System.Security.Cryptography;
using NSec.Cryptography;

namespace Probity.Sealing;

/// <summary>The private half of what reports are sealed for: X25519. Wiped when it is disposed of.</summary>
public sealed class SealingKey : IDisposable
{
    /// <summary>Bytes of either half.</summary>
    public const int Size = Hpke.KeySize;

    readonly Key _key;

    SealingKey(Key key)
    {
        _key = key;
        Public = new SealingPublicKey(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>The half that everybody may have.</summary>
    public SealingPublicKey Public { get; }

    /// <summary>Makes a new key.</summary>
    public static SealingKey Generate() => new(new Key(KeyAgreementAlgorithm.X25519, Exportable));

    /// <summary>The key that 32 bytes are.</summary>
    /// <exception cref="ArgumentException">They are not 32.</exception>
    public static SealingKey Import(ReadOnlySpan<byte> secret) => secret.Length == Size
        ? new SealingKey(Key.Import(KeyAgreementAlgorithm.X25519, secret, KeyBlobFormat.RawPrivateKey, Exportable))
        : throw new ArgumentException($"A private key has {Size} bytes.", nameof(secret));

    /// <summary>The 32 bytes; whoever asks for them wipes them.</summary>
    public byte[] Export() => _key.Export(KeyBlobFormat.RawPrivateKey);

    /// <summary>Opens what was sealed for this key with the same information; null where it was not.</summary>
    public byte[]? Open(ReadOnlySpan<byte> info, ReadOnlySpan<byte> message) => Hpke.Open(_key, info, message);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextArchiving };
}

/// <summary>The public half: what reports are sealed with.</summary>
public sealed class SealingPublicKey : IEquatable<SealingPublicKey>
{
    readonly byte[] _key;

    internal SealingPublicKey(byte[] key) => _key = key;

    /// <summary>The 32 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _key;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is no key.</exception>
    public static SealingPublicKey Parse(string text)
    {
        var key = new byte[SealingKey.Size];
        return text is { Length: 44 } && Convert.TryFromBase64String(text, key, out var count) && count == key.Length && Convert.ToBase64String(key) == text
            ? new SealingPublicKey(key)
            : throw new FormatException("A public key is 32 bytes in base64.");
    }

    /// <summary>Seals for whoever holds the private half.</summary>
    public byte[] Seal(ReadOnlySpan<byte> info, ReadOnlySpan<byte> text) => Hpke.Seal(_key, info, text);

    /// <summary>The first 8 bytes of the key's SHA-256, in four groups, for two people to compare.</summary>
    public string Fingerprint => string.Join(' ', Convert.ToHexStringLower(SHA256.HashData(_key)).Chunk(4).Take(4).Select(part => new string(part)));

    /// <inheritdoc/>
    public bool Equals(SealingPublicKey? other) => other is not null && _key.AsSpan().SequenceEqual(other._key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SealingPublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_key);

    /// <summary>Base64, 44 characters.</summary>
    public override string ToString() => Convert.ToBase64String(_key);
}
