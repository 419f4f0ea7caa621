using System.Text;

namespace Probity.Lens.Logs.Sheets;

/// <summary>
/// Finds the row that names the columns. Registers have a letterhead above: a title, and often fields of its own, as in "Unit: | Port". So it is the row
/// with the most names that such columns have; where no row has two, the first that is at least half as wide as the widest.
/// </summary>
internal static class SheetHeader
{
    /// <summary>Rows with cells that are looked at.</summary>
    const int Looked = 50;

    const int LongestName = 100;

    /// <summary>The number of the row; null where no row has two cells.</summary>
    /// <param name="rows">The rows from the first one on.</param>
    /// <param name="book">The workbook.</param>
    /// <param name="isName">Whether a text is a name that such columns have.</param>
    public static int? Find(SheetRows rows, Workbook book, Func<string, bool> isName)
    {
        var candidates = new List<(int Row, int Cells, int Known)>();
        for (var n = 0; n < Looked && rows.Read(); n++)
        {
            var (cells, known) = (0, 0);
            for (var column = 0; column < rows.Width; column++)
            {
                var cell = rows[column];
                if (cell.Kind == CellKind.Empty) continue;
                cells++;
                var text = cell.Kind == CellKind.Shared ? book.Strings[(int)cell.Number] : rows.OwnText(column);
                if (cell.Kind is CellKind.Shared or CellKind.Text && text.Length <= LongestName && isName(Encoding.UTF8.GetString(text).Trim())) known++;
            }

            if (cells > 1) candidates.Add((rows.Number, cells, known));
        }

        if (candidates.Count == 0) return null;
        var (best, widest) = (candidates.Max(c => c.Known), candidates.Max(c => c.Cells));
        return candidates.First(c => best > 1 ? c.Known == best : c.Cells * 2 >= widest).Row;
    }
}
