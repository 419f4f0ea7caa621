namespace Probity.Ledger.Witnessing;

/// <summary>How often witnesses are asked, and how long they are waited for.</summary>
/// <param name="Answer">From a request to the end of its answer.</param>
/// <param name="Start">How long all of them together may delay the start of a node.</param>
/// <param name="Pause">Between one round and the next, where the log has changed.</param>
/// <param name="Refresh">Between rounds where it has not: a fresh time says that it still stands.</param>
/// <param name="Grace">For those who are slower, once the quorum is there.</param>
public sealed record WitnessPatience(TimeSpan Answer, TimeSpan Start, TimeSpan Pause, TimeSpan Refresh, TimeSpan Grace)
{
    /// <summary>What a node has.</summary>
    public static WitnessPatience Usual { get; } = new(
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(1));
}
