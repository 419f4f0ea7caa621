using System.IO.Compression;
using System.Security;
using System.Text;

namespace Probity.Shared;

/// <summary>
/// Writes tables for spreadsheet programs: CSV (RFC 4180, UTF-8 with a mark) and the smallest workbook (ECMA-376) with one sheet of texts. What begins
/// with = + - @ would be worked out as a formula by such a program: in CSV a ' stands before it, in a workbook it is a text anyway.
/// </summary>
internal static class SpreadsheetText
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Package = "http://schemas.openxmlformats.org/package/2006";
    const string Sheets = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>The content type of a workbook.</summary>
    public const string WorkbookType = Sheets + ".sheet";

    public static byte[] Csv(IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder("\uFEFF");
        foreach (var row in rows) text.AppendJoin(',', row.Select(cell => Quoted(Safe(cell)))).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static byte[] Workbook(IEnumerable<IReadOnlyList<string>> rows)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(archive, "[Content_Types].xml", $"""<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Sheets}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Sheets}.worksheet+xml"/></Types>""");
            Part(archive, "_rels/.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="r1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Part(archive, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>""");
            Part(archive, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="r1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
            var sheet = new StringBuilder($"""<worksheet xmlns="{Main}"><sheetData>""");
            foreach (var row in rows)
                sheet.Append("<row>").AppendJoin("", row.Select(cell => $"""<c t="inlineStr"><is><t xml:space="preserve">{SecurityElement.Escape(cell)}</t></is></c>""")).Append("</row>");
            Part(archive, "xl/worksheets/sheet1.xml", sheet.Append("</sheetData></worksheet>").ToString());
        }

        return file.ToArray();
    }

    /// <summary>A text that no spreadsheet program takes for a formula.</summary>
    public static string Safe(string cell) => cell is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + cell : cell;

    static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",;\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    static void Part(ZipArchive archive, string name, string xml)
    {
        var entry = archive.CreateEntry(name);
        // The same table has the same bytes whenever it is written.
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8"?>""" + xml));
    }
}
