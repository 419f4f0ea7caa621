using System.Text;
using Probity.Lens.Logs;
using Probity.Lens.Logs.Sheets;
using Probity.Lens.Rules;

namespace Probity.Lens.Procedures.Tables;

/// <summary>
/// A procedure that somebody wrote as a table, a row a step: who does it, after which steps, within what time, with a second person, with what
/// evidence. docs/procedure-tables.md says what each column means. A table is made into a net, for the order, and rules, for the rest.
/// </summary>
public sealed class ProcedureTable
{
    const int MostSteps = 1_000;

    readonly string _name;

    ProcedureTable(IReadOnlyList<TableStep> steps, IReadOnlyList<string> passedOver, string name, ProcedureTableOptions options)
    {
        if (steps.Count == 0) throw new BadInputException($"{name}: there is no step in the table; write one to a row.");
        if (steps.Count > MostSteps) throw new BadInputException($"{name}: {steps.Count:N0} steps; up to {MostSteps:N0} are read.");
        _name = name;
        var order = StepOrder.Of(steps);
        var twice = options.SecondPersonAttribute is null;
        var rules = TableRules.Of(steps, order, options);
        Net = TableNet.Build(order.Root, twice, TableNotes.Of(steps, order, passedOver, options)).With(rules, stream => TableBpmn.Write(order, rules, twice, stream));
    }

    /// <summary>The order of the steps as a net, which is sound whatever the table. It carries the notes, and the rules as <see cref="PetriNet.RuleNotes"/>.</summary>
    public PetriNet Net { get; }

    /// <summary>What the table was taken to mean, in sentences.</summary>
    public IReadOnlyList<string> Notes => Net.Notes;

    /// <summary>The rules that the cells make, after those of a file where there is one; null where there are none.</summary>
    /// <exception cref="BadInputException">An id is in both.</exception>
    public RuleFile? RulesWith(RuleFile? beside = null) => RuleFile.Drawn(Net, _name, beside);

    /// <summary>Writes the procedure as BPMN 2.0 with its picture, each rule as a note; <see cref="ProcedureReader"/> reads it with the same meaning.</summary>
    public void WriteBpmn(Stream stream) => Net.WriteBpmn!(stream);

    /// <summary>Reads a table from a file: CSV, or a sheet of a workbook.</summary>
    /// <exception cref="BadInputException">It cannot be read, or says what no procedure can mean; the message has row and column.</exception>
    public static ProcedureTable Read(string path, ProcedureTableOptions? options = null)
    {
        using var file = new LogFile(path, null);
        return Read(file, path, options ?? new());
    }

    /// <summary>Reads a table from a stream, which stays open; a workbook needs one that can seek.</summary>
    /// <param name="input">The table, from its beginning.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">What in the log its columns are about.</param>
    /// <exception cref="BadInputException">It says what no procedure can mean; the message has row and column.</exception>
    public static ProcedureTable Read(Stream input, string name, ProcedureTableOptions? options = null)
    {
        using var file = new LogFile(input, name, null);
        return Read(file, name, options ?? new());
    }

    /// <summary>Makes a procedure of rows that somebody typed. A row whose cells are all empty is passed over.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="name">What messages call the table.</param>
    /// <param name="options">What in the log its columns are about.</param>
    /// <exception cref="BadInputException">They say what no procedure can mean; the message has row and column.</exception>
    public static ProcedureTable Of(IReadOnlyList<ProcedureRow> rows, string name, ProcedureTableOptions? options = null)
    {
        var steps = new TableSteps();
        for (var i = 0; i < rows.Count && i <= MostSteps; i++)
        {
            var row = rows[i];
            // In the order of TableColumn. What is half a character is none.
            string?[] cells = [row.Step, row.Who, row.After, row.Within, row.SecondPerson, row.Evidence, row.Optional, row.InsteadOf, row.Number];
            steps.Add($"{name}: row {i + 1}", column => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cells[(int)column] ?? "")), TableColumns.NameOf);
        }

        return new ProcedureTable(steps.All, [], name, options ?? new());
    }

    static ProcedureTable Read(LogFile file, string name, ProcedureTableOptions options)
    {
        if (file.IsArchive)
        {
            using var book = Workbook.Open(file.Raw, name, CancellationToken.None);
            using var sheet = SheetTable.Open(book, options.Sheet, text => TableColumns.Of(text) is not null, null, CancellationToken.None);
            return Read(sheet, name, options);
        }

        if (options.Sheet is not null) throw new BadInputException($"{name}: this is CSV, which has no sheets.");
        using var ahead = new ReadAhead(name, file.Read, CancellationToken.None);
        var window = new ByteWindow(ahead, name);
        window.Grow();
        if (window.Data.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) window.SkipByteOrderMark();
        return Read(new CsvScanner(window, null), name, options);
    }

    static ProcedureTable Read(ITable table, string name, ProcedureTableOptions options)
    {
        var steps = new TableSteps();
        var passedOver = steps.Read(table, name, MostSteps);
        return new ProcedureTable(steps.All, passedOver, name, options);
    }
}
