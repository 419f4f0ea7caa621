namespace Probity.Reports.Exchanging;

/// <summary>A record of the reporter's side, as this node keeps it.</summary>
/// <param name="Index">Its number there.</param>
/// <param name="Day">The day on which it was recorded, UTC: the reporter's side knows no finer time.</param>
/// <param name="Report">The report that it belongs to.</param>
/// <param name="Deposit">Which deposit it is.</param>
/// <param name="Receipt">The receipt (C2SP tlog-proof) whose content it is: UTF-8.</param>
internal sealed record KeptDeposit(long Index, DateOnly Day, Guid Report, Guid Deposit, ReadOnlyMemory<byte> Receipt);

/// <summary>What proves the place of a record whose content is not kept.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Receipt">A receipt that opens to its header, or to its leaf alone: UTF-8.</param>
internal sealed record KeptProof(long Index, ReadOnlyMemory<byte> Receipt);

/// <summary>A record as it is held: its receipt, and the row of the deposit where it is one.</summary>
internal sealed record HeldRecord(long Index, ReadOnlyMemory<byte> Receipt, KeptDeposit? Deposit);

/// <summary>How far something has come that goes on beside the deposits.</summary>
internal enum ExchangeCursor
{
    /// <summary>The entry of this node's record from which on answers have not been sent.</summary>
    Answers,

    /// <summary>The number of the last removal that the reporter's side was told of.</summary>
    Settled,

    /// <summary>The number of the first record whose files have not all been fetched.</summary>
    Files,
}

/// <summary>
/// The sealed deposits that this node has fetched from the reporter's side: neither on the record, for their number and time would tell, nor to be made again from it. The storage keeps them.
/// </summary>
internal interface IDeposits
{
    /// <summary>The number of the next record to fetch: one more than that of the last one that is held or proved.</summary>
    ValueTask<long> NextAsync(CancellationToken cancel);

    /// <summary>Keeps deposits and the proofs of records that are none, durably and together; each takes the place of what was kept under its number.</summary>
    ValueTask KeepAsync(IReadOnlyList<KeptDeposit> deposits, IReadOnlyList<KeptProof> proofs, CancellationToken cancel);

    /// <summary>Up to <paramref name="most"/> records from a number on, in order: deposits and those of which there is a proof alone.</summary>
    ValueTask<IReadOnlyList<HeldRecord>> HeldAsync(long from, int most, CancellationToken cancel);

    /// <summary>Drops what is kept under a number, for it proves nothing.</summary>
    ValueTask DropAsync(long index, CancellationToken cancel);

    /// <summary>Up to <paramref name="most"/> from a number on, in order.</summary>
    ValueTask<IReadOnlyList<KeptDeposit>> ReadAsync(long from, int most, CancellationToken cancel);

    /// <summary>All of one report, in order.</summary>
    ValueTask<IReadOnlyList<KeptDeposit>> OfReportAsync(Guid report, CancellationToken cancel);

    /// <summary>
    /// Removes a report's deposits and their files for good, from the write-ahead log too. First of all the record of this node says so, in words that only whoever has the report can read
    /// (<see cref="Removals"/>): what is missing otherwise was taken. The reporter's side is told at the next exchange. It may be called again at any time.
    /// </summary>
    ValueTask RemoveAsync(Guid report, CancellationToken cancel);

    /// <summary>The reports that were removed after a removal, each with its number, in order; those alone whose removal is on the record.</summary>
    ValueTask<IReadOnlyList<(long Number, Guid Report)>> RemovedAsync(long after, CancellationToken cancel);

    /// <summary>Takes out removals that somebody wrote there and that no entry knows.</summary>
    /// <returns>How many.</returns>
    ValueTask<int> DropPlantedAsync(CancellationToken cancel);

    /// <summary>How far something has come; 0 before it began.</summary>
    ValueTask<long> ReadCursorAsync(ExchangeCursor cursor, CancellationToken cancel);

    /// <summary>Says how far it has come, durably.</summary>
    ValueTask MoveCursorAsync(ExchangeCursor cursor, long value, CancellationToken cancel);
}
