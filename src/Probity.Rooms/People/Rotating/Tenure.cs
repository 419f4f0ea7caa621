using Probity.Access.Contract;
using Probity.People.Requiring;
using Probity.Policies.Contract;

namespace Probity.People.Rotating;

/// <summary>All that the time in sensitive posts is worked out from.</summary>
internal sealed record TenureRules(Register Register, Requirements Requirements, Policy Policy, Extensions Extensions);

/// <summary>
/// How long somebody has been in a sensitive post, and until when they may be. Successive postings count together, also to posts of the same unit and role where one was created after they had begun in the other, or where the policy pack says so;
/// only a break as long as the cooling-off begins a new count, and shorter breaks move the end by their length.
/// </summary>
/// <param name="Person">Who.</param>
/// <param name="Post">The post.</param>
/// <param name="Since">When the count began, UTC.</param>
/// <param name="Served">How long they were in the post since then, without the breaks.</param>
/// <param name="Until">When the longest time is over, an extension included; null as long as the agency has no policy pack: then nothing binds.</param>
/// <param name="Extension">The extension of this count, asked for or agreed to.</param>
internal sealed record Tenure(Guid Person, Guid Post, DateTimeOffset Since, TimeSpan Served, DateTimeOffset? Until, Extension? Extension)
{
    /// <summary>So many days before the end it is said, each time more urgently; 0 is the end itself.</summary>
    public static readonly IReadOnlyList<int> Warnings = [0, 1, 7, 30, First];

    /// <summary>How many days before the end it is said first. A rule that is new here ends nobody's time sooner than that.</summary>
    public const int First = 180;

    /// <summary>Whether the longest time is over.</summary>
    public bool IsOverAt(DateTimeOffset now) => Until <= now;

    /// <summary>The nearest warning that has been reached, in days; null as long as none has.</summary>
    public int? WarningAt(DateTimeOffset now) => Until is { } until ? Warnings.Where(d => until.AddDays(-d) <= now).Select(d => (int?)d).FirstOrDefault() : null;

    /// <summary>Somebody's time in a post that they hold now; null where they do not, or where the post is not sensitive for them.</summary>
    public static Tenure? Of(Guid person, Guid post, TenureRules rules, DateTimeOffset now) =>
        IsSensitive(person, post, rules) && rules.Register.PostingsOf(person).Any(p => p.Post == post && p.InForceAt(now)) ? Count(person, post, rules, now, Grace(post, rules)) : null;

    /// <summary>Whether a posting that began now would be over already: the longest time was served, and the cooling-off is not over.</summary>
    public static bool IsBarred(Guid person, Guid post, TenureRules rules, DateTimeOffset now) =>
        IfPosted(person, post, rules, now)?.IsOverAt(now) == true;

    /// <summary>Somebody's time as it would be if they were posted at a moment.</summary>
    public static Tenure? IfPosted(Guid person, Guid post, TenureRules rules, DateTimeOffset at) =>
        IsSensitive(person, post, rules) ? Count(person, post, rules, at, null, appointed: true) : null;

    /// <summary>
    /// Whether somebody's time in one post counts for the other, in both directions: a like post that was created while they were in the first, or after, would else be a new clock made for them.
    /// </summary>
    public static bool CountsFor(Guid person, Guid post, Guid other, TenureRules rules)
    {
        if (post == other) return true;
        var (one, two) = (rules.Register.Posts[post], rules.Register.Posts[other]);
        if (one.Unit != two.Unit || one.Role != two.Role) return false;
        if (rules.Policy.Of(PolicyRules.TenureOverUnit) == 1) return true;
        return one.Created <= two.Created ? IsAfter(person, one, two, rules) : IsAfter(person, two, one, rules);
    }

    /// <summary>The posts of which somebody's time is worked out: those that are marked, and the like posts that were created after one of them, which nobody has marked yet.</summary>
    public static IEnumerable<Guid> Posts(TenureRules rules) => rules.Requirements.Marked.Keys.Where(rules.Register.Posts.ContainsKey).Select(p => rules.Register.Posts[p])
        .SelectMany(marked => rules.Register.PostsIn(marked.Unit).Where(p => p.Id == marked.Id || (p.Role == marked.Role && p.Created > marked.Created))).Select(p => p.Id).Distinct();

    // A like post that was created since they began in a marked one is as sensitive for them: else a new title would be a post without a limit.
    static bool IsSensitive(Guid person, Guid post, TenureRules rules) => rules.Requirements.Marked.ContainsKey(post)
        || (rules.Register.Posts.TryGetValue(post, out var late) && rules.Register.PostsIn(late.Unit).Any(p => p.Role == late.Role && rules.Requirements.Marked.ContainsKey(p.Id) && IsAfter(person, p, late, rules)));

    static bool IsAfter(Guid person, Post first, Post second, TenureRules rules) => rules.Register.PostingsOf(person).Any(p => p.Post == first.Id && p.From < second.Created);

    static IEnumerable<(DateTimeOffset From, DateTimeOffset? To)> Spans(Guid person, Guid post, TenureRules rules, DateTimeOffset now) =>
        rules.Register.PostingsOf(person).Where(p => p.From <= now && CountsFor(person, p.Post, post, rules)).Select(p => (p.From!.Value, p.Ends)).OrderBy(p => p.Value);

    // Nobody's time ends before it could have been said in time: not when a post is marked, and not when the agency gets its first pack.
    static DateTimeOffset? Grace(Guid post, TenureRules rules) => rules.Policy.Began is not { } began ? null
        : (rules.Requirements.Since.TryGetValue(post, out var since) && since > began ? since : began).AddDays(First);

    static Tenure? Count(Guid person, Guid post, TenureRules rules, DateTimeOffset now, DateTimeOffset? grace, bool appointed = false)
    {
        var spans = Spans(person, post, rules, now);
        if (appointed) spans = spans.Append((now, null));
        var (start, end, breaks) = (default(DateTimeOffset?), DateTimeOffset.MinValue, TimeSpan.Zero);
        foreach (var (from, to) in spans)
        {
            if (start is null || (from > end && from >= rules.Policy.After(PolicyRules.CoolingOff, end))) (start, end, breaks) = (from, from, TimeSpan.Zero);
            if (from > end) breaks += from - end;
            if (to is null || to > end) end = to ?? DateTimeOffset.MaxValue;
        }

        if (start is not { } since) return null;
        var extension = rules.Extensions.Of(person).LastOrDefault(e => e.At >= since && rules.Register.Posts.ContainsKey(e.Post) && CountsFor(person, e.Post, post, rules));
        DateTimeOffset? until = rules.Policy.Began is null ? null : rules.Policy.After(PolicyRules.TenureMost, since) + breaks;
        if (until < grace) until = grace;
        return new Tenure(person, post, since, (end < now ? end : now) - since - breaks, extension?.AgreedAt is null ? until : until?.AddMonths(extension.Months), extension);
    }
}
