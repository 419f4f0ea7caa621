using Probity.Ledger.Formats;

namespace Probity.Ledger.Witnessing;

/// <summary>What a witness remembers of a log.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Size">The size that was cosigned last.</param>
/// <param name="Root">The root at that size.</param>
/// <param name="Time">The time of that cosignature, to the second.</param>
/// <param name="Note">The checkpoint with the log's genuine signatures and the witness's.</param>
/// <param name="Fork">
/// A checkpoint that the log has signed and that cannot be of the same history: same size, another root. Proof that the log lies; the first
/// one is kept.
/// </param>
public sealed record WitnessState(string Origin, long Size, Hash Root, DateTimeOffset Time, string Note, string? Fork = null)
{
    internal Checkpoint Checkpoint => new(Origin, Size, Root);
}

/// <summary>
/// What a log becomes in a witness's memory.
/// </summary>
/// <param name="state">What was remembered of the log, or null.</param>
/// <param name="newest">The time of the newest cosignature of any log.</param>
/// <returns>What is to be remembered, or null to change nothing.</returns>
public delegate WitnessState? WitnessUpdate(WitnessState? state, DateTimeOffset? newest);

/// <summary>A witness's memory: lost or rolled back, the witness could be made to cosign two histories.</summary>
public interface IWitnessStore : IAsyncDisposable
{
    /// <summary>What is remembered of the log whose origin has this SHA-256, or null.</summary>
    ValueTask<WitnessState?> FindAsync(ReadOnlyMemory<byte> originHash, CancellationToken ct);

    /// <summary>
    /// Decides on what is remembered and remembers what was decided, in one step: nobody, in this process or another, comes in between. On
    /// return it is on the disk.
    /// </summary>
    ValueTask UpdateAsync(string origin, WitnessUpdate update, CancellationToken ct);
}
