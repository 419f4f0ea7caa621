namespace Probity.Ledger.Formats;

/// <summary>A log that a policy accepts.</summary>
public sealed record PolicyLog(VerifierKey Key, string? Url);

/// <summary>A witness that a policy knows, under the name that it has there.</summary>
public sealed record PolicyWitness(string Name, VerifierKey Key, string? Url);

/// <summary>
/// C2SP tlog-policy: which logs are accepted, and which witnesses, alone or in groups, have to cosign a checkpoint. Two rules
/// follow practice where the text is stricter or silent. A witness may be given by a plain Ed25519 vkey, which then stands
/// for its cosignature key. Two witnesses may share a key, but a cosignature counts for the first of them only, so a quorum
/// is never met with fewer keys than it says; and one URL belongs to one signer.
/// </summary>
public sealed class TlogPolicy
{
    readonly string quorum;
    readonly Dictionary<string, (int Threshold, string[] Members)> groups;

    internal TlogPolicy(
        IReadOnlyList<PolicyLog> logs, IReadOnlyList<PolicyWitness> witnesses,
        Dictionary<string, (int Threshold, string[] Members)> groups, string quorum) =>
        (Logs, Witnesses, this.groups, this.quorum) = (logs, witnesses, groups, quorum);

    /// <summary>The name of a quorum that needs nobody.</summary>
    internal const string None = "none";

    /// <summary>The logs, in order.</summary>
    public IReadOnlyList<PolicyLog> Logs { get; }

    /// <summary>The witnesses, in order.</summary>
    public IReadOnlyList<PolicyWitness> Witnesses { get; }

    /// <summary>Whether a checkpoint needs cosignatures at all.</summary>
    public bool NeedsWitnesses => quorum != None;

    /// <summary>Reads a policy file in UTF-8.</summary>
    /// <exception cref="FormatException">It is malformed, names what is not defined above, or has not exactly one quorum.</exception>
    public static TlogPolicy Parse(ReadOnlySpan<byte> policy) => new TlogPolicyReader().Read(SignedNote.Decode(policy));

    /// <summary>Whether these keys, whose cosignatures were verified, make up the quorum.</summary>
    public bool IsQuorum(IEnumerable<VerifierKey> cosigners)
    {
        var keys = cosigners.ToHashSet();
        var names = Witnesses.Where(witness => keys.Contains(witness.Key)).DistinctBy(witness => PublicKeyOf(witness.Key))
            .Select(witness => witness.Name).ToHashSet();
        return quorum == None || Counts(quorum, names);
    }

    /// <summary>
    /// When the quorum was reached: the newest instant T such that the cosignatures of T and later still meet it. So one witness that
    /// is asked again and again makes a checkpoint no fresher than its quorum. Null where they do not meet it, or where it needs nobody.
    /// </summary>
    /// <param name="cosignatures">Genuine cosignatures of one checkpoint.</param>
    public DateTimeOffset? QuorumTime(IEnumerable<VerifiedSignature> cosignatures)
    {
        if (!NeedsWitnesses) return null;
        var cosigned = new List<VerifierKey>();
        foreach (var signature in cosignatures.Where(signature => signature.Time is not null).OrderByDescending(signature => signature.Time))
        {
            cosigned.Add(signature.Key);
            if (IsQuorum(cosigned)) return signature.Time;
        }

        return null;
    }

    /// <summary>Opens a checkpoint: signed by one of the logs, whose name is its origin, and cosigned by the quorum.</summary>
    /// <exception cref="FormatException">It is malformed.</exception>
    /// <exception cref="InvalidSignatureException">No log has signed it, or a known signature is not genuine.</exception>
    /// <exception cref="InvalidProofException">The quorum has not cosigned it.</exception>
    public SignedCheckpoint Open(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        var origin = Checkpoint.Parse(note.Text).Origin;
        var log = Logs.Select(log => log.Key)
            .FirstOrDefault(key => key.Name == origin && note.Signatures.Any(signature => signature.IsBy(key)))
            ?? throw new InvalidSignatureException("No log of the policy has signed the checkpoint.");
        return Open(note, log);
    }

    /// <summary>Opens a checkpoint of a log that is known otherwise, cosigned by the quorum.</summary>
    /// <exception cref="FormatException">It is malformed.</exception>
    /// <exception cref="InvalidSignatureException">The log has not signed it, or a known signature is not genuine.</exception>
    /// <exception cref="InvalidProofException">The quorum has not cosigned it.</exception>
    public SignedCheckpoint Open(SignedNote note, VerifierKey log)
    {
        var opened = Checkpoint.Open(note, log, Witnesses.Select(witness => witness.Key));
        return IsQuorum(opened.Cosigners)
            ? opened
            : throw new InvalidProofException("The quorum of the policy has not cosigned the checkpoint.");
    }

    internal static string PublicKeyOf(VerifierKey key) => Convert.ToBase64String(key.PublicKey.Span);

    // A name is a member of one group at most, and of none below itself: this is a tree.
    bool Counts(string name, HashSet<string> cosigned) => groups.TryGetValue(name, out var group)
        ? group.Members.Count(member => Counts(member, cosigned)) >= group.Threshold
        : cosigned.Contains(name);
}
