namespace Probity.Lens.Logs.Writing;

/// <summary>Makes text harmless for a program that takes what a cell begins with for a formula.</summary>
/// <remarks>OWASP, CSV Injection: = + - @, tabulator and carriage return at the beginning of a cell.</remarks>
public static class SafeCells
{
    /// <summary>The text, with an apostrophe before it where it would be read as a formula. Spreadsheets hide the apostrophe or show it; none computes.</summary>
    public static string Of(string text) => IsHarmless(text) ? text : "'" + text;

    /// <summary>What was written, from a cell that <see cref="Of"/> made.</summary>
    public static string Undo(string cell) => cell is ['\'', .. var rest] && !IsHarmless(rest) ? rest : cell;

    // Full-width signs count too: a spreadsheet in an East Asian language takes them for the others. An apostrophe before one of them is doubled, so that it can be undone.
    static bool IsHarmless(string text) => text.AsSpan().TrimStart('\'') is not ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..];
}
