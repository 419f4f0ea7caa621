namespace Probity.Lens.Logs.Sheets;

/// <summary>What a cell holds.</summary>
internal enum CellKind : byte
{
    Empty,
    Text,
    Shared,
    Number,
    Truth,

    /// <summary>A moment in ISO 8601, as the strict form has it.</summary>
    Moment,

    /// <summary>#REF! and the like.</summary>
    Error,

    /// <summary>A formula whose result was not kept.</summary>
    Uncomputed,
}

/// <summary>A cell of the row at hand.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Start">Where its own text begins in the row's.</param>
/// <param name="Length">The length of that text.</param>
/// <param name="Number">Its number, or that of its shared text.</param>
/// <param name="Style">The number of its style.</param>
internal readonly record struct Cell(CellKind Kind, int Start, int Length, double Number, int Style);
