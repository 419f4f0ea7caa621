using System.Buffers.Binary;
using System.Text;

namespace Probity.Ledger;

/// <summary>
/// Writes the few kinds of CBOR that a header has, each in its shortest form (RFC 8949 §4.2.1). By hand: a header is written for
/// every entry and read for every one that is verified, and a general writer takes several times as long.
/// </summary>
internal ref struct HeaderWriter(Span<byte> bytes)
{
    readonly Span<byte> _bytes = bytes;

    int Length { get; set; }

    public readonly ReadOnlySpan<byte> Written => _bytes[..Length];

    /// <summary>The head of an item: its major type and its length or value.</summary>
    public void Head(CborMajor major, ulong value)
    {
        var type = (byte)((int)major << 5);
        var place = _bytes[Length..];
        switch (value)
        {
            case < 24:
                place[0] = (byte)(type | (int)value);
                Length += 1;
                break;
            case <= byte.MaxValue:
                place[0] = (byte)(type | 24);
                place[1] = (byte)value;
                Length += 2;
                break;
            case <= ushort.MaxValue:
                place[0] = (byte)(type | 25);
                BinaryPrimitives.WriteUInt16BigEndian(place[1..], (ushort)value);
                Length += 3;
                break;
            case <= uint.MaxValue:
                place[0] = (byte)(type | 26);
                BinaryPrimitives.WriteUInt32BigEndian(place[1..], (uint)value);
                Length += 5;
                break;
            default:
                place[0] = (byte)(type | 27);
                BinaryPrimitives.WriteUInt64BigEndian(place[1..], value);
                Length += 9;
                break;
        }
    }

    public void Integer(long value)
    {
        if (value < 0) Head(CborMajor.Negative, (ulong)~value);
        else Head(CborMajor.Unsigned, (ulong)value);
    }

    public void Null() => Head(CborMajor.Simple, HeaderReader.NullValue);

    public void Text(string text)
    {
        Head(CborMajor.Text, (ulong)text.Length);
        Length += Encoding.ASCII.GetBytes(text, _bytes[Length..]);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Head(CborMajor.Bytes, (ulong)value.Length);
        value.CopyTo(_bytes[Length..]);
        Length += value.Length;
    }

    public void Id(Guid id)
    {
        Head(CborMajor.Bytes, HeaderReader.IdSize);
        id.TryWriteBytes(_bytes[Length..], bigEndian: true, out var written);
        Length += written;
    }
}

/// <summary>The kinds of CBOR items (RFC 8949 §3.1) that a header is made of.</summary>
internal enum CborMajor
{
    Unsigned = 0,
    Negative = 1,
    Bytes = 2,
    Text = 3,
    Array = 4,
    Simple = 7,
}
