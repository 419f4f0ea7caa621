using System.Globalization;
using Probity.People.Contract;
using Probity.Shared;

namespace Probity.People.Declaring;

/// <summary>What is wrong with a line, and in which.</summary>
internal sealed record LineFault(DeclaredKind Kind, int Line, string Code);

/// <summary>
/// Lines as people type them, or paste them from a spreadsheet: one in a line, its parts with a semicolon or a tab between them: what; amount; note. Ties have no amount where
/// the second part is no number.
/// </summary>
internal static class TypedLines
{
    public const string AmountMissing = "line.amount-missing";
    public const string AmountTwice = "line.amount-ambiguous";
    public const string TextWrong = "line.text-wrong";

    /// <summary>The lines of one field.</summary>
    public static IReadOnlyList<DeclaredLine> Read(DeclaredKind kind, string? text, List<LineFault> faults)
    {
        var (lines, number) = (new List<DeclaredLine>(), 0);
        foreach (var line in (text ?? "").Split('\n'))
        {
            number++;
            var parts = line.Split('\t', ';').Select(p => p.Trim()).ToList();
            if (parts.TrueForAll(p => p.Length == 0)) continue;
            var (read, fault) = Of(kind, parts[0], parts.ElementAtOrDefault(1), string.Join("; ", parts.Skip(2).Where(p => p.Length > 0)));
            if (fault is not null) faults.Add(new LineFault(kind, number, fault));
            else lines.Add(read!);
            // What is more than a declaration has is not read to its end.
            if (lines.Count > DeclaredLines.Most) break;
        }

        return lines;
    }

    /// <summary>A line of its parts, or the code of what is wrong with it.</summary>
    public static (DeclaredLine? Line, string? Fault) Of(DeclaredKind kind, string what, string? amount, string? note)
    {
        decimal? read = null;
        if (!string.IsNullOrEmpty(amount))
        {
            if (TypedNumber.IsAmbiguous(amount)) return (null, AmountTwice);
            if (TypedNumber.TryRead(amount, out var value)) read = value;
            else if (!DeclaredLines.IsTie(kind)) return (null, AmountMissing);
            else note = string.IsNullOrEmpty(note) ? amount : $"{amount}; {note}";
        }

        var line = new DeclaredLine(kind, what, read, string.IsNullOrWhiteSpace(note) ? null : note);
        return read is null && !DeclaredLines.IsTie(kind) ? (null, AmountMissing) : Declare.Fits(line) ? (line, null) : (null, TextWrong);
    }

    /// <summary>The lines of a kind as they would be typed.</summary>
    public static string Write(IEnumerable<DeclaredLine> lines, DeclaredKind kind) => string.Join('\n', lines.Where(l => l.Kind == kind)
        .Select(l => string.Join("; ", ((string?[])[Part(l.What), l.Amount?.ToString("0.##", CultureInfo.InvariantCulture), l.Note]).Where(p => !string.IsNullOrEmpty(p)))));

    static string Part(string text) => text.Replace(';', ',').Replace('\t', ' ');
}
