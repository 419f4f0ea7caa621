using System.Buffers.Binary;
using System.Text;

namespace Probity.Stripping.Pictures;

/// <summary>A PNG with the chunks that make its picture (ISO/IEC 15948). Each chunk's checksum must be right; a moving one stands still.</summary>
internal static class PngCopy
{
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static void Make(ReadOnlyMemory<byte> file, StripJob job, CopyParts copy)
    {
        copy.Add(Signature.ToArray());
        var (header, data) = (false, false);
        var bytes = file.Span;
        for (var at = Signature.Length; ;)
        {
            job.CountPart();
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > int.MaxValue - 12)
                throw CannotStripException.Malformed;
            var chunk = file.Slice(at, (int)length + 12);
            at += chunk.Length;
            if (Crc32.Of(chunk.Span[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk.Span[^4..]))
                throw CannotStripException.Malformed;
            var name = Encoding.ASCII.GetString(chunk.Span[4..8]);
            if (header == (name == "IHDR"))
                throw CannotStripException.Malformed;
            header = true;
            data |= name == "IDAT";
            if (Kept(name, (int)length))
                copy.Add(chunk);
            else if (name == "eXIf" && !data && Orientation.Read(chunk.Span[8..^4]) is var orientation and not 1)
                copy.Add(Chunk("eXIf", Orientation.Exif(orientation)));
            if (!Kept(name, (int)length) && !(name == "eXIf" && Orientation.Alone(chunk.Span[8..^4])))
                job.Take(NameOf(name));
            if (name != "IEND")
                continue;
            if (!data)
                throw CannotStripException.Malformed;
            if (at < bytes.Length)
                job.Take(Taken.Trailing);
            return;
        }
    }

    static bool Kept(string name, int length) => name switch
    {
        "IHDR" => length == 13,
        "PLTE" => length is > 0 and <= 768 && length % 3 == 0,
        "tRNS" => length <= 256,
        "IDAT" => true,
        "IEND" => length == 0,
        "gAMA" => length == 4,
        "cHRM" => length == 32,
        "sRGB" => length == 1,
        "sBIT" => length <= 4,
        "bKGD" => length <= 6,
        "pHYs" => length == 9,
        _ => false,
    };

    static string NameOf(string name) => name switch
    {
        "eXIf" or "zxIf" => Taken.Exif,
        "tEXt" or "zTXt" or "iTXt" => Taken.Comments,
        "tIME" => Taken.Times,
        "iCCP" => Taken.ColourProfile,
        _ => Taken.Other,
    };

    static byte[] Chunk(string name, byte[] content)
    {
        var chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        Encoding.ASCII.GetBytes(name, chunk.AsSpan(4));
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Of(chunk.AsSpan(4, content.Length + 4)));
        return chunk;
    }
}
