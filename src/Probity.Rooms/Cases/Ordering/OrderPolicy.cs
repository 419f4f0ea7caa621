using Probity.Cases.Contract;

namespace Probity.Cases.Ordering;

/// <summary>The times that orders about exhibits keep. Both are defaults of ours and of no standard; docs/exhibits.md gives them with their reasons.</summary>
internal static class OrderPolicy
{
    /// <summary>
    /// How long what the prosecutor alone has laid to rest may still be taken up again: until then what is destroyed leaves a sample that was analysed. Laws that let somebody
    /// ask for a review of such a decision give weeks for it, and a few of them three months: the longest is waited for.
    /// </summary>
    public static readonly TimeSpan ReviewWithin = TimeSpan.FromDays(90);

    /// <summary>
    /// How long an order of the court that its judge did not put on the record themselves waits for them to see it, unless they confirm it first. None can be undone once it was
    /// carried out. A week has a working day for every judge, and what was seized can lie a week longer.
    /// </summary>
    public static readonly TimeSpan JudgeSeesWithin = TimeSpan.FromDays(7);

    /// <summary>
    /// Whether a case that was laid to rest before any court had it rests for good. What integrity or the overseer closed does; what the prosecutor laid to rest alone, or a
    /// commander closed, does once nobody has taken it up again within the time for it.
    /// </summary>
    public static bool IsAtRest(Case @case, DateTimeOffset now) =>
        @case is { Stage: Stage.Closed, Outcome: CaseOutcome.NoFurtherAction } || (@case.RestsSince is { } since && now >= since + ReviewWithin);

    /// <summary>Until when an order waits for the judge of the case; null where it does not.</summary>
    public static DateTimeOffset? WaitsForJudge(ExhibitOrder order, DateTimeOffset now) =>
        order is { Said.By: OrderedBy.Court, IsSeenByJudge: false } && order.At + JudgeSeesWithin is var until && now < until ? until : null;
}
