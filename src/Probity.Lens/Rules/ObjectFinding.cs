namespace Probity.Lens.Rules;

/// <summary>What a violation of a rule over objects is about, besides its case.</summary>
/// <param name="Events">The positions in the case of its events, rising.</param>
/// <param name="People">Who those events name, as numbers into the log's resources, each once.</param>
public sealed record ObjectFinding(IReadOnlyList<int> Events, IReadOnlyList<int> People)
{
    /// <summary>The most people, and the most objects, that one finding names; no real event has so many.</summary>
    public const int MostNames = 200;

    /// <summary>The objects that it turns on: the owner and others, or the places.</summary>
    public IReadOnlyList<string> Objects { get; init; } = [];

    /// <summary>How many objects there were.</summary>
    public int Count { get; init; }

    /// <summary>The value before and after, and when each was recorded, in microseconds since 1970-01-01 UTC.</summary>
    public (double Value, long Time) Before { get; init; }

    /// <inheritdoc cref="Before"/>
    public (double Value, long Time) After { get; init; }
}
