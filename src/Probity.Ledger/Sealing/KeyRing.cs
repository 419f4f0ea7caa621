using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Probity.Ledger;

/// <summary>The compartment keys in use, unwrapped when first needed.</summary>
internal sealed class KeyRing(IKeyStore store, WrappingKey wrapping) : IDisposable
{
    /// <summary>A key takes some two hundred bytes; the ring starts afresh when it holds this many.</summary>
    const int Capacity = 65_536;

    /// <summary>The version of a wrapping that was never renewed.</summary>
    const int FirstVersion = 1;

    // Null marks a key that was destroyed, which is for ever.
    readonly ConcurrentDictionary<CompartmentId, CompartmentKey?> _held = new();

    // What the record says is erased, whatever the store still has: the entry comes before the key goes.
    readonly ConcurrentDictionary<CompartmentId, bool> _forgotten = new();
    readonly SemaphoreSlim _change = new(1);

    /// <summary>The key of something recorded, or null where it was destroyed.</summary>
    /// <exception cref="InvalidDataException">The wrapped key does not open, or is lost: what is not there is not taken for erased.</exception>
    public async ValueTask<CompartmentKey?> FindAsync(CompartmentId compartment, CancellationToken ct)
    {
        if (_forgotten.ContainsKey(compartment)) return null;
        if (_held.TryGetValue(compartment, out var held)) return held;
        // One at a time, so that a key read before its destruction cannot be put on the ring after it.
        await _change.WaitAsync(ct);
        try
        {
            return await LoadAsync(compartment, ct) is { } found ? found.Key
                : throw new InvalidDataException(
                    $"The key of compartment {compartment} is lost: nothing says that it was destroyed. Put the newest backup of the keys back.");
        }
        finally
        {
            _change.Release();
        }
    }

    /// <summary>A key for each compartment; null for one that was destroyed. New ones are durable when this returns.</summary>
    public async ValueTask<Dictionary<CompartmentId, CompartmentKey?>> EnsureAsync(
        IReadOnlyCollection<CompartmentId> compartments, CancellationToken ct)
    {
        var keys = new Dictionary<CompartmentId, CompartmentKey?>(compartments.Count);
        foreach (var compartment in compartments)
            if (_forgotten.ContainsKey(compartment)) keys[compartment] = null;
            else if (_held.TryGetValue(compartment, out var held)) keys[compartment] = held;
        if (keys.Count == compartments.Count) return keys;

        await _change.WaitAsync(ct);
        try
        {
            var missing = new List<CompartmentId>();
            foreach (var compartment in compartments)
            {
                if (keys.ContainsKey(compartment)) continue;
                if (await LoadAsync(compartment, ct) is { } found) keys[compartment] = found.Key;
                else missing.Add(compartment);
            }

            if (missing.Count == 0) return keys;
            await store.AddAsync([.. missing.Select(Make)], ct);
            // Read back: where another node made the same key first, its key is the one.
            foreach (var compartment in missing)
                keys[compartment] = await LoadAsync(compartment, ct) is { } found ? found.Key
                    : throw new InvalidDataException($"The key of compartment {compartment} was not stored.");
            return keys;
        }
        finally
        {
            _change.Release();
        }
    }

    /// <summary>Takes a key that was read from the store by the way, if there is room. False where it does not open.</summary>
    public bool TryHold(WrappedKey wrapped)
    {
        if (wrapping.Unwrap(wrapped) is not { } key) return false;
        if (_held.Count < Capacity) _held.TryAdd(wrapped.Compartment, key);
        return true;
    }

    /// <summary>Gives this key no more, though it may still lie in the store.</summary>
    public void Forget(CompartmentId compartment)
    {
        _forgotten[compartment] = true;
        _held[compartment] = null;
    }

    /// <summary>Whether <see cref="Forget"/> was told of it.</summary>
    public bool IsForgotten(CompartmentId compartment) => _forgotten.ContainsKey(compartment);

    /// <summary>Destroys keys in the store.</summary>
    public async ValueTask DestroyAsync(IReadOnlyCollection<CompartmentId> compartments, CancellationToken ct)
    {
        await _change.WaitAsync(ct);
        try
        {
            // Should the store fail, it may have destroyed a key before: one that was kept here would go on sealing what nobody can
            // open after a restart.
            foreach (var compartment in compartments) _held.TryRemove(compartment, out _);
            await store.DestroyAsync(compartments, ct);
            foreach (var compartment in compartments) _held[compartment] = null;
        }
        finally
        {
            _change.Release();
        }
    }

    async ValueTask<Found?> LoadAsync(CompartmentId compartment, CancellationToken ct)
    {
        if (_forgotten.ContainsKey(compartment)) return new Found(null);
        if (_held.TryGetValue(compartment, out var held)) return new Found(held);
        if (await store.FindAsync(compartment, ct) is not { } wrapped) return null;
        var key = wrapped.Wrapped is null ? null : wrapping.Unwrap(wrapped)
            ?? throw new InvalidDataException(
                $"The key of compartment {compartment} does not open with this wrapping key: run 'probity verify' on the data folder.");
        if (_held.Count >= Capacity) _held.Clear();
        _held[compartment] = key;
        return new Found(key);
    }

    WrappedKey Make(CompartmentId compartment)
    {
        Span<byte> key = stackalloc byte[CompartmentKey.Size];
        RandomNumberGenerator.Fill(key);
        var wrapped = wrapping.Wrap(compartment, FirstVersion, key);
        CryptographicOperations.ZeroMemory(key);
        return wrapped;
    }

    public void Dispose() => _change.Dispose();

    /// <summary>A row in the store: a key, or null for a tombstone.</summary>
    readonly record struct Found(CompartmentKey? Key);
}
