using System.Globalization;
using System.Text;
using Probity.Lens.Logs.Sheets;

namespace Probity.Lens.Logs;

/// <summary>What a field of a table holds, as its file says.</summary>
public enum FieldKind
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>A text; all that CSV knows.</summary>
    Text,

    /// <summary>A number of a workbook, with a point before its decimals.</summary>
    Number,

    /// <summary>A day, or a day and a time, of a workbook: in ISO 8601.</summary>
    Date,

    /// <summary>A formula whose result is not in the file, or an error.</summary>
    Damaged,

    /// <summary>More than <see cref="TableFile.LongestField"/> bytes.</summary>
    TooLong,
}

/// <summary>A field of a table: its text without blanks around it, empty for what cannot be read.</summary>
public readonly record struct TableField(FieldKind Kind, string Text);

/// <summary>
/// A table of any columns, from CSV or a workbook, row by row: for registers that are no logs. A field that cannot be read is said to be so and spoils
/// no other; a file that is damaged in itself ends the reading.
/// </summary>
public sealed class TableFile : IDisposable
{
    /// <summary>Bytes of one field.</summary>
    public const int LongestField = 16 << 10;

    /// <summary>Columns that are looked at.</summary>
    public const int MostColumns = 200;

    readonly ITable _table;
    readonly IDisposable[] _owned;

    TableFile(ITable table, LogForm form, IReadOnlyList<string> sheets, string? sheet, params IDisposable[] owned)
    {
        (_table, _owned, Form, Sheets, Sheet) = (table, owned, form, sheets, sheet);
        if (!_table.Read()) throw _table.Fault("no line that names the columns");
        HeaderLine = _table.Line;
        Columns = [.. Enumerable.Range(0, Math.Min(_table.Count, MostColumns)).Select(i => this[i].Text)];
    }

    /// <summary>CSV or XLSX.</summary>
    public LogForm Form { get; }

    /// <summary>The names of a workbook's sheets.</summary>
    public IReadOnlyList<string> Sheets { get; }

    /// <summary>The sheet that is read; null where there are none.</summary>
    public string? Sheet { get; }

    /// <summary>The line, or the row of the sheet, that names the columns, from 1.</summary>
    public long HeaderLine { get; }

    /// <summary>The names of the columns, some of them empty.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The line, or the row of the sheet, on which the row at hand begins, from 1.</summary>
    public long Line => _table.Line;

    /// <summary>How many fields the row at hand has.</summary>
    public int Count => _table.Count;

    /// <summary>Opens a table from a stream, which stays open; a workbook needs one that can seek.</summary>
    /// <param name="input">The file, from its beginning.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="isColumn">Whether a text is a name that a column may have, to know the header by: what stands above it is a title.</param>
    /// <param name="sheet">A workbook's sheet; null for the first visible one with a header.</param>
    /// <param name="mostUnpacked">The most bytes that a packed file may unpack to.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="BadInputException">It is no table, or its beginning is damaged.</exception>
    public static TableFile Open(
        Stream input, string name, Func<string, bool> isColumn, string? sheet = null, long mostUnpacked = 128L << 20, CancellationToken cancel = default)
    {
        var owned = new Stack<IDisposable>();
        try
        {
            var file = Own(new LogFile(Utf16Of(input) is { } wide ? Own(Encoding.CreateTranscodingStream(input, wide, Encoding.UTF8, leaveOpen: true)) : input, name, null, mostUnpacked));
            if (file.IsDatabase) throw new BadInputException($"{name}: a database; give it a table in CSV or XLSX.");
            if (file.IsArchive)
            {
                var book = Own(Workbook.Open(file.Raw, name, cancel, mostUnpacked));
                var table = Own(SheetTable.Open(book, sheet, isColumn, null, cancel));
                return new TableFile(table, LogForm.Xlsx, [.. book.Sheets.Select(s => s.Name)], table.Sheet, [.. owned]);
            }

            var ahead = Own(new ReadAhead(name, file.Read, cancel));
            var window = new ByteWindow(ahead, name);
            window.Grow();
            if (window.Data.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) window.SkipByteOrderMark();
            if (window.Data.TrimStart(" \t\r\n"u8) is [(byte)'<' or (byte)'{' or (byte)'[', ..]) throw window.Fault(0, "XML or JSON; give it a table in CSV or XLSX");
            var (line, above, delimiter) = CsvHeader.Find(window, isColumn);
            window.Advance(above);
            return new TableFile(new CsvScanner(window, delimiter, line), LogForm.Csv, [], null, [.. owned]);
        }
        catch
        {
            foreach (var part in owned) part.Dispose();
            throw;
        }

        T Own<T>(T part) where T : IDisposable
        {
            owned.Push(part);
            return part;
        }
    }

    /// <summary>Goes to the next row in which something stands; false at the end.</summary>
    /// <exception cref="BadInputException">The file is damaged here: nothing after it can be read.</exception>
    public bool Read()
    {
        while (_table.Read())
        {
            for (var i = 0; i < _table.Count; i++)
                if (this[i].Kind != FieldKind.Empty) return true;
        }

        return false;
    }

    // What a spreadsheet calls Unicode text is UTF-16 and begins with a mark that says so; the stream then stands behind the mark.
    static Encoding? Utf16Of(Stream input)
    {
        if (!input.CanSeek) return null;
        var start = input.Position;
        Span<byte> mark = stackalloc byte[2];
        var got = input.ReadAtLeast(mark, 2, throwOnEndOfStream: false);
        var found = got < 2 ? null : mark is [0xFF, 0xFE] ? Encoding.Unicode : mark is [0xFE, 0xFF] ? Encoding.BigEndianUnicode : null;
        if (found is null) input.Position = start;
        return found;
    }

    /// <summary>A field of the row at hand, by its column from 0.</summary>
    public TableField this[int column]
    {
        get
        {
            if (column >= _table.Count) return new TableField(FieldKind.Empty, "");
            ReadOnlySpan<byte> bytes;
            try
            {
                bytes = _table.Field(column).Trim(" \t\r\n"u8);
            }
            catch (BadInputException)
            {
                return new TableField(FieldKind.Damaged, "");
            }

            if (bytes.IsEmpty) return new TableField(FieldKind.Empty, "");
            if (bytes.Length > LongestField) return new TableField(FieldKind.TooLong, "");
            var text = Encoding.UTF8.GetString(bytes).Trim();
            if (_table.TryTime(column, out var micros))
                return new TableField(FieldKind.Date, DateTime.UnixEpoch.AddMicroseconds(micros).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
            return new TableField(text.Length == 0 ? FieldKind.Empty : _table.IsNumber(column) ? FieldKind.Number : FieldKind.Text, text);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in _owned) part.Dispose();
    }
}
