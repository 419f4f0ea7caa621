using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>A signed checkpoint as it is given to others: under receipts, and beside the files of the log.</summary>
/// <param name="Head">The checkpoint.</param>
/// <param name="WitnessedAt">When the quorum of witnesses had confirmed it; null where the log alone has signed it.</param>
internal sealed record PublicHead(LogHead Head, DateTimeOffset? WitnessedAt)
{
    /// <summary>What the witnesses have confirmed, or null where it is not there or not signed with the log's key.</summary>
    public static PublicHead? Of(WitnessedCheckpoint? witnessed, VerifierKey key) =>
        witnessed is not null && LogKeys.Open(witnessed.Note, key) is { } head ? new PublicHead(head, witnessed.Time) : null;
}
