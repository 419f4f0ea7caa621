namespace Probity.Lens.Discovery;

/// <summary>What a process map shows besides the log itself.</summary>
public sealed record MapOptions
{
    /// <summary>The title of the picture, for screen readers.</summary>
    public string Title { get; init; } = "Process map";

    /// <summary>Activities that depart from the procedure, by name: drawn with a double, dashed border in another colour.</summary>
    public IReadOnlySet<string> DeviatingActivities { get; init; } = new HashSet<string>();

    /// <summary>Steps that depart from the procedure, by the names of their two activities: dashed, in another colour.</summary>
    public IReadOnlySet<(string From, string To)> DeviatingSteps { get; init; } = new HashSet<(string, string)>();

    /// <summary>
    /// At most so many steps are drawn, the most frequent first, and of the others only what keeps each activity joined
    /// to the map; the description says how many are left out. Deviating steps are always drawn.
    /// </summary>
    public int MaxSteps { get; init; } = 40;
}
