using Probity.Shared.Record;

namespace Probity.Cases.Contract;

/// <summary>A thing of a case that can prove something, as the room that keeps it names it.</summary>
/// <param name="Id">Its own id there.</param>
/// <param name="Number">Its number, by which the court's part of the case calls it.</param>
/// <param name="What">What it is, in the reader's language.</param>
/// <param name="Story">The page that tells its story, for who may read that.</param>
internal sealed record CaseThing(Guid Id, string Number, string What, string Story)
{
    /// <summary>Whether a laboratory has to speak of it, and has.</summary>
    public LaboratoryWord Laboratory { get; init; }

    /// <summary>Where it stands, in the reader's language.</summary>
    public string Status { get; init; } = "";

    /// <summary>Since when it is there no longer; null while it is.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>By which order, as on the paper.</summary>
    public string? EndOrder { get; init; }

    /// <summary>What was done with it by orders on the record, the oldest first.</summary>
    public IReadOnlyList<OrderedAct> Done { get; init; } = [];
}

/// <summary>What the record has of a laboratory's word on a thing.</summary>
internal enum LaboratoryWord
{
    /// <summary>It is nothing that a laboratory has to speak of.</summary>
    NotNeeded,

    /// <summary>No laboratory has reported on it.</summary>
    None,

    /// <summary>One has, and nobody has reviewed that yet.</summary>
    ToReview,

    /// <summary>A reviewed report is there.</summary>
    Reported,
}

/// <summary>Something done with a thing by an order.</summary>
/// <param name="Order">The order.</param>
/// <param name="At">When, UTC.</param>
/// <param name="What">What was done, in the reader's language.</param>
internal sealed record OrderedAct(Guid Order, DateTimeOffset At, string What);

/// <summary>A room that keeps things of cases which can prove something.</summary>
internal interface ICaseEvidence
{
    /// <summary>The things of a case, in the order of their list; none where it was erased. Nothing is guarded: the caller has to.</summary>
    ValueTask<IReadOnlyList<CaseThing>> OfAsync(Guid @case, CancellationToken cancel);

    /// <summary>
    /// Everybody who ever had one of the things of a case in hand, now or before, or did something with it: whoever judges the case is none of them. The session will
    /// expect each thing. Nothing is guarded: the caller has to.
    /// </summary>
    ValueTask<IReadOnlySet<Guid>> HandsAsync(RecordSession session, Guid @case, CancellationToken cancel);
}
