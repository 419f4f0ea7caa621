using System.Globalization;

namespace Probity.Lens.Logs.Sheets;

/// <summary>
/// A sheet as a table: one row names the columns, and what stands above is a title. Rows without a cell under a name are passed over. Texts are trimmed; a number that is shown as a date is one.
/// </summary>
internal sealed class SheetTable : ITable, IDisposable
{
    readonly Workbook _book;
    readonly PartXml _part;
    readonly SheetRows _rows;
    readonly MergedCells _merged;
    readonly byte[] _shown = new byte[64];
    bool _headerTaken;

    SheetTable(Workbook book, WorkbookSheet sheet, MergedCells merged, Action<double>? progress, CancellationToken cancel)
    {
        _book = book;
        _merged = merged;
        Sheet = sheet.Name;
        _part = book.Open(sheet, progress, cancel);
        _rows = new SheetRows(_part, book, sheet.Name);
    }

    /// <summary>The sheet that is read.</summary>
    public string Sheet { get; }

    public int Count { get; private set; }

    public long Line => _rows.Number;

    public string Place => _rows.Place;

    /// <summary>Opens a sheet by its name, or the first visible one that has a header.</summary>
    /// <param name="book">The workbook.</param>
    /// <param name="name">The sheet; null for the first visible one with a header.</param>
    /// <param name="isName">Whether a text is a name that the columns may have, to know the header by.</param>
    /// <param name="progress">Told the share of the sheet that was read, 0 to 1.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="BadInputException">There is no such sheet, or it holds no table.</exception>
    public static SheetTable Open(Workbook book, string? name, Func<string, bool> isName, IProgress<double>? progress, CancellationToken cancel)
    {
        var candidates = name is null ? book.Sheets.Where(s => s.IsVisible).ToList() : [.. Named(book, name)];
        if (candidates.Count == 0)
        {
            throw new BadInputException(name is null
                ? $"{book.Name}: no visible sheet; name one with --sheet. The sheets are: {Names(book)}."
                : $"{book.Name}: no sheet is named '{LogText.Show(name)}'. The sheets are: {Names(book)}.");
        }

        foreach (var sheet in candidates)
        {
            int? header;
            using (var part = book.Open(sheet, null, cancel)) header = SheetHeader.Find(new SheetRows(part, book, sheet.Name), book, isName);
            if (header is null) continue;
            MergedCells merged;
            using (var part = book.Open(sheet, share => progress?.Report(share / 2), cancel)) merged = MergedCells.Read(part);
            var table = new SheetTable(book, sheet, merged, share => progress?.Report((1 + share) / 2), cancel);
            try
            {
                table.GoTo(header.Value);
                return table;
            }
            catch
            {
                table.Dispose();
                throw;
            }
        }

        throw new BadInputException(name is null
            ? $"{book.Name}: no visible sheet has a row of column names, which are two at least."
            : $"{book.Name}: sheet {LogText.Show(candidates[0].Name)}: no row of column names, which are two at least.");
    }

    public bool Read()
    {
        if (!_headerTaken) return _headerTaken = true;
        while (_rows.Read())
        {
            if (!HasOwn()) continue;
            _merged.Fill(_rows, Count);
            return true;
        }

        return false;
    }

    public ReadOnlySpan<byte> Field(int number)
    {
        var cell = _rows[number];
        switch (cell.Kind)
        {
            case CellKind.Empty: return default;
            case CellKind.Shared: return _book.Strings[(int)cell.Number].Trim(" \t\r\n"u8);
            case CellKind.Number: return Show(cell.Number, _book.Formats[cell.Style]);
            case CellKind.Uncomputed: throw Fault(number, "a formula whose result is not in the file; open it in a spreadsheet program and save it");
            case CellKind.Error:
                // Not available is how spreadsheets write that there is nothing.
                var error = _rows.OwnText(number);
                return error.SequenceEqual("#N/A"u8) ? default : throw Fault(number, $"the error {LogText.Show(error)}; correct its formula");
            default: return _rows.OwnText(number);
        }
    }

    public bool TryTime(int number, out long micros)
    {
        var cell = _rows[number];
        micros = 0;
        return cell.Kind switch
        {
            CellKind.Number => _book.Formats[cell.Style].IsDate && SerialDate.TryMicros(cell.Number, _book.From1904, out micros),
            CellKind.Moment => IsoTime.TryParse(_rows.OwnText(number), out micros),
            _ => false,
        };
    }

    public bool IsNumber(int number) => _rows[number].Kind == CellKind.Number;

    public string? NoTime(int number)
    {
        var cell = _rows[number];
        if (cell.Kind != CellKind.Number) return null;
        var shown = LogText.Show(Field(number));
        return _book.Formats[cell.Style].IsDate
            ? $"'{shown}' is no date with its time; put both into one cell"
            : $"the number {shown} is not shown as a date; give its column a date format in the spreadsheet program and save";
    }

    public BadInputException Fault(string what) => _rows.Fault(what);

    public BadInputException Fault(int number, string what) => _rows.Fault(number, what);

    public void Dispose() => _part.Dispose();

    void GoTo(int header)
    {
        while (_rows.Number < header && _rows.Read()) { }
        Count = _rows.Width;
        while (_rows[Count - 1].Kind == CellKind.Empty) Count--;
        _merged.SkipTo(_rows.Number + 1);
    }

    bool HasOwn()
    {
        for (var column = Math.Min(Count, _rows.Width) - 1; column >= 0; column--)
            if (_rows[column].Kind != CellKind.Empty) return true;
        return false;
    }

    ReadOnlySpan<byte> Show(double number, NumberFormat format)
    {
        if (format.IsDate && SerialDate.TryFormat(number, _book.From1904, _shown, out var written)) return _shown.AsSpan(0, written);
        // Whole numbers without an exponent: long file numbers are numbers to a spreadsheet.
        var whole = Math.Abs(number) < 1e18 && number == Math.Floor(number);
        if (whole) ((long)number).TryFormat(_shown, out written, format.Digits > 0 ? $"D{format.Digits}" : default(ReadOnlySpan<char>), CultureInfo.InvariantCulture);
        else number.TryFormat(_shown, out written, default, CultureInfo.InvariantCulture);
        return _shown.AsSpan(0, written);
    }

    // As Excel has it, whatever the case of the letters; exactly so if possible.
    static IEnumerable<WorkbookSheet> Named(Workbook book, string name) => book.Sheets.Where(s => s.Name == name)
        .Concat(book.Sheets.Where(s => s.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))).Take(1);

    static string Names(Workbook book) => LogText.List(book.Sheets.Select(s => s.Name));
}
