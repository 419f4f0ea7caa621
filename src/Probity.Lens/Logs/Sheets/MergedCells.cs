using System.Text;

namespace Probity.Lens.Logs.Sheets;

/// <summary>
/// The cells of a sheet that are merged downwards. Only the first of them has the value, which is meant for all: a file number written once
/// beside its events. Cells merged across one row are a matter of looks and left as they are.
/// </summary>
internal sealed class MergedCells
{
    readonly List<(int Column, int First, int Last)> _merges = [];
    readonly Dictionary<int, (int Last, Cell Cell, byte[] Text)> _open = [];
    int _next;

    /// <summary>Finds them: they stand behind the rows, so the sheet is gone through once before it is read.</summary>
    /// <exception cref="BadInputException">The sheet is not well-formed, or has too many of them.</exception>
    public static MergedCells Read(PartXml part)
    {
        var merged = new MergedCells();
        var xml = part.Scanner;
        while (xml.Read())
        {
            if (!xml.IsStart || xml.Depth != 2 || !xml.LocalName.SequenceEqual("mergeCell"u8) || !xml.TryAttribute("ref"u8, out var range)) continue;
            var colon = range.IndexOf((byte)':');
            if (colon < 0 || !CellReference.TryParse(range[..colon], out var column, out var first) || !CellReference.TryParse(range[(colon + 1)..], out _, out var last))
                throw xml.Fault($"the merged cells '{LogText.Show(Encoding.UTF8.GetString(range))}' are none");
            if (last <= first) continue;
            if (merged._merges.Count == SheetLimits.Merges) throw xml.Fault($"more than {SheetLimits.Merges:N0} merged cells; unmerge them");
            merged._merges.Add((column, first, last));
        }

        merged._merges.Sort((x, y) => x.First.CompareTo(y.First));
        return merged;
    }

    /// <summary>Forgets those that begin in a header: its names are no values.</summary>
    public void SkipTo(int row)
    {
        while (_next < _merges.Count && _merges[_next].First < row) _next++;
    }

    /// <summary>Fills the row at hand, up to a column.</summary>
    public void Fill(SheetRows rows, int columns)
    {
        for (; _next < _merges.Count && _merges[_next].First <= rows.Number; _next++)
        {
            var (column, first, last) = _merges[_next];
            if (column >= columns || first < rows.Number) continue;
            _open[column] = (last, rows[column], rows.OwnText(column).ToArray());
        }

        if (_open.Count == 0) return;
        foreach (var (column, (last, cell, text)) in _open)
        {
            if (last < rows.Number) _open.Remove(column);
            else if (rows[column].Kind == CellKind.Empty) rows.Set(column, cell, text);
        }
    }
}
