using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>What a receipt may be held against: it carries no key, so without either of these nobody's signature is checked.</summary>
/// <param name="Key">The log's key from a source of one's own.</param>
/// <param name="Policy">The log's key and the witnesses who have to have confirmed the checkpoint.</param>
public sealed record ReceiptRequest(VerifierKey? Key, TlogPolicy? Policy);

/// <summary>A witness whose confirmation was checked.</summary>
/// <param name="Name">What the policy calls it.</param>
/// <param name="Time">When it says that it confirmed.</param>
public sealed record ReceiptWitness(string Name, DateTimeOffset Time);

/// <summary>What a receipt says, and what checking it found.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Size">How many records its checkpoint counts.</param>
/// <param name="Root">The root that the checkpoint is for.</param>
/// <param name="Index">The number of the record.</param>
/// <param name="Opening">What opens the record's leaf.</param>
/// <param name="Header">What the record's header says, where the receipt carries one.</param>
/// <param name="KeyGiven">Whether there was a key to check its signature with.</param>
/// <param name="SignatureChecked">Whether the log's signature was checked with a key that was given, and is genuine.</param>
/// <param name="Witnesses">The witnesses of the policy who have confirmed the checkpoint.</param>
/// <param name="Quorum">Whether they are enough for the policy; null where none was given.</param>
/// <param name="Checks">Every check that was made, in order.</param>
public sealed record ReceiptReport(
    string Origin, long Size, Hash Root, long Index, LeafOpening Opening, RecordHeader? Header, bool KeyGiven, bool SignatureChecked,
    IReadOnlyList<ReceiptWitness> Witnesses, bool? Quorum, IReadOnlyList<CheckResult> Checks)
{
    /// <summary>Whether no check found anything wrong. That alone proves nothing: see <see cref="Proved"/>.</summary>
    public bool Ok => Checks.All(check => check.Ok);

    /// <summary>Whether the record is proved to stand in the log: all is in order, and the log's signature was checked.</summary>
    public bool Proved => Ok && SignatureChecked;
}
