using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Probity.Tests.Procedures.Checking;

/// <summary>Invented registers and procedures, small enough to see what must be found in them.</summary>
internal static class Registers
{
    /// <summary>A word that stands in the register and nowhere else, to look for where nothing may be kept.</summary>
    public const string Marker = "Zezinho Quimera";

    /// <summary>
    /// Six cases of seizing, weighing, storing and reporting. Case 3 was never weighed, in case 5 the report came before the storing, in case 6 something was
    /// sold; the other three follow.
    /// </summary>
    public static byte[] Csv { get; } = Encoding.UTF8.GetBytes(
        "Nº caso;Paso;Fecha;Agente;Cargo\n"
        + Case("C-1", 1) + Case("C-2", 3)
        + Line("C-3", "Seize", 5, "10:00", Marker, "Officer") + Line("C-3", "Store", 5, "12:00", "R. Diallo", "Custodian") + Line("C-3", "Report", 6, "09:00", Marker, "Officer")
        + Case("C-4", 8)
        + Line("C-5", "Seize", 10, "10:00", Marker, "Officer") + Line("C-5", "Weigh", 10, "11:00", "R. Diallo", "Custodian") + Line("C-5", "Report", 10, "11:30", Marker, "Officer")
        + Line("C-5", "Store", 11, "12:00", "R. Diallo", "Custodian")
        + Line("C-6", "Seize", 13, "10:00", Marker, "Officer") + Line("C-6", "Weigh", 13, "11:00", "R. Diallo", "Custodian") + Line("C-6", "Sell", 13, "11:30", Marker, "Officer")
        + Line("C-6", "Store", 13, "12:00", "R. Diallo", "Custodian") + Line("C-6", "Report", 14, "09:00", Marker, "Officer"));

    /// <summary>Seize, weigh, store, report.</summary>
    public static byte[] Bpmn { get; } = Encoding.UTF8.GetBytes("""
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">
        <startEvent id="s"/><task id="a" name="Seize"/><task id="b" name="Weigh"/><task id="c" name="Store"/><task id="d" name="Report"/><endEvent id="e"/>
        <sequenceFlow id="1" sourceRef="s" targetRef="a"/><sequenceFlow id="2" sourceRef="a" targetRef="b"/><sequenceFlow id="3" sourceRef="b" targetRef="c"/>
        <sequenceFlow id="4" sourceRef="c" targetRef="d"/><sequenceFlow id="5" sourceRef="d" targetRef="e"/>
        </process></definitions>
        """);

    /// <summary>Whoever seizes never weighs, and the report comes within a day of the seizure.</summary>
    public static byte[] Rules { get; } = Encoding.UTF8.GetBytes("""
        rules:
        - {id: no-sale, kind: absence, activation: Sell}
        """);

    /// <summary>The register as a workbook, times as cells that are shown as dates.</summary>
    public static byte[] Xlsx { get; } = Workbook(Encoding.UTF8.GetString(Csv).TrimEnd().Split('\n').Select(line => line.Split(';')));

    /// <summary>One case of the register as XES, packed.</summary>
    public static byte[] PackedXes { get; } = Packed(
        "<log><trace><string key='concept:name' value='C-6'/>"
        + string.Concat(((string[])["Seize", "Sell"]).Select((step, i) => $"<event><string key='concept:name' value='{step}'/><date key='time:timestamp' value='2026-03-0{i + 1}T10:00:00Z'/></event>"))
        + "</trace></log>");

    static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    static byte[] Workbook(IEnumerable<string[]> rows)
    {
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var sheet = string.Concat(rows.Select(row => "<row>" + string.Concat(row.Select(Cell)) + "</row>"));
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in new[]
            {
                ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
                ("_rels/.rels", Relations(office, ("w", "officeDocument", "xl/workbook.xml"))),
                ("xl/workbook.xml", $"<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Casos\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"),
                ("xl/_rels/workbook.xml.rels", Relations(office, ("s", "worksheet", "worksheets/sheet1.xml"), ("t", "styles", "styles.xml"))),
                ("xl/styles.xml", $"<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"),
                ("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>"),
            })
            {
                using var part = new StreamWriter(zip.CreateEntry(name).Open());
                part.Write(text);
            }
        }

        return packed.ToArray();
    }

    static string Cell(string text) => DateTime.TryParseExact(text, "dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        ? string.Create(CultureInfo.InvariantCulture, $"<c s=\"1\"><v>{time.ToOADate():R}</v></c>")
        : $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>";

    static string Relations(string office, params (string Id, string Type, string Target)[] relations) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(relations.Select(r => $"<Relationship Id=\"{r.Id}\" Type=\"{office}/{r.Type}\" Target=\"{r.Target}\"/>")) + "</Relationships>";

    static string Case(string name, int day) =>
        Line(name, "Seize", day, "10:00", Marker, "Officer") + Line(name, "Weigh", day, "11:00", "R. Diallo", "Custodian")
        + Line(name, "Store", day, "12:00", "R. Diallo", "Custodian") + Line(name, "Report", day + 1, "09:00", Marker, "Officer");

    static string Line(string name, string step, int day, string hour, string person, string role) => $"{name};{step};{day:00}/03/2026 {hour};{person};{role}\n";
}
