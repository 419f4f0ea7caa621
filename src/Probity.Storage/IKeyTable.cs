using Probity.Ledger;

namespace Probity.Storage;

/// <summary>All keys of a node, for whoever wraps them anew or puts lost ones back while no node has them open.</summary>
internal interface IKeyTable : IAsyncDisposable
{
    /// <summary>Every row.</summary>
    ValueTask<IReadOnlyList<WrappedKey>> ReadAllAsync(CancellationToken ct);

    /// <summary>
    /// Reads every row and puts what is made of them in the place of those that are there, in one transaction in which nobody else writes.
    /// On return it is durable, and no byte of what was replaced is left in the table's files, also where nothing is replaced: what came
    /// before may have been cut short.
    /// </summary>
    /// <param name="change">Gets every row, gives those that are to be replaced or added. Where it throws, nothing is changed.</param>
    /// <param name="ct">Gives up.</param>
    ValueTask ChangeAsync(Func<IReadOnlyList<WrappedKey>, IReadOnlyList<WrappedKey>> change, CancellationToken ct);
}
