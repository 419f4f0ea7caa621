using System.Security.Cryptography;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>Turns an entry into the record that is stored, and back.</summary>
internal static class RecordSealing
{
    static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    public static StoredRecord Seal(
        NewEntry entry, long index, long version, DateTimeOffset recorded, Guid node, CompartmentKey key, FillNonce fillNonce)
    {
        var payload = entry.Payload.Span;
        var commitment = new byte[SHA256.HashSizeInBytes];
        key.Commit(index, payload, commitment);

        // Encoded once; the hash of the ciphertext, which the encryption itself cannot know, is written over the zeros after it.
        var header = HeaderEncoding.Encode(new RecordHeader(
            index, entry.Stream, version, entry.Type, recorded, entry.Occurred, entry.Actor, node, entry.Compartment, commitment, NoHash));
        Span<byte> nonce = stackalloc byte[CompartmentKey.NonceSize];
        fillNonce(nonce);
        var sealedBytes = key.Seal(nonce, HeaderEncoding.AssociatedData(header), payload);
        Sha256.Hash(sealedBytes, HeaderEncoding.CiphertextHash(header));
        return new StoredRecord(index, entry.Stream, version, header, sealedBytes);
    }

    /// <summary>The payload, or null without a key.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are not those that were recorded.</exception>
    public static ReadOnlyMemory<byte>? Open(StoredRecord record, RecordHeader header, CompartmentKey? key)
    {
        if (header.Index != record.Index || !Covers(header, record.Sealed.Span)) throw Damaged(record.Index);
        if (key is null) return null;
        return key.TryOpen(record.Sealed.Span, HeaderEncoding.AssociatedData(record.Header.Span), out var payload)
            ? payload : throw Damaged(record.Index);
    }

    /// <summary>
    /// Whether a payload opens with its key, and is the one that the header commits to. It is opened where it is hashed, behind its
    /// salt, and nowhere else.
    /// </summary>
    public static (bool Opens, bool Commits) Check(StoredRecord record, RecordHeader header, CompartmentKey key)
    {
        const int Most = 4_096;
        var length = record.Sealed.Length - CompartmentKey.NonceSize - CompartmentKey.TagSize;
        if (length < 0) return (false, false);
        var salted = SHA256.HashSizeInBytes + length;
        Span<byte> bytes = salted <= Most ? stackalloc byte[Most] : new byte[salted];
        bytes = bytes[..salted];
        var data = HeaderEncoding.AssociatedData(record.Header.Span, stackalloc byte[HeaderEncoding.LongestHeader]);
        if (!key.TryOpen(record.Sealed.Span, data, bytes[SHA256.HashSizeInBytes..])) return (false, false);
        key.Salt(header.Index, bytes);
        Span<byte> commitment = stackalloc byte[SHA256.HashSizeInBytes];
        Sha256.Hash(bytes, commitment);
        return (true, commitment.SequenceEqual(header.Commitment.Span));
    }

    /// <summary>Whether the header's hash is that of the stored ciphertext.</summary>
    public static bool Covers(RecordHeader header, ReadOnlySpan<byte> sealedBytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Sha256.Hash(sealedBytes, hash);
        return hash.SequenceEqual(header.CiphertextHash.Span);
    }

    static InvalidDataException Damaged(long index) =>
        new($"Record {index} is not as it was recorded: run 'probity verify' on the data folder.");
}
