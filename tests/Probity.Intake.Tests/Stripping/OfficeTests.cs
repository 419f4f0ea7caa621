using System.IO.Compression;
using System.Text;
using Probity.Stripping;

namespace Probity.Intake.Tests.Stripping;

public class OfficeTests
{
    static readonly string[] OfZip = ["File:FileType*", "File:MIMEType", "ZIP:*"];

    static Dictionary<string, string> Texts(byte[] copy)
    {
        using var zip = new ZipArchive(new MemoryStream(copy));
        return zip.Entries.ToDictionary(e => e.FullName, e => new StreamReader(e.Open(), Encoding.UTF8).ReadToEnd());
    }

    [Fact]
    public void A_text_document_keeps_its_text_its_pictures_and_its_marks_of_change()
    {
        var (result, copy) = Stripped.Clean(FileKinds.Docx, OfficeSamples.Docx());

        Assert.Equal([Taken.Authors, Taken.ColourProfile, Taken.Comments, Taken.EmbeddedFiles, Taken.Exif, Taken.History, Taken.Links, Taken.Macros, Taken.Other, Taken.Pictures,
            Taken.Printer, Taken.Properties, Taken.Thumbnail, Taken.Times, Taken.Trailing, Taken.Xmp], result.Taken);
        var parts = Texts(copy);
        Assert.Contains(Canaries.Shown + " ", parts["word/document.xml"]);
        Assert.Contains("a linked word", parts["word/document.xml"]);
        Assert.Contains("PAGE", parts["word/document.xml"]);
        Assert.Contains("w:ins", parts["word/document.xml"]);
        Assert.Contains("see page two", parts["word/comments1.xml"]);
        Assert.Contains("heading", parts["word/header1.xml"]);
        Assert.Contains("708", parts["word/settings1.xml"]);
        Assert.Equal(["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/comments1.xml", "word/document.xml", "word/header1.xml", "word/image1.jpeg", "word/image2.png",
            "word/package1.xlsx", "word/settings1.xml", "word/styles1.xml"], parts.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("acro", parts["[Content_Types].xml"]);
        Assert.DoesNotContain("2026", string.Concat(parts.Where(p => !p.Key.Contains('.', StringComparison.Ordinal) || p.Key.EndsWith(".xml", StringComparison.Ordinal)).Select(p => p.Value)));
        Assert.DoesNotContain("es-PA", parts["word/styles1.xml"]);
    }

    [Fact]
    public void A_workbook_keeps_its_cells_and_formulas()
    {
        var (_, copy) = Stripped.Clean(FileKinds.Xlsx, OfficeSamples.Xlsx());

        var parts = Texts(copy);
        Assert.Contains(Canaries.Shown, parts["xl/sharedStrings1.xml"]);
        Assert.Contains("SUM(A1:A9)", parts["xl/worksheet1.xml"]);
        Assert.Contains("<v>7</v>", parts["xl/worksheet1.xml"]);
        Assert.Contains("landscape", parts["xl/worksheet1.xml"]);
        Assert.DoesNotContain("hyperlinks", parts["xl/worksheet1.xml"]);
        Assert.Contains("see the second sheet", parts["xl/comments1.xml"]);
        Assert.Contains("Author:", parts["xl/comments1.xml"]);
    }

    /// <summary>Whoever opens the copy has it worked out anew: what would fetch then stays as the value that it had, and the formula does not.</summary>
    [Theory]
    [InlineData("SUM(A1:A9)", true), InlineData("_xlfn.XLOOKUP(A1,B1:B9,C1:C9)", true), InlineData("IF(B1>0,\"call me\",\"happy\")", true), InlineData("IMSUM(A1,A2)+ROUND(A3*2,1)", true)]
    [InlineData("WEBSERVICE(\"h\"&A1)", false), InlineData("_xlfn.WEBSERVICE(A1)", false), InlineData("_xlfn._xlws.STOCKHISTORY(A1,TODAY())", false), InlineData("1+_xlfn.IMAGE (A1)", false)]
    [InlineData("RTD(\"a.b\",,\"c\")", false), InlineData("CUBEVALUE(A1,B1)", false), InlineData("CUBEKPIMEMBER(A1,B1,1)", false), InlineData("HYPERLINK(A1)", false), InlineData("_xlfn.TRANSLATE(A1)", false)]
    [InlineData("_xlfn.DETECTLANGUAGE(A1)", false), InlineData("_xlfn.COPILOT(A1)", false), InlineData("_xlfn._xlws.PY(0,1,A1)", false), InlineData("FIELDVALUE(A1,B1)", false), InlineData("SQL.REQUEST(A1)", false)]
    [InlineData("CALL(\"Kernel32\",A1)", false), InlineData("REGISTER.ID(A1,B1)", false), InlineData("_xldudf_EVIL_GET(A1)", false), InlineData("excel|book!A1", false), InlineData("[1]Sheet1!A1", false)]
    public void A_formula_that_fetches_leaves_its_value(string formula, bool isKept)
    {
        var cell = Texts(Stripped.Of(OfficeSamples.WithFormula(formula)).Copy)["xl/worksheet1.xml"];
        Assert.Contains("<v>7.25</v>", cell, StringComparison.Ordinal);
        Assert.Equal(isKept, cell.Contains("<f>", StringComparison.Ordinal));
        Assert.DoesNotContain("#REF!", cell, StringComparison.Ordinal);
    }

    [Fact]
    public void Formulas_that_stand_in_many_cells_go_together()
    {
        var row = Texts(Stripped.Of(OfficeSamples.WithCells(
            "<c r='A1'><f t='shared' ref='A1:A2' si='0'>_xlfn.WEBSERVICE(B1)</f><v>1</v></c><c r='A2'><f t='shared' si='0'/><v>2</v></c><c r='A3'><f t='shared' ref='A3:A4' si='1'>B3+1</f><v>3</v></c><c r='A4'><f t='shared' si='1'/><v>4</v></c>"
            + "<c r='A5'><f t='array' ref='A5:A6'>_xlfn._xlws.STOCKHISTORY(B1,B2)</f><v>5</v></c>")).Copy)["xl/worksheet1.xml"];
        Assert.Contains("<c r=\"A1\"><v>1</v></c><c r=\"A2\"><v>2</v></c><c r=\"A3\"><f t=\"shared\" ref=\"A3:A4\" si=\"1\">B3+1</f><v>3</v></c><c r=\"A4\"><f t=\"shared\" si=\"1\"></f><v>4</v></c><c r=\"A5\"><v>5</v></c>", row
            .Replace(" />", "></f>", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Formulas_of_OpenDocument_that_fetch_leave_their_value()
    {
        var (result, copy) = Stripped.Of(OfficeSamples.Ods());
        var content = Texts(copy)["content.xml"];
        Assert.Contains(Taken.Links, result.Taken);
        Assert.Equal(4, content.Split("office:value=\"7\"").Length - 1);
        Assert.Equal(1, content.Split("table:formula=").Length - 1);
        Assert.Contains("{1;2|3;4}", content, StringComparison.Ordinal);
    }

    [Fact]
    public void Slides_keep_their_words()
    {
        var (_, copy) = Stripped.Clean(FileKinds.Pptx, OfficeSamples.Pptx());

        var parts = Texts(copy);
        Assert.Contains(Canaries.Shown, parts["ppt/slide1.xml"]);
        Assert.Contains("see above", parts["ppt/comments1.xml"]);
        Assert.Contains("ppt/image1.jpeg", parts.Keys);
    }

    [Fact]
    public void OpenDocument_keeps_its_text_and_pictures()
    {
        var (_, copy) = Stripped.Clean(FileKinds.Odt, OfficeSamples.Odt());
        var parts = Texts(copy);
        Assert.Contains(Canaries.Shown, parts["content.xml"]);
        Assert.Contains("a linked word", parts["content.xml"]);
        Assert.Contains("Pictures/0001.jpeg", parts["content.xml"]);
        Assert.Equal("mimetypeapplication/vnd.oasis.opendocument.text", Encoding.ASCII.GetString(copy, 30, 47));
        Assert.Contains(Canaries.Shown, Texts(Stripped.Clean(FileKinds.Ods, OfficeSamples.Ods()).Copy)["content.xml"]);
    }

    [Fact]
    public void Exiftool_finds_nothing_in_documents()
    {
        Assert.Contains(ExifTool.Tags(OfficeSamples.Docx()).Values, v => v.Contains(Canaries.Mark, StringComparison.Ordinal));
        foreach (var sample in new[] { OfficeSamples.Docx(), OfficeSamples.Xlsx(), OfficeSamples.Pptx(), OfficeSamples.Odt(), OfficeSamples.Ods() })
            Assert.Empty(ExifTool.Beyond(Stripped.Of(sample).Copy, OfZip));
    }

    [Fact]
    public void A_document_that_unpacks_to_too_much_is_refused() => Stripped.Refused(StripRefusals.TooLarge, OfficeSamples.Zip(
        ("[Content_Types].xml", "<a/>"), ("_rels/.rels", new byte[400 << 20])));

    [Fact]
    public void Markup_that_lies_too_deep_is_refused() => Stripped.Refused(StripRefusals.TooDeep, Replaced("<w:body>", $"<w:body>{string.Concat(Enumerable.Repeat("<w:p>", 1000))}{string.Concat(Enumerable.Repeat("</w:p>", 1000))}"));

    [Fact]
    public void Markup_with_a_DTD_is_refused() => Stripped.Refused(StripRefusals.Malformed, Replaced("<w:document ", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><w:document "));

    [Fact]
    public void A_zip_that_is_no_document_is_refused() => Stripped.Refused(StripRefusals.UnknownKind, OfficeSamples.Zip(("a.txt", "b")));

    [Fact]
    public void A_document_behind_a_password_is_refused() =>
        Stripped.Refused(StripRefusals.Encrypted, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[504], .. Encoding.Unicode.GetBytes("EncryptedPackage")]);

    static byte[] Replaced(string old, string @new)
    {
        using var zip = new ZipArchive(new MemoryStream(OfficeSamples.Docx()));
        return OfficeSamples.Zip([.. zip.Entries.Select(e =>
        {
            using var content = new MemoryStream();
            using (var from = e.Open())
                from.CopyTo(content);
            return (e.FullName, e.FullName == "word/document.xml" ? (object)Encoding.UTF8.GetString(content.ToArray()).Replace(old, @new) : content.ToArray());
        })]);
    }
}
