using Probity.Access.Contract;
using Probity.Protection.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Approaches;

/// <summary>What can be done about an approach.</summary>
internal enum ApproachAction { View, Read, Handle, AnswerNoting, Acknowledge, SayActed, OpenPlan }

/// <summary>What somebody is to an approach.</summary>
internal enum ApproachRelation { Reporter, Free, ForWant, Alerted, Acknowledged, SecondOfNoting }

/// <summary>
/// Who has to do with an approach, as one table: whoever recorded it, integrity as far as nobody of them is barred, the overseers where fewer than two of integrity are free, and whom an alert
/// went to. Nobody else: no commander, not the vetting unit, not the administrator. What stands in no line is denied.
/// </summary>
internal static class ApproachAccess
{
    // A relation that is enough whatever the role has null for it. All but whoever recorded it are free of a bar, or they are denied.
    static readonly Dictionary<ApproachAction, (Role? Role, ApproachRelation Relation)[]> Table = new()
    {
        [ApproachAction.View] =
        [
            (null, ApproachRelation.Reporter), (Role.Integrity, ApproachRelation.Free), (Role.Overseer, ApproachRelation.ForWant), (null, ApproachRelation.Alerted),
            (Role.Overseer, ApproachRelation.SecondOfNoting),
        ],
        [ApproachAction.AnswerNoting] = [(Role.Overseer, ApproachRelation.SecondOfNoting)],
        [ApproachAction.SayActed] = [(null, ApproachRelation.Acknowledged)],
        [ApproachAction.Read] = [(Role.Integrity, ApproachRelation.Free), (Role.Overseer, ApproachRelation.ForWant)],
        [ApproachAction.Handle] = [(Role.Integrity, ApproachRelation.Free), (Role.Overseer, ApproachRelation.ForWant)],
        [ApproachAction.Acknowledge] = [(null, ApproachRelation.Alerted)],
        [ApproachAction.OpenPlan] = [(null, ApproachRelation.Acknowledged), (Role.Integrity, ApproachRelation.Free), (Role.Overseer, ApproachRelation.ForWant)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(ApproachAction action, ApproachFacts facts)
    {
        if (!facts.Approach.Exists) return new Refusal(Bars.Role);
        var bar = NeedToKnow.Bar(facts.Actor.Person, facts.Approach.Concerned, facts.Register, facts.Now);
        if (Table[action].Any(row => (row.Role is not { } role || facts.Actor.Has(role)) && Is(row.Relation, facts, bar is null))) return null;
        return new Refusal(bar ?? Bars.Role, WhoMay(facts));
    }

    static bool Is(ApproachRelation relation, ApproachFacts facts, bool free) => relation switch
    {
        ApproachRelation.Reporter => facts.Actor.Person == facts.Approach.Reporter,
        ApproachRelation.Free => free,
        ApproachRelation.ForWant => free && NeedToKnow.TakesOverseers(facts.Approach.Concerned, facts.Register, facts.Now),
        ApproachRelation.Acknowledged => free && facts.Approach.InHandAt(facts.Now) == facts.Actor.Person,
        ApproachRelation.SecondOfNoting => free && facts.Approach is { Noting: not null, Handled: null } && facts.Approach.NotingAskedBy != facts.Actor.Person,
        // Once somebody has it in hand, the others need not know of it any more; taking it again buys nobody time who let it lie.
        _ => free && (facts.Approach.InHandAt(facts.Now) is { } by ? by == facts.Actor.Person
            : facts.Steps.Any(s => (s.Officer == facts.Actor.Person && !facts.Approach.WasDroppedBy(facts.Actor.Person, facts.Now)) || (s.Rung == AlertRung.Overseers && facts.Actor.Has(Role.Overseer)))),
    };

    // The role alone: who is missing in a list of people would tell who declared a tie.
    static Reroute WhoMay(ApproachFacts facts) =>
        new(NeedToKnow.Free(Role.Integrity, facts.Approach.Concerned, facts.Register, facts.Now).Count == 0 ? nameof(Role.Overseer) : nameof(Role.Integrity), []);
}
