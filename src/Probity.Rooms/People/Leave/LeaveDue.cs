using Probity.Access.Contract;
using Probity.People.Requiring;
using Probity.Policies.Contract;

namespace Probity.People.Leave;

/// <summary>All that it is worked out from when leave is due.</summary>
internal sealed record LeaveRules(Register Register, Requirements Requirements, Policy Policy, Leaves Leaves);

/// <summary>
/// Until when the holder of a sensitive post begins a leave of enough days in a row. Counted from the end of the last one, or from when they came to sensitive posts, which it goes on from
/// where it was when they move from one to another; time before the first policy pack, or before the mark, does not count.
/// </summary>
/// <param name="Person">Who.</param>
/// <param name="Post">Their sensitive post, of several the one by which it is due first.</param>
/// <param name="Last">The last day of the last leave that was long enough, also of one that runs; null where there was none.</param>
/// <param name="Due">When it is overdue, UTC; null as long as the agency has no policy pack: then nothing binds.</param>
/// <param name="IsPlanned">Whether a leave that is long enough was agreed to and begins in time.</param>
internal sealed record LeaveDue(Guid Person, Guid Post, DateOnly? Last, DateTimeOffset? Due, bool IsPlanned)
{
    /// <summary>So many days before it is said, each time more urgently; 0 is the end itself.</summary>
    public static readonly IReadOnlyList<int> Warnings = [0, 1, 7, 30];

    /// <summary>Nobody's leave is due sooner than so many days after the first pack, a mark, or the beginning of a posting.</summary>
    public const int First = 90;

    /// <summary>Whether the time is over.</summary>
    public bool IsOverAt(DateTimeOffset now) => Due <= now;

    /// <summary>The nearest warning that has been reached, in days; null as long as none has, and where the leave is planned.</summary>
    public int? WarningAt(DateTimeOffset now) => Due is not { } due || (IsPlanned && due > now) ? null : Warnings.Where(d => due.AddDays(-d) <= now).Select(d => (int?)d).FirstOrDefault();

    /// <summary>When somebody's leave is due; null where they hold no sensitive post now.</summary>
    public static LeaveDue? Of(Guid person, LeaveRules rules, DateTimeOffset now)
    {
        var held = rules.Register.PostsOf(person, now).Select(p => p.Id).Where(rules.Requirements.Marked.ContainsKey).Distinct().ToList();
        if (held.Count == 0) return null;
        var away = rules.Leaves.AwayOf(person).Where(a => a.IsEnough).ToList();
        var last = away.LastOrDefault(a => LeavePeriod.StartOf(a.From) <= now)?.To;
        if (rules.Policy.Began is not { } began) return new LeaveDue(person, held[0], last, null, false);
        var spans = Spans(person, rules, began, now);
        var from = Joined(spans, rules);
        if (last is { } day && LeavePeriod.StartOf(day.AddDays(1)) is var back && back > from) from = back;
        var (post, due) = held.Select(p => (Post: p, Due: Later(rules.Policy.After(PolicyRules.LeaveEvery, from), Joined(spans.Where(s => s.Post == p), rules).AddDays(First)))).MinBy(p => p.Due);
        return new LeaveDue(person, post, last, due, away.Exists(a => LeavePeriod.StartOf(a.From) > now && LeavePeriod.StartOf(a.From) <= due));
    }

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    // A posting counts from the pack and from the mark on, whichever came last.
    static List<(Guid Post, DateTimeOffset From, DateTimeOffset To)> Spans(Guid person, LeaveRules rules, DateTimeOffset began, DateTimeOffset now) =>
    [
        .. rules.Register.PostingsOf(person).Where(p => p.From <= now && rules.Requirements.Marked.ContainsKey(p.Post))
            .Select(p => (p.Post, From: Later(Later(p.From!.Value, began), rules.Requirements.Since.GetValueOrDefault(p.Post, began)), To: p.Ends ?? DateTimeOffset.MaxValue))
            .Where(s => s.From <= now && s.To > s.From).OrderBy(s => s.From),
    ];

    // Whoever leaves a sensitive post for a few days and takes one again goes on counting; as many days as a leave has are as good as one.
    static DateTimeOffset Joined(IEnumerable<(Guid Post, DateTimeOffset From, DateTimeOffset To)> spans, LeaveRules rules)
    {
        var (start, end) = (default(DateTimeOffset?), DateTimeOffset.MinValue);
        foreach (var (_, from, to) in spans)
        {
            if (start is null || (from > end && from >= rules.Policy.After(PolicyRules.LeaveLeast, end))) start = from;
            if (to > end) end = to;
        }

        return start!.Value;
    }
}
