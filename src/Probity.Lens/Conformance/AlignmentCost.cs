namespace Probity.Lens.Conformance;

/// <summary>
/// What an alignment's steps cost, in the unit that process mining tools share: a deviation outweighs any number of
/// silent steps that a procedure may need, and of two equally faithful readings the one with fewer silent steps is taken.
/// </summary>
internal static class AlignmentCost
{
    /// <summary>An event that the procedure does not explain, or a visible step of it that the log does not show.</summary>
    public const int Move = 10_000;

    /// <summary>A silent step of the procedure.</summary>
    public const int Silent = 1;

    /// <summary>The most that a shortest run may cost, and that a trace's events may: sums of the two stay within an int.</summary>
    public const int Ceiling = 500_000_000;

    /// <summary>No way at all.</summary>
    public const int Never = int.MaxValue;
}
