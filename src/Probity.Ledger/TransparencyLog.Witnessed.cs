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
        var (size, root) = (opened.Checkpoint.Size, opened.Checkpoint.Root);
        var time = policy.QuorumTime(opened.Signatures)
            ?? throw new InvalidProofException("A quorum that needs nobody makes no checkpoint a witnessed one.");
        if (size > Size || await RootAsync(size, ct) != root)
            throw new InvalidProofException($"The log has another history than the cosigned checkpoint of size {size}.");
        var witnessed = new WitnessedCheckpoint(size, time, note.ToString());
        if (!await _store.WriteWitnessedAsync(witnessed, ct)) return false;
        lock (_witnessing)
            if (witnessed.IsNewerThan(_witnessed)) _witnessed = witnessed;
        return true;
    }

    /// <summary>The root of the tree over the first entries.</summary>
    async ValueTask<Hash> RootAsync(long size, CancellationToken ct) => await new Subtree(0, size).FoldAsync(Nodes(size, ct));

    static async ValueTask<WitnessedCheckpoint?> ReadWitnessedAsync(ILogStore store, VerifierKey key, LogHead head, CancellationToken ct)
    {
        if (await store.ReadWitnessedAsync(ct) is not { } witnessed) return null;
        return LogKeys.Open(witnessed.Note, key) is { } opened && opened.Size == witnessed.Size && opened.Size <= head.Size ? witnessed
            : throw new InvalidDataException(
                $"The ledger holds {head.Size} entries, and a witnessed checkpoint of size {witnessed.Size} that is not of them: run 'probity verify' on it.");
    }
}
