using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Probity.Lens.Logs.Writing;

/// <summary>
/// Writes a table as a workbook of one sheet (XLSX, ECMA-376), row by row. Text is text by its type and marked to stay so, and what is given as a number is
/// a number: nothing in it is a formula. The same rows give the same bytes.
/// </summary>
public sealed class SheetFile : IDisposable
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Package = "http://schemas.openxmlformats.org/package/2006";
    const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    readonly ZipArchive _zip;
    readonly XmlWriter _sheet;
    int _row;

    /// <summary>Begins a workbook; the stream stays open and is written forward only.</summary>
    public SheetFile(Stream stream, string name)
    {
        _zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Part("[Content_Types].xml", $"""
            <Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Types}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{Types}.styles+xml"/></Types>
            """);
        Part("_rels/.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Part("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/></Relationships>
            """);
        Part("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{System.Security.SecurityElement.Escape(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>""");
        // The second style is that of text: it keeps a spreadsheet from reading it as something else when the cell is edited.
        Part("xl/styles.xml", $"""
            <styleSheet xmlns="{Main}"><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/></cellXfs></styleSheet>
            """);
        _sheet = XmlWriter.Create(Open("xl/worksheets/sheet1.xml"), new XmlWriterSettings { Encoding = new UTF8Encoding(false), CloseOutput = true });
        _sheet.WriteStartElement("worksheet", Main);
        _sheet.WriteStartElement("sheetData", Main);
    }

    /// <summary>Adds a row of texts, numbers and, for null, empty cells.</summary>
    public void Add(params IEnumerable<object?> cells)
    {
        _sheet.WriteStartElement("row", Main);
        _sheet.WriteAttributeString("r", (++_row).ToString(CultureInfo.InvariantCulture));
        var column = 0;
        foreach (var cell in cells)
        {
            column++;
            if (cell is null or "") continue;
            _sheet.WriteStartElement("c", Main);
            _sheet.WriteAttributeString("r", Name(column) + _row.ToString(CultureInfo.InvariantCulture));
            if (cell is decimal number)
            {
                _sheet.WriteElementString("v", Main, number.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                _sheet.WriteAttributeString("s", "1");
                _sheet.WriteAttributeString("t", "inlineStr");
                _sheet.WriteStartElement("is", Main);
                _sheet.WriteStartElement("t", Main);
                _sheet.WriteAttributeString("xml", "space", null, "preserve");
                _sheet.WriteString(cell.ToString());
                _sheet.WriteEndElement();
                _sheet.WriteEndElement();
            }

            _sheet.WriteEndElement();
        }

        _sheet.WriteEndElement();
    }

    /// <summary>Ends the workbook.</summary>
    public void Dispose()
    {
        _sheet.WriteEndDocument();
        _sheet.Dispose();
        _zip.Dispose();
    }

    void Part(string path, string xml)
    {
        using var writer = new StreamWriter(Open(path), new UTF8Encoding(false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        writer.Write(xml.Trim());
    }

    Stream Open(string path)
    {
        var entry = _zip.CreateEntry(path, CompressionLevel.Optimal);
        // The earliest that a ZIP can say: when it was written would make each copy another.
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry.Open();
    }

    // 1 is A, 27 is AA.
    static string Name(int column) => (column > 26 ? Name((column - 1) / 26) : "") + (char)('A' + (column - 1) % 26);
}
