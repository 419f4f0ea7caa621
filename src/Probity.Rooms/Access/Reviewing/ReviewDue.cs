using Probity.Access.Contract;
using Probity.Policies.Contract;

namespace Probity.Access.Reviewing;

/// <summary>How many reviews of a quarter were confirmed by their day.</summary>
/// <param name="Year">The year, in UTC.</param>
/// <param name="Number">1 to 4.</param>
/// <param name="InTime">Confirmed by their day.</param>
/// <param name="All">Those, and those whose day went by.</param>
public readonly record struct QuarterReviews(int Year, int Number, int InTime, int All);

/// <summary>
/// By when a unit's access is reviewed: 30 days after the agency's first policy pack or its first posting, whichever is later, and then by the day that each confirmed review set. Before there is a pack, nothing is due.
/// </summary>
internal static class ReviewDue
{
    /// <summary>Days until the first.</summary>
    public const int FirstWithin = 30;

    /// <summary>So many days before its day a review becomes a next step.</summary>
    public const int SaidBefore = 30;

    /// <summary>By when the next has to be confirmed; null where nothing is due or nobody is posted.</summary>
    public static DateTimeOffset? Of(ReviewFacts facts) => facts.InForce.Count == 0 ? null : facts.Own.LastConfirmed?.Confirmed?.Due ?? FirstOf(facts);

    /// <summary>How near it is: over, 1, 7 or 30 days; null where it is further off.</summary>
    public static string? BandOf(DateTimeOffset? due, DateTimeOffset now) => due is not { } day ? null : (day - now).TotalDays switch
    {
        <= 0 => "over",
        <= 1 => "1",
        <= 7 => "7",
        <= SaidBefore => "30",
        _ => null,
    };

    /// <summary>Each review that was due, and whether it was in time: in the quarter in which it was confirmed, or its day went by; once for each further period in which nobody confirmed it.</summary>
    public static IEnumerable<(DateTimeOffset At, bool InTime)> Settled(ReviewFacts facts)
    {
        if (FirstOf(facts) is not { } due) yield break;
        foreach (var review in facts.Own.All)
        {
            if (review.Confirmed is not var (at, _, next)) continue;
            if (at <= due) yield return (at, true);
            foreach (var missed in Missed(due, at, facts.Policy)) yield return (missed, false);
            due = next;
        }

        if (facts.InForce.Count == 0) yield break;
        foreach (var missed in Missed(due, facts.Now, facts.Policy)) yield return (missed, false);
    }

    static IEnumerable<DateTimeOffset> Missed(DateTimeOffset due, DateTimeOffset until, Policy policy)
    {
        for (; due < until; due = policy.After(PolicyRules.AccessReviewedEvery, due)) yield return due;
    }

    /// <summary>The last quarters, the oldest first; those in which nothing was due are left out.</summary>
    public static IReadOnlyList<QuarterReviews> ByQuarter(IEnumerable<(DateTimeOffset At, bool InTime)> settled, int most) =>
        [.. settled.GroupBy(s => (s.At.UtcDateTime.Year, Number: (s.At.UtcDateTime.Month + 2) / 3)).OrderBy(g => g.Key)
            .Select(g => new QuarterReviews(g.Key.Year, g.Key.Number, g.Count(s => s.InTime), g.Count())).TakeLast(most)];

    /// <summary>Whether an access sleeps: nobody signed in with it for so many days, or never since the posting began.</summary>
    public static bool IsDormant(Posting posting, DateTimeOffset? lastSignIn, Policy policy, DateTimeOffset now) =>
        (lastSignIn ?? posting.From) is { } since && policy.After(PolicyRules.DormantAfter, since) <= now;

    static DateTimeOffset? FirstOf(ReviewFacts facts)
    {
        if (facts.Policy.Began is not { } began) return null;
        var first = facts.Register.PostsIn(facts.Unit).SelectMany(p => facts.Register.PostingsOn(p.Id)).Min(p => p.From);
        return (first > began ? first.Value : began).AddDays(FirstWithin);
    }
}
