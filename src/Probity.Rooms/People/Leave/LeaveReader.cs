using Probity.Access.Contract;
using Probity.People.Requiring;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Leave;

/// <summary>What leave is worked out from, for decisions and for pages.</summary>
internal sealed class LeaveReader(FoldedStream<Leaves> leaves, FoldedStream<Requirements> requirements, IRegister registers, IPolicies policies)
{
    readonly Remembered<(long, long, string, long), IReadOnlyList<LeaveDue>> _all = new();

    /// <summary>For a decision: the session will expect that nothing that it rests on has changed.</summary>
    public async ValueTask<LeaveRules> ReadAsync(RecordSession session, Register register, CancellationToken cancel) =>
        new(register, await requirements.ReadAsync(session, cancel), await policies.ReadAsync(session, cancel), await leaves.ReadAsync(session, cancel));

    /// <summary>The same for a page.</summary>
    public async ValueTask<LeaveRules> RulesAsync(CancellationToken cancel) =>
        new(await registers.ReadAsync(cancel), await requirements.ReadAsync(cancel), await policies.ReadAsync(cancel), await leaves.ReadAsync(cancel));

    /// <summary>When the leave of everybody is due who holds a sensitive post now, the first to be due first.</summary>
    public IReadOnlyList<LeaveDue> All(LeaveRules rules, DateTimeOffset now)
    {
        var key = (rules.Register.Version, rules.Requirements.Version, rules.Policy.Label, rules.Leaves.Version);
        return _all.Of(key, now) ?? _all.Keep(key, now, [.. rules.Requirements.Marked.Keys
            .SelectMany(post => rules.Register.PostingsOn(post).Where(p => p.InForceAt(now)).Select(p => p.Person)).Distinct()
            .Where(person => !rules.Register.People[person].IsErased).Select(person => LeaveDue.Of(person, rules, now)).OfType<LeaveDue>().OrderBy(d => d.Due ?? DateTimeOffset.MaxValue).ThenBy(d => d.Person)]);
    }
}

/// <summary>Whoever is on leave gets no new case: somebody else does the work. A posting may be given meanwhile; what they have in hand stays theirs.</summary>
internal sealed class OnLeave(FoldedStream<Leaves> leaves) : IPostRequirements
{
    public string Lack => "on-leave";

    public Role SeesTo => Role.Commander;

    public ValueTask<bool> MayHoldAsync(RecordSession session, Register register, Guid person, Guid post, DateTimeOffset now, CancellationToken cancel) => ValueTask.FromResult(true);

    public async ValueTask<IReadOnlySet<Guid>> LackingAsync(RecordSession session, Register register, IReadOnlyCollection<Guid> people, DateTimeOffset now, CancellationToken cancel)
    {
        var (known, today) = (await leaves.ReadAsync(session, cancel), LeavePeriod.DayOf(now));
        return people.Where(person => known.Of(person).Any(l => l.RunsOn(today))).ToHashSet();
    }

    /// <summary>Nothing: what is asked of the post says <see cref="LeaveOverdue"/>.</summary>
    public ValueTask<IReadOnlyDictionary<Guid, string>> WordsAsync(IReadOnlyCollection<Guid> posts, CancellationToken cancel) => ValueTask.FromResult<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string>());
}

/// <summary>Whoever did not take the leave that a sensitive post asks for gets no new case until one that is long enough runs. It keeps from no posting: another post does not make it less due.</summary>
internal sealed class LeaveOverdue(LeaveReader leaves) : IPostRequirements
{
    public string Lack => "leave-overdue";

    public Role SeesTo => Role.Integrity;

    public ValueTask<bool> MayHoldAsync(RecordSession session, Register register, Guid person, Guid post, DateTimeOffset now, CancellationToken cancel) => ValueTask.FromResult(true);

    public async ValueTask<IReadOnlySet<Guid>> LackingAsync(RecordSession session, Register register, IReadOnlyCollection<Guid> people, DateTimeOffset now, CancellationToken cancel)
    {
        var rules = await leaves.ReadAsync(session, register, cancel);
        return people.Where(person => LeaveDue.Of(person, rules, now)?.IsOverAt(now) == true).ToHashSet();
    }

    public async ValueTask<IReadOnlyDictionary<Guid, string>> WordsAsync(IReadOnlyCollection<Guid> posts, CancellationToken cancel)
    {
        var rules = await leaves.RulesAsync(cancel);
        return posts.Where(rules.Requirements.Marked.ContainsKey).ToDictionary(p => p, _ => LeaveText.Say("post.needs", rules.Policy.Of(PolicyRules.LeaveLeast), rules.Policy.Of(PolicyRules.LeaveEvery)));
    }
}
