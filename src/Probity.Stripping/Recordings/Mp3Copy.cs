namespace Probity.Stripping.Recordings;

/// <summary>An MP3 as its frames (ISO/IEC 11172-3, 2.4): whatever stands before, between or behind them is left out. A first frame that only names the encoder goes too.</summary>
internal static class Mp3Copy
{
    // In thousands of bits a second: version 1 and version 2, for layers I, II, III.
    static readonly int[][] Rates =
    [
        [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448], [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384], [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256], [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160], [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];

    static readonly int[] Frequencies = [44100, 48000, 32000];

    public static void Make(ReadOnlyMemory<byte> file, StripJob job, CopyParts copy)
    {
        var bytes = file.Span;
        var frames = 0;
        var (from, at) = (0, 0);
        while (at + 4 <= bytes.Length)
        {
            // A frame counts if another, or the end, stands behind it: in the midst of a tag two bytes may look like one.
            var length = Length(bytes[at..]);
            if (length > 0 && at + length <= bytes.Length && (at + length + 4 > bytes.Length || Length(bytes[(at + length)..]) > 0 || frames > 0))
            {
                if (frames++ == 0 && IsAboutEncoder(bytes.Slice(at, length)))
                {
                    job.Take(Taken.Tags);
                    from = at + length;
                }
                at += length;
                continue;
            }
            if (at > from)
            {
                copy.Add(file[from..at]);
                job.CountPart();
            }
            job.Take(Taken.Tags);
            // A tag says how long it is; past anything else to where a frame could begin.
            var skip = Tag(bytes[at..]);
            if (skip == 0)
                skip = bytes[(at + 1)..].IndexOf((byte)0xFF) is var next and >= 0 ? next + 1 : bytes.Length - at;
            from = at = Math.Min(bytes.Length, at + skip);
        }
        if (at > from)
            copy.Add(file[from..at]);
        if (at < bytes.Length)
            job.Take(Taken.Tags);
        if (frames < 2)
            throw CannotStripException.Malformed;
    }

    static int Tag(ReadOnlySpan<byte> bytes) => bytes.Length >= 10 && bytes.StartsWith("ID3"u8) && (bytes[6] | bytes[7] | bytes[8] | bytes[9]) < 0x80
        ? 10 + (bytes[6] << 21 | bytes[7] << 14 | bytes[8] << 7 | bytes[9])
        : 0;

    static int Length(ReadOnlySpan<byte> head)
    {
        if (head.Length < 4 || head[0] != 0xFF || (head[1] & 0xE0) != 0xE0)
            return 0;
        var (version, layer, rate, frequency) = (head[1] >> 3 & 3, 3 - (head[1] >> 1 & 3), head[2] >> 4, head[2] >> 2 & 3);
        if (version == 1 || layer == 3 || rate is 0 or 15 || frequency == 3)
            return 0;
        var bits = Rates[(version == 3 ? 0 : 3) + layer][rate] * 1000;
        var hertz = Frequencies[frequency] >> (version switch { 3 => 0, 2 => 1, _ => 2 });
        var padding = head[2] >> 1 & 1;
        return layer == 0 ? (12 * bits / hertz + padding) * 4 : (version != 3 && layer == 2 ? 72 : 144) * bits / hertz + padding;
    }

    static bool IsAboutEncoder(ReadOnlySpan<byte> frame) => frame[..Math.Min(frame.Length, 200)].IndexOf("Xing"u8) >= 0 || frame[..Math.Min(frame.Length, 200)].IndexOf("Info"u8) >= 0
        || frame[..Math.Min(frame.Length, 200)].IndexOf("VBRI"u8) >= 0 || frame[..Math.Min(frame.Length, 200)].IndexOf("LAME"u8) >= 0;
}
