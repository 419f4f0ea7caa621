using System.Globalization;

namespace Probity.Lens.Logs.Sheets;

/// <summary>Names of cells: C7 is the column 2, counted from 0, in the row 7.</summary>
internal static class CellReference
{
    /// <summary>Reads one; false where it is none, or lies beyond <see cref="SheetLimits"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out int column, out int row)
    {
        var at = 0;
        column = row = 0;
        for (; at < text.Length && char.IsAsciiLetter((char)text[at]); at++)
        {
            column = (column * 26) + (text[at] & 0x1F);
            if (column > SheetLimits.Columns) return false;
        }

        column--;
        return at > 0 && at < text.Length && int.TryParse(text[at..], NumberStyles.None, CultureInfo.InvariantCulture, out row) && row is >= 1 and <= SheetLimits.Rows;
    }

    public static string Show(int column, int row)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters = (char)('A' + ((rest - 1) % 26)) + letters;
        return string.Create(CultureInfo.InvariantCulture, $"{letters}{row}");
    }
}
