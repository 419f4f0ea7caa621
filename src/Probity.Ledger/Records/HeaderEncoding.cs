using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Probity.Ledger;

/// <summary>
/// The bytes of a <see cref="RecordHeader"/>: deterministic CBOR (RFC 8949 §4.2.1: shortest integers, definite lengths), so that
/// one header has one encoding and one leaf.
/// </summary>
public static class HeaderEncoding
{
    /// <summary>Bytes of a leaf entry: 0x01, then the SHA-256 of the header.</summary>
    public const int LeafEntrySize = 1 + SHA256.HashSizeInBytes;

    /// <summary>The longest name of a type, in characters.</summary>
    public const int MaxTypeLength = 100;

    internal const int Items = 12;

    /// <summary>A ciphertext hash at the end of a header: CBOR head 0x58 0x20, then 32 bytes.</summary>
    const int HashItemSize = 2 + SHA256.HashSizeInBytes;

    const long Format = 1;
    const byte ArrayOf11 = 0x8b;

    /// <summary>The header's bytes.</summary>
    public static byte[] Encode(RecordHeader header)
    {
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical, initialCapacity: 320);
        writer.WriteStartArray(Items);
        writer.WriteInt64(Format);
        writer.WriteInt64(header.Index);
        WriteId(writer, header.Stream.Value);
        writer.WriteInt64(header.Version);
        writer.WriteTextString(header.Type);
        writer.WriteInt64(Microseconds.Of(header.Recorded));
        if (header.Occurred is { } occurred) writer.WriteInt64(Microseconds.Of(occurred));
        else writer.WriteNull();
        WriteId(writer, header.Actor.Value);
        WriteId(writer, header.Node);
        WriteId(writer, header.Compartment.Value);
        writer.WriteByteString(header.Commitment.Span);
        writer.WriteByteString(header.CiphertextHash.Span);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads a header; accepts only the bytes that <see cref="Encode"/> writes.</summary>
    /// <exception cref="FormatException">The bytes are not a header in its one encoding.</exception>
    public static RecordHeader Decode(ReadOnlyMemory<byte> bytes)
    {
        RecordHeader header;
        try
        {
            header = Read(new CborReader(bytes, CborConformanceMode.Ctap2Canonical));
        }
        catch (Exception fault) when (fault is CborContentException or InvalidOperationException or OverflowException)
        {
            throw new FormatException("A record header is not the CBOR array that this format defines: " + fault.Message, fault);
        }

        // One comparison covers every rule of the encoding, those that the reader does not enforce too.
        return bytes.Span.SequenceEqual(Encode(header)) ? header
            : throw new FormatException("A record header is not in its deterministic encoding.");
    }

    /// <summary>What the tree holds for a header: 0x01 ‖ SHA-256(header), 33 bytes that say nothing about it.</summary>
    public static byte[] LeafEntry(ReadOnlySpan<byte> header)
    {
        var entry = new byte[LeafEntrySize];
        entry[0] = 0x01;
        SHA256.HashData(header, entry.AsSpan(1));
        return entry;
    }

    /// <summary>Whether a type is named as the record demands: 1 to 100 characters a–z, 0–9, dot and hyphen.</summary>
    public static bool IsType(string type) =>
        type.Length is > 0 and <= MaxTypeLength && !type.AsSpan().ContainsAnyExcept(TypeCharacters);

    static readonly System.Buffers.SearchValues<char> TypeCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    /// <summary>
    /// The associated data of a payload's encryption: the header without its last item, as an array of eleven. It fixes the
    /// payload to its index, stream, version, type, times, actor, node, compartment and commitment; the twelfth item is the hash
    /// of the encryption itself.
    /// </summary>
    internal static byte[] AssociatedData(ReadOnlySpan<byte> header)
    {
        var data = header[..^HashItemSize].ToArray();
        data[0] = ArrayOf11;
        return data;
    }

    /// <summary>Where the ciphertext's hash stands in a header's bytes.</summary>
    internal static Span<byte> CiphertextHash(Span<byte> header) => header[^SHA256.HashSizeInBytes..];

    static RecordHeader Read(CborReader reader)
    {
        if (reader.ReadStartArray() != Items || reader.ReadInt64() != Format)
            throw new FormatException("A record header is not an array of twelve items that begins with 1.");
        var index = reader.ReadInt64();
        var stream = new StreamId(ReadId(reader));
        var version = reader.ReadInt64();
        var type = reader.ReadTextString();
        var recorded = ReadTime(reader);
        DateTimeOffset? occurred = null;
        if (reader.PeekState() == CborReaderState.Null) reader.ReadNull();
        else occurred = ReadTime(reader);
        var actor = new ActorId(ReadId(reader));
        var node = ReadId(reader);
        var compartment = new CompartmentId(ReadId(reader));
        var commitment = ReadHash(reader);
        var ciphertext = ReadHash(reader);
        reader.ReadEndArray();
        if (reader.BytesRemaining != 0) throw new FormatException("A record header has bytes after its end.");
        if (index < 0 || version < 1) throw new FormatException("A record header has a negative index or a version below 1.");
        if (!IsType(type)) throw new FormatException("A record header's type is not 1 to 100 characters a–z, 0–9, dot or hyphen.");
        return new RecordHeader(index, stream, version, type, recorded, occurred, actor, node, compartment, commitment, ciphertext);
    }

    static void WriteId(CborWriter writer, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        writer.WriteByteString(bytes);
    }

    static Guid ReadId(CborReader reader)
    {
        var bytes = reader.ReadByteString();
        return bytes.Length == 16 ? new Guid(bytes, bigEndian: true) : throw new FormatException("An id in a record header is not 16 bytes.");
    }

    static byte[] ReadHash(CborReader reader)
    {
        var bytes = reader.ReadByteString();
        return bytes.Length == SHA256.HashSizeInBytes ? bytes : throw new FormatException("A hash in a record header is not 32 bytes.");
    }

    static DateTimeOffset ReadTime(CborReader reader) =>
        Microseconds.TryToTime(reader.ReadInt64(), out var time) ? time
            : throw new FormatException("A time in a record header is outside the years 1 to 9999.");
}
