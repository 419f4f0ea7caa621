using Probity.Ledger;

namespace Probity.Storage;

/// <summary>The keys of a folder that is being verified, as far as they are there.</summary>
/// <param name="Ring">Opens keys, or null without keys.db or the wrapping key.</param>
/// <param name="Known">The compartments that have a key or a tombstone, or null without keys.db.</param>
/// <param name="Store">What the ring reads from.</param>
/// <param name="Wrapping">What the ring opens with.</param>
/// <param name="Destroyed">The compartments that have a tombstone, or null without keys.db.</param>
internal sealed record NodeKeys(
    KeyRing? Ring, IReadOnlySet<CompartmentId>? Known, IKeyStore? Store, WrappingKey? Wrapping, IReadOnlySet<CompartmentId>? Destroyed = null)
    : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        Ring?.Dispose();
        if (Store is not null) await Store.DisposeAsync();
        Wrapping?.Dispose();
    }
}
