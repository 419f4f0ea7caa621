using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Protection.Approaches;
using Probity.Shared.Record;

namespace Probity.Protection.Plans;

/// <summary>All that a decision on a plan may know.</summary>
internal sealed record PlanFacts(ProtectionPlan Plan, Policy Policy, Actor Actor, Register Register, DateTimeOffset Now)
{
    /// <summary>Whether somebody may answer for this plan or for something that it plans.</summary>
    public bool MayOwn(Guid person) => person != Plan.Person && !Plan.RefusedOwners.Contains(person) && ProtectionRoles.Serves(person, Register, Now) && NeedToKnow.Bar(person, Plan.Concerned, Register, Now) is null;
}

/// <summary>The way of every command on a plan that is there: read it, the register and the policy pack, guard, decide, file.</summary>
internal sealed class PlanDesk(TransparencyLog log, Clerk clerk, IRegister registers, IPolicies policies, TimeProvider time)
{
    /// <summary>Guards and runs a decision; null where there is no such plan, as far as this person may know.</summary>
    public async Task<Outcome?> RunAsync(Guid person, Guid id, PlanAction action, Func<PlanFacts, Decision> decide, CancellationToken cancel)
    {
        var visible = true;
        var outcome = await clerk.FileAsync(new ActorId(person), new StreamId(id), $"protection.plan-{action}", async session =>
        {
            var facts = await ReadAsync(session, person, id, cancel);
            visible = PlanAccess.Refuses(PlanAction.View, facts) is null;
            return PlanAccess.Refuses(action, facts) is { } refusal ? refusal : decide(facts);
        }, cancel: cancel);
        return visible ? outcome : null;
    }

    /// <summary>Opens a plan for a page: the reading, or its refusal, is recorded. Null where this person may not know of it.</summary>
    public async Task<PlanFacts?> OpenAsync(Guid person, Guid id, CancellationToken cancel)
    {
        var facts = await ReadAsync(person, id, cancel);
        if (PlanAccess.Refuses(PlanAction.View, facts) is { } refusal)
        {
            await clerk.FileAsync(new ActorId(person), new StreamId(id), "protection.plan-View", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        await clerk.FileReadAsync(new ActorId(person), new StreamId(id), "protection.plan", cancel: cancel);
        return facts;
    }

    /// <summary>Opens where the protected person stays; each reading is recorded beside it. Null where this person may not, as for one that is not there.</summary>
    public async Task<SealedPlace?> OpenPlaceAsync(Guid person, Guid id, CancellationToken cancel)
    {
        var facts = await ReadAsync(person, id, cancel);
        if (PlanAccess.Refuses(PlanAction.ReadPlace, facts) is { } refusal)
        {
            await clerk.FileAsync(new ActorId(person), new StreamId(id), "protection.plan-ReadPlace", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        await clerk.FileReadAsync(new ActorId(person), new StreamId(id), "protection.place", cancel: cancel);
        return (await new RecordSession(log).FoldAsync<SealedPlace>(SealedPlace.Of(id), cancel)).For(person, facts.Plan);
    }

    /// <summary>A plan as it stands, without anybody having opened it.</summary>
    public ValueTask<PlanFacts> ReadAsync(Guid person, Guid id, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, id, cancel);

    /// <summary>The last plan for an approach, for a page; and the id of the next, where none is open.</summary>
    public async ValueTask<(PlanFacts Last, Guid? Next)> LastAsync(Guid person, Approach approach, CancellationToken cancel)
    {
        var next = await NextAsync(new RecordSession(log), approach, cancel);
        var number = next is null or 1 ? 1 : next.Value - 1;
        while (next is null && await ReadAsync(person, approach.PlanAt(number), cancel) is { Plan.Closed: not null }) number++;
        return (await ReadAsync(person, approach.PlanAt(number), cancel), next is { } at ? approach.PlanAt(at) : null);
    }

    /// <summary>Which plan for an approach would be the next, counted from 1; null where one is open.</summary>
    public static async ValueTask<int?> NextAsync(RecordSession session, Approach approach, CancellationToken cancel)
    {
        for (var number = 1; ; number++)
        {
            var plan = await session.FoldAsync<ProtectionPlan>(new StreamId(approach.PlanAt(number)), cancel);
            if (!plan.Exists) return number;
            if (plan.Closed is null) return null;
        }
    }

    /// <summary>Whether a plan for an approach is in force, or was: an opened one that holds nothing protects nobody.</summary>
    public static async ValueTask<bool> HasProtectedAsync(RecordSession session, Approach approach, CancellationToken cancel)
    {
        for (var number = 1; ; number++)
        {
            var plan = await session.FoldAsync<ProtectionPlan>(new StreamId(approach.PlanAt(number)), cancel);
            if (!plan.Exists || plan.IsActive) return plan.IsActive;
        }
    }

    async ValueTask<PlanFacts> ReadAsync(RecordSession session, Guid person, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(session, cancel);
        return new PlanFacts(await session.FoldAsync<ProtectionPlan>(new StreamId(id), cancel), await policies.ReadAsync(session, cancel), Actor.From(register, person, now), register, now);
    }
}
