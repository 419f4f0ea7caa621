namespace Probity.Ledger.Formats;

/// <summary>
/// How a witness answers <see cref="AddCheckpointRequest"/>, as C2SP tlog-witness has it since v1.0.0: a proof that fails is
/// 422, also where the size is the same and the root another. Pure: the caller reads what was cosigned last, and persists
/// what is to be, in one transaction and before it replies.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">Why, for people; on <see cref="Conflict"/> the body that the protocol wants.</param>
public abstract record WitnessDecision(int Status, string Message)
{
    /// <summary>To be cosigned, and remembered as the largest seen.</summary>
    public sealed record Cosign(Checkpoint Checkpoint) : WitnessDecision(200, "");

    /// <summary>The old size exceeds the new one.</summary>
    public sealed record BadRequest() : WitnessDecision(400, "The old size is larger than the checkpoint's.");

    /// <summary>No trusted key has signed, or the signature of one is not genuine.</summary>
    public sealed record Forbidden() : WitnessDecision(403, "The checkpoint has no signature of the log, or an invalid signature.");

    /// <summary>The log is not one that the witness knows.</summary>
    public sealed record UnknownLog() : WitnessDecision(404, "This is an unknown log: the witness does not know its origin.");

    /// <summary>The witness has cosigned another size last; the body is that size, as <c>text/x.tlog.size</c>.</summary>
    public sealed record Conflict(long Size) : WitnessDecision(409, $"{Size}\n");

    /// <summary>The log has not shown that it only grew: the request may be evidence against it.</summary>
    public sealed record Inconsistent() : WitnessDecision(422, "The consistency proof does not verify.");

    /// <summary>Decides.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="logKeys">The keys that the witness trusts for the checkpoint's origin; none where it does not know the log.</param>
    /// <param name="latest">What the witness has cosigned last for that origin, or null.</param>
    public static WitnessDecision Decide(AddCheckpointRequest request, IReadOnlyCollection<VerifierKey> logKeys, Checkpoint? latest)
    {
        if (Refuse(request, logKeys) is { } refused) return refused;
        var (checkpoint, old) = (request.Checkpoint, latest?.Size ?? 0);
        if (request.OldSize != old) return new Conflict(old);
        return ConsistencyProof.Verify(old, checkpoint.Size, [.. request.Proof], latest?.Root ?? MerkleTree.EmptyRoot, checkpoint.Root)
            ? new Cosign(checkpoint)
            : new Inconsistent();
    }

    /// <summary>What is refused whatever was cosigned before, or null: a stranger's request need not wait for the witness's memory.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="logKeys">The keys that the witness trusts for the checkpoint's origin; none where it does not know the log.</param>
    public static WitnessDecision? Refuse(AddCheckpointRequest request, IReadOnlyCollection<VerifierKey> logKeys)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(logKeys);
        if (logKeys.Count == 0) return new UnknownLog();
        if (!IsSigned(request.Note, logKeys)) return new Forbidden();
        return request.OldSize > request.Checkpoint.Size ? new BadRequest() : null;
    }

    static bool IsSigned(SignedNote note, IEnumerable<VerifierKey> keys)
    {
        try { return note.Verify(keys).Count > 0; }
        catch (InvalidSignatureException) { return false; }
    }
}
