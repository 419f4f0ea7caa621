namespace Probity.Lens.Procedures.Tables;

/// <summary>One step of a procedure as somebody types it: a row of a table, each cell a text. docs/procedure-tables.md says what may stand in them.</summary>
/// <param name="Step">What the log calls the step; the only cell that no row may leave empty.</param>
/// <param name="Who">The roles that may do it.</param>
/// <param name="After">The steps that it comes after; empty for the row above.</param>
/// <param name="Within">How long it may take from there, as in <c>2 days</c>, <c>48 horas</c>.</param>
/// <param name="SecondPerson">Whether it takes two people: yes or no.</param>
/// <param name="Evidence">The values that its record must hold.</param>
/// <param name="Optional">Whether it may be left out: yes or no.</param>
/// <param name="InsteadOf">The step in whose place it is done.</param>
public sealed record ProcedureRow(
    string Step, string? Who = null, string? After = null, string? Within = null, string? SecondPerson = null, string? Evidence = null, string? Optional = null, string? InsteadOf = null)
{
    /// <summary>The number that other rows may call it by; empty for none.</summary>
    public string? Number { get; init; }
}
