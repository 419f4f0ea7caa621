using Probity.Access.Contract;
using Probity.People.Requiring;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Rotating;

/// <summary>
/// How long people have held their sensitive posts, as other rooms ask: nobody comes back to a sensitive post before the cooling-off is over, and
/// nobody past the longest time gets new work. What they have in hand stays theirs.
/// </summary>
internal sealed class TenureReader(FoldedStream<Extensions> extensions, FoldedStream<Requirements> requirements, IRegister registers, IPolicies policies) : IPostRequirements
{
    public string Lack => "tenure-over";

    public Role SeesTo => Role.Integrity;

    /// <summary>For a decision: the session will expect that nothing that it rests on has changed.</summary>
    public async ValueTask<TenureRules> ReadAsync(RecordSession session, Register register, CancellationToken cancel) =>
        new TenureRules(register, await requirements.ReadAsync(session, cancel), await policies.ReadAsync(session, cancel), await extensions.ReadAsync(session, cancel));

    /// <summary>The same for a page.</summary>
    public async ValueTask<TenureRules> RulesAsync(CancellationToken cancel) =>
        new(await registers.ReadAsync(cancel), await requirements.ReadAsync(cancel), await policies.ReadAsync(cancel), await extensions.ReadAsync(cancel));

    /// <summary>The time of everybody who holds a sensitive post now, in no order.</summary>
    public static IEnumerable<Tenure> All(TenureRules rules, DateTimeOffset now) => Tenure.Posts(rules)
        .SelectMany(post => rules.Register.PostingsOn(post).Where(p => p.InForceAt(now)).Select(p => p.Person).Distinct().Select(person => Tenure.Of(person, post, rules, now))).OfType<Tenure>();

    public async ValueTask<bool> MayHoldAsync(RecordSession session, Register register, Guid person, Guid post, DateTimeOffset now, CancellationToken cancel) =>
        !Tenure.IsBarred(person, post, await ReadAsync(session, register, cancel), now);

    public async ValueTask<IReadOnlySet<Guid>> LackingAsync(RecordSession session, Register register, IReadOnlyCollection<Guid> people, DateTimeOffset now, CancellationToken cancel)
    {
        var rules = await ReadAsync(session, register, cancel);
        return people.Where(person => register.PostsOf(person, now).Any(p => Tenure.Of(person, p.Id, rules, now)?.IsOverAt(now) == true)).ToHashSet();
    }

    public async ValueTask<IReadOnlyDictionary<Guid, string>> WordsAsync(IReadOnlyCollection<Guid> posts, CancellationToken cancel)
    {
        var rules = await RulesAsync(cancel);
        return posts.Where(rules.Requirements.Marked.ContainsKey).ToDictionary(p => p, _ => RotatingText.Say("post.needs", rules.Policy.Of(PolicyRules.TenureMost)));
    }
}
