namespace Probity.Ledger;

/// <summary>
/// What the record says was erased, held against the keys. The entry comes first and the key goes after it, so whatever came between
/// the two (a crash, another node that appended) is made up for here.
/// </summary>
internal sealed class Erasures(ILogStore store, KeyRing keys) : IDisposable
{
    readonly SemaphoreSlim _one = new(1);
    readonly HashSet<CompartmentId> _due = [];
    long _seen;
    volatile bool _areDue;

    /// <summary>Whether keys that were noticed may still lie in the store.</summary>
    public bool AreDue => _areDue;

    /// <summary>How many entries of <see cref="KeysDestroyed.Stream"/> were read.</summary>
    public long Seen => Volatile.Read(ref _seen);

    /// <summary>Reads the entries since; the key ring gives none of their keys from then on.</summary>
    /// <exception cref="InvalidDataException">An entry cannot be read: what was erased is not known.</exception>
    public async ValueTask NoticeAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            await ReadAsync(ct);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Reads the entries since, and destroys every key that they name and that is still there.</summary>
    /// <exception cref="InvalidDataException">An entry cannot be read: what was erased is not known.</exception>
    public async ValueTask FinishAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            await ReadAsync(ct);
            if (_due.Count == 0) return;
            await keys.DestroyAsync(_due, ct);
            _due.Clear();
            _areDue = false;
        }
        finally
        {
            _one.Release();
        }
    }

    async ValueTask ReadAsync(CancellationToken ct)
    {
        foreach (var record in await store.ReadStreamAsync(KeysDestroyed.Stream, _seen, int.MaxValue, ct))
        {
            foreach (var compartment in (await OpenAsync(record, ct)).Compartments)
            {
                keys.Forget(compartment);
                _due.Add(compartment);
                _areDue = true;
            }

            Volatile.Write(ref _seen, record.Version);
        }
    }

    async ValueTask<KeysDestroyed> OpenAsync(StoredRecord record, CancellationToken ct)
    {
        try
        {
            var header = HeaderEncoding.Decode(record.Header);
            var payload = RecordSealing.Open(record, header, await keys.FindAsync(KeysDestroyed.Compartment, ct));
            if (payload is { } bytes) return KeysDestroyed.Decode(bytes.Span);
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"Record {record.Index} cannot be read: run 'probity verify' on the data folder.", fault);
        }

        throw new InvalidDataException(
            $"Record {record.Index} says which keys were destroyed, and its own key is not there: restore the keys from their newest backup.");
    }

    public void Dispose() => _one.Dispose();
}
