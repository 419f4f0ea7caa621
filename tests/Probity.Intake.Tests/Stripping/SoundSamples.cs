using System.Buffers.Binary;
using System.Text;

namespace Probity.Intake.Tests.Stripping;

/// <summary>Recordings with canaries before, between and behind what sounds.</summary>
static class SoundSamples
{
    public static readonly byte[] Sound = [.. Enumerable.Range(0, 400).Select(i => (byte)(i % 250))];

    static byte[] Text(string place) => Encoding.ASCII.GetBytes(Canaries.At(place));

    static byte[] Tag(string place)
    {
        byte[] frame = [.. "TPE1"u8, 0, 0, 0, (byte)(Text(place).Length + 1), 0, 0, 0, .. Text(place)];
        return [.. "ID3\u0003\0\0"u8, 0, 0, 0, (byte)frame.Length, .. frame];
    }

    /// <summary>Three frames of 417 bytes: 128 kbit/s at 44.1 kHz.</summary>
    public static byte[] Frame(byte filling) => [0xFF, 0xFB, 0x90, 0, .. Enumerable.Repeat(filling, 413)];

    public static byte[] Mp3()
    {
        byte[] encoder = [.. Frame(0)[..36], .. "Info"u8, .. new byte[80], .. Text("encoder")];
        return [
            .. Tag("artist"), .. encoder, .. new byte[417 - encoder.Length], .. Frame(1), .. Frame(2), .. Frame(3),
            .. "APETAGEX"u8, .. new byte[24], .. Text("ape"), .. "TAG"u8, .. Text("id3v1"), .. new byte[125 - Text("id3v1").Length],
        ];
    }

    public static byte[] Wav()
    {
        static byte[] Chunk(string name, params byte[] content) => [.. Encoding.ASCII.GetBytes(name), .. BitConverter.GetBytes(content.Length), .. content, .. new byte[content.Length & 1]];
        byte[] body = [
            .. "WAVE"u8, .. Chunk("bext", Text("bext")), .. Chunk("fmt ", 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 8, 0),
            .. Chunk("LIST", [.. "INFO"u8, .. Chunk("IART", Text("artist"))]), .. Chunk("data", Sound), .. Chunk("id3 ", Tag("id3")), .. Chunk("_PMX", PictureSamples.Xmp("xmp")),
        ];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body, .. Text("behind")];
    }

    public static byte[] Flac()
    {
        static byte[] Block(byte type, params byte[] content) => [type, 0, (byte)(content.Length >> 8), (byte)content.Length, .. content];
        byte[] comment = [.. BitConverter.GetBytes(Text("vendor").Length), .. Text("vendor"), 0, 0, 0, 0];
        return [
            .. "fLaC"u8, .. Block(0, [16, 0, 16, 0, .. new byte[6], 0x0A, 0xC4, 0x40, 0xF0, .. new byte[20]]), .. Block(4, comment), .. Block(2, [.. "appl"u8, .. Text("application")]), .. Block(3, new byte[18]),
            .. Block(6, [.. new byte[32], .. Text("picture")]), .. Block(0x81, Text("padding")), 0xFF, 0xF8, .. Sound, .. "TAG"u8, .. Text("id3v1"), .. new byte[125 - Text("id3v1").Length],
        ];
    }

    /// <param name="vorbis">Vorbis, whose third header is long; else Opus.</param>
    public static byte[] Ogg(bool vorbis = false)
    {
        byte[] name = vorbis ? [.. "\u0003vorbis"u8] : [.. "OpusTags"u8];
        // Longer than a page, as one with a picture is.
        byte[] comment = [.. name, .. BitConverter.GetBytes(Text("vendor").Length), .. Text("vendor"), 1, 0, 0, 0, .. BitConverter.GetBytes(70_000), .. Text("comment"), .. new byte[70_000 - Text("comment").Length], 1];
        byte[] head = vorbis ? [.. "\u0001vorbis"u8, .. new byte[23]] : [.. "OpusHead"u8, 1, 1, 0, 0, 0x80, 0xBB, 0, 0, 0, 0, 0];
        byte[][] headers = vorbis ? [comment, Setup] : [comment];
        List<byte> file = [.. Page(2, 0, 0, [(byte)head.Length], head)];
        byte[] lacing = [.. headers.SelectMany(h => Enumerable.Repeat((byte)255, h.Length / 255).Append((byte)(h.Length % 255)))];
        byte[] data = [.. headers.SelectMany(h => h)];
        var (number, from) = (1u, 0);
        for (var at = 0; at < lacing.Length; at += 255)
        {
            var pieces = lacing[at..Math.Min(lacing.Length, at + 255)];
            file.AddRange(Page(at > 0 ? (byte)1 : (byte)0, 0, number++, pieces, data[from..(from + pieces.Sum(p => p))]));
            from += pieces.Sum(p => p);
        }
        file.AddRange(Page(0, 960, number++, [255, 145], Sound));
        file.AddRange(Page(4, 1920, number, [3], [7, 8, 9]));
        return [.. file, .. Text("behind")];
    }

    public static readonly byte[] Setup = [.. "\u0005vorbis"u8, .. Enumerable.Range(0, 80_000).Select(i => (byte)i)];

    static byte[] Page(byte flags, ulong position, uint number, byte[] lacing, byte[] data)
    {
        byte[] page = [.. "OggS\0"u8, flags, .. BitConverter.GetBytes(position), 0x51, 0x52, 0x53, 0x54, .. BitConverter.GetBytes(number), 0, 0, 0, 0, (byte)lacing.Length, .. lacing, .. data];
        var sum = 0u;
        foreach (var b in page)
        {
            sum ^= (uint)b << 24;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 0x80000000) != 0 ? sum << 1 ^ 0x04C11DB7 : sum << 1;
        }
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(22), sum);
        return page;
    }
}
