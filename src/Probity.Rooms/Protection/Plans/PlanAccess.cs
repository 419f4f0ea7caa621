using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Plans;

/// <summary>What can be done about a plan.</summary>
internal enum PlanAction { View, ReadPlace, SealPlace, Cover, AddMeasure, ReportDone, Activate, Review, Give, AskClosing, Hear, Close }

/// <summary>What somebody is to a plan.</summary>
internal enum PlanRelation { Protected, Owner, Does, Free, ForWant, LongOverdue, Second, SecondForWant }

/// <summary>
/// Who has to do with a protection plan, as one table. Where the protected person stays is for its owner and for them alone: there is no other line, and no way around it. What
/// stands in no line is denied.
/// </summary>
internal static class PlanAccess
{
    // A relation that is enough whatever the role has null for it. All but the protected person are free of a bar, or they are denied.
    static readonly Dictionary<PlanAction, (Role? Role, PlanRelation Relation)[]> Table = new()
    {
        [PlanAction.View] =
        [
            (null, PlanRelation.Protected), (null, PlanRelation.Owner), (null, PlanRelation.Does), (Role.Integrity, PlanRelation.Free), (Role.Overseer, PlanRelation.ForWant),
            (Role.Overseer, PlanRelation.LongOverdue), (Role.Overseer, PlanRelation.SecondForWant),
        ],
        [PlanAction.ReadPlace] = [(null, PlanRelation.Protected), (null, PlanRelation.Owner)],
        [PlanAction.SealPlace] = [(null, PlanRelation.Protected), (null, PlanRelation.Owner)],
        [PlanAction.Cover] = [(null, PlanRelation.Protected), (null, PlanRelation.Owner)],
        [PlanAction.AddMeasure] = [(null, PlanRelation.Owner)],
        [PlanAction.ReportDone] = [(null, PlanRelation.Owner), (null, PlanRelation.Does)],
        [PlanAction.Activate] = [(null, PlanRelation.Owner)],
        [PlanAction.Review] = [(null, PlanRelation.Owner)],
        [PlanAction.Give] = [(null, PlanRelation.Owner), (Role.Integrity, PlanRelation.Free), (Role.Overseer, PlanRelation.ForWant), (Role.Overseer, PlanRelation.LongOverdue)],
        [PlanAction.AskClosing] = [(null, PlanRelation.Owner)],
        [PlanAction.Hear] = [(null, PlanRelation.Protected)],
        [PlanAction.Close] = [(Role.Integrity, PlanRelation.Second), (Role.Overseer, PlanRelation.SecondForWant)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(PlanAction action, PlanFacts facts)
    {
        if (!facts.Plan.Exists) return new Refusal(Bars.Role);
        var bar = facts.Actor.Person == facts.Plan.Person ? null : NeedToKnow.Bar(facts.Actor.Person, facts.Plan.Concerned, facts.Register, facts.Now);
        if (bar is null && Table[action].Any(row => (row.Role is not { } role || facts.Actor.Has(role)) && Is(row.Relation, facts))) return null;
        return new Refusal(bar ?? (action == PlanAction.Close && facts.Actor.Person == facts.Plan.AskedBy ? Bars.EarlierRole : Bars.Role));
    }

    static bool Is(PlanRelation relation, PlanFacts facts)
    {
        var (plan, policy, actor, _, now) = facts;
        var other = actor.Person != plan.Person;
        return relation switch
        {
            PlanRelation.Protected => !other,
            PlanRelation.Owner => other && actor.Person == plan.Owner,
            PlanRelation.Does => other && plan.Measures.Any(m => m.Owner == actor.Person),
            PlanRelation.Free => other,
            PlanRelation.ForWant => other && NeedToKnow.TakesOverseers(plan.Concerned, facts.Register, facts.Now),
            PlanRelation.LongOverdue => other && plan.Closed is null && policy.After(PolicyRules.ProtectionOverdueToOverseer, plan.Due) < now,
            PlanRelation.Second => other && actor.Person != plan.Owner && actor.Person != plan.AskedBy,
            // Where nobody of integrity is left beside the owner.
            _ => other && actor.Person != plan.Owner && actor.Person != plan.AskedBy && FreeIntegrity(facts).All(p => p == plan.Owner || p == plan.AskedBy),
        };
    }

    static IReadOnlyList<Guid> FreeIntegrity(PlanFacts facts) => NeedToKnow.Free(Role.Integrity, facts.Plan.Concerned, facts.Register, facts.Now);
}
