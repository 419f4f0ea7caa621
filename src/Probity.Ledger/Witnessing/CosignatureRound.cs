using Probity.Ledger.Formats;

namespace Probity.Ledger.Witnessing;

/// <summary>Gathers cosignatures of one checkpoint, as they come in.</summary>
internal sealed class CosignatureRound(SignedNote note, TlogPolicy policy)
{
    readonly Lock _one = new();
    readonly Dictionary<VerifierKey, NoteSignature> _lines = [];
    readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SignedNote Note => note;

    /// <summary>Ends when the quorum has cosigned.</summary>
    public Task Met => _met.Task;

    /// <summary>Takes a genuine cosignature.</summary>
    public void Add(VerifierKey witness, NoteSignature line)
    {
        lock (_one)
        {
            _lines[witness] = line;
            if (policy.NeedsWitnesses && policy.IsQuorum(_lines.Keys)) _met.TrySetResult();
        }
    }

    /// <summary>The checkpoint with all that came in, in the policy's order.</summary>
    public SignedNote Cosigned()
    {
        lock (_one) return note.With([.. policy.Witnesses.Select(witness => _lines.GetValueOrDefault(witness.Key)).OfType<NoteSignature>()]);
    }
}
