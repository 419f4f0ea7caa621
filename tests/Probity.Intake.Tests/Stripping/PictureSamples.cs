using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Probity.Intake.Tests.Stripping;

/// <summary>Pictures of 32 by 24 points with canaries wherever a picture can hold one.</summary>
static class PictureSamples
{
    // A test card drawn by ffmpeg; what it wrote of itself is cut off where the sample is made.
    static readonly byte[] BareJpeg = Convert.FromBase64String("/9j/4AAQSkZJRgABAgAAAQABAAD//gAQTGF2YzU5LjM3LjEwMAD/2wBDAAgoKC8oLzc3Nzc3N0E8QUNDQ0FBQUFDQ0NISEhVVVVISEhDQ0hIUFBVVVxfXFdXVVdfX2RkZHh4c3OMjJGsrM//xACKAAEBAQEBAAAAAAAAAAAAAAAHBgUAAQEBAAIDAQEAAAAAAAAAAAAABwUGAAQCCAMQAAADBgIIBwEAAAAAAAAAAAABA4FCEcEEAjESUYKxQROyMiFxFJFhgyIzNBEAAAMGBAUCBwEAAAAAAAAAAAECQcEhEQQDQjGBEmFxMiIUw1GxspEzcnPzE//AABEIABgAIAMBEgACEgADEgD/2gAMAwEAAhEDEQA/AIajSz5jPp7NPRHaLKh/D5LuWwdkjecciEnbaNddUdMhRJLuXkbClmfOMBR6vBq4RS7rR4u62QUbZSgXAd22hoqyIiQRQIpw+g7q8Grg8rutkOXdbIeK7bRltoKavBq4ZV4NXDJo143cO7EyiR6YbvHv6A/pv6kdfkMMSVmopGxo0rbQh3qZFhZqRAl4WEZe3A55MFoq8Grhq0qqNtuWMO8XsT92AqQeZMQ6lX0n2nKf4vExcYKvesWrxGaE7tvtu+GZ5C0UmPR4T1PLxLMzqkI1d1shb7PmTj6YULbQSVHlzLdxl0OCNV4NXBJqOPEoYaosF3WyAda8CX9QOW2giOfb/vxk/pH3q8GrgdJIqmdqllv2twOJbyhgZhVpehluwegVptEU0N5vGmfSjk4g0HdsrM0rVNSIHnCfFMARI+/UfsP5lD//2Q==");
    static readonly byte[] BareWebP = Convert.FromBase64String("UklGRuIBAABXRUJQVlA4INYBAACQDQCdASogABgAPo02l0elIqIhN/VYAKARiWwAnTMccDeJ/h3+QHOGalds8kD5AvqX5af4DfsfEA50n+Z+05ugH879gD9SfYA/QD0mf2O+Df9Vf1g9mW7g/s34cnO8/4f9QxgALO0ewYK9w2fvVzE+MHO2FgAA/vyrcgeUDWlfaIRrfQ2jA8xxZsUrLBPOyO8r2Eb9bC/8nKFbI6w53O9OLGUqFPNiCY7cJXlbefpFurnMYQoTTXnFMYVy06xGlwOeVV+4sdL//P2/5Y5ycRCIcTvK27js9ifNaB3w8K0QwV3+72P08/Ju1TukwjNOCsLCW9h0v9JhGnRlNowxONhA/4v//2X9o4Gqv792N7muTi8EjsH4D/7i5ecd+IGaUsqRmwXtlnR2f/WpWUzcpt+K8yl4ittfyIq356TO9ZD6J/SIwbBgZGKtc12AlXOZj5OsX+ZBIBbo6Hb/rnwO+0IQyGKnOWOc6JREqa7JT+vBFI4CNDOMhnocCquG5wP05K+Qy/SYcoVrP/p+yqYXd2/w26ySaZioj3uio+P9cP+B8WofjUJCE/4z2bheWzlNOdvICRhnPnd+cZKv5jF7uieb//hr1gR1CZNxCmT5O3ay/7dn+AAAAA==");

