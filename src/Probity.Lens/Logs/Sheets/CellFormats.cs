using System.Globalization;
using System.Text;

namespace Probity.Lens.Logs.Sheets;

/// <summary>The number formats of a workbook's cells, by the number of their style (ECMA-376 part 1, 18.8.10).</summary>
internal sealed class CellFormats
{
    readonly List<NumberFormat> _formats = [];

    /// <summary>The format of a style; of one that is not there, a plain number's.</summary>
    public NumberFormat this[int style] => style < _formats.Count ? _formats[style] : default;

    /// <exception cref="BadInputException">The styles are damaged.</exception>
    public static CellFormats Read(PartXml part)
    {
        var formats = new CellFormats();
        var codes = new Dictionary<int, NumberFormat>();
        var xml = part.Scanner;
        bool inCodes = false, inCells = false;
        while (xml.Read())
        {
            if (!xml.IsStart) continue;
            if (xml.Depth == 1) (inCodes, inCells) = (xml.LocalName.SequenceEqual("numFmts"u8), xml.LocalName.SequenceEqual("cellXfs"u8));
            else if (xml.Depth == 2 && inCodes && xml.TryAttribute("formatCode"u8, out var code))
            {
                var text = Encoding.UTF8.GetString(code);
                codes[Id(xml)] = NumberFormat.Of(text);
            }
            else if (xml.Depth == 2 && inCells)
            {
                var id = Id(xml);
                formats._formats.Add(codes.TryGetValue(id, out var own) ? own : NumberFormat.Of(id));
            }

            if (codes.Count + formats._formats.Count > SheetLimits.Formats) throw xml.Fault($"more than {SheetLimits.Formats:N0} formats of cells");
        }

        return formats;
    }

    static int Id(XmlScanner xml) =>
        xml.TryAttribute("numFmtId"u8, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
