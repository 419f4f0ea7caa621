namespace Probity.Ledger;

/// <summary>How long a log over HTTP is waited for.</summary>
/// <param name="Headers">From a request to the headers of its answer.</param>
/// <param name="Body">From there to the end of the answer: all that is asked for is small.</param>
/// <param name="Progress">From one thing that was verified to the next.</param>
internal sealed record LogPatience(TimeSpan Headers, TimeSpan Body, TimeSpan Progress)
{
    /// <summary>What a stranger's server gets: one that says nothing is given up in less than half a minute.</summary>
    public static LogPatience Usual { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(25));
}
