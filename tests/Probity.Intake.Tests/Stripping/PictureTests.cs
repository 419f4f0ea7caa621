using System.Text;
using Probity.Stripping;

namespace Probity.Intake.Tests.Stripping;

public class PictureTests
{
    static readonly string[] OfAnyPicture = ["File:FileType*", "File:MIMEType", "File:ImageWidth", "File:ImageHeight", "Composite:ImageSize", "Composite:Megapixels"];

    [Fact]
    public void A_photograph_keeps_its_picture_and_which_way_is_up()
    {
        var sample = PictureSamples.Jpeg();
        var (result, copy) = Stripped.Clean(FileKinds.Jpeg, sample);

        Assert.Equal([Taken.ColourProfile, Taken.Comments, Taken.Exif, Taken.Properties, Taken.Thumbnail, Taken.Trailing, Taken.Xmp], result.Taken);
        // Tables, frame and coded picture to the byte.
        var from = sample.AsSpan().IndexOf<byte>([0xFF, 0xDB]);
        var picture = sample[from..(sample.AsSpan().LastIndexOf<byte>([0xFF, 0xD9]) + 2)];
        Assert.True(copy.AsSpan().EndsWith(picture));
        Assert.True(copy.AsSpan().IndexOf<byte>([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0]) > 0);
    }

    [Fact]
    public void Exiftool_finds_nothing_in_a_photograph()
    {
        Assert.Contains("GPS:GPSLatitude", ExifTool.Tags(PictureSamples.Jpeg()).Keys);
        var copy = Stripped.Of(PictureSamples.Jpeg()).Copy;
        Assert.Equal("32x24", ExifTool.Tags(copy)["Composite:ImageSize"]);
        Assert.Empty(ExifTool.Beyond(copy, [.. OfAnyPicture, "JFIF:*", "IFD0:Orientation", "Adobe:*", "File:ExifByteOrder", "File:EncodingProcess", "File:BitsPerSample", "File:ColorComponents", "File:YCbCrSubSampling"]));
    }

    [Fact]
    public void A_photograph_that_stands_upright_has_no_Exif_at_all()
    {
        var sample = PictureSamples.Jpeg();
        sample[sample.AsSpan().IndexOf<byte>([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6]) + 8] = 1;
        Assert.Equal(-1, Stripped.Of(sample).Copy.AsSpan().IndexOf("Exif"u8));
    }

    [Fact]
    public void A_table_that_carries_more_than_a_table_is_refused()
    {
        var sample = PictureSamples.Jpeg();
        var at = sample.AsSpan().IndexOf<byte>([0xFF, 0xDB]);
        Stripped.Refused(StripRefusals.Malformed, [.. sample[..(at + 2)], 0, 67 + 8, .. sample[(at + 4)..(at + 69)], .. "8 hidden"u8, .. sample[(at + 69)..]]);
    }

    [Fact]
    public void A_picture_keeps_its_points()
    {
        var sample = PictureSamples.Png();
        var (result, copy) = Stripped.Clean(FileKinds.Png, sample);

        Assert.Equal([Taken.ColourProfile, Taken.Comments, Taken.Exif, Taken.Other, Taken.Times, Taken.Trailing], result.Taken);
        var from = sample.AsSpan().IndexOf("IDAT"u8);
        Assert.True(copy.AsSpan().IndexOf(sample.AsSpan(from..(sample.AsSpan().LastIndexOf("tEXt"u8) - 4))) > 0);
    }

    [Fact]
    public void Exiftool_finds_nothing_in_a_picture()
    {
        Assert.Contains("PNG:Author", ExifTool.Tags(PictureSamples.Png()).Keys);
        var copy = Stripped.Of(PictureSamples.Png()).Copy;
        Assert.Equal("32x24", ExifTool.Tags(copy)["Composite:ImageSize"]);
        Assert.Empty(ExifTool.Beyond(copy, [.. OfAnyPicture, "PNG-pHYs:*", "IFD0:Orientation", "File:ExifByteOrder",
            "PNG:ImageWidth", "PNG:ImageHeight", "PNG:BitDepth", "PNG:ColorType", "PNG:Compression", "PNG:Filter", "PNG:Interlace", "PNG:Gamma"]));
    }

    [Fact]
    public void A_chunk_with_a_wrong_sum_is_refused()
    {
        var sample = PictureSamples.Png();
        sample[sample.AsSpan().IndexOf("IDAT"u8) + 6] ^= 1;
        Stripped.Refused(StripRefusals.Malformed, sample);
    }

    [Fact]
    public void A_moving_picture_keeps_its_frames()
    {
        var (result, copy) = Stripped.Clean(FileKinds.Gif, PictureSamples.Gif());

        Assert.Equal([Taken.Comments, Taken.Other, Taken.Trailing, Taken.Xmp], result.Taken);
        Assert.Contains("NETSCAPE2.0", Encoding.ASCII.GetString(copy));
        Assert.Empty(ExifTool.Beyond(copy, [.. OfAnyPicture, "GIF:*"]));
        Assert.Equal("32x24", ExifTool.Tags(copy)["Composite:ImageSize"]);
    }

    [Fact]
    public void A_picture_for_the_web_keeps_its_frame_and_which_way_is_up()
    {
        var (result, copy) = Stripped.Clean(FileKinds.WebP, PictureSamples.WebP());

        Assert.Equal([Taken.ColourProfile, Taken.Exif, Taken.Other, Taken.Trailing, Taken.Xmp], result.Taken);
        Assert.Empty(ExifTool.Beyond(copy, [.. OfAnyPicture, "RIFF:*", "IFD0:Orientation", "File:ExifByteOrder"]));
        Assert.Equal("32x24", ExifTool.Tags(copy)["Composite:ImageSize"]);
    }

    [Theory]
    [InlineData("II*\0\u0008\0\0\0 a photograph of a studio")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic")]
    [InlineData("\0\0\0\u0018ftypavif\0\0\0\0mif1avif")]
    [InlineData("{\\rtf1{\\info{\\author A}}}")]
    [InlineData("<?xml version='1.0'?><svg/>")]
    [InlineData("%!PS-Adobe-3.0\n%%For: A")]
    [InlineData("From: a@b.example\nSubject: c")]
    [InlineData("text with a \u001b control")]
    [InlineData("")]
    public void What_cannot_be_cleaned_is_refused(string file) => Stripped.Refused(StripRefusals.UnknownKind, Encoding.Latin1.GetBytes(file));

    [Fact]
    public void Plain_text_is_passed_as_it_is()
    {
        var text = Encoding.UTF8.GetBytes("El contenedor se abrió dos veces.\r\n\t– 30 de noviembre\n");
        var stripped = Stripped.Of(text);
        Assert.Equal(FileKinds.Text, stripped.Result.Kind);
        Assert.Equal(text, stripped.Copy);
        Assert.Empty(stripped.Result.Taken);
    }

    [Fact]
    public void What_is_larger_than_allowed_is_refused() =>
        Stripped.Refused(StripRefusals.TooLarge, PictureSamples.Png(), StripLimits.Default with { MostInput = 1000 });
}
