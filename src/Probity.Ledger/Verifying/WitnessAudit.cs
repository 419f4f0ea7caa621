using System.Globalization;
using System.Security.Cryptography;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>Checks that the quorum of a policy has cosigned a checkpoint, and says who has, and when.</summary>
internal static class WitnessAudit
{
    public const string Witnesses = "witnesses";

    /// <param name="findings">Where what is found goes.</param>
    /// <param name="policy">The policy of the one who asked.</param>
    /// <param name="key">The log's key.</param>
    /// <param name="note">The checkpoint that should be cosigned, or null where there is none.</param>
    /// <param name="newest">How many entries the log has signed.</param>
    public static void Check(Findings findings, TlogPolicy policy, VerifierKey key, string? note, long newest)
    {
        if (policy.Logs.Count > 0 && policy.Logs.All(log => log.Key != key))
            findings.Fault(Witnesses, null, $"The policy is for other logs than the one with the key {key}.");
        if (note is null)
        {
            findings.Fault(Witnesses, null, "The log shows no checkpoint that the policy's quorum has confirmed.");
            return;
        }

        try
        {
            findings.Check(Witnesses, Describe(policy, policy.Open(SignedNote.Parse(note), key), newest));
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            findings.Fault(Witnesses, null, $"The log's checkpoint is not confirmed as the policy asks: {fault.Message}");
        }
    }

    static string Describe(TlogPolicy policy, SignedCheckpoint opened, long newest)
    {
        var size = opened.Checkpoint.Size;
        var by = policy.Witnesses.Select(witness => (witness.Name, Time: opened.Signatures.FirstOrDefault(one => one.Key == witness.Key)?.Time))
            .Where(one => one.Time is not null).Select(one => $"{one.Name} at {Utc(one.Time!.Value)}").ToList();
        var unread = policy.Witnesses.Count(witness => !NoteVerification.CanVerify(witness.Key));
        return string.Create(CultureInfo.InvariantCulture, $"The first {size} entries are confirmed by {(by.Count == 0 ? "nobody, as the policy allows" : string.Join(", ", by))}.")
            + (policy.QuorumTime(opened.Signatures) is { } time ? $" The quorum was reached at {Utc(time)}." : "")
            + (newest > size ? string.Create(CultureInfo.InvariantCulture, $" {newest - size} newer entries are not confirmed yet.") : "")
            + (unread > 0 ? string.Create(CultureInfo.InvariantCulture, $" {unread} witnesses have keys that cannot be verified on this machine: they count as absent.") : "");
    }

    static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
