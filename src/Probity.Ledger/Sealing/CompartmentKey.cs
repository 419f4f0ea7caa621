using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Probity.Ledger;

/// <summary>
/// What a compartment's key does, by two keys drawn from it with HKDF-SHA256 (RFC 5869): the payload key encrypts
/// (XChaCha20-Poly1305), the salts hide what a commitment is to. Both are gone once the key is destroyed.
/// </summary>
internal sealed class CompartmentKey
{
    public const int Size = 32;
    public const int NonceSize = 24;
    public const int TagSize = 16;

    static readonly byte[] PayloadInfo = Encoding.ASCII.GetBytes("probity payload 1");
    static readonly byte[] SaltInfo = Encoding.ASCII.GetBytes("probity salt 1");
    static readonly AeadAlgorithm Cipher = AeadAlgorithm.XChaCha20Poly1305;

    readonly byte[] _extracted;
    readonly Key _payload;

    public CompartmentKey(ReadOnlySpan<byte> key)
    {
        _extracted = new byte[SHA256.HashSizeInBytes];
        HKDF.Extract(HashAlgorithmName.SHA256, key, [], _extracted);
        Span<byte> payload = stackalloc byte[Size];
        HKDF.Expand(HashAlgorithmName.SHA256, _extracted, payload, PayloadInfo);
        _payload = Key.Import(Cipher, payload, KeyBlobFormat.RawSymmetricKey);
        CryptographicOperations.ZeroMemory(payload);
    }

    /// <summary>The 32 bytes that hide what the commitment of the record at <paramref name="index"/> is to; they open no other record's.</summary>
    public void Salt(long index, Span<byte> salt)
    {
        Span<byte> info = stackalloc byte[SaltInfo.Length + sizeof(ulong)];
        SaltInfo.CopyTo(info);
        BinaryPrimitives.WriteInt64BigEndian(info[SaltInfo.Length..], index);
        HKDF.Expand(HashAlgorithmName.SHA256, _extracted, salt[..SHA256.HashSizeInBytes], info);
    }

    /// <summary>SHA-256(salt ‖ payload) for the record at <paramref name="index"/>.</summary>
    public void Commit(long index, ReadOnlySpan<byte> payload, Span<byte> commitment)
    {
        Span<byte> salt = stackalloc byte[SHA256.HashSizeInBytes];
        Salt(index, salt);
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(payload);
        hash.GetHashAndReset(commitment);
    }

    /// <summary>nonce ‖ ciphertext, for a nonce that was drawn at random: 192 bits, so none is ever drawn twice.</summary>
    public byte[] Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> payload)
    {
        var sealedBytes = new byte[NonceSize + payload.Length + TagSize];
        nonce.CopyTo(sealedBytes);
        Cipher.Encrypt(_payload, nonce, associatedData, payload, sealedBytes.AsSpan(NonceSize));
        return sealedBytes;
    }

    public bool TryOpen(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> associatedData, [NotNullWhen(true)] out byte[]? payload)
    {
        payload = null;
        if (sealedBytes.Length < NonceSize + TagSize) return false;
        payload = Cipher.Decrypt(_payload, sealedBytes[..NonceSize], associatedData, sealedBytes[NonceSize..]);
        return payload is not null;
    }
}
