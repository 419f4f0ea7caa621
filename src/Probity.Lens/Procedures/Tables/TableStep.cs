namespace Probity.Lens.Procedures.Tables;

/// <summary>A row of a procedure table, its cells understood one by one; how the rows belong together is for <see cref="StepOrder"/>.</summary>
internal sealed class TableStep
{
    /// <summary>The longest name of a step.</summary>
    public const int LongestName = 200;

    /// <summary>Its row among those with a step, from 0.</summary>
    public required int Index { get; init; }

    public required string Name { get; init; }

    /// <summary>What other rows may call it besides.</summary>
    public required string Number { get; init; }

    public required IReadOnlyList<string> Who { get; init; }

    /// <summary>Where it is said what it comes after.</summary>
    public required TableCell AfterCell { get; init; }

    public required TableCell InsteadCell { get; init; }

    public required TableCell WithinCell { get; init; }

    /// <summary>How long it may take, as rule files write it; null for any time.</summary>
    public required string? Within { get; init; }

    public required bool TakesTwo { get; init; }

    public required IReadOnlyList<string> Evidence { get; init; }

    public required bool Optional { get; init; }

    /// <summary>Where the row is, for messages.</summary>
    public required string Place { get; init; }

    /// <summary>The steps that it comes after, as the table has them.</summary>
    public List<TableStep> After { get; } = [];

    /// <summary>Whether the table says so, or the order of its rows.</summary>
    public bool SaysAfter { get; set; }

    /// <summary>The steps of which just one is done, in the order of the rows, the one that the others stand in for among them.</summary>
    public List<TableStep> Choice { get; set; } = [];

    /// <summary>The one that the others stand in for; itself where there are none.</summary>
    public TableStep Head { get; set; } = null!;
}
