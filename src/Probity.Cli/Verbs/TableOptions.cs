using System.CommandLine;
using Probity.Lens;
using Probity.Lens.Procedures;
using Probity.Lens.Procedures.Tables;

namespace Probity.Cli.Verbs;

/// <summary>The options of <c>check</c> for a procedure that is written as a table.</summary>
internal sealed class TableOptions
{
    readonly Option<string?> _role = new("--role") { Description = "Procedure table: the log's column (attribute) that holds the role of who did a step.", HelpName = "COLUMN" };
    readonly Option<string?> _second = new("--second") { Description = "Procedure table: the log's column that names the second person (default: the step is recorded twice).", HelpName = "COLUMN" };
    readonly Option<string?> _sheet = new("--sop-sheet") { Description = "Procedure table in XLSX: its sheet (default: the first visible one with a row of column names).", HelpName = "NAME" };
    readonly Option<string?> _bpmn = new("--bpmn") { Description = "Procedure table: write it as BPMN 2.0 with its picture and its rules.", HelpName = "FILE" };

    public void AddTo(Command verb)
    {
        foreach (var option in (Option[])[_role, _second, _sheet, _bpmn]) verb.Add(option);
    }

    /// <summary>Refuses, before any work is done, options without a procedure and an output that cannot be written.</summary>
    /// <exception cref="BadInputException">There is no procedure that they could be about.</exception>
    public void Check(ParseResult call, string? procedure, IReadOnlyList<string> inputs)
    {
        if (procedure is null && ((Option[])[_role, _second, _sheet, _bpmn]).FirstOrDefault(o => call.GetResult(o) is not null) is { } option)
            throw new BadInputException($"{option.Name} is about a procedure table; give one with --sop.");
        if (call.GetValue(_bpmn) == "-") throw new BadInputException("--bpmn takes a file.");
        WholeFile.Check(call.GetValue(_bpmn), inputs);
    }

    public ProcedureTableOptions Of(ParseResult call, string language) => new()
    {
        RoleAttribute = call.GetValue(_role), SecondPersonAttribute = call.GetValue(_second), Sheet = call.GetValue(_sheet), Language = language,
    };

    /// <summary>Draws the procedure, if asked for.</summary>
    /// <exception cref="BadInputException">It is no table: then it is drawn already, or a net.</exception>
    public void WriteBpmn(ParseResult call, PetriNet? procedure)
    {
        if (call.GetValue(_bpmn) is not { } target) return;
        WholeFile.Write(target, procedure?.WriteBpmn ?? throw new BadInputException("--bpmn draws a procedure table; what --sop names is none."));
    }
}
