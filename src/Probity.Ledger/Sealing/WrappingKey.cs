using System.Buffers.Binary;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace Probity.Ledger;

/// <summary>Encrypts compartment keys at rest: XChaCha20-Poly1305, bound to the compartment's id and the version of the wrapping.</summary>
internal sealed class WrappingKey : IDisposable
{
    public const int Size = 32;

    static readonly AeadAlgorithm Cipher = AeadAlgorithm.XChaCha20Poly1305;
    readonly Key _key;

    public WrappingKey(ReadOnlySpan<byte> key) => _key = Key.Import(Cipher, key, KeyBlobFormat.RawSymmetricKey);

    public WrappedKey Wrap(CompartmentId compartment, int version, ReadOnlySpan<byte> key)
    {
        var wrapped = new byte[CompartmentKey.NonceSize + CompartmentKey.Size + CompartmentKey.TagSize];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, CompartmentKey.NonceSize));
        Cipher.Encrypt(_key, wrapped.AsSpan(0, CompartmentKey.NonceSize), Place(compartment, version), key,
            wrapped.AsSpan(CompartmentKey.NonceSize));
        return new WrappedKey(compartment, version, wrapped);
    }

    /// <summary>The compartment's key, or null where the bytes are not one that this key wrapped for it, or it was destroyed.</summary>
    public CompartmentKey? Unwrap(WrappedKey wrapped)
    {
        Span<byte> key = stackalloc byte[CompartmentKey.Size];
        if (!TryUnwrap(wrapped, key)) return null;
        var opened = new CompartmentKey(key);
        CryptographicOperations.ZeroMemory(key);
        return opened;
    }

    /// <summary>The same key wrapped anew with another one, its version one higher; null where it does not open.</summary>
    public WrappedKey? Rewrap(WrappedKey wrapped, WrappingKey next)
    {
        Span<byte> key = stackalloc byte[CompartmentKey.Size];
        if (!TryUnwrap(wrapped, key)) return null;
        var renewed = next.Wrap(wrapped.Compartment, wrapped.Version + 1, key);
        CryptographicOperations.ZeroMemory(key);
        return renewed;
    }

    /// <summary>nonce ‖ ciphertext of a text that is no key; <paramref name="about"/> is bound to it, and longer than what keys are bound to.</summary>
    public byte[] Seal(ReadOnlySpan<byte> about, ReadOnlySpan<byte> text)
    {
        var sealedBytes = new byte[CompartmentKey.NonceSize + text.Length + CompartmentKey.TagSize];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, CompartmentKey.NonceSize));
        Cipher.Encrypt(_key, sealedBytes.AsSpan(0, CompartmentKey.NonceSize), about, text, sealedBytes.AsSpan(CompartmentKey.NonceSize));
        return sealedBytes;
    }

    /// <summary>What was sealed, or null where it was not sealed with this key, about this.</summary>
    public byte[]? Open(ReadOnlySpan<byte> about, ReadOnlySpan<byte> sealedBytes) => sealedBytes.Length < CompartmentKey.NonceSize + CompartmentKey.TagSize
        ? null
        : Cipher.Decrypt(_key, sealedBytes[..CompartmentKey.NonceSize], about, sealedBytes[CompartmentKey.NonceSize..]);

    /// <summary>Whether the bytes are a key that this one wrapped for its compartment.</summary>
    public bool Opens(WrappedKey wrapped)
    {
        Span<byte> key = stackalloc byte[CompartmentKey.Size];
        var opens = TryUnwrap(wrapped, key);
        CryptographicOperations.ZeroMemory(key);
        return opens;
    }

    bool TryUnwrap(WrappedKey wrapped, Span<byte> key) =>
        wrapped.Wrapped is { Length: CompartmentKey.NonceSize + CompartmentKey.Size + CompartmentKey.TagSize } bytes
        && Cipher.Decrypt(_key, bytes.Span[..CompartmentKey.NonceSize], Place(wrapped.Compartment, wrapped.Version),
            bytes.Span[CompartmentKey.NonceSize..], key);

    static byte[] Place(CompartmentId compartment, int version)
    {
        var place = new byte[20];
        compartment.Value.TryWriteBytes(place, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(place.AsSpan(16), version);
        return place;
    }

    public void Dispose() => _key.Dispose();
}
