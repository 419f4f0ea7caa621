using CsCheck;

namespace Probity.Ledger.Tests.Log;

public sealed class HeaderEncodingTests
{
    static readonly Gen<DateTimeOffset> Times =
        Gen.Long[DateTimeOffset.MinValue.Ticks / 10, DateTimeOffset.MaxValue.Ticks / 10].Select(micros => new DateTimeOffset(micros * 10, TimeSpan.Zero));

    static readonly Gen<RecordHeader> Headers =
        from index in Gen.Long[0, long.MaxValue]
        from version in Gen.Long[1, long.MaxValue]
        from ids in Gen.Guid.Array[4]
        from type in Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789.-"], 1, 100]
        from recorded in Times
        from occurred in Times.Nullable()
        from hashes in Gen.Byte.Array[32].Array[2]
        select new RecordHeader(index, new StreamId(ids[0]), version, type, recorded, occurred, new ActorId(ids[1]), ids[2],
            new CompartmentId(ids[3]), hashes[0], hashes[1]);

    [Fact]
    public void Every_header_is_read_back_as_it_was_written() => Headers.Sample(header =>
    {
        var bytes = HeaderEncoding.Encode(header);
        var read = HeaderEncoding.Decode(bytes);
        return read with { Commitment = header.Commitment, CiphertextHash = header.CiphertextHash } == header
            && read.Commitment.Span.SequenceEqual(header.Commitment.Span) && read.CiphertextHash.Span.SequenceEqual(header.CiphertextHash.Span)
            && HeaderEncoding.Encode(read).AsSpan().SequenceEqual(bytes);
    });

    [Fact]
    public void Damaged_bytes_are_refused_or_are_the_one_encoding_of_another_header() =>
        Gen.Select(Headers, Gen.Int[0, 400], Gen.Byte, Gen.Int[0, 2]).Sample((header, place, value, kind) =>
        {
            var bytes = HeaderEncoding.Encode(header);
            place %= bytes.Length;
            byte[] damaged = kind switch
            {
                0 => [.. bytes[..place], value, .. bytes[(place + 1)..]],
                1 => [.. bytes[..place], value, .. bytes[place..]],
                _ => [.. bytes[..place], .. bytes[(place + 1)..]],
            };
            return RefusedOrExact(damaged);
        });

    [Fact]
    public void Any_bytes_are_refused_or_exact() => Gen.Byte.Array[0, 300].Sample(RefusedOrExact);

    [Fact]
    public void Other_spellings_of_a_header_are_refused()
    {
        var header = new RecordHeader(0, default, 1, "a", DateTimeOffset.UnixEpoch, null, default, default, default, new byte[32], new byte[32]);
        var bytes = HeaderEncoding.Encode(header);
        Assert.Equal(header.Type, HeaderEncoding.Decode(bytes).Type);
        // 0 in two bytes; an array without a length; something after the end.
        Refuse([.. bytes[..2], 0x18, 0x00, .. bytes[3..]]);
        Refuse([0x9f, .. bytes[1..], 0xff]);
        Refuse([.. bytes, 0x00]);
        Refuse([0x8b, .. bytes[1..^34]]);
        Refuse([bytes[0], 0x02, .. bytes[2..]]);
        Refuse([]);

        static void Refuse(byte[] other) => Assert.Throws<FormatException>(() => HeaderEncoding.Decode(other));
    }

    static bool RefusedOrExact(byte[] bytes)
    {
        try
        {
            return HeaderEncoding.Encode(HeaderEncoding.Decode(bytes)).AsSpan().SequenceEqual(bytes);
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
