namespace Probity.Ledger;

// Erasing: an entry says so first, then the keys go.
public sealed partial class TransparencyLog
{
    /// <summary>
    /// Erases compartments: appends the entries and, with them, one of type <see cref="KeysDestroyed.Type"/>, all or none; then destroys
    /// the keys. What was recorded in the compartments reads as null from then on and can never be read again, while its headers still
    /// verify. They take no more entries. Should the process end in between, the next opening destroys the keys.
    /// </summary>
    /// <param name="expectations">How many entries each stream held when the author decided.</param>
    /// <param name="entries">What is recorded together with it; may be none. None of them in a compartment that is erased.</param>
    /// <param name="actor">Who erases.</param>
    /// <param name="compartments">What is erased, 1 to <see cref="KeysDestroyed.MaxCompartments"/>; it need never have been used.</param>
    /// <param name="leader">Erases only if this still leads.</param>
    /// <param name="ct">Gives up waiting for a place in the queue.</param>
    /// <exception cref="LeadershipLostException">Another leads by now.</exception>
    /// <exception cref="ArgumentException">Nothing is erased, or something that cannot be, or an entry would be erased with it.</exception>
    /// <exception cref="KeyDestroyedException">An entry's compartment was erased before.</exception>
    /// <exception cref="StoreFaultException">The store did not confirm the entries.</exception>
    /// <exception cref="IOException">
    /// It is on the record, and a key could not be destroyed now: call <see cref="FinishErasuresAsync"/>.
    /// </exception>
    public async ValueTask<AppendResult> EraseAsync(
        IReadOnlyList<Expectation> expectations, IReadOnlyList<NewEntry> entries, ActorId actor, IReadOnlyList<CompartmentId> compartments,
        Leadership? leader, CancellationToken ct)
    {
        CompartmentId[] erased = [.. compartments.Distinct()];
        if (erased.Length is 0 or > KeysDestroyed.MaxCompartments)
            throw new ArgumentException($"An erasure takes 1 to {KeysDestroyed.MaxCompartments} compartments, not {erased.Length}.", nameof(compartments));
        if (erased.Contains(KeysDestroyed.Compartment) || erased.Contains(Succeeded.Compartment))
            throw new ArgumentException("The compartments of the ledger's own entries cannot be erased.", nameof(compartments));
        if (entries.FirstOrDefault(entry => erased.Contains(entry.Compartment)) is { } lost)
            throw new ArgumentException($"An entry is meant for compartment {lost.Compartment}, which this erases.", nameof(entries));
        if (entries.Count > 0) Check(entries);

        var said = new NewEntry(
            KeysDestroyed.Stream, KeysDestroyed.Type, new KeysDestroyed(erased).Encode(), actor, KeysDestroyed.Compartment);
        var request = new AppendRequest([.. expectations], [.. entries, said], leader) { Erases = erased };
        await _writer.EnqueueAsync(request, ct);
        var result = await request.Answered;
        if (result is AppendResult.Appended) await FinishErasuresAsync(CancellationToken.None);
        return result;
    }

    /// <inheritdoc cref="EraseAsync(IReadOnlyList{Expectation}, IReadOnlyList{NewEntry}, ActorId, IReadOnlyList{CompartmentId}, Leadership?, CancellationToken)"/>
    public ValueTask<AppendResult> EraseAsync(
        IReadOnlyList<Expectation> expectations, IReadOnlyList<NewEntry> entries, ActorId actor, IReadOnlyList<CompartmentId> compartments, CancellationToken ct) =>
        EraseAsync(expectations, entries, actor, compartments, null, ct);

    /// <summary>Destroys every key that the record says was destroyed and that is still there: after a fault, or an erasure on another node.</summary>
    /// <exception cref="IOException">A key could not be destroyed now.</exception>
    public ValueTask FinishErasuresAsync(CancellationToken ct) => _erasures.FinishAsync(ct);

    /// <summary>Destroys a key with no entry that says so, as nobody may who is not testing what then happens.</summary>
    internal ValueTask DestroyKeyAsync(CompartmentId compartment, CancellationToken ct) => _keys.DestroyAsync([compartment], ct);
}