    /// <summary>Exif of a telephone: maker, serial number, time, place, orientation 6, thumbnail.</summary>
    public static byte[] Exif()
    {
        var texts = new MemoryStream();
        const int room = 600;
        List<byte> tags = [];
        void Tag(List<byte> to, ushort tag, ushort type, uint count, uint value)
        {
            Span<byte> entry = stackalloc byte[12];
            BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], type);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], count);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], value);
            to.AddRange(entry);
        }
        void Text(List<byte> to, ushort tag, string text)
        {
            Tag(to, tag, 2, (uint)text.Length + 1, (uint)(room + texts.Length));
            texts.Write(Encoding.ASCII.GetBytes(text + "\0\0"[(text.Length & 1)..]));
        }
        Text(tags, 0x010E, Canaries.At("description"));
        Text(tags, 0x010F, Canaries.At("make"));
        Text(tags, 0x0110, Canaries.At("model"));
        Tag(tags, 0x0112, 3, 1, 6);
        Text(tags, 0x0132, "2026:11:30 01:02:03");
        Text(tags, 0x013B, Canaries.At("artist"));
        Tag(tags, 0x8769, 4, 1, 200);
        Tag(tags, 0x8825, 4, 1, 300);
        List<byte> camera = [];
        Text(camera, 0xA431, Canaries.At("serial"));
        List<byte> place = [];
        Tag(place, 1, 2, 2, 'N');
        Tag(place, 2, 5, 3, (uint)(room + texts.Length));
        foreach (var number in new[] { 8u, 1u, 58u, 1u, 12u, 1u })
            texts.Write(BitConverter.GetBytes(number));
        Text(place, 29, "2026:11:30");
        List<byte> second = [];
        var thumbnail = Encoding.ASCII.GetBytes("\u00FF\u00D8" + Canaries.At("thumbnail"));
        Tag(second, 0x0201, 4, 1, (uint)(room + texts.Length));
        Tag(second, 0x0202, 4, 1, (uint)thumbnail.Length);
        texts.Write(thumbnail);
        var all = new byte[room + texts.Length];
        "II*\0\u0008\0\0\0"u8.CopyTo(all);
        void Directory(int at, List<byte> entries, uint next)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(all.AsSpan(at), (ushort)(entries.Count / 12));
            entries.CopyTo(all, at + 2);
            BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(at + 2 + entries.Count), next);
        }
        Directory(8, tags, 400);
        Directory(200, camera, 0);
        Directory(300, place, 0);
        Directory(400, second, 0);
        texts.ToArray().CopyTo(all, room);
        return all;
    }

    public static byte[] Xmp(string place) => Encoding.UTF8.GetBytes(
        $"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>{Canaries.At(place)}</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>");

    public static byte[] Jpeg()
    {
        static byte[] Segment(byte marker, params byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];
        var tables = BareJpeg.AsSpan().IndexOf<byte>([0xFF, 0xDB]);
        var thumbnail = Encoding.ASCII.GetBytes(Canaries.At("jfif") + "......");
        return [
            0xFF, 0xD8,
            .. Segment(0xE0, [.. "JFIF\0"u8, 1, 2, 1, 0, 72, 0, 72, 6, 1, .. thumbnail[..18]]),
            .. Segment(0xE0, [.. "JFXX\0"u8, 0x13, .. Encoding.ASCII.GetBytes(Canaries.At("jfxx"))]),
            .. Segment(0xE1, [.. "Exif\0\0"u8, .. Exif()]),
            .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Xmp("xmp")]),
            .. Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. Encoding.ASCII.GetBytes(Canaries.At("profile"))]),
            .. Segment(0xE2, [.. "MPF\0"u8, .. Encoding.ASCII.GetBytes(Canaries.At("mpf"))]),
            .. Segment(0xED, [.. "Photoshop 3.0\0"u8, .. "8BIM\u0004\u0004\0\0\0\0\0\u0010\u001C\u0002\u0050\0\u000B"u8, .. Encoding.ASCII.GetBytes(Canaries.At("iptc"))]),
            .. Segment(0xEE, [.. "Adobe\0d\0\0\0\0\u0001"u8, .. Encoding.ASCII.GetBytes(Canaries.At("app14"))]),
            .. Segment(0xEF, Encoding.ASCII.GetBytes(Canaries.At("app15"))),
            .. Segment(0xFE, Encoding.ASCII.GetBytes(Canaries.At("comment"))),
            .. BareJpeg[tables..],
            .. Encoding.ASCII.GetBytes(Canaries.At("behind")),
        ];
    }

    public static byte[] Png()
    {
        static byte[] Chunk(string name, params byte[] content)
        {
            byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(name), .. content, 0, 0, 0, 0];
            BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
            BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Probity.Stripping.Pictures.Crc32.Of(chunk.AsSpan(4, content.Length + 4)));
            return chunk;
        }
        static byte[] Zlib(byte[] content)
        {
            var packed = new MemoryStream();
            using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
                zlib.Write(content);
            return packed.ToArray();
        }
        byte[] Text(string name, string place) => Chunk(name, [.. "Author\0"u8, .. Encoding.ASCII.GetBytes(Canaries.At(place))]);
        return [
            0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10,
            .. Chunk("IHDR", 0, 0, 0, 32, 0, 0, 0, 24, 8, 2, 0, 0, 0),
            .. Chunk("gAMA", 0, 0, 0xB1, 0x8F),
            .. Chunk("pHYs", 0, 0, 0x0B, 0x13, 0, 0, 0x0B, 0x13, 1),
            .. Chunk("iCCP", [.. "icc\0\0"u8, .. Zlib(Encoding.ASCII.GetBytes(Canaries.At("profile")))]),
            .. Chunk("eXIf", Exif()),
            .. Text("tEXt", "text"),
            .. Chunk("zTXt", [.. "Comment\0\0"u8, .. Zlib(Encoding.ASCII.GetBytes(Canaries.At("packed")))]),
            .. Chunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0"u8, .. Xmp("xmp")]),
            .. Chunk("tIME", 7, 0xEA, 11, 30, 1, 2, 3),
            .. Chunk("prVt", Encoding.ASCII.GetBytes(Canaries.At("private"))),
            .. Chunk("IDAT", Zlib([.. Enumerable.Range(0, 24).SelectMany(y => Enumerable.Range(0, 97).Select(x => (byte)(x == 0 ? 0 : x * y))) ])),
            .. Text("tEXt", "later"),
            .. Chunk("IEND"),
            .. Encoding.ASCII.GetBytes(Canaries.At("behind")),
        ];
    }

    public static byte[] Gif()
    {
        static byte[] Blocks(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text), 0];
        return [
            .. "GIF89a"u8, 32, 0, 24, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
            0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0,
            0x21, 0xFE, .. Blocks(Canaries.At("comment")),
            0x21, 0xFF, 11, .. "XMP DataXMP"u8, .. Xmp("xmp"), 1, .. Enumerable.Range(0, 256).Select(i => (byte)(255 - i)), 0,
            0x21, 0x01, 12, 0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 1, 0, .. Blocks(Canaries.At("plain")),
            0x21, 0xF9, 4, 0, 10, 0, 0, 0,
            // Two picture blocks: clear code and end code alone leave it blank.
            0x2C, 0, 0, 0, 0, 32, 0, 24, 0, 0, 2, 2, 0x4C, 0x01, 0,
            0x3B, .. Encoding.ASCII.GetBytes(Canaries.At("behind")),
        ];
    }

    public static byte[] WebP()
    {
        static byte[] Chunk(string name, params byte[] content) => [.. Encoding.ASCII.GetBytes(name), .. BitConverter.GetBytes(content.Length), .. content, .. new byte[content.Length & 1]];
        byte[] body = [
            .. "WEBP"u8,
            .. Chunk("VP8X", 0x2C, 0, 0, 0, 31, 0, 0, 23, 0, 0),
            .. Chunk("ICCP", Encoding.ASCII.GetBytes(Canaries.At("profile"))),
            .. BareWebP[12..],
            .. Chunk("EXIF", Exif()),
            .. Chunk("XMP ", Xmp("xmp")),
            .. Chunk("QQQQ", Encoding.ASCII.GetBytes(Canaries.At("unknown"))),
        ];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body, .. Encoding.ASCII.GetBytes(Canaries.At("behind"))];
    }
}
