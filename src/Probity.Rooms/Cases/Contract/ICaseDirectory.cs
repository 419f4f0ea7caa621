namespace Probity.Cases.Contract;

/// <summary>A case by its number.</summary>
internal sealed record CaseEntry(Guid Id, string Number, bool Closed);

/// <summary>What other rooms may ask about cases on behalf of a reader.</summary>
internal interface ICaseDirectory
{
    /// <summary>Those of <paramref name="ids"/> that this person may see, by number; of the others not even that they are there.</summary>
    Task<IReadOnlyList<CaseEntry>> AmongAsync(Guid person, IReadOnlyList<Guid> ids, CancellationToken cancel);
}
