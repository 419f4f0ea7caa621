namespace Probity.Shared.Views;

/// <summary>Makes sure that what was deleted from this node's lists and credentials is in none of their files any more.</summary>
internal interface IPurge
{
    /// <summary>On return no byte of a deleted row is left.</summary>
    /// <exception cref="IOException">Somebody reads and keeps it from being done now.</exception>
    Task PurgeAsync(CancellationToken cancel);

    /// <summary>As above, of the lists alone: each node has its own, where the credentials may be shared by several.</summary>
    Task PurgeViewsAsync(CancellationToken cancel);
}
