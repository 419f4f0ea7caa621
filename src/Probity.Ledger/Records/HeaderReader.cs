using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Probity.Ledger;

/// <summary>Reads what <see cref="HeaderWriter"/> writes, and no other spelling of it: of each number only the shortest form.</summary>
internal ref struct HeaderReader(ReadOnlyMemory<byte> bytes)
{
    public const int IdSize = 16;

    /// <summary>The simple value that stands for null.</summary>
    public const ulong NullValue = 22;

    readonly ReadOnlyMemory<byte> _bytes = bytes;
    int _next;

    public readonly bool AtEnd => _next == _bytes.Length;

    /// <summary>The value or length of the next item, which has to be of this kind.</summary>
    public ulong Head(CborMajor major)
    {
        var (found, value) = Head();
        return found == major ? value : throw Malformed($"an item is of kind {(int)found} where {(int)major} is due");
    }

    public long Integer()
    {
        var (major, value) = Head();
        if (value > long.MaxValue) throw Malformed("a number does not fit in 63 bits");
        return major switch
        {
            CborMajor.Unsigned => (long)value,
            CborMajor.Negative => ~(long)value,
            _ => throw Malformed("something stands where a number is due"),
        };
    }

    public long? IntegerOrNull()
    {
        if (!AtEnd && _bytes.Span[_next] == ((int)CborMajor.Simple << 5 | (int)NullValue))
        {
            _next++;
            return null;
        }

        return Integer();
    }

    /// <summary>ASCII of at most so many characters; what is beyond ASCII becomes a question mark, which no type may hold.</summary>
    public string Text(int most) => Encoding.ASCII.GetString(Take(Head(CborMajor.Text), most).Span);

    public ReadOnlyMemory<byte> Hash()
    {
        var hash = Take(Head(CborMajor.Bytes), SHA256.HashSizeInBytes);
        return hash.Length == SHA256.HashSizeInBytes ? hash : throw Malformed("a hash is not 32 bytes");
    }

    public Guid Id()
    {
        var id = Take(Head(CborMajor.Bytes), IdSize);
        return id.Length == IdSize ? new Guid(id.Span, bigEndian: true) : throw Malformed("an id is not 16 bytes");
    }

    public static FormatException Malformed(string why) => new($"A record header is not in the one encoding that it has: {why}.");

    ReadOnlyMemory<byte> Take(ulong length, int most)
    {
        if (length > (ulong)most || (int)length > _bytes.Length - _next) throw Malformed("an item is longer than it may be");
        var taken = _bytes.Slice(_next, (int)length);
        _next += (int)length;
        return taken;
    }

    (CborMajor Major, ulong Value) Head()
    {
        var rest = _bytes.Span[_next..];
        if (rest.IsEmpty) throw Malformed("it breaks off");
        var (major, more) = ((CborMajor)(rest[0] >> 5), rest[0] & 0x1f);
        if (more < 24)
        {
            _next++;
            return (major, (ulong)more);
        }

        var size = more switch { 24 => 1, 25 => 2, 26 => 4, 27 => 8, _ => throw Malformed("an item has no length") };
        if (rest.Length <= size) throw Malformed("it breaks off");
        var (value, least) = size switch
        {
            1 => (rest[1], 24UL),
            2 => (BinaryPrimitives.ReadUInt16BigEndian(rest[1..]), 1UL << 8),
            4 => (BinaryPrimitives.ReadUInt32BigEndian(rest[1..]), 1UL << 16),
            _ => (BinaryPrimitives.ReadUInt64BigEndian(rest[1..]), 1UL << 32),
        };
        _next += 1 + size;
        return value >= least ? (major, value) : throw Malformed("a number is longer than it need be");
    }
}
