using Probity.Ledger.Formats;

namespace Probity.Ledger;

// What witnesses have seen of the log: behind it, not even who holds every key here can change anything unseen.
public sealed partial class TransparencyLog
{
    readonly Lock _witnessing = new();
    volatile WitnessedCheckpoint? _witnessed;

    /// <summary>The newest checkpoint that a quorum of witnesses has cosigned, with the time of the quorum; null where there is none yet.</summary>
    public WitnessedCheckpoint? Witnessed => _witnessed;

    /// <summary>
    /// Verifies a cosigned checkpoint and keeps it durably as <see cref="Witnessed"/>, unless a newer one is there.
    /// </summary>
    /// <param name="note">A checkpoint of this log with its cosignatures.</param>
    /// <param name="policy">Who has to have cosigned it.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Whether it is the newest now.</returns>
    /// <exception cref="FormatException">It is malformed.</exception>
    /// <exception cref="InvalidSignatureException">This log has not signed it, or a signature of one of the policy's keys is not genuine.</exception>
    /// <exception cref="InvalidProofException">
    /// The policy's quorum has not cosigned it, or needs nobody; or this log never had that root at that size.
    /// </exception>
    public async ValueTask<bool> PutWitnessedAsync(SignedNote note, TlogPolicy policy, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var opened = policy.Open(note, VerifierKey);
        var size = opened.Checkpoint.Size;
        var time = policy.QuorumTime(opened.Signatures)
            ?? throw new InvalidProofException("A quorum that needs nobody makes no checkpoint a witnessed one.");
        if (await CompareAsync(opened.Checkpoint, ct) != LogComparison.Holds)
            throw new InvalidProofException($"The log has another history than the cosigned checkpoint of size {size}.");
        var witnessed = new WitnessedCheckpoint(size, time, note.ToString());
        if (!await _store.WriteWitnessedAsync(witnessed, ct)) return false;
        lock (_witnessing)
            if (witnessed.IsNewerThan(_witnessed)) _witnessed = witnessed;
        return true;
    }

    /// <summary>Why the log takes no entries, or null while it does.</summary>
    public string? Stopped => _writer.Stopped;

    /// <summary>
    /// Takes no entry from now on and signs nothing: for when what it holds contradicts what others have seen of it. Reading goes on.
    /// </summary>
    /// <param name="reason">Why, and what to do, in a sentence or two for whoever runs the node.</param>
    public void StopSigning(string reason) => _writer.Stopped = reason;

    /// <summary>Takes entries again, unless it was stopped for another reason meanwhile.</summary>
    internal void ResumeSigning(string reason) => _writer.Resume(reason);

    /// <summary>
    /// Compares with a checkpoint that this log's key has signed, and that somebody else kept. The log has to hold all that it held:
    /// where it does not, entries were lost, or the log was written anew, here or elsewhere.
    /// </summary>
    public async ValueTask<LogComparison> CompareAsync(Checkpoint kept, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var size = await StoredSizeAsync(ct);
        if (kept.Size > size) return LogComparison.Shorter;
        return await new Subtree(0, kept.Size).FoldAsync(StoredNodes(size, ct)) == kept.Root ? LogComparison.Holds : LogComparison.Forked;
    }

    /// <summary>Not only what this process knows: another node may have appended meanwhile.</summary>
    internal async ValueTask<long> StoredSizeAsync(CancellationToken ct) => (await _store.ReadCheckpointAsync(ct))?.Size ?? 0;

    static async ValueTask<WitnessedCheckpoint?> ReadWitnessedAsync(ILogStore store, VerifierKey key, LogHead head, CancellationToken ct)
    {
        if (await store.ReadWitnessedAsync(ct) is not { } witnessed) return null;
        return LogKeys.Open(witnessed.Note, key) is { } opened && opened.Size == witnessed.Size && opened.Size <= head.Size ? witnessed
            : throw new InvalidDataException(
                $"The ledger holds {head.Size} entries, and a witnessed checkpoint of size {witnessed.Size} that is not of them: run 'probity verify' on it.");
    }
}

/// <summary>How a log stands to a checkpoint of its own that somebody else kept.</summary>
public enum LogComparison
{
    /// <summary>It holds all that it held then.</summary>
    Holds,

    /// <summary>It has fewer entries than it had: it was rolled back.</summary>
    Shorter,

    /// <summary>It has other entries than it had: it was written anew.</summary>
    Forked,
}
