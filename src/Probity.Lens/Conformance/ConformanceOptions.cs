namespace Probity.Lens.Conformance;

/// <summary>Limits of a check. A variant that meets one is reported as unfinished, never with a wrong figure.</summary>
public sealed record ConformanceOptions
{
    /// <summary>How many variants are searched at once; the result is the same for any number.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How many states (a marking and a position in a trace) one search may hold; each takes about 60 bytes.</summary>
    public int MaxStates { get; init; } = 4_000_000;

    /// <summary>
    /// Up to so many markings a net is explored whole, once, for all variants; at the usual limit this takes
    /// some 50 ms and 30 MB. Larger nets, and those without bound, are explored only as far as each variant asks.
    /// </summary>
    public int MaxWholeMarkings { get; init; } = 30_000;

    /// <summary>How many markings are looked at, at most, for the runs that one event may need; past it the search goes step by step.</summary>
    internal int MaxRunMarkings { get; init; } = 2_000;

    /// <summary>
    /// How long the search may take in all; null for as long as it needs. A variant that was not judged by then is unfinished, and
    /// counts in no figure. How far it comes differs from run to run, what it says does not.
    /// </summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>How many markings the exact replay may hold.</summary>
    internal int MaxReplayMarkings { get; init; } = 100_000;

    /// <summary>Whether <see cref="ConformanceResult.Quality"/> is computed too.</summary>
    public bool Quality { get; init; }

    /// <summary>How many markings of a net that is too large to explore whole one search may hold.</summary>
    public int MaxMarkings { get; init; } = 1_000_000;
}
