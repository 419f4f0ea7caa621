using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Declaring;

/// <summary>
/// By when somebody has to declare, and what follows once that is over: no further post whose holder declares, and no new case. What they have in hand stays theirs.
/// It binds from the agency's first policy pack on, whose figures it rests on; before there is one, people are asked to declare and nothing follows.
/// </summary>
internal sealed class DeclarationDuty(IPolicies policies) : IPostRequirements
{
    /// <summary>By when somebody has to have declared next; null where nothing binds them.</summary>
    /// <param name="own">What they have declared.</param>
    /// <param name="person">Who.</param>
    /// <param name="register">Who is who.</param>
    /// <param name="policy">The pack in force.</param>
    /// <param name="now">The time.</param>
    public static DateTimeOffset? DueOf(Declarations own, Guid person, Register register, Policy policy, DateTimeOffset now)
    {
        if (policy.Began is not { } began || SinceOf(person, register, now) is not { } since) return null;
        return own.LastMadeAt is { } made && made >= since
            ? policy.After(PolicyRules.DeclaredEvery, made)
            : policy.After(PolicyRules.DeclaredOnEntryWithin, since > began ? since : began);
    }

    /// <summary>Since when somebody has held posts whose holder declares, without a break; null where they hold none.</summary>
    static DateTimeOffset? SinceOf(Guid person, Register register, DateTimeOffset now)
    {
        DateTimeOffset? since = null;
        // The latest to begin first: each that was still held when the one after it began carries it further back.
        foreach (var posting in register.PostingsOf(person).Where(p => p.From <= now && DeclarationAccess.Declares(register.Posts[p.Post].Role)).OrderByDescending(p => p.From))
        {
            if (since is null ? posting.InForceAt(now) : posting.Ends is null || posting.Ends > since) since = posting.From;
        }

        return since;
    }

    public string Lack => "declaration-overdue";

    public async ValueTask<bool> MayHoldAsync(RecordSession session, Register register, Guid person, Guid post, DateTimeOffset now, CancellationToken cancel) =>
        !(register.Posts.TryGetValue(post, out var wanted) && DeclarationAccess.Declares(wanted.Role)) || !await IsOverdueAsync(session, register, await policies.ReadAsync(session, cancel), person, now, cancel);

    public async ValueTask<IReadOnlySet<Guid>> LackingAsync(RecordSession session, Register register, IReadOnlyCollection<Guid> people, DateTimeOffset now, CancellationToken cancel)
    {
        var (policy, lacking) = (await policies.ReadAsync(session, cancel), new HashSet<Guid>());
        foreach (var person in people)
        {
            if (await IsOverdueAsync(session, register, policy, person, now, cancel)) lacking.Add(person);
        }

        return lacking;
    }

    /// <summary>Nothing beside the posts: it is asked of all who declare, and their pages say when.</summary>
    public ValueTask<IReadOnlyDictionary<Guid, string>> WordsAsync(IReadOnlyCollection<Guid> posts, CancellationToken cancel) => ValueTask.FromResult<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string>());

    static async ValueTask<bool> IsOverdueAsync(RecordSession session, Register register, Policy policy, Guid person, DateTimeOffset now, CancellationToken cancel) =>
        policy.Began is not null && DueOf(await session.FoldAsync<Declarations>(Declarations.StreamOf(person), cancel), person, register, policy, now) <= now;
}
