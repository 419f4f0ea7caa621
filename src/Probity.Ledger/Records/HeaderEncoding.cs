using System.Security.Cryptography;
using Probity.Ledger.Formats;

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

    /// <summary>More than the longest type and the longest numbers take.</summary>
    internal const int LongestHeader = 320;

    const long Format = 1;
    const byte ArrayOf11 = 0x8b;

    /// <summary>The header's bytes.</summary>
    /// <exception cref="ArgumentException">Its type, or a hash, is not one that a header can carry.</exception>
    public static byte[] Encode(RecordHeader header)
    {
        if (!IsType(header.Type)) throw new ArgumentException($"'{header.Type}' is no type.", nameof(header));
        if (header.Commitment.Length != SHA256.HashSizeInBytes || header.CiphertextHash.Length != SHA256.HashSizeInBytes)
            throw new ArgumentException("A header's hashes have 32 bytes each.", nameof(header));
        var writer = new HeaderWriter(stackalloc byte[LongestHeader]);
        writer.Head(CborMajor.Array, Items);
        writer.Integer(Format);
        writer.Integer(header.Index);
        writer.Id(header.Stream.Value);
        writer.Integer(header.Version);
        writer.Text(header.Type);
        writer.Integer(Microseconds.Of(header.Recorded));
        if (header.Occurred is { } occurred) writer.Integer(Microseconds.Of(occurred));
        else writer.Null();
        writer.Id(header.Actor.Value);
        writer.Id(header.Node);
        writer.Id(header.Compartment.Value);
        writer.Bytes(header.Commitment.Span);
        writer.Bytes(header.CiphertextHash.Span);
        return writer.Written.ToArray();
    }

    /// <summary>Reads a header; accepts only the bytes that <see cref="Encode"/> writes. Its hashes are views of these bytes.</summary>
    /// <exception cref="FormatException">The bytes are not a header in its one encoding.</exception>
    public static RecordHeader Decode(ReadOnlyMemory<byte> bytes)
    {
        var reader = new HeaderReader(bytes);
        if (reader.Head(CborMajor.Array) != Items || reader.Integer() != Format)
            throw new FormatException("A record header is not an array of twelve items that begins with 1.");
        var index = reader.Integer();
        var stream = new StreamId(reader.Id());
        var version = reader.Integer();
        var type = reader.Text(MaxTypeLength);
        var recorded = Time(reader.Integer());
        var occurred = reader.IntegerOrNull() is { } moment ? Time(moment) : default(DateTimeOffset?);
        var actor = new ActorId(reader.Id());
        var node = reader.Id();
        var compartment = new CompartmentId(reader.Id());
        var commitment = reader.Hash();
        var ciphertext = reader.Hash();
        if (!reader.AtEnd) throw new FormatException("A record header has bytes after its end.");
        if (index < 0 || version < 1) throw new FormatException("A record header has a negative index or a version below 1.");
        if (!IsType(type)) throw new FormatException("A record header's type is not 1 to 100 characters a–z, 0–9, dot or hyphen.");
        return new RecordHeader(index, stream, version, type, recorded, occurred, actor, node, compartment, commitment, ciphertext);
    }

    /// <summary>The stream and the version that a header begins with, or null where it does not begin as one.</summary>
    internal static (StreamId Stream, long Version)? PlaceOf(ReadOnlyMemory<byte> bytes)
    {
        var reader = new HeaderReader(bytes);
        try
        {
            if (reader.Head(CborMajor.Array) != Items || reader.Integer() != Format) return null;
            reader.Integer();
            return (new StreamId(reader.Id()), reader.Integer());
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>What the tree holds for a header: 0x01 ‖ SHA-256(header), 33 bytes that say nothing about it.</summary>
    public static byte[] LeafEntry(ReadOnlySpan<byte> header)
    {
        var entry = new byte[LeafEntrySize];
        LeafEntry(header, entry);
        return entry;
    }

    /// <summary>As above, into memory of the caller's.</summary>
    internal static void LeafEntry(ReadOnlySpan<byte> header, Span<byte> entry)
    {
        entry[0] = 0x01;
        Sha256.Hash(header, entry[1..]);
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
        var data = new byte[header.Length - HashItemSize];
        AssociatedData(header, data);
        return data;
    }

    /// <summary>As above, into memory of the caller's, which may be longer; the part that was written.</summary>
    internal static ReadOnlySpan<byte> AssociatedData(ReadOnlySpan<byte> header, Span<byte> into)
    {
        header[..^HashItemSize].CopyTo(into);
        into[0] = ArrayOf11;
        return into[..(header.Length - HashItemSize)];
    }

    /// <summary>Where the ciphertext's hash stands in a header's bytes.</summary>
    internal static Span<byte> CiphertextHash(Span<byte> header) => header[^SHA256.HashSizeInBytes..];

    static DateTimeOffset Time(long value) =>
        Microseconds.TryToTime(value, out var time) ? time
            : throw new FormatException("A time in a record header is outside the years 1 to 9999.");
}
