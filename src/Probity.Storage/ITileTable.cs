using Probity.Ledger;

namespace Probity.Storage;

/// <summary>A log's tiles and what they are computed from, held in one transaction by whoever puts them right.</summary>
internal interface ITileTable : IAsyncDisposable
{
    /// <summary>Reads the log as it stands within the transaction.</summary>
    ILedgerReader Reader { get; }

    /// <summary>The headers of records from an index on.</summary>
    IReadOnlyList<ReadOnlyMemory<byte>> ReadHeaders(long fromIndex, int limit);

    /// <summary>Puts a tile in the place of the one that is there, or is not.</summary>
    void Put(StoredTile tile);

    /// <summary>Removes the tiles that a level of a tree has not.</summary>
    /// <param name="counts">How many tiles each level from 0 on has; levels beyond have none.</param>
    /// <returns>How many there were.</returns>
    long DropOthers(IReadOnlyList<long> counts);

    /// <summary>Makes it durable. Without it nothing has changed.</summary>
    void Commit();
}
