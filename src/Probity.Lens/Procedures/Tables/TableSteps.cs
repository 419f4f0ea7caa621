using System.Text;
using Probity.Lens.Logs;

namespace Probity.Lens.Procedures.Tables;

/// <summary>Collects the rows of a procedure table and understands their cells.</summary>
internal sealed class TableSteps
{
    const int LongestCell = 4_000;

    readonly List<TableStep> _steps = [];

    public IReadOnlyList<TableStep> All => _steps;

    /// <summary>Reads a table whose first record names the columns.</summary>
    /// <returns>The columns that no part of a procedure table is called like.</returns>
    public IReadOnlyList<string> Read(ITable table, string name, int most)
    {
        if (!table.Read()) throw table.Fault("no header line");
        string[] header = [.. Enumerable.Range(0, table.Count).Select(i => Encoding.UTF8.GetString(table.Field(i)).Trim())];
        var columns = new int[TableColumns.Count];
        Array.Fill(columns, -1);
        var passedOver = new List<string>();
        for (var i = 0; i < header.Length; i++)
        {
            if (TableColumns.Of(header[i]) is not { } column)
            {
                if (header[i].Length > 0) passedOver.Add(header[i]);
                continue;
            }

            if (columns[(int)column] >= 0)
                throw table.Fault($"the columns '{LogText.Show(header[columns[(int)column]])}' and '{LogText.Show(header[i])}' mean the same, '{TableColumns.NameOf(column)}'; keep one");
            columns[(int)column] = i;
        }

        if (columns[(int)TableColumn.Step] < 0)
            throw table.Fault($"no column 'step' (paso, passo), so this is no procedure table; a procedure is such a table, BPMN 2.0 or PNML. The columns are: {LogText.List(header)}");
        while (table.Read() && _steps.Count <= most)
        {
            if (table.Count == 1 && header.Length > 1 && table.Field(0).IsEmpty) continue;
            if (table.Count != header.Length) throw table.Fault($"{table.Count} fields where the header has {header.Length}; check the delimiter and the quotes");
            Add($"{name}: {table.Place}", c => columns[(int)c] < 0 ? "" : Encoding.UTF8.GetString(table.Field(columns[(int)c])), c => columns[(int)c] < 0 ? TableColumns.NameOf(c) : header[columns[(int)c]]);
        }

        return passedOver;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="text">The text of a column.</param>
    /// <param name="called">What a column is called.</param>
    public void Add(string place, Func<TableColumn, string> text, Func<TableColumn, string> called)
    {
        var cells = Enumerable.Range(0, TableColumns.Count).Select(i => (TableColumn)i)
            .Select(column => new TableCell(text(column).Trim(), $"{place}, column '{LogText.Show(called(column))}'")).ToList();
        if (cells.TrueForAll(c => c.IsEmpty)) return;
        if (cells.Find(c => c.Text.Length > LongestCell) is { } long_) throw long_.Fault($"more than {LongestCell:N0} characters");
        var name = TableCell.Clean(Cell(TableColumn.Step).Text);
        if (name.Length == 0) throw Cell(TableColumn.Step).Fault("no step; name it as the log does, or clear the row");
        if (name.Length > TableStep.LongestName) throw Cell(TableColumn.Step).Fault($"a step has at most {TableStep.LongestName} characters; put what there is to explain into a column of its own");
        _steps.Add(new TableStep
        {
            Index = _steps.Count, Place = place, Name = name, Number = Cell(TableColumn.Number).Text.TrimEnd('.', ')'),
            Who = Cell(TableColumn.Who).List(_ => false, "or", "o", "u", "ou", "/"),
            AfterCell = Cell(TableColumn.After), InsteadCell = Cell(TableColumn.InsteadOf), WithinCell = Cell(TableColumn.Within),
            Within = Cell(TableColumn.Within).Length(), TakesTwo = Cell(TableColumn.SecondPerson).IsYes(), Optional = Cell(TableColumn.Optional).IsYes(),
            Evidence = Attributes(Cell(TableColumn.Evidence)),
        });

        TableCell Cell(TableColumn column) => cells[(int)column];
    }

    static List<string> Attributes(TableCell cell)
    {
        var names = cell.List(_ => false, "and", "y", "e", "&");
        return names.Exists(n => n.Contains(']', StringComparison.Ordinal)) ? throw cell.Fault("a name of the log with ']' in it cannot be asked for") : names;
    }
}
