using System.Security.Cryptography;
using NSec.Cryptography;

namespace Probity.Sealing;

/// <summary>XChaCha20-Poly1305 with a random nonce in front: for what is sealed with a key that both sides have.</summary>
public static class SecretBox
{
    /// <summary>Bytes of a key.</summary>
    public const int KeySize = 32;

    /// <summary>How much longer a sealed text is.</summary>
    public const int Overhead = NonceSize + TagSize;

    const int NonceSize = 24;
    const int TagSize = 16;

    /// <summary>A key for one purpose, drawn from another (HKDF-SHA256).</summary>
    public static byte[] Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> purpose)
    {
        var derived = new byte[KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, [], purpose);
        return derived;
    }

    /// <summary>Seals a text; whoever opens it has to say the same <paramref name="about"/>.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> about, ReadOnlySpan<byte> text)
    {
        var box = new byte[text.Length + Overhead];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var cipher = Key.Import(AeadAlgorithm.XChaCha20Poly1305, key, KeyBlobFormat.RawSymmetricKey);
        AeadAlgorithm.XChaCha20Poly1305.Encrypt(cipher, box.AsSpan(0, NonceSize), about, text, box.AsSpan(NonceSize));
        return box;
    }

    /// <summary>Opens it; null where it is not one of this key and this <paramref name="about"/>.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> about, ReadOnlySpan<byte> box)
    {
        if (box.Length < Overhead) return null;
        using var cipher = Key.Import(AeadAlgorithm.XChaCha20Poly1305, key, KeyBlobFormat.RawSymmetricKey);
        var text = new byte[box.Length - Overhead];
        return AeadAlgorithm.XChaCha20Poly1305.Decrypt(cipher, box[..NonceSize], about, box[NonceSize..], text) ? text : null;
    }
}
