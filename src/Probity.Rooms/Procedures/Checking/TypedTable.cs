using System.Globalization;
using System.Text;
using Probity.Lens.Procedures.Tables;

namespace Probity.Procedures.Checking;

/// <summary>
/// Writes a procedure that was typed as CSV (RFC 4180, UTF-8 with a mark for spreadsheets), which can be uploaded again: nothing of it is kept here, and nobody
/// wants to type it twice. Its cells are what its own writer typed, so none is changed.
/// </summary>
internal static class TypedTable
{
    static readonly string[] Columns = ["no", "step", "who", "after", "within", "second person", "evidence", "optional", "instead of"];

    /// <summary>Writes the rows in which something was typed, with the numbers that the page gave them.</summary>
    public static void Write(IReadOnlyList<ProcedureRow> rows, Stream to)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        Line(writer, Columns);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (!WriteProcedure.IsEmpty(row))
                Line(writer, (i + 1).ToString(CultureInfo.InvariantCulture), row.Step, row.Who, row.After, row.Within, row.SecondPerson, row.Evidence, row.Optional, row.InsteadOf);
        }
    }

    static void Line(StreamWriter writer, params ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            var text = cells[i] ?? "";
            if (i > 0) writer.Write(',');
            writer.Write(text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text);
        }

        writer.Write("\r\n");
    }
}
