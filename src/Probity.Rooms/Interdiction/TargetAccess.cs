using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Interdiction;

/// <summary>What can be done about a target.</summary>
internal enum TargetAction { View, Select, Inspect, Release, Answer, Countersign }

/// <summary>What somebody is to a target.</summary>
internal enum TargetRelation { OfUnit, OverUnit, Countersigner }

/// <summary>
/// Need-to-know and the decision guard of a target, as one table: the officers of the unit decide, another of them or a commander over it
/// is the second person, and whoever was asked to sign from outside signs. Everything else is denied.
/// </summary>
internal static class TargetAccess
{
    // A role that stands alone, whatever its relation, is written with null.
    static readonly Dictionary<TargetAction, (Role Role, TargetRelation? Relation)[]> Table = new()
    {
        [TargetAction.View] =
        [
            (Role.Officer, TargetRelation.OfUnit), (Role.Commander, TargetRelation.OverUnit), (Role.Officer, TargetRelation.Countersigner),
            (Role.Commander, TargetRelation.Countersigner), (Role.Integrity, null), (Role.Overseer, null),
        ],
        [TargetAction.Select] = [(Role.Officer, TargetRelation.OfUnit)],
        [TargetAction.Inspect] = [(Role.Officer, TargetRelation.OfUnit)],
        [TargetAction.Release] = [(Role.Officer, TargetRelation.OfUnit)],
        [TargetAction.Answer] = [(Role.Officer, TargetRelation.OfUnit), (Role.Commander, TargetRelation.OverUnit)],
        [TargetAction.Countersign] =
        [
            (Role.Officer, TargetRelation.Countersigner), (Role.Commander, TargetRelation.Countersigner), (Role.Commander, TargetRelation.OverUnit),
        ],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(TargetAction action, Actor actor, Target target, Register register, DateTimeOffset now)
    {
        if (Recusal.Between(actor.Person, target.People, register, now) is { } bar) return new Refusal(bar, WhoMay(action, target, register, now));
        if (!Allows(action, actor, target, register)) return new Refusal(Bars.Role, WhoMay(action, target, register, now));
        return EarlierRole(action, actor.Person, target) ? new Refusal(Bars.EarlierRole, WhoMay(action, target, register, now)) : null;
    }

    /// <summary>Whether a role of this person sees targets at all.</summary>
    public static bool HasAnyRole(ClaimsPrincipal user) => Table[TargetAction.View].Any(row => SignedInPerson.Has(user, row.Role));

    /// <summary>Whether this person sees the targets of every unit, and the figures of every officer.</summary>
    public static bool SeesAll(Actor actor) => Table[TargetAction.View].Any(row => row.Relation is null && actor.Has(row.Role));

    /// <summary>The same of somebody signed in, for what is shown.</summary>
    public static bool SeesAll(ClaimsPrincipal user) => Table[TargetAction.View].Any(row => row.Relation is null && SignedInPerson.Has(user, row.Role));

    /// <summary>Whether this person enters targets of a unit.</summary>
    public static bool RegistersIn(Guid unit, Actor actor, Register register) => IsOfUnit(actor, unit) || actor.Commands(unit, register);

    /// <summary>Whether somebody works in a unit as an officer.</summary>
    public static bool IsOfUnit(Actor actor, Guid unit) => actor.Posts.Any(p => p.Role == Role.Officer && p.Unit == unit);

    static bool Allows(TargetAction action, Actor actor, Target target, Register register) => target.Exists
        && Table[action].Any(row => actor.Has(row.Role) && (row.Relation is not { } relation || Is(relation, actor, target, register)));

    static bool Is(TargetRelation relation, Actor actor, Target target, Register register) => relation switch
    {
        TargetRelation.OfUnit => IsOfUnit(actor, target.Unit),
        TargetRelation.OverUnit => actor.Commands(target.Unit, register),
        _ => target.Countersigner == actor.Person,
    };

    // Whoever decided is never their own second person.
    static bool EarlierRole(TargetAction action, Guid person, Target target) => action switch
    {
        TargetAction.Answer => target.Asked?.By == person,
        TargetAction.Countersign => target.Awaited?.By == person,
        _ => false,
    };

    static Reroute? WhoMay(TargetAction action, Target target, Register register, DateTimeOffset now)
    {
        if (!target.Exists) return null;
        foreach (var role in Table[action].Select(row => row.Role).Distinct())
        {
            var people = register.Holders(role, now).Where(p => Recusal.Between(p, target.People, register, now) is null
                && Allows(action, Actor.From(register, p, now), target, register) && !EarlierRole(action, p, target)).ToList();
            if (people.Count > 0) return new Reroute(role.ToString(), people);
        }

        return new Reroute(nameof(Role.Overseer), register.Holders(Role.Overseer, now));
    }
}
