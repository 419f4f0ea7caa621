using System.Buffers.Binary;
using System.IO.Compression;

namespace Probity.Tests.Exhibits;

/// <summary>Pictures made in code: of one grey each, so that two seeds are two pictures.</summary>
internal static class Pictures
{
    /// <summary>A whole PNG; its points are stored as they are, so a large one is a large file.</summary>
    public static byte[] Png(int seed, int width = 320, int height = 320)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        using var points = new MemoryStream();
        using (var packed = new ZLibStream(points, CompressionLevel.NoCompression, leaveOpen: true))
        {
            var row = new byte[width + 1];
            new Random(seed).NextBytes(row.AsSpan(1));
            for (var y = 0; y < height; y++) packed.Write(row);
        }

        return [0x89, .. "PNG\r\n\u001A\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", points.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>A chunk of a PNG with its sum.</summary>
    public static byte[] Chunk(string type, ReadOnlySpan<byte> data)
    {
        byte[] named = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        var sum = uint.MaxValue;
        foreach (var each in named)
        {
            sum ^= each;
            for (var bit = 0; bit < 8; bit++) sum = (sum >> 1) ^ (0xEDB88320u & (0u - (sum & 1)));
        }

        return [.. Big32((uint)data.Length), .. named, .. Big32(~sum)];
    }

    /// <summary>The frame of a JPEG around points that nobody decodes here, with a note and a restart between them.</summary>
    public static byte[] Jpeg(int seed, int width = 640, int height = 480, string note = "a telephone") =>
    [
        0xFF, 0xD8, .. Segment(0xE1, System.Text.Encoding.ASCII.GetBytes(note)), .. Segment(0xDB, new byte[65]),
        .. Segment(0xC0, [8, .. Big16(height), .. Big16(width), 1, 1, 0x11, 0]), .. Segment(0xC4, new byte[20]),
        .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), .. Big32((uint)seed & 0x7F7F7F7F), 0xFF, 0x00, 7, 0xFF, 0xD0, 9, 0xFF, 0xD9,
    ];

    public static byte[] Segment(byte marker, ReadOnlySpan<byte> data) => [0xFF, marker, .. Big16(data.Length + 2), .. data];

    /// <summary>A WebP: lossy, lossless, or lossy behind a header for what else it may hold.</summary>
    public static byte[] Webp(char kind, int width = 640, int height = 480)
    {
        byte[] lossy = [0x10, 0, 0, 0x9D, 0x01, 0x2A, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 1, 2, 3];
        var sides = (uint)(width - 1) | ((uint)(height - 1) << 14);
        byte[] lossless = [0x2F, (byte)sides, (byte)(sides >> 8), (byte)(sides >> 16), (byte)(sides >> 24), 1, 2, 3];
        byte[] chunks = kind switch
        {
            'L' => Riff("VP8L", lossless),
            'X' => [.. Riff("VP8X", new byte[10]), .. Riff("VP8 ", lossy)],
            _ => Riff("VP8 ", lossy),
        };
        return Riff("RIFF", [.. "WEBP"u8, .. chunks]);
    }

    public static byte[] Riff(string type, ReadOnlySpan<byte> data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        return [.. System.Text.Encoding.ASCII.GetBytes(type), .. length, .. data, .. new byte[data.Length & 1]];
    }

    /// <summary>A HEIC of tiles, as telephones write it.</summary>
    public static byte[] Heic(int width = 4032, int height = 3024) =>
    [
        .. Box("ftyp", [.. "heic"u8, 0, 0, 0, 0, .. "mif1heic"u8]),
        .. Box("meta", [0, 0, 0, 0, .. Box("hdlr", new byte[24]), .. Box("iprp", Box("ipco", [.. Size(512, 512), .. Size(width, height)]))]),
        .. Box("mdat", [1, 2, 3, 4]),
    ];

    public static byte[] Box(string type, ReadOnlySpan<byte> data) => [.. Big32((uint)data.Length + 8), .. System.Text.Encoding.ASCII.GetBytes(type), .. data];

    static byte[] Size(int width, int height) => Box("ispe", [0, 0, 0, 0, .. Big32((uint)width), .. Big32((uint)height)]);

    static byte[] Big16(int number) => [(byte)(number >> 8), (byte)number];

    static byte[] Big32(uint number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
}
