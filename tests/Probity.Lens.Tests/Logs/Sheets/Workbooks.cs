using System.IO.Compression;
using System.Security;
using System.Text;

namespace Probity.Lens.Tests.Logs.Sheets;

/// <summary>Makes workbooks by hand, part by part, as the programs write them that people have.</summary>
internal static class Workbooks
{
    public const string Transitional = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string Strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>Styles: 0 plain, 1 built-in date and time, 2 a code of its own, 3 a length of time, 4 filled up with zeros, 5 a date.</summary>
    public const string Styles = """
        <numFmts count="3"><numFmt numFmtId="164" formatCode="[$-409]d/mmm/yyyy\ \at\ hh:mm&quot; h&quot;;@"/><numFmt numFmtId="165" formatCode="[h]:mm"/><numFmt numFmtId="166" formatCode="0000"/></numFmts>
        <cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="14"/></cellXfs>
        """;

    /// <summary>A workbook of one sheet, as Excel lays it out.</summary>
    /// <param name="rows">What stands in sheetData.</param>
    /// <param name="strings">What stands in the table of shared strings.</param>
    /// <param name="after">What follows sheetData.</param>
    /// <param name="from1904">Whether days are counted from 1904.</param>
    public static byte[] Excel(string rows, string strings = "", string after = "", bool from1904 = false) =>
        Book([("Cases", "", rows, after)], strings, from1904);

    /// <summary>A workbook of several sheets: name, state, what stands in sheetData and what follows it.</summary>
    public static byte[] Book(IReadOnlyList<(string Name, string State, string Rows, string After)> sheets, string strings = "", bool from1904 = false, string ns = Transitional)
    {
        var parts = new List<(string, string)>
        {
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("_rels/.rels", Rels(("rId1", "officeDocument", "xl/workbook.xml"))),
            ("xl/workbook.xml", $"<workbook xmlns=\"{ns}\" xmlns:r=\"{Relations}\"><workbookPr{(from1904 ? " date1904=\"1\"" : "")}/><sheets>"
                + string.Concat(sheets.Select((s, i) => $"<sheet name=\"{SecurityElement.Escape(s.Name)}\" sheetId=\"{i + 1}\"{(s.State.Length > 0 ? $" state=\"{s.State}\"" : "")} r:id=\"s{i}\"/>")) + "</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", Rels([
                .. sheets.Select((_, i) => ($"s{i}", "worksheet", i % 2 == 0 ? $"worksheets/sheet{i}.xml" : $"/xl/worksheets/sheet{i}.xml")),
                ("st", "styles", "styles.xml"), ("ss", "sharedStrings", "/xl/sharedStrings.xml")])),
            ("xl/styles.xml", $"<styleSheet xmlns=\"{ns}\">{Styles}</styleSheet>"),
            ("xl/sharedStrings.xml", $"<sst xmlns=\"{ns}\">{strings}</sst>"),
        };
        parts.AddRange(sheets.Select((s, i) => ($"xl/worksheets/sheet{i}.xml", $"<worksheet xmlns=\"{ns}\"><sheetViews/><sheetData>{s.Rows}</sheetData>{s.After}</worksheet>")));
        return Zip([.. parts]);
    }

    public static string Rels(params (string Id, string Type, string Target)[] relations) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(relations.Select(r => $"<Relationship Id=\"{r.Id}\" Type=\"{Relations}/{r.Type}\" Target=\"{r.Target}\"/>")) + "</Relationships>";

    public static byte[] Zip(params (string Name, string Content)[] parts)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in parts)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content.StartsWith('<') && !content.StartsWith("<?", StringComparison.Ordinal) ? "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + content : content));
            }
        }

        return stream.ToArray();
    }

    /// <summary>The rows of a table of texts, as openpyxl writes them: each text in its cell.</summary>
    public static string Inline(params string[][] rows) => string.Concat(rows.Select((row, r) => $"<row r=\"{r + 1}\">"
        + string.Concat(row.Select((text, c) => text.Length == 0 ? "" : $"<c r=\"{(char)('A' + c)}{r + 1}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>")) + "</row>"));
}
