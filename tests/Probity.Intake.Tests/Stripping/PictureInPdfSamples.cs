using System.Buffers.Binary;
using System.Text;
using Probity.Stripping;
using Probity.Stripping.Pictures;

namespace Probity.Intake.Tests.Stripping;

/// <summary>Pictures of kinds that come in PDFs alone. Their structure is whole; what is coded in them is not a picture.</summary>
static class PictureInPdfSamples
{
    static byte[] Box(string name, params byte[] content)
    {
        byte[] box = [0, 0, 0, 0, .. Encoding.Latin1.GetBytes(name), .. content];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        return box;
    }

    static byte[] Marker(byte name, params byte[] content) => [0xFF, name, 0, (byte)(content.Length + 2), .. content];

    public static byte[] Jpeg2000() =>
    [
        .. Box("jP  ", 13, 10, 0x87, 10), .. Box("ftyp", [.. "jp2 \0\0\0\0jp2 "u8]),
        .. Box("jp2h", [.. Box("ihdr", 0, 0, 0, 1, 0, 0, 0, 1, 0, 3, 7, 7, 0, 0), .. Box("colr", [2, 0, 0, .. Encoding.ASCII.GetBytes(Canaries.At("profile"))])]),
        .. Box("xml ", PictureSamples.Xmp("jpxml")),
        .. Box("uuid", [.. new byte[16], .. Encoding.ASCII.GetBytes(Canaries.At("uuid"))]),
        .. Box("jp2c", [0xFF, 0x4F, .. Marker(0x51, new byte[45]), .. Marker(0x64, [0, 1, .. Encoding.ASCII.GetBytes(Canaries.At("codestream"))]),
            .. Marker(0x90, 0, 0, 0, 0, 0, 17, 0, 1), 0xFF, 0x93, 1, 2, 3, 0xFF, 0xD9]),
    ];

    public static byte[] Jbig2()
    {
        static byte[] Segment(byte number, byte type, params byte[] content) => [0, 0, 0, number, type, 0, 1, 0, 0, 0, (byte)content.Length, .. content];
        return [.. Segment(0, 48, new byte[19]), .. Segment(1, 62, [0x20, 0, 0, 0, .. Encoding.ASCII.GetBytes(Canaries.At("jbig2"))]), .. Segment(2, 38, 1, 2, 3), .. Segment(3, 49)];
    }
}

public class PictureInPdfTests
{
    [Fact]
    public void A_scanned_page_loses_its_comment_alone()
    {
        var sample = PictureInPdfSamples.Jbig2();
        var copy = Jbig2Copy.Make(sample, new StripJob(StripLimits.Default));
        Assert.Empty(Canaries.In(copy));
        Assert.Equal([.. sample[..30], .. sample[^25..]], copy);
    }

    [Fact]
    public void A_JPEG_2000_keeps_what_is_coded()
    {
        var copy = Jpeg2000Copy.Make(PictureInPdfSamples.Jpeg2000(), new StripJob(StripLimits.Default));
        Assert.Empty(Canaries.In(copy));
        Assert.True(copy.AsSpan().EndsWith<byte>([0xFF, 0x93, 1, 2, 3, 0xFF, 0xD9]));
    }
}
