namespace Probity.Exhibits.TakingOver;

/// <summary>Which comes first in a date such as 03/04/2019.</summary>
internal enum DayOrder { NotSaid, DayFirst, MonthFirst }

/// <summary>What stands before the decimals in a number such as 1.234.</summary>
internal enum DecimalSign { NotSaid, Point, Comma }

/// <summary>How whoever presents a register wants it read. What is not said is not guessed.</summary>
internal sealed record RegisterChoices
{
    /// <summary>The sheet of a workbook; null for the first with a header.</summary>
    public string? Sheet { get; init; }

    /// <summary>The column that holds each thing, from 0; null to go by their names.</summary>
    public IReadOnlyDictionary<RegisterColumn, int>? Columns { get; init; }

    public DayOrder Days { get; init; }

    public DecimalSign Decimals { get; init; }

    /// <summary>The unit of amounts that have none: g, kg, mg; null to ask for it.</summary>
    public string? Unit { get; init; }

    /// <summary>The place of what names none.</summary>
    public Guid? Location { get; init; }

    /// <summary>Whether lines of no case on the record join one that is opened for them.</summary>
    public bool OpensCase { get; init; }

    /// <summary>Whether lines whose number was taken over before are passed over.</summary>
    public bool PassesOver { get; init; }
}
