using System.Text;

namespace Probity.Lens.Logs.Writing;

/// <summary>
/// Writes a table as CSV (RFC 4180) in UTF-8, row by row: commas, CRLF, quotes where they are needed. Meant for spreadsheets, so no cell is a formula
/// (<see cref="SafeCells"/>), and it begins with a byte order mark, without which they take it for another encoding.
/// </summary>
public sealed class CsvTable : IDisposable
{
    readonly StreamWriter _text;

    /// <summary>Begins a table; the stream stays open.</summary>
    public CsvTable(Stream stream) => _text = new StreamWriter(stream, new UTF8Encoding(true), leaveOpen: true) { NewLine = "\r\n" };

    /// <summary>Adds a row; null is an empty cell.</summary>
    public void Add(params IEnumerable<string?> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first) _text.Write(',');
            first = false;
            var safe = SafeCells.Of(cell ?? "");
            if (safe.AsSpan().IndexOfAny(",\"\r\n") < 0) _text.Write(safe);
            else _text.Write($"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        }

        _text.WriteLine();
    }

    /// <summary>Ends the table.</summary>
    public void Dispose() => _text.Dispose();
}
