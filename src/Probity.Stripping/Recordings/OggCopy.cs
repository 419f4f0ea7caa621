using System.Buffers.Binary;

namespace Probity.Stripping.Recordings;

/// <summary>
/// A voice message or other recording in Ogg (RFC 3533), of Opus (RFC 7845) or Vorbis: one stream, its comments empty, the stream's number, which
/// is drawn at random, made nought.
/// </summary>
internal static class OggCopy
{
    const byte Continued = 1, First = 2;

    public static void Make(ReadOnlyMemory<byte> file, StripJob job, CopyParts copy)
    {
        List<byte[]> headers = [];
        var packet = new MemoryStream();
        var (number, wanted, serial) = (0u, 0, 0u);
        for (var rest = file; !rest.IsEmpty;)
        {
            job.CountPart();
            if (!rest.Span.StartsWith("OggS\0"u8))
            {
                job.Take(Taken.Trailing);
                break;
            }
            var lacing = rest.Slice(27, rest.Span[26]);
            var length = 0;
            foreach (var piece in lacing.Span)
                length += piece;
            var page = rest[..(27 + lacing.Length + length)];
            rest = rest[page.Length..];
            if (Sum(page.Span) != BinaryPrimitives.ReadUInt32LittleEndian(page.Span[22..]))
                throw CannotStripException.Malformed;
            var stream = BinaryPrimitives.ReadUInt32LittleEndian(page.Span[14..]);
            if (number == 0)
                serial = stream;
            // Several streams at once, or one behind another, are films and broadcasts.
            else if (stream != serial || (page.Span[5] & First) != 0)
                throw new CannotStripException(StripRefusals.UnknownKind);
            if (stream != 0)
                job.Take(Taken.Other);
            if (wanted > 0 && headers.Count == wanted)
            {
                Add(copy, page.Span[5], page.Slice(6, 8), number++, lacing, page[(27 + lacing.Length)..]);
                continue;
            }
            var at = 27 + lacing.Length;
            foreach (var piece in lacing.Span)
            {
                packet.Write(page.Span.Slice(at, piece));
                at += piece;
                if (piece == 255)
                    continue;
                headers.Add(packet.ToArray());
                packet.SetLength(0);
            }
            if (wanted == 0)
            {
                wanted = headers is [var head] ? head.AsSpan().StartsWith("OpusHead"u8) ? 2 : head.AsSpan().StartsWith("\u0001vorbis"u8) ? 3 : 0 : 0;
                if (wanted == 0)
                    throw new CannotStripException(StripRefusals.UnknownKind);
                Add(copy, First, new byte[8], number++, new byte[] { (byte)headers[0].Length }, headers[0]);
            }
            else if (headers.Count > wanted || (headers.Count == wanted && packet.Length > 0))
            {
                // Sound begins on a page of its own.
                throw CannotStripException.Malformed;
            }
            else if (headers.Count == wanted)
            {
                number = Headers(copy, headers, number, job);
            }
        }
        if (wanted == 0 || headers.Count != wanted)
            throw CannotStripException.Malformed;
    }

    static uint Headers(CopyParts copy, List<byte[]> headers, uint number, StripJob job)
    {
        byte[] empty = headers.Count == 2 ? [.. "OpusTags"u8, .. new byte[8]] : [.. "\u0003vorbis"u8, .. new byte[8], 1];
        if (!headers[1].AsSpan().StartsWith(empty.AsSpan(0, headers.Count == 2 ? 8 : 7)))
            throw CannotStripException.Malformed;
        if (!headers[1].AsSpan().SequenceEqual(empty))
            job.Take(Taken.Tags);
        List<byte> lacing = [];
        List<byte> data = [];
        foreach (var header in headers.Skip(2).Prepend(empty))
        {
            lacing.AddRange(Enumerable.Repeat((byte)255, header.Length / 255));
            lacing.Add((byte)(header.Length % 255));
            data.AddRange(header);
        }
        // A page takes 255 pieces of 255 bytes.
        for (var (at, from) = (0, 0); at < lacing.Count; number++)
        {
            var pieces = lacing.GetRange(at, Math.Min(255, lacing.Count - at));
            var length = pieces.Sum(p => p);
            var ends = pieces.Any(p => p < 255);
            Add(copy, at > 0 && lacing[at - 1] == 255 ? Continued : (byte)0, ends ? new byte[8] : Enumerable.Repeat((byte)255, 8).ToArray(), number, pieces.ToArray(), data.GetRange(from, length).ToArray());
            at += pieces.Count;
            from += length;
        }
        return number;
    }

    static void Add(CopyParts copy, byte flags, ReadOnlyMemory<byte> position, uint number, ReadOnlyMemory<byte> lacing, ReadOnlyMemory<byte> data)
    {
        var head = new byte[27 + lacing.Length];
        "OggS"u8.CopyTo(head);
        head[5] = flags;
        position.CopyTo(head.AsMemory(6));
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(18), number);
        head[26] = (byte)lacing.Length;
        lacing.CopyTo(head.AsMemory(27));
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(22), Sum(data.Span, Sum(head)));
        copy.Add(head);
        copy.Add(data);
    }

    static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n =>
    {
        var c = (uint)n << 24;
        for (var k = 0; k < 8; k++)
            c = (c & 0x80000000) != 0 ? c << 1 ^ 0x04C11DB7 : c << 1;
        return c;
    })];

    /// <summary>A page's checksum, its own place counted as nought.</summary>
    static uint Sum(ReadOnlySpan<byte> page)
    {
        var sum = Sum(page[..22], 0);
        sum = Sum([0, 0, 0, 0], sum);
        return Sum(page[26..], sum);
    }

    static uint Sum(ReadOnlySpan<byte> bytes, uint sum)
    {
        foreach (var b in bytes)
            sum = sum << 8 ^ Table[sum >> 24 ^ b];
        return sum;
    }
}
