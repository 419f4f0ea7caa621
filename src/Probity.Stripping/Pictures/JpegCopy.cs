using System.Buffers.Binary;

namespace Probity.Stripping.Pictures;

/// <summary>A JPEG with its tables, frames and scans alone (ITU-T T.81, annex B). Which way is up is kept in an Exif segment that says nothing else.</summary>
internal static class JpegCopy
{
    const byte StartOfImage = 0xD8, EndOfImage = 0xD9, StartOfScan = 0xDA;

    public static void Make(ReadOnlyMemory<byte> file, StripJob job, CopyParts copy) => Make(file, job, copy, turned: true);

    /// <summary>A JPEG inside a PDF, which itself says how to turn it.</summary>
    public static byte[] MakePlain(ReadOnlyMemory<byte> file, StripJob job)
    {
        var copy = new CopyParts(job.Limits.MostOutput);
        if (!file.Span.StartsWith<byte>([0xFF, StartOfImage]))
            throw CannotStripException.Malformed;
        Make(file, job, copy, turned: false);
        return copy.ToArray();
    }

    static void Make(ReadOnlyMemory<byte> file, StripJob job, CopyParts copy, bool turned)
    {
        var bytes = file.Span;
        copy.Add(0xFF, StartOfImage);
        var body = new CopyParts(long.MaxValue);
        var orientation = 1;
        var (frame, scan) = (false, false);
        byte[]? jfif = null;
        for (var at = 2; at < bytes.Length;)
        {
            if (bytes[at++] != 0xFF)
                throw CannotStripException.Malformed;
            while (at < bytes.Length && bytes[at] == 0xFF)
                at++;
            // A photograph cut off behind its scans still shows most of itself.
            if (at == bytes.Length)
                break;
            var marker = bytes[at++];
            if (marker == EndOfImage)
            {
                if (at < bytes.Length)
                    job.Take(Taken.Trailing);
                break;
            }
            if (at + 2 > bytes.Length && scan)
                break;
            job.CountPart();
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            if (length < 2)
                throw CannotStripException.Malformed;
            var content = file.Slice(at + 2, length - 2);
            at += length;
            switch (marker)
            {
                case 0xDB when Quantization(content.Span):
                case 0xC4 when Huffman(content.Span):
                case 0xCC when content.Length % 2 == 0:
                case 0xDD when content.Length == 2:
                case 0xDC when content.Length == 2:
                    Segment(body, marker, content);
                    break;
                case >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) when content.Length >= 6 && content.Length == 6 + 3 * content.Span[5]:
                    frame = true;
                    Segment(body, marker, content);
                    break;
                case StartOfScan when frame && content.Length >= 4 && content.Length == 4 + 2 * content.Span[0]:
                    scan = true;
                    Segment(body, marker, content);
                    var end = EndOfScan(bytes, at);
                    body.Add(file[at..end]);
                    at = end;
                    break;
                case 0xE0 when jfif is null && content.Length >= 12 && content.Span.StartsWith("JFIF\0"u8):
                    // Its version, unit and density; the thumbnail that may follow is not taken along.
                    jfif = [.. "JFIF\0"u8, .. content.Span[5..12], 0, 0];
                    if (content.Length > 14)
                        job.Take(Taken.Thumbnail);
                    break;
                case 0xEE when content.Length >= 12 && content.Span.StartsWith("Adobe"u8):
                    Segment(body, marker, content[..12]);
                    break;
                case >= 0xE0 and <= 0xEF:
                    if (content.Span.StartsWith("Exif\0"u8) && Orientation.Read(content.Span[6..]) is var read and not 1)
                        orientation = read;
                    if (!content.Span.StartsWith("Exif\0"u8) || !Orientation.Alone(content.Span[6..]))
                        job.Take(NameOf(marker, content.Span));
                    break;
                case 0xFE:
                    job.Take(Taken.Comments);
                    break;
                default:
                    throw CannotStripException.Malformed;
            }
        }
        if (!scan)
            throw CannotStripException.Malformed;
        if (jfif is not null)
            Segment(copy, 0xE0, jfif);
        if (orientation != 1 && turned)
            Segment(copy, 0xE1, (byte[])[.. "Exif\0\0"u8, .. Orientation.Exif(orientation)]);
        copy.Add(body.ToArray());
        copy.Add(0xFF, EndOfImage);
    }

    static void Segment(CopyParts copy, byte marker, ReadOnlyMemory<byte> content)
    {
        var length = content.Length + 2;
        copy.Add(0xFF, marker, (byte)(length >> 8), (byte)length);
        copy.Add(content);
    }

    static string NameOf(byte marker, ReadOnlySpan<byte> content) => marker switch
    {
        0xE1 when content.StartsWith("Exif"u8) => Taken.Exif,
        0xE1 => Taken.Xmp,
        0xE2 when content.StartsWith("ICC_PROFILE"u8) => Taken.ColourProfile,
        0xE0 or 0xE2 => Taken.Thumbnail,
        _ => Taken.Properties,
    };

    /// <summary>Where the coded picture ends: at the first marker that is neither a stuffed byte nor a restart.</summary>
    static int EndOfScan(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length)
        {
            var next = bytes[at..].IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 >= bytes.Length)
                return bytes.Length;
            at += next;
            if (bytes[at + 1] is not (0 or (>= 0xD0 and <= 0xD7)))
                return at;
            at += 2;
        }
        return bytes.Length;
    }

    // Tables must fill their segment to the byte: else it could carry more than tables.
    static bool Quantization(ReadOnlySpan<byte> tables)
    {
        while (!tables.IsEmpty)
        {
            var length = 1 + (tables[0] >> 4 == 0 ? 64 : 128);
            if (tables[0] >> 4 > 1 || (tables[0] & 15) > 3 || tables.Length < length)
                return false;
            tables = tables[length..];
        }
        return true;
    }

    static bool Huffman(ReadOnlySpan<byte> tables)
    {
        while (!tables.IsEmpty)
        {
            if (tables.Length < 17 || tables[0] >> 4 > 1 || (tables[0] & 15) > 3)
                return false;
            var length = 17;
            foreach (var count in tables[1..17])
                length += count;
            if (tables.Length < length)
                return false;
            tables = tables[length..];
        }
        return true;
    }
}
