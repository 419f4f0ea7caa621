using System.Formats.Cbor;
using System.Security.Cryptography;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>How much a receipt says of its record.</summary>
public enum ReceiptForm
{
    /// <summary>The leaf entry alone, which is public and says nothing: of any C2SP log.</summary>
    Entry = 1,

    /// <summary>The record's header: its place, times, type and opaque ids.</summary>
    Header = 2,

    /// <summary>Header, salt and payload of this one record. The salt opens no other record's commitment.</summary>
    Content = 3,
}

/// <summary>
/// What opens the leaf that a receipt is about, in the <c>extra</c> line of its C2SP tlog-proof: deterministic CBOR (RFC 8949 §4.2),
/// <c>[1, 1, entry]</c>, <c>[1, 2, header]</c> or <c>[1, 3, header, salt, payload]</c>, all but the first two items byte strings.
/// The line itself is signed by nobody: what it holds counts only as far as it opens to the leaf that the proof is for.
/// </summary>
public sealed class LeafOpening
{
    const int Format = 1;
    const int SaltSize = 32;

    /// <summary>Far more than the longest header takes, whose type has 100 characters.</summary>
    const int MaxHeader = 1_024;

    /// <summary>The most bytes that are read: the longest payload and what stands around it.</summary>
    const int MaxLength = TransparencyLog.MaxPayloadBytes + (4 * MaxHeader);

    LeafOpening(ReceiptForm form, ReadOnlyMemory<byte> entry, ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> salt, ReadOnlyMemory<byte> payload) =>
        (Form, Entry, Header, Salt, Payload) = (form, entry, header, salt, payload);

    /// <summary>How much it says.</summary>
    public ReceiptForm Form { get; }

    /// <summary>The leaf entry: as it was given, or computed from the header.</summary>
    public ReadOnlyMemory<byte> Entry { get; }

    /// <summary>The header's bytes; empty in the form <see cref="ReceiptForm.Entry"/>.</summary>
    public ReadOnlyMemory<byte> Header { get; }

    /// <summary>The 32 bytes that hide what the commitment is to; empty but in the form <see cref="ReceiptForm.Content"/>.</summary>
    public ReadOnlyMemory<byte> Salt { get; }

    /// <summary>What was recorded; see <see cref="Salt"/>.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>What the tree holds for it.</summary>
    public Hash LeafHash => MerkleTree.LeafHash(Entry.Span);

    /// <summary>A public entry.</summary>
    /// <exception cref="FormatException">It is longer than an entry of C2SP tlog-tiles can be.</exception>
    public static LeafOpening OfEntry(ReadOnlyMemory<byte> entry) => entry.Length <= EntryBundle.MaxEntry
        ? new(ReceiptForm.Entry, entry, default, default, default)
        : throw new FormatException($"An entry has at most {EntryBundle.MaxEntry} bytes.");

    /// <summary>A record's header.</summary>
    /// <exception cref="FormatException">It is longer than a header can be.</exception>
    public static LeafOpening OfHeader(ReadOnlyMemory<byte> header) => new(ReceiptForm.Header, LeafOf(header), header, default, default);

    /// <summary>A whole record.</summary>
    /// <exception cref="FormatException">A part has a length that it cannot have.</exception>
    public static LeafOpening OfContent(ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> salt, ReadOnlyMemory<byte> payload)
    {
        if (salt.Length != SaltSize) throw new FormatException($"A salt has {SaltSize} bytes, not {salt.Length}.");
        return payload.Length <= TransparencyLog.MaxPayloadBytes
            ? new(ReceiptForm.Content, LeafOf(header), header, salt, payload)
            : throw new FormatException($"A payload has at most {TransparencyLog.MaxPayloadBytes} bytes.");
    }

    /// <summary>Whether salt and payload are those that the header commits to.</summary>
    /// <param name="header">What <see cref="Header"/> says.</param>
    public bool Commits(RecordHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Salt.Span);
        hash.AppendData(Payload.Span);
        return hash.GetHashAndReset().AsSpan().SequenceEqual(header.Commitment.Span);
    }

    /// <summary>The bytes of the <c>extra</c> line.</summary>
    public byte[] Encode()
    {
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical, initialCapacity: Header.Length + Payload.Length + 64);
        ReadOnlyMemory<byte>[] parts = Form switch
        {
            ReceiptForm.Entry => [Entry],
            ReceiptForm.Header => [Header],
            _ => [Header, Salt, Payload],
        };
        writer.WriteStartArray(2 + parts.Length);
        writer.WriteInt32(Format);
        writer.WriteInt32((int)Form);
        foreach (var part in parts) writer.WriteByteString(part.Span);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads the bytes of an <c>extra</c> line; accepts only what <see cref="Encode"/> writes.</summary>
    /// <exception cref="FormatException">They are something else.</exception>
    public static LeafOpening Decode(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxLength) throw new FormatException($"What opens an entry has at most {MaxLength} bytes.");
        LeafOpening opening;
        try
        {
            opening = Read(new CborReader(bytes, CborConformanceMode.Ctap2Canonical));
        }
        catch (Exception fault) when (fault is CborContentException or InvalidOperationException or OverflowException)
        {
            throw new FormatException("What opens the entry is not the CBOR array that this format defines: " + fault.Message, fault);
        }

        // One comparison covers every rule of the encoding, those that the reader does not enforce too.
        return bytes.Span.SequenceEqual(opening.Encode()) ? opening
            : throw new FormatException("What opens the entry is not in its deterministic encoding.");
    }

    static LeafOpening Read(CborReader reader)
    {
        var items = reader.ReadStartArray();
        if (reader.ReadInt32() != Format) throw new FormatException("What opens the entry is of a later format than this program reads.");
        var opening = ((ReceiptForm)reader.ReadInt32(), items) switch
        {
            (ReceiptForm.Entry, 3) => OfEntry(reader.ReadByteString()),
            (ReceiptForm.Header, 3) => OfHeader(reader.ReadByteString()),
            (ReceiptForm.Content, 5) => OfContent(reader.ReadByteString(), reader.ReadByteString(), reader.ReadByteString()),
            _ => throw new FormatException("What opens the entry is neither an entry, a header nor a record."),
        };
        reader.ReadEndArray();
        return reader.BytesRemaining == 0 ? opening : throw new FormatException("What opens the entry has bytes after its end.");
    }

    static byte[] LeafOf(ReadOnlyMemory<byte> header) => header.Length <= MaxHeader
        ? HeaderEncoding.LeafEntry(header.Span)
        : throw new FormatException($"A header has at most {MaxHeader} bytes.");
}
