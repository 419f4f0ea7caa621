using System.Text;
using Probity.Lens.Logs.Sheets;

namespace Probity.Lens.Logs;

/// <summary>
/// The beginning of a table that may be a log, so that somebody can say which column is what before it is read: the names of its columns, its first
/// rows and a guess. It needs no more than the first rows in memory, and of a workbook the texts that its cells share.
/// </summary>
public sealed record LogPreview
{
    const int RowsGuessedFrom = 200;
    const int LongestText = 200;

    /// <summary>A sheet may have 16,384 columns; with a text in each cell of each row they would take a gigabyte.</summary>
    const int MostColumns = 500;

    LogPreview() { }

    /// <summary>The form of the file.</summary>
    public required LogForm Form { get; init; }

    /// <summary>The names of a workbook's sheets, the hidden ones too.</summary>
    public IReadOnlyList<string> Sheets { get; init; } = [];

    /// <summary>The sheet that the rest is about; null where there are no sheets.</summary>
    public string? Sheet { get; init; }

    /// <summary>The names of the first 500 columns in their order, some empty in a workbook; none for XES, which has no columns.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The first rows, a text for each column, cut after 200 characters. What cannot be read is left empty here.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; init; } = [];

    /// <summary>Which columns seem to be what.</summary>
    public LogColumns Guess { get; init; } = new(null, null, null, null, null);

    /// <summary>Looks at the beginning of a stream, which stays open; a workbook needs one that can seek.</summary>
    /// <param name="input">The file, from its beginning.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="sheet">A workbook's sheet; null for the first visible one with a header.</param>
    /// <param name="delimiter">What separates the fields of CSV; null to find it.</param>
    /// <param name="rows">How many rows to show.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="BadInputException">It is no log, or its beginning is damaged.</exception>
    public static LogPreview Read(Stream input, string name, string? sheet = null, char? delimiter = null, int rows = 10, CancellationToken cancel = default)
    {
        using var file = new LogFile(input, name, null);
        if (file.IsArchive)
        {
            using var book = Workbook.Open(file.Raw, name, cancel);
            using var table = SheetTable.Open(book, sheet, ColumnWords.IsName, null, cancel);
            return Of(LogForm.Xlsx, table, rows) with { Sheets = [.. book.Sheets.Select(s => s.Name)], Sheet = table.Sheet };
        }

        using var ahead = new ReadAhead(name, file.Read, cancel);
        var window = new ByteWindow(ahead, name);
        window.Grow();
        if (window.Data.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) window.SkipByteOrderMark();
        return window.Data.TrimStart(" \t\r\n"u8) switch
        {
            [(byte)'<', ..] => new LogPreview { Form = LogForm.Xes },
            [(byte)'{' or (byte)'[', ..] => throw window.Fault(0, "JSON; give it a log in XES, CSV or XLSX"),
            _ => Of(LogForm.Csv, new CsvScanner(window, delimiter), rows),
        };
    }

    static LogPreview Of(LogForm form, ITable table, int shown)
    {
        if (!table.Read()) throw table.Fault("no header line");
        string[] columns = [.. Enumerable.Range(0, Math.Min(table.Count, MostColumns)).Select(i => TextOf(table, i).Trim())];
        var rows = new List<string[]>();
        var areTimes = new bool[RowsGuessedFrom, columns.Length];
        while (rows.Count < Math.Max(shown, RowsGuessedFrom) && table.Read())
        {
            if (table.Count == 1 && columns.Length > 1 && table.Field(0).IsEmpty) continue;
            for (var c = 0; c < columns.Length && rows.Count < RowsGuessedFrom; c++) areTimes[rows.Count, c] = c < table.Count && table.TryTime(c, out _);
            rows.Add([.. Enumerable.Range(0, columns.Length).Select(c => c < table.Count ? TextOf(table, c) : "")]);
        }

        return new LogPreview
        {
            Form = form, Columns = columns, Rows = [.. rows.Take(shown)], Guess = ColumnGuess.Of(columns, [.. rows.Take(RowsGuessedFrom)], areTimes),
        };
    }

    static string TextOf(ITable table, int column)
    {
        try
        {
            var field = table.Field(column);
            if (field.Length > 4 * LongestText) field = field[..(4 * LongestText)];
            var text = Encoding.UTF8.GetString(field);
            return text.Length > LongestText ? text[..LongestText] : text;
        }
        catch (BadInputException)
        {
            // One cell with an error is no reason to show nothing of the rest.
            return "";
        }
    }
}
