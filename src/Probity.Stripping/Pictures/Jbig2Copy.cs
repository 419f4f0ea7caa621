using System.Buffers.Binary;

namespace Probity.Stripping.Pictures;

/// <summary>A scanned page as it lies in PDFs, segment by segment (ITU-T T.88, 7.2); those of comments are left out.</summary>
internal static class Jbig2Copy
{
    public static byte[] Make(ReadOnlyMemory<byte> picture, StripJob job)
    {
        var copy = new CopyParts(job.Limits.MostOutput);
        var bytes = picture.Span;
        while (!bytes.IsEmpty)
        {
            job.CountPart();
            var number = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            var flags = bytes[4];
            var referred = (long)bytes[5] >> 5;
            var at = 6L;
            if (referred == 7)
            {
                referred = BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]) & 0x1FFFFFFF;
                at = 9 + (referred + 8) / 8;
            }
            at += referred * (number <= 256 ? 1 : number <= 65536 ? 2 : 4) + ((flags & 0x40) != 0 ? 4 : 1);
            var length = checked((int)(at + 4 + BinaryPrimitives.ReadUInt32BigEndian(bytes[checked((int)at)..])));
            if ((flags & 0x3F) is 62)
                job.Take(Taken.Comments);
            else if ((flags & 0x3F) is 0 or 4 or 6 or 7 or 16 or 20 or 22 or 23 or 36 or (>= 38 and <= 43) or (>= 48 and <= 53))
                copy.Add(picture[..length]);
            else
                throw CannotStripException.Malformed;
            picture = picture[length..];
            bytes = picture.Span;
        }
        return copy.ToArray();
    }
}
