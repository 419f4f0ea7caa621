using Probity.Sealing;

namespace Probity.Reports.Reading;

/// <summary>A report that somebody's key opens, for lists.</summary>
/// <param name="Report">Its id.</param>
/// <param name="Received">The day of its first deposit, UTC.</param>
/// <param name="LastIndex">The number of its newest deposit there is: rises when its source adds something.</param>
internal sealed record ReadableReport(Guid Report, DateOnly Received, long LastIndex);

/// <summary>A deposit that was opened.</summary>
internal sealed record OpenedDeposit(Guid Id, long Index, DateOnly Day, DepositContent Content, IReadOnlyList<DepositFile> Files);

/// <summary>A report that was opened with somebody's key, in their session and nowhere else.</summary>
/// <param name="Report">Its id.</param>
/// <param name="Received">The day of its first deposit, UTC.</param>
/// <param name="Source">What answers to its source are sealed for.</param>
/// <param name="Deposits">What its source said, in order; the first begins it.</param>
/// <param name="StaffKey">32 bytes, the same for all who can open the report: what they write about it is sealed with it. Drawn from the key of the first deposit's content.</param>
internal sealed record OpenedReport(Guid Report, DateOnly Received, SealingPublicKey Source, IReadOnlyList<OpenedDeposit> Deposits, ReadOnlyMemory<byte> StaffKey)
{
    /// <summary>Whether records of it are missing, or are not what was fetched: what is here is not all of it.</summary>
    public bool IsBroken { get; init; }

    /// <summary>Whom the holders of shares handed it to.</summary>
    public IReadOnlyList<Guid> HandedTo { get; init; } = [];

    /// <summary>The people who can open it, custodians of identities among them.</summary>
    public IReadOnlyList<Guid> Readers => HandedTo.Count == 0 ? Deposits[0].Content.Readers : [.. Deposits[0].Content.Readers.Union(HandedTo)];
}
