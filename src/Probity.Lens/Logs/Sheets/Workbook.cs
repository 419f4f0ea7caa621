using System.Text;

namespace Probity.Lens.Logs.Sheets;

/// <summary>A sheet of a workbook.</summary>
/// <param name="Name">What people see on its tab.</param>
/// <param name="Part">Where it is in the package.</param>
/// <param name="IsVisible">Whether people see it at all.</param>
internal sealed record WorkbookSheet(string Name, string Part, bool IsVisible);

/// <summary>
/// A workbook in Office Open XML (ECMA-376, ISO/IEC 29500), transitional or strict, with or without macros: elements are known by their local
/// names, as the two forms differ in namespaces only.
/// </summary>
internal sealed class Workbook : IDisposable
{
    readonly PackageParts _parts;
    readonly List<WorkbookSheet> _sheets = [];

    Workbook(PackageParts parts) => _parts = parts;

    /// <summary>The file, for messages.</summary>
    public string Name => _parts.Name;

    /// <summary>The sheets with cells, in the order of their tabs.</summary>
    public IReadOnlyList<WorkbookSheet> Sheets => _sheets;

    /// <summary>Whether days are counted from 1904, as on old Macs.</summary>
    public bool From1904 { get; private set; }

    public SharedStrings Strings { get; private set; } = new();

    public CellFormats Formats { get; private set; } = new();

    /// <summary>Opens a workbook; the file stays open and must stay so.</summary>
    /// <exception cref="BadInputException">It is none, or a damaged one.</exception>
    public static Workbook Open(Stream file, string name, CancellationToken cancel, long mostUnpacked = LogLimits.Unpacked)
    {
        var book = new Workbook(new PackageParts(file, name, mostUnpacked));
        try
        {
            book.Read(cancel);
            return book;
        }
        catch
        {
            book.Dispose();
            throw;
        }
    }

    /// <summary>Opens the XML of a sheet.</summary>
    public PartXml Open(WorkbookSheet sheet, Action<double>? progress, CancellationToken cancel) => _parts.Open(sheet.Part, progress, cancel);

    public void Dispose() => _parts.Dispose();

    void Read(CancellationToken cancel)
    {
        var main = PartRelation.Of(_parts, "", cancel).Values.FirstOrDefault(r => r.Type == "officeDocument").Target
            ?? throw new BadInputException($"{Name}: no workbook in it; give it a log in XES, CSV or XLSX.");
        if (main.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
            throw new BadInputException($"{Name}: a binary workbook (.xlsb), which is not read; open it and save it as .xlsx.");
        var relations = PartRelation.Of(_parts, main, cancel);
        using (var part = _parts.Open(main, null, cancel)) ReadSheets(part.Scanner, relations);
        if (relations.Values.FirstOrDefault(r => r.Type == "sharedStrings").Target is { } strings)
            using (var part = _parts.Open(strings, null, cancel)) Strings = SharedStrings.Read(part);
        if (relations.Values.FirstOrDefault(r => r.Type == "styles").Target is { } styles)
            using (var part = _parts.Open(styles, null, cancel)) Formats = CellFormats.Read(part);
    }

    void ReadSheets(XmlScanner xml, Dictionary<string, PartRelation> relations)
    {
        while (xml.Read())
        {
            if (!xml.IsStart) continue;
            if (xml.Depth == 0 && !xml.LocalName.SequenceEqual("workbook"u8))
                throw new BadInputException($"{Name}: an Office file, but no spreadsheet; give it a log in XES, CSV or XLSX.");
            if (xml.Depth == 1 && xml.LocalName.SequenceEqual("workbookPr"u8))
                From1904 = xml.TryAttribute("date1904"u8, out var from) && (from.SequenceEqual("1"u8) || from.SequenceEqual("true"u8));
            if (xml.Depth != 2 || !xml.LocalName.SequenceEqual("sheet"u8)) continue;
            if (!xml.TryAttribute("name"u8, out var name) || name.IsEmpty) throw xml.Fault("a sheet without a name");
            var sheet = Encoding.UTF8.GetString(name);
            var visible = !xml.TryAttribute("state"u8, out var state) || state.SequenceEqual("visible"u8);
            if (!xml.TryPrefixed("id"u8, out var id) || !relations.TryGetValue(Encoding.UTF8.GetString(id), out var relation))
                throw xml.Fault($"the sheet '{LogText.Show(sheet)}' leads to no part of the workbook");
            if (_sheets.Count == SheetLimits.Sheets) throw xml.Fault($"more than {SheetLimits.Sheets:N0} sheets");
            // A sheet may also be a chart, or a form of long ago.
            if (relation.Type == "worksheet") _sheets.Add(new WorkbookSheet(sheet, relation.Target, visible));
        }
    }
}
