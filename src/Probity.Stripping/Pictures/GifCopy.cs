namespace Probity.Stripping.Pictures;

/// <summary>A GIF with its pictures, their timing, and how often they repeat (GIF89a specification).</summary>
internal static class GifCopy
{
    public static void Make(ReadOnlyMemory<byte> file, StripJob job, CopyParts copy)
    {
        var bytes = file.Span;
        var at = 13 + Palette(bytes[10]);
        copy.Add(file[..at]);
        for (var pictures = 0; ; job.CountPart())
        {
            var start = at;
            switch (bytes[at])
            {
                case 0x3B when pictures > 0:
                    copy.Add(0x3B);
                    if (at + 1 < bytes.Length)
                        job.Take(Taken.Trailing);
                    return;
                case 0x2C:
                    at = EndOfBlocks(bytes, at + 10 + Palette(bytes[at + 9]) + 1);
                    copy.Add(file[start..at]);
                    pictures++;
                    break;
                case 0x21:
                    at = EndOfBlocks(bytes, at + 2);
                    if (Kept(bytes[(start + 1)..at]))
                        copy.Add(file[start..at]);
                    else
                        job.Take(bytes[start + 1] == 0xFE ? Taken.Comments : bytes[(start + 3)..at].StartsWith("XMP"u8) ? Taken.Xmp : Taken.Other);
                    break;
                default:
                    throw CannotStripException.Malformed;
            }
        }
    }

    static int Palette(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    static int EndOfBlocks(ReadOnlySpan<byte> bytes, int at)
    {
        while (bytes[at] != 0)
            at += bytes[at] + 1;
        return at + 1;
    }

    // The control of one picture, and the two spellings of how often all repeat; each to the byte.
    static bool Kept(ReadOnlySpan<byte> extension) => extension[0] switch
    {
        0xF9 => extension.Length == 7 && extension[1] == 4,
        0xFF => extension.Length == 18 && extension[1] == 11 && extension[13] == 3
            && (extension[2..13].SequenceEqual("NETSCAPE2.0"u8) || extension[2..13].SequenceEqual("ANIMEXTS1.0"u8)),
        _ => false,
    };
}
