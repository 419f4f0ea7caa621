using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Probity.Intake.Tests.Stripping;

/// <summary>PDFs of two pages with canaries in all that surrounds pages, written with a table of references or with streams of them.</summary>
static class PdfSamples
{
    static byte[] Zlib(byte[] content)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(content);
        return packed.ToArray();
    }

    static byte[] Stream(string entries, byte[] content) => [.. Encoding.Latin1.GetBytes($"<<{entries} /Length {content.Length}>>\nstream\n"), .. content, .. "\nendstream"u8];

    static byte[] Packed(string entries, byte[] content) => Stream(entries + " /Filter /FlateDecode", Zlib(content));

    static byte[] Packed(string entries, string content) => Packed(entries, Encoding.Latin1.GetBytes(content));

    static byte[] Part(bool packed, string entries, string content) => packed ? Packed(entries, content) : Stream(entries, Encoding.Latin1.GetBytes(content));

    static string Utf16(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    /// <summary>The objects, from number 1.</summary>
    static object[] Objects(bool packed = true) =>
    [
        /* 1 */ "<</Type/Catalog /Pages 2 0 R /Metadata 10 0 R /Outlines 11 0 R /Names <</EmbeddedFiles <</Names [(a) 12 0 R]>> /JavaScript <</Names [(b) 13 0 R]>>>> /OpenAction 13 0 R /Lang (es-PA) /AcroForm <</Fields [17 0 R]>>"
            + $" /PieceInfo <</{Canaries.At("Piece")} <</LastModified (D:2026)>>>> /OCProperties <</OCGs [19 0 R] /D <</Name ({Canaries.At("layers")}) /OFF [] /Creator ({Canaries.At("layermaker")})>>>> /OutputIntents [<</DestOutputProfile 9 0 R>>] /StructTreeRoot <</A ({Canaries.At("struct")})>>>>",
        /* 2 */ "<</Type/Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 300 200] /Resources 5 0 R>>",
        /* 3 */ $"<</Type/Page /Parent 2 0 R /Contents [6 0 R 7 0 R] /Annots [14 0 R 15 0 R 16 0 R 17 0 R 18 0 R] /Thumb 8 0 R /LastModified (D:20261130) /PieceInfo <</{Canaries.At("P")} 1>> /AA <</O 13 0 R>> /Rotate 90>>",
        /* 4 */ "<</Type/Page /Parent 2 0 R /Contents 6 0 R>>",
        /* 5 */ "<</Font <</F1 <</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>>> /XObject <</Im1 8 0 R /Im2 22 0 R /Fm1 20 0 R>> /ColorSpace <</C1 [/ICCBased 9 0 R]>> /Properties <</L1 19 0 R /M1 21 0 R>> /ProcSet [/PDF]>>",
        /* 6 */ Part(packed, "", $"% {Canaries.At("content-comment")}\nBT /F1 12 Tf 20 100 Td /Span <</ActualText ({Canaries.At("actual")})>> BDC ({Canaries.Shown} \\(at night\\)) Tj EMC ET\n/OC /L1 BDC 10 10 50 50 re f EMC /Artifact /M1 BDC 0 0 m EMC q 50 0 0 40 200 20 cm /Im1 Do Q q 50 0 0 40 100 20 cm /Im2 Do Q /Fm1 Do\n"),
        /* 7 */ Part(packed, "", "q 10 0 0 10 0 0 cm BI /W 2 /H 2 /BPC 8 /CS /G /" + Canaries.At("inline") + " 1 ID \u0001\u0002\u0003\u0004\nEI Q\n"),
        /* 8 */ Stream("/Type/XObject /Subtype/Image /Width 32 /Height 24 /BitsPerComponent 8 /ColorSpace [/ICCBased 9 0 R] /Filter /DCTDecode /Metadata 10 0 R /Name /" + Canaries.At("image"), PictureSamples.Jpeg()),
        /* 9 */ Part(packed, "/N 3", Canaries.At("profile")),
        /* 10 */ Stream("/Type/Metadata /Subtype/XML", PictureSamples.Xmp("xmp")),
        /* 11 */ $"<</Type/Outlines /Title ({Canaries.At("outline")})>>",
        /* 12 */ Part(packed, "/Type/EmbeddedFile", Canaries.At("embedded")),
        /* 13 */ $"<</S/JavaScript /JS (app.alert\\('{Canaries.At("script")}'\\))>>",
        /* 14 */ $"<</Type/Annot /Subtype/Text /Rect [0 0 9 9] /T {Utf16(Canaries.At("commenter"))} /Contents ({Canaries.At("note")}) /M (D:20261130)>>",
        /* 15 */ $"<</Type/Annot /Subtype/FreeText /Rect [0 0 90 20] /T ({Canaries.At("writer")}) /NM ({Canaries.At("uuid")}) /AP <</N 20 0 R>>>>",
        /* 16 */ $"<</Type/Annot /Subtype/Link /Rect [0 0 9 9] /A <</S/URI /URI (https://{Canaries.At("link")})>>>>",
        /* 17 */ $"<</Type/Annot /Subtype/Widget /FT/Tx /T ({Canaries.At("field")}) /V (filled) /TU ({Canaries.At("hint")}) /Rect [0 30 90 50] /AP <</N 20 0 R>>>>",
        /* 18 */ $"<</Type/Annot /Subtype/FileAttachment /Rect [0 0 9 9] /FS <</F ({Canaries.At("attachment")}) /EF <</F 12 0 R>>>>>>",
        /* 19 */ $"<</Type/OCG /Name ({Canaries.At("layer")}) /Usage <</CreatorInfo <</Creator ({Canaries.At("creator")})>>>>>>",
        /* 20 */ Part(packed, $"/Type/XObject /Subtype/Form /BBox [0 0 90 20] /PieceInfo <</{Canaries.At("FormPiece")} 1>> /Resources 5 0 R", $"% {Canaries.At("form-comment")}\nBT /F1 8 Tf 2 2 Td (filled) Tj ET"),
        /* 21 */ $"<</Type/Whatever /Author ({Canaries.At("property")})>>",
        /* 22 */ Stream("/Type/XObject /Subtype/Image /Width 1 /Height 1 /Filter /JPXDecode", PictureInPdfSamples.Jpeg2000()),
        /* 23 */ $"<</Author ({Canaries.At("author")}) /Title {Utf16(Canaries.At("title"))} /Producer ({Canaries.At("producer")}) /CreationDate (D:20261130010203-05'00')>>",
    ];

    const string Trailer = "/Root 1 0 R /Info 23 0 R /ID [<51554554> <5155>]";

    static byte[] Bytes(object value) => value as byte[] ?? Encoding.Latin1.GetBytes((string)value);

    public static byte[] WithTable(string more = "", bool packed = true)
    {
        var to = new MemoryStream();
        void Add(string text) => to.Write(Encoding.Latin1.GetBytes(text));
        Add($"%PDF-1.7\n% {Canaries.At("between")}\n");
        List<long> places = [];
        foreach (var value in Objects(packed))
        {
            places.Add(to.Length);
            Add($"{places.Count} 0 obj\n");
            to.Write(Bytes(value));
            Add("\nendobj\n");
        }
        var first = to.Length;
        Add($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n{string.Concat(places.Select(p => p.ToString("0000000000", CultureInfo.InvariantCulture) + " 00000 n \n"))}trailer\n<</Size {places.Count + 1} {Trailer} {more}>>\nstartxref\n{first}\n%%EOF\n");
        // Twice written to again, as somebody does who corrects: the first version of page two stays in the file.
        for (var i = 0; i < 2; i++)
        {
            var again = to.Length;
            Add($"4 0 obj\n<</Type/Page /Parent 2 0 R /Contents 6 0 R /Rotate 0 /UserUnit 1>>\nendobj\n");
            var table = to.Length;
            Add($"xref\n4 1\n{again.ToString("0000000000", CultureInfo.InvariantCulture)} 00000 n \ntrailer\n<</Size {places.Count + 1} {Trailer} {more} /Prev {first}>>\nstartxref\n{table}\n%%EOF\n");
            first = table;
        }
        Add(Canaries.At("behind"));
        return to.ToArray();
    }

    public static byte[] WithStreams()
    {
        var to = new MemoryStream();
        void Add(string text) => to.Write(Encoding.Latin1.GetBytes(text));
        Add("%PDF-1.7\n");
        var objects = Objects();
        List<(byte, long, byte)> places = [(0, 0, 255)];
        StringBuilder index = new(), pack = new();
        for (var number = 1; number <= objects.Length; number++)
        {
            if (objects[number - 1] is string text)
            {
                places.Add((2, objects.Length + 1, (byte)index.ToString().Count(c => c == '\n')));
                index.Append(CultureInfo.InvariantCulture, $"{number} {pack.Length}\n");
                pack.Append(text).Append('\n');
                continue;
            }
            places.Add((1, to.Length, 0));
            Add($"{number} 0 obj\n");
            to.Write(Bytes(objects[number - 1]));
            Add("\nendobj\n");
        }
        places.Add((1, to.Length, 0));
        Add($"{objects.Length + 1} 0 obj\n");
        to.Write(Packed($"/Type/ObjStm /N {index.ToString().Count(c => c == '\n')} /First {index.Length}", index.ToString() + pack));
        Add("\nendobj\n");
        var at = to.Length;
        places.Add((1, at, 0));
        // Rows of four bytes, each the difference to the one above.
        var rows = new MemoryStream();
        byte[] above = new byte[4];
        foreach (var (type, second, third) in places)
        {
            byte[] row = [type, (byte)(second >> 8), (byte)second, third];
            rows.Write([2, .. row.Select((b, i) => (byte)(b - above[i]))]);
            above = row;
        }
        Add($"{objects.Length + 2} 0 obj\n");
        to.Write(Packed($"/Type/XRef /W [1 2 1] /Size {places.Count} {Trailer} /DecodeParms <</Predictor 12 /Columns 4>>", rows.ToArray()));
        Add($"\nendobj\nstartxref\n{at}\n%%EOF\n");
        return to.ToArray();
    }
}
