using Probity.Access.Contract;
using Probity.Ledger;
using Probity.People.Requiring;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Rotating;

/// <summary>
/// The extensions, folded once and then kept up from where they were, and what other rooms ask of tenure: nobody comes back to a sensitive post before the cooling-off is over, and
/// nobody past the longest time gets new work. What they have in hand stays theirs.
/// </summary>
internal sealed class TenureReader(TransparencyLog log, RequirementReader requirements, IRegister registers, IPolicies policies) : IPostRequirements, IDisposable
{
    readonly SemaphoreSlim _turn = new(1, 1);
    Extensions _known = Extensions.Initial;

    public string Lack => "tenure-over";

    public Role SeesTo => Role.Integrity;

    public async ValueTask<Extensions> ReadAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            foreach (var entry in await log.ReadStreamAsync(Extensions.Stream, _known.Version, cancel)) _known = _known.Apply(EventTypes.Read(entry));
            return _known;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>For a decision: the session will expect that nothing that it rests on has changed.</summary>
    public async ValueTask<TenureRules> ReadAsync(RecordSession session, Register register, CancellationToken cancel)
    {
        var extensions = await ReadAsync(cancel);
        session.Expect(Extensions.Stream, extensions.Version);
        return new TenureRules(register, await requirements.ReadAsync(session, cancel), await policies.ReadAsync(session, cancel), extensions);
    }

    /// <summary>The same for a page.</summary>
    public async ValueTask<TenureRules> RulesAsync(CancellationToken cancel) =>
        new(await registers.ReadAsync(cancel), await requirements.ReadAsync(cancel), await policies.ReadAsync(cancel), await ReadAsync(cancel));

    /// <summary>The time of everybody who holds a sensitive post now, in no order.</summary>
    public static IEnumerable<Tenure> All(TenureRules rules, DateTimeOffset now) => rules.Requirements.Marked.Keys
        .SelectMany(post => rules.Register.PostingsOn(post).Where(p => p.InForceAt(now)).Select(p => p.Person).Distinct().Select(person => Tenure.Of(person, post, rules, now))).OfType<Tenure>();

    public async ValueTask<bool> MayHoldAsync(RecordSession session, Register register, Guid person, Guid post, DateTimeOffset now, CancellationToken cancel) =>
        !Tenure.IsBarred(person, post, await ReadAsync(session, register, cancel), now);

    public async ValueTask<IReadOnlySet<Guid>> LackingAsync(RecordSession session, Register register, IReadOnlyCollection<Guid> people, DateTimeOffset now, CancellationToken cancel)
    {
        var rules = await ReadAsync(session, register, cancel);
        return people.Where(person => register.PostsOf(person, now).Any(p => Tenure.Of(person, p.Id, rules, now)?.IsOverAt(now) == true)).ToHashSet();
    }

    public async ValueTask<IReadOnlyDictionary<Guid, string>> WordsAsync(CancellationToken cancel)
    {
        var rules = await RulesAsync(cancel);
        return rules.Requirements.Marked.Keys.ToDictionary(p => p, _ => RotatingText.Say("post.needs", rules.Policy.Of(PolicyRules.TenureMost)));
    }

    public void Dispose() => _turn.Dispose();
}
