using System.Security.Cryptography;

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
        SHA256.HashData(sealedBytes, HeaderEncoding.CiphertextHash(header));
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

    /// <summary>Whether the header's hash is that of the stored ciphertext.</summary>
    public static bool Covers(RecordHeader header, ReadOnlySpan<byte> sealedBytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(sealedBytes, hash);
        return hash.SequenceEqual(header.CiphertextHash.Span);
    }

    /// <summary>Whether the header commits to this payload.</summary>
    public static bool Commits(RecordHeader header, CompartmentKey key, ReadOnlySpan<byte> payload)
    {
        Span<byte> commitment = stackalloc byte[SHA256.HashSizeInBytes];
        key.Commit(header.Index, payload, commitment);
        return commitment.SequenceEqual(header.Commitment.Span);
    }

    static InvalidDataException Damaged(long index) =>
        new($"Record {index} is not as it was recorded: run 'probity verify' on the data folder.");
}
