namespace Probity.Ledger;

/// <summary>A compartment's key as it lies at rest.</summary>
/// <param name="Compartment">Whose key it is.</param>
/// <param name="Version">How often it was wrapped, from 1; bound into the wrapping.</param>
/// <param name="Wrapped">nonce ‖ ciphertext, 72 bytes, or null where the key was destroyed.</param>
public sealed record WrappedKey(CompartmentId Compartment, int Version, ReadOnlyMemory<byte>? Wrapped);

/// <summary>
/// Keeps wrapped compartment keys, apart from the log: its backups are kept for a bounded time only, so that a destroyed key is
/// gone for good once they are over.
/// </summary>
public interface IKeyStore : IAsyncDisposable
{
    /// <summary>The compartment's key, its tombstone where it was destroyed, or null where there never was one.</summary>
    ValueTask<WrappedKey?> FindAsync(CompartmentId compartment, CancellationToken ct);

    /// <summary>Adds keys, all durable on return. A compartment that has a key or a tombstone keeps it.</summary>
    ValueTask AddAsync(IReadOnlyList<WrappedKey> keys, CancellationToken ct);

    /// <summary>
    /// Overwrites wrapped keys and leaves tombstones, so that a key destroyed and a key lost can be told apart; all or none. On return no
    /// byte of them is left in the store's files, also where a tombstone was there before: what left it may not have come to its end.
    /// </summary>
    ValueTask DestroyAsync(IReadOnlyCollection<CompartmentId> compartments, CancellationToken ct);
}
