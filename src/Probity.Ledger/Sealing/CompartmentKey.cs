using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// What a compartment's key does, by two keys drawn from it with HKDF-SHA256 (RFC 5869): the payload key encrypts
/// (XChaCha20-Poly1305), the salts hide what a commitment is to. Both are gone once the key is destroyed.
/// </summary>
internal sealed class CompartmentKey
{
    public const int Size = 32;
    public const int NonceSize = PayloadCipher.NonceSize;
    public const int TagSize = PayloadCipher.TagSize;

    static readonly byte[] PayloadInfo = Encoding.ASCII.GetBytes("probity payload 1");
    static readonly byte[] SaltInfo = Encoding.ASCII.GetBytes("probity salt 1");

    // The extracted key, then the payload key: where they lie they stay, so that no copy is left behind.
    readonly byte[] _keys = GC.AllocateUninitializedArray<byte>(Size + PayloadCipher.KeySize, pinned: true);

    public CompartmentKey(ReadOnlySpan<byte> key)
    {
        HKDF.Extract(HashAlgorithmName.SHA256, key, [], _keys.AsSpan(0, Size));
        HKDF.Expand(HashAlgorithmName.SHA256, Extracted, _keys.AsSpan(Size), PayloadInfo);
    }

    /// <summary>Wiped when nobody can use it any more.</summary>
    ~CompartmentKey() => CryptographicOperations.ZeroMemory(_keys);

    ReadOnlySpan<byte> Extracted => _keys.AsSpan(0, Size);

    ReadOnlySpan<byte> Payload => _keys.AsSpan(Size);

    /// <summary>
    /// The 32 bytes that hide what the commitment of the record at <paramref name="index"/> is to; they open no other record's. HKDF-Expand
    /// for one block, which is one HMAC (RFC 5869 §2.3).
    /// </summary>
    public void Salt(long index, Span<byte> salt)
    {
        Span<byte> info = stackalloc byte[SaltInfo.Length + sizeof(ulong) + 1];
        SaltInfo.CopyTo(info);
        BinaryPrimitives.WriteInt64BigEndian(info[SaltInfo.Length..], index);
        info[^1] = 1;

        // HMAC by its definition (RFC 2104 §2): the platform's looks its algorithm up anew for each call, and that takes longer than the hashing.
        Span<byte> pad = stackalloc byte[64];
        Xor(Extracted, pad, 0x36);
        Sha256.Hash(pad, info, salt);
        Xor(Extracted, pad, 0x5c);
        Sha256.Hash(pad, salt[..Size], salt);
        CryptographicOperations.ZeroMemory(pad);
        GC.KeepAlive(this);
    }

    static void Xor(ReadOnlySpan<byte> key, Span<byte> pad, byte with)
    {
        pad.Fill(with);
        for (var i = 0; i < key.Length; i++) pad[i] ^= key[i];
    }

    /// <summary>SHA-256(salt ‖ payload) for the record at <paramref name="index"/>.</summary>
    public void Commit(long index, ReadOnlySpan<byte> payload, Span<byte> commitment)
    {
        Span<byte> salt = stackalloc byte[Size];
        Salt(index, salt);
        Sha256.Hash(salt, payload, commitment);
        CryptographicOperations.ZeroMemory(salt);
    }

    /// <summary>nonce ‖ ciphertext, for a nonce that was drawn at random: 192 bits, so none is ever drawn twice.</summary>
    public byte[] Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> payload)
    {
        var sealedBytes = new byte[NonceSize + payload.Length + TagSize];
        nonce.CopyTo(sealedBytes);
        PayloadCipher.Encrypt(Payload, nonce, associatedData, payload, sealedBytes.AsSpan(NonceSize));
        GC.KeepAlive(this);
        return sealedBytes;
    }

    public bool TryOpen(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> associatedData, [NotNullWhen(true)] out byte[]? payload)
    {
        payload = null;
        if (sealedBytes.Length < NonceSize + TagSize) return false;
        var opened = new byte[sealedBytes.Length - NonceSize - TagSize];
        if (!TryOpen(sealedBytes, associatedData, opened)) return false;
        payload = opened;
        return true;
    }

    /// <summary>As above, into memory of the caller's: as long as what was sealed, less <see cref="NonceSize"/> and <see cref="TagSize"/>.</summary>
    public bool TryOpen(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> associatedData, Span<byte> payload)
    {
        var opened = PayloadCipher.TryDecrypt(Payload, sealedBytes[..NonceSize], associatedData, sealedBytes[NonceSize..], payload);
        GC.KeepAlive(this);
        return opened;
    }
}
