using System.Collections.Frozen;
using System.Globalization;
using Probity.Lens;
using Probity.Lens.Logs;
using Probity.People.Contract;
using Probity.Shared;

namespace Probity.People.Declaring;

/// <summary>Reads lines of a declaration from a spreadsheet (CSV or XLSX) with the columns kind, what, amount and note, in any of the languages.</summary>
internal static class SpreadsheetLines
{
    public const string NoColumns = "file.no-columns";
    public const string Unreadable = "file.unreadable";
    public const string KindUnknown = "line.kind-unknown";

    /// <summary>The most bytes of a file.</summary>
    public const int MaxBytes = 1 << 20;

    const long Unpacked = 16L << 20;
    static readonly string[] s_columns = ["kind", "what", "amount", "note"];
    static readonly FrozenDictionary<string, string> s_columnOf = Named(s_columns, c => $"column.{c}").ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    static readonly FrozenDictionary<string, string> s_kindOf = Named(Enum.GetNames<DeclaredKind>(), k => $"kind.{k}").ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the file states, and what is wrong with which of its lines; or the code of what is wrong with the file.</summary>
    public static (IReadOnlyList<DeclaredLine> Lines, IReadOnlyList<(long Line, string Code)> Faults, string? Code) Read(Stream file, string name, CancellationToken cancel)
    {
        var (lines, faults) = (new List<DeclaredLine>(), new List<(long, string)>());
        try
        {
            using var table = TableFile.Open(file, name, s_columnOf.ContainsKey, null, Unpacked, cancel);
            var at = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < table.Columns.Count; i++)
            {
                if (s_columnOf.TryGetValue(table.Columns[i].Trim(), out var column)) at.TryAdd(column, i);
            }

            if (!at.ContainsKey("kind") || !at.ContainsKey("what")) return ([], [], NoColumns);
            while (table.Read())
            {
                cancel.ThrowIfCancellationRequested();
                if (lines.Count + faults.Count > DeclaredLines.Most) return ([], [], Declare.TooMany);
                if (!s_kindOf.TryGetValue(Field("kind").Text.Trim(), out var kind)) faults.Add((table.Line, KindUnknown));
                else if (Of(Enum.Parse<DeclaredKind>(kind), Field("amount")) is ({ } line, null)) lines.Add(line);
                else faults.Add((table.Line, Of(Enum.Parse<DeclaredKind>(kind), Field("amount")).Fault!));
            }

            TableField Field(string column) => at.TryGetValue(column, out var i) ? table[i] : default;

            (DeclaredLine? Line, string? Fault) Of(DeclaredKind kind, TableField amount) =>
                // A workbook's number has a point before its decimals, whatever the language.
                amount.Kind == FieldKind.Number && decimal.TryParse(amount.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    ? new DeclaredLine(kind, Field("what").Text ?? "", Math.Round(value, 2), Kept(Field("note").Text)) is var whole && Declare.Fits(whole) ? (whole, null) : (null, TypedLines.TextWrong)
                    : TypedLines.Of(kind, Field("what").Text ?? "", amount.Text, Field("note").Text);
        }
        catch (BadInputException)
        {
            return ([], [], Unreadable);
        }

        return (lines, faults, null);
    }

    static string? Kept(string? note) => string.IsNullOrWhiteSpace(note) ? null : note;

    static Dictionary<string, string> Named(IEnumerable<string> names, Func<string, string> key)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            found[name] = name;
            foreach (var (code, _) in Languages.All) found[DeclarationsText.In(CultureInfo.GetCultureInfo(code), key(name))] = name;
        }

        return found;
    }
}
