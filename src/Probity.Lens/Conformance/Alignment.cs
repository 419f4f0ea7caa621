namespace Probity.Lens.Conformance;

/// <summary>The cheapest way to read a trace as a run of the procedure.</summary>
/// <param name="Cost">Its cost, in units of <see cref="AlignmentCost"/>.</param>
/// <param name="Steps">Its steps in order.</param>
internal sealed record Alignment(int Cost, IReadOnlyList<AlignmentStep> Steps)
{
    /// <summary>
    /// How many of its steps are events without a step or visible steps without an event. It is counted and not taken from the
    /// cost: the silent steps of a long case can cost as much as a deviation.
    /// </summary>
    public int Moves(IReadOnlyList<string?> labels) =>
        Steps.Count(s => s.Transition < 0 || (s.Position < 0 && labels[s.Transition] is not null));
}

/// <summary>An event (by position), a step of the procedure (by transition), or both at once; -1 for the missing side.</summary>
internal readonly record struct AlignmentStep(int Position, int Transition);
