using Probity.Exhibits.Contract;

namespace Probity.Exhibits.TakingOver;

/// <summary>Something about a line that whoever presents it has to know.</summary>
/// <param name="Code">What it is: a key of the texts under <c>takeover.note.</c></param>
/// <param name="Column">Where; null for the line as a whole.</param>
/// <param name="IsWrong">Whether nothing can be taken over before it is put right.</param>
/// <param name="Words">What stands there, and what it may be, for the sentence.</param>
internal sealed record LineNote(string Code, RegisterColumn? Column, bool IsWrong, params IReadOnlyList<string> Words);

/// <summary>A line of a register as it was understood, by itself: what the record says to it is not looked at yet.</summary>
internal sealed record StatedLine(int Line)
{
    public string Number { get; init; } = "";

    /// <summary>The case's number as written; null for none.</summary>
    public string? Case { get; init; }
    public DateOnly? SeizedOn { get; init; }
    public ExhibitKind? Kind { get; init; }
    public string? Substance { get; init; }
    public string Description { get; init; } = "";
    public Grams? Mass { get; init; }
    public Quantity? Quantity { get; init; }

    /// <summary>The seals, one for each package; empty texts where the register names none.</summary>
    public IReadOnlyList<string> Seals { get; init; } = [];

    /// <summary>The place of the store as written; null for none.</summary>
    public string? Storage { get; init; }
    public string? Country { get; init; }
    public string? Region { get; init; }
    public string? City { get; init; }
    public SeizurePlace? Place { get; init; }
    public Transport? Transport { get; init; }
    public string? Note { get; init; }

    /// <summary>Whether it looks like a sum of other lines: it is no exhibit, and is left out.</summary>
    public bool IsTotal { get; init; }

    public IReadOnlyList<LineNote> Notes { get; init; } = [];

    public bool IsWrong => Notes.Any(n => n.IsWrong);
}

/// <summary>A register as its file states it.</summary>
/// <param name="Columns">The names of its columns.</param>
/// <param name="Held">Which of them holds what.</param>
/// <param name="Sheets">The sheets of a workbook.</param>
/// <param name="Sheet">The one that was read.</param>
/// <param name="Lines">Its lines, in order.</param>
internal sealed record StatedRegister(
    IReadOnlyList<string> Columns, IReadOnlyDictionary<RegisterColumn, int> Held, IReadOnlyList<string> Sheets, string? Sheet, IReadOnlyList<StatedLine> Lines)
{
    /// <summary>The line that was taken as the one that names the columns.</summary>
    public int HeaderLine { get; init; }

    /// <summary>The names of columns of which nobody said what they hold: they are left out.</summary>
    public IReadOnlyList<string> Unknown => [.. Columns.Where((name, at) => name.Length > 0 && !Held.Values.Contains(at))];

    /// <summary>Where the file cannot be read further, in the reader's own words; null where it was read to its end.</summary>
    public string? Broken { get; init; }

    /// <summary>Whether there are more lines than one file may have; the rest was not read.</summary>
    public bool IsTooLong { get; init; }
}
