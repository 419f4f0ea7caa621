namespace Probity.Cases.Contract;

/// <summary>A thing of a case that can prove something, as the room that keeps it names it.</summary>
/// <param name="Id">Its own id there.</param>
/// <param name="Number">Its number, by which the court's part of the case calls it.</param>
/// <param name="What">What it is, in the reader's language.</param>
/// <param name="Story">The page that tells its story, for who may read that.</param>
internal sealed record CaseThing(Guid Id, string Number, string What, string Story)
{
    /// <summary>Where it stands, in the reader's language.</summary>
    public string Status { get; init; } = "";

    /// <summary>Since when it is there no longer; null while it is.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>By which order, as on the paper.</summary>
    public string? EndOrder { get; init; }
}

/// <summary>A room that keeps things of cases which can prove something.</summary>
internal interface ICaseEvidence
{
    /// <summary>The things of a case, in the order of their list; none where it was erased. Nothing is guarded: the caller has to.</summary>
    ValueTask<IReadOnlyList<CaseThing>> OfAsync(Guid @case, CancellationToken cancel);
}
