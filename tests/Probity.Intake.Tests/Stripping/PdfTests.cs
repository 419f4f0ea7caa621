using System.Text;
using Probity.Stripping;
using Probity.Stripping.Documents;

namespace Probity.Intake.Tests.Stripping;

public class PdfTests
{
    public static TheoryData<string> Samples => ["table", "streams"];

    static byte[] Sample(string how) => how == "table" ? PdfSamples.WithTable() : PdfSamples.WithStreams();

    static (PdfFile File, List<PdfDict> Pages) Open(byte[] copy)
    {
        var file = new PdfFile(copy, new StripJob(StripLimits.Default));
        var pages = (PdfDict)file.Resolve(((PdfDict)file.Resolve(file.Trailer["Root"])!)["Pages"])!;
        return (file, ((PdfArray)pages["Kids"]!).Items.ConvertAll(p => (PdfDict)file.Resolve(p)!));
    }

    static string Content(PdfFile file, PdfDict page)
    {
        var stream = (PdfStream)file.Resolve(page["Contents"])!;
        return Encoding.Latin1.GetString(PdfFilters.Unpack(stream.Packed, PdfFilters.Of(file, stream), file, new StripJob(StripLimits.Default)).Span);
    }

    [Theory, MemberData(nameof(Samples))]
    public void A_PDF_keeps_its_pages_and_what_is_drawn_on_them(string how)
    {
        var (result, copy) = Stripped.Clean(FileKinds.Pdf, Sample(how));

        string[] taken = [Taken.ColourProfile, Taken.Comments, Taken.EmbeddedFiles, Taken.Exif, Taken.Forms, Taken.History, Taken.Links, Taken.Macros, Taken.Other, Taken.Properties, Taken.Thumbnail, Taken.Trailing, Taken.Xmp];
        Assert.Equal(taken, result.Taken);
        var (file, pages) = Open(copy);
        Assert.Equal(2, pages.Count);
        Assert.Equal(90, ((PdfNumber)pages[0]["Rotate"]!).Whole);
        Assert.Equal("300", ((PdfNumber)((PdfArray)pages[1]["MediaBox"]!).Items[2]!).Written);
        foreach (var page in pages)
        {
            var content = Content(file, page);
            Assert.Contains($"({Canaries.Shown} \\(at night\\)) Tj", content);
            Assert.Contains("/OC /L1 BDC", content);
            Assert.Contains("/Im1 Do", content);
            Assert.DoesNotContain("Span", content);
        }
        Assert.Contains("ID \u0001\u0002\u0003\u0004\nEI", Content(file, pages[0]));
        // The filled-in field and the words on the page stay as pictures of themselves.
        Assert.Equal(2, ((PdfArray)pages[0]["Annots"]!).Items.Count);
    }

    [Theory, MemberData(nameof(Samples))]
    public void Exiftool_finds_nothing_in_a_PDF(string how)
    {
        Assert.Contains("PDF:Author", ExifTool.Tags(Sample(how)).Keys);
        var copy = Stripped.Of(Sample(how)).Copy;
        Assert.Equal("2", ExifTool.Tags(copy)["PDF:PageCount"]);
        Assert.Empty(ExifTool.Beyond(copy, "File:FileType*", "File:MIMEType", "PDF:PDFVersion", "PDF:EmbeddedImage*", "Jpeg2000:*", "File:ImageWidth", "File:ImageHeight", "File:EncodingProcess", "File:BitsPerSample", "File:ColorComponents", "File:YCbCrSubSampling", "JFIF:*", "Adobe:*", "Composite:ImageSize", "Composite:Megapixels", "PDF:Linearized", "PDF:PageCount"));
    }

    [Fact]
    public void A_PDF_behind_a_password_is_refused() =>
        Stripped.Refused(StripRefusals.Encrypted, PdfSamples.WithTable("/Encrypt 9 0 R"));

    [Fact]
    public void A_PDF_whose_references_lead_astray_is_refused() =>
        Stripped.Refused(StripRefusals.Malformed, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(PdfSamples.WithTable()).Replace("\n3 0 obj", "\n7 0 obj")));

    [Fact]
    public void Arrays_that_lie_too_deep_are_refused() =>
        Stripped.Refused(StripRefusals.TooDeep, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(PdfSamples.WithTable()).Replace("4 0 obj\n<</Type/Page /Parent 2 0 R /Contents 6 0 R /Rotate 0", $"4 0 obj\n<</Type/Page /A {new string('[', 5000)}")));

    [Fact]
    public void Pages_in_a_circle_are_refused() =>
        Stripped.Refused(StripRefusals.Malformed, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(PdfSamples.WithTable()).Replace("/Kids [3 0 R 4 0 R]", "/Kids [3 0 R 2 0 R]")));

    [Fact]
    public void A_stream_that_unpacks_to_too_much_is_refused() =>
        Stripped.Refused(StripRefusals.TooLarge, PdfSamples.WithTable(), StripLimits.Default with { MostUnpacked = 500 });
}
