using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Plans;

/// <summary>What can be done about a plan.</summary>
internal enum PlanAction { View, ReadPlace, SealPlace, Cover, AddMeasure, ReportDone, Activate, Review, Give, AnswerGiving, AnswerOwner, AskClosing, Hear, Close }

/// <summary>What somebody is to a plan.</summary>
internal enum PlanRelation { Protected, Owner, Does, Free, ForWant, LongOverdue, Ownerless, Waiting, SecondOfGiving, SecondBesideOverseer, Second, SecondForWant, SecondOfContested }

/// <summary>
/// Who has to do with a protection plan, as one table. Where the protected person stays is for its owner and for them alone: there is no other line, and no way around it. To whom the plan
/// is given takes two people, and whoever had a part in that does not end it. What
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
            (Role.Overseer, PlanRelation.LongOverdue), (Role.Overseer, PlanRelation.Waiting), (Role.Overseer, PlanRelation.SecondForWant),
        ],
        [PlanAction.ReadPlace] = [(null, PlanRelation.Protected), (null, PlanRelation.Owner)],
        [PlanAction.SealPlace] = [(null, PlanRelation.Protected), (null, PlanRelation.Owner)],
        [PlanAction.Cover] = [(null, PlanRelation.Protected), (null, PlanRelation.Owner)],
        [PlanAction.AddMeasure] = [(null, PlanRelation.Owner)],
        [PlanAction.ReportDone] = [(null, PlanRelation.Owner), (null, PlanRelation.Does)],
        [PlanAction.Activate] = [(null, PlanRelation.Owner)],
        [PlanAction.Review] = [(null, PlanRelation.Owner)],
        [PlanAction.Give] =
        [
            (null, PlanRelation.Owner), (Role.Integrity, PlanRelation.Free), (Role.Overseer, PlanRelation.ForWant), (Role.Overseer, PlanRelation.LongOverdue),
            (Role.Overseer, PlanRelation.Ownerless),
        ],
        [PlanAction.AnswerGiving] = [(Role.Overseer, PlanRelation.SecondOfGiving), (Role.Integrity, PlanRelation.SecondBesideOverseer)],
        [PlanAction.AnswerOwner] = [(null, PlanRelation.Protected)],
        [PlanAction.AskClosing] = [(null, PlanRelation.Owner)],
        [PlanAction.Hear] = [(null, PlanRelation.Protected)],
        [PlanAction.Close] = [(Role.Integrity, PlanRelation.Second), (Role.Overseer, PlanRelation.SecondForWant), (Role.Overseer, PlanRelation.SecondOfContested)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(PlanAction action, PlanFacts facts)
    {
        if (!facts.Plan.Exists) return new Refusal(Bars.Role);
        var bar = facts.Actor.Person == facts.Plan.Person ? null : NeedToKnow.Bar(facts.Actor.Person, facts.Plan.Concerned, facts.Register, facts.Now);
        if (bar is null && Table[action].Any(row => (row.Role is not { } role || facts.Actor.Has(role)) && Is(row.Relation, facts))) return null;
        return new Refusal(bar ?? (action == PlanAction.Close && HadPart(facts) || action == PlanAction.AnswerGiving && facts.Actor.Person == facts.Plan.GivingAskedBy ? Bars.EarlierRole : Bars.Role));
    }

    static bool Is(PlanRelation relation, PlanFacts facts)
    {
        var (plan, policy, actor, register, now) = facts;
        var other = actor.Person != plan.Person;
        return relation switch
        {
            PlanRelation.Protected => !other,
            PlanRelation.Owner => other && actor.Person == plan.Owner,
            PlanRelation.Does => other && plan.Measures.Any(m => m.Owner == actor.Person),
            PlanRelation.Free => other,
            PlanRelation.ForWant => other && NeedToKnow.TakesOverseers(plan.Concerned, facts.Register, facts.Now),
            PlanRelation.LongOverdue => other && plan.Closed is null && policy.After(PolicyRules.ProtectionOverdueToOverseer, plan.Due) < now,
            PlanRelation.Ownerless => other && plan.IsOwnerless && plan.Closed is null,
            PlanRelation.Waiting => other && plan.Closed is null && (plan.IsOwnerless || plan.IsContested || plan.Giving is not null),
            PlanRelation.SecondOfGiving => other && IsSecondOfGiving(actor.Person, plan),
            // Integrity agrees to what an overseer asked for, or where no overseer is left who could.
            PlanRelation.SecondBesideOverseer => other && IsSecondOfGiving(actor.Person, plan)
                && (register.Holders(Role.Overseer, now).Contains(plan.GivingAskedBy!.Value)
                    || !NeedToKnow.Free(Role.Overseer, plan.Concerned, register, now).Any(p => IsSecondOfGiving(p, plan))),
            PlanRelation.Second => other && !HadPart(facts),
            PlanRelation.SecondOfContested => other && !HadPart(facts) && plan.IsContested,
            // Where nobody of integrity is left who had no part in it.
            _ => other && !HadPart(facts) && FreeIntegrity(facts).All(p => HadPart(facts with { Actor = facts.Actor with { Person = p } })),
        };
    }

    static bool IsSecondOfGiving(Guid person, ProtectionPlan plan) => plan.Giving is { } giving && person != plan.GivingAskedBy && person != plan.Owner && person != giving.Owner;

    // Who asked to end it, answers for it, or had a part in whom it was given to.
    static bool HadPart(PlanFacts facts) =>
        facts.Actor.Person == facts.Plan.Owner || facts.Actor.Person == facts.Plan.AskedBy || facts.Plan.Givers.Contains(facts.Actor.Person);

    static IReadOnlyList<Guid> FreeIntegrity(PlanFacts facts) => NeedToKnow.Free(Role.Integrity, facts.Plan.Concerned, facts.Register, facts.Now);
}
