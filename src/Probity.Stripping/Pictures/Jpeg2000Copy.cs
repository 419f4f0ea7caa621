using System.Buffers.Binary;
using System.Text;

namespace Probity.Stripping.Pictures;

/// <summary>A JPEG 2000 picture as it lies in PDFs: what is coded, how large and in which colours (ISO/IEC 15444-1, annexes A and I).</summary>
internal static class Jpeg2000Copy
{
    const ushort Start = 0xFF4F, Comment = 0xFF64, StartOfTile = 0xFF90, StartOfData = 0xFF93, End = 0xFFD9;

    public static byte[] Make(ReadOnlyMemory<byte> picture, StripJob job)
    {
        var copy = new CopyParts(job.Limits.MostOutput);
        if (BinaryPrimitives.ReadUInt16BigEndian(picture.Span) == Start)
        {
            Codestream(picture, job, copy);
            return copy.ToArray();
        }
        foreach (var (name, content) in Boxes(picture, job))
        {
            switch (name)
            {
                case "jP  " when content.Length == 4:
                    Box(copy, name, content);
                    break;
                case "ftyp":
                    Box(copy, name, (byte[])[.. "jp2 \0\0\0\0jp2 "u8]);
                    break;
                case "jp2h":
                    Box(copy, name, Header(content, job));
                    break;
                case "jp2c":
                    var stream = new CopyParts(job.Limits.MostOutput);
                    Codestream(content, job, stream);
                    Box(copy, name, stream.ToArray());
                    break;
                default:
                    job.Take(Taken.Properties);
                    break;
            }
        }
        return copy.ToArray();
    }

    static byte[] Header(ReadOnlyMemory<byte> header, StripJob job)
    {
        var copy = new CopyParts(job.Limits.MostOutput);
        var inks = 3;
        foreach (var (name, content) in Boxes(header, job))
        {
            if (name == "ihdr")
                inks = BinaryPrimitives.ReadUInt16BigEndian(content.Span[8..]);
            if (name is "ihdr" or "bpcc" or "pclr" or "cmap" or "cdef" || (name == "colr" && content.Length == 7 && content.Span[0] == 1))
            {
                Box(copy, name, content);
            }
            else if (name == "colr")
            {
                // In place of a profile: grey, or sRGB.
                job.Take(Taken.ColourProfile);
                Box(copy, name, new byte[] { 1, 0, 0, 0, 0, 0, (byte)(inks < 3 ? 17 : 16) });
            }
        }
        return copy.ToArray();
    }

    static void Codestream(ReadOnlyMemory<byte> stream, StripJob job, CopyParts copy)
    {
        var bytes = stream.Span;
        copy.Add(stream[..2]);
        var at = 2;
        for (ushort marker; (marker = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..])) != StartOfTile; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]))
        {
            job.CountPart();
            if (marker == Comment)
                job.Take(Taken.Comments);
            else if (marker is (>= 0xFF51 and <= 0xFF63) or 0xFF50)
                copy.Add(stream.Slice(at, 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..])));
            else
                throw CannotStripException.Malformed;
        }
        while (BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) == StartOfTile)
        {
            job.CountPart();
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 6)..]);
            // A tile of length nought is the last, and ends where the picture does.
            var tile = length == 0 ? bytes[at..].LastIndexOf<byte>([0xFF, 0xD9]) : checked((int)length);
            // Comments inside a tile cannot be cut out without moving what counts its bytes.
            var inside = at + 12;
            for (ushort marker; (marker = BinaryPrimitives.ReadUInt16BigEndian(bytes[inside..])) != StartOfData; inside += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(inside + 2)..]))
            {
                if (marker is < 0xFF50 or > 0xFF63)
                    throw CannotStripException.Malformed;
            }
            if (tile < inside + 2 - at)
                throw CannotStripException.Malformed;
            copy.Add(stream.Slice(at, tile));
            at += tile;
        }
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) != End)
            throw CannotStripException.Malformed;
        copy.Add(0xFF, 0xD9);
    }

    static List<(string Name, ReadOnlyMemory<byte> Content)> Boxes(ReadOnlyMemory<byte> bytes, StripJob job)
    {
        List<(string, ReadOnlyMemory<byte>)> boxes = [];
        while (bytes.Length >= 8)
        {
            job.CountPart();
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.Span) is var said and not 0 ? checked((int)said) : bytes.Length;
            boxes.Add((Encoding.Latin1.GetString(bytes.Span[4..8]), bytes[8..length]));
            bytes = bytes[length..];
        }
        return boxes;
    }

    static void Box(CopyParts copy, string name, ReadOnlyMemory<byte> content)
    {
        var head = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, content.Length + 8);
        Encoding.Latin1.GetBytes(name, head.AsSpan(4));
        copy.Add(head);
        copy.Add(content);
    }
}
