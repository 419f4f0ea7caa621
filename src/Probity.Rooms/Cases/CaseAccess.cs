using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Cases;

/// <summary>What can be done in a case.</summary>
internal enum CaseAction
{
    View, RequestAssignment, ProposeAssignment, ApproveAssignment, GiveAccess, RecordStep, EnterStage, Decide,
    ProposeClosing, ApproveClosing,
}

/// <summary>What somebody is to a case, by what they were given in it. The strongest holds.</summary>
internal enum Relation { None, UnitCommander, Opener, Named, Prosecutor, Handler }

/// <summary>
/// Need-to-know and the decision guard of a case, as one table: an action is allowed where the role and the relation
/// together stand in it, and nobody is barred. Everything else is denied.
/// </summary>
internal static class CaseAccess
{
    // A role that stands alone, whatever its relation, is written with null.
    static readonly Dictionary<CaseAction, (Role Role, Relation? Relation)[]> Table = new()
    {
        [CaseAction.View] =
        [
            (Role.Officer, Relation.Handler), (Role.Officer, Relation.Named), (Role.Officer, Relation.Opener),
            (Role.Commander, Relation.UnitCommander), (Role.Commander, Relation.Handler), (Role.Commander, Relation.Named),
            (Role.Commander, Relation.Opener), (Role.Custodian, Relation.Named), (Role.Prosecutor, Relation.Prosecutor),
            (Role.Prosecutor, Relation.Named), (Role.Investigator, Relation.Handler), (Role.Investigator, Relation.Named),
            (Role.Integrity, null), (Role.Overseer, null),
        ],
        [CaseAction.RequestAssignment] = [(Role.Commander, Relation.UnitCommander), (Role.Integrity, null), (Role.Overseer, null)],
        [CaseAction.ProposeAssignment] =
        [
            (Role.Commander, Relation.UnitCommander), (Role.Officer, Relation.Handler), (Role.Investigator, Relation.Handler),
            (Role.Prosecutor, Relation.Prosecutor), (Role.Integrity, null),
        ],
        [CaseAction.ApproveAssignment] = [(Role.Integrity, null), (Role.Overseer, null)],
        [CaseAction.GiveAccess] =
        [
            (Role.Officer, Relation.Handler), (Role.Investigator, Relation.Handler), (Role.Commander, Relation.UnitCommander),
            (Role.Integrity, null),
        ],
        [CaseAction.RecordStep] =
        [
            (Role.Officer, Relation.Handler), (Role.Investigator, Relation.Handler), (Role.Officer, Relation.Named),
            (Role.Custodian, Relation.Named),
        ],
        [CaseAction.EnterStage] =
        [
            (Role.Officer, Relation.Handler), (Role.Investigator, Relation.Handler), (Role.Prosecutor, Relation.Prosecutor),
        ],
        [CaseAction.Decide] = [(Role.Prosecutor, Relation.Prosecutor)],
        [CaseAction.ProposeClosing] =
        [
            (Role.Officer, Relation.Handler), (Role.Investigator, Relation.Handler), (Role.Prosecutor, Relation.Prosecutor),
        ],
        [CaseAction.ApproveClosing] = [(Role.Commander, Relation.UnitCommander), (Role.Integrity, null), (Role.Overseer, null)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(CaseAction action, Actor actor, Case @case, Register register, DateTimeOffset now)
    {
        // The bar first: on the record a suspect's own attempt reads as one, whatever their role.
        if (Recusal.Between(actor.Person, BarringFor(action, @case), register, now) is { } bar)
            return new Refusal(bar, WhoMay(action, @case, register, now));
        if (!Allows(action, actor, @case, register)) return new Refusal(Bars.Role, WhoMay(action, @case, register, now));
        return EarlierRole(action, actor.Person, @case) ? new Refusal(Bars.EarlierRole, WhoMay(action, @case, register, now)) : null;
    }

    /// <summary>Whether access by name gives this person anything.</summary>
    public static bool CanBeNamed(Actor actor) =>
        Table[CaseAction.View].Any(row => row.Relation == Relation.Named && actor.Has(row.Role));

    /// <summary>Whether a role of this person sees cases at all.</summary>
    public static bool HasAnyRole(ClaimsPrincipal user) => Table[CaseAction.View].Any(row => SignedInPerson.Has(user, row.Role));

    /// <summary>
    /// Whether a post of this person sees a case by this relation; null asks for what it sees without any. For lists, which
    /// hold to the same table in the database.
    /// </summary>
    public static bool SeesAs(Actor actor, Relation? relation) =>
        Table[CaseAction.View].Any(row => row.Relation == relation && actor.Has(row.Role));

    /// <summary>Where to turn when one role alone, or the overseer in its place, may do this.</summary>
    public static Reroute WhoMayAs(Role role, CaseAction action, Case @case, Register register, DateTimeOffset now)
    {
        var people = register.Holders(role, now).Where(p => IsFree(action, p, @case, register, now)).ToList();
        return people.Count > 0
            ? new Reroute(role.ToString(), people)
            : new Reroute(nameof(Role.Overseer), register.Holders(Role.Overseer, now));
    }

    /// <summary>What somebody is to the case.</summary>
    public static Relation RelationOf(Actor actor, Case @case, Register register) =>
        @case.Handler == actor.Person ? Relation.Handler
        : @case.Prosecutor == actor.Person ? Relation.Prosecutor
        : @case.Named.Contains(actor.Person) ? Relation.Named
        : @case.OpenedBy == actor.Person ? Relation.Opener
        : actor.Commands(@case.Unit, register) ? Relation.UnitCommander
        : Relation.None;

    static IEnumerable<Guid> BarringFor(CaseAction action, Case @case) => action == CaseAction.View ? @case.StaffSubjects : @case.StaffParties;

    static bool Allows(CaseAction action, Actor actor, Case @case, Register register)
    {
        if (!@case.Exists) return false;
        var relation = RelationOf(actor, @case, register);
        var commands = actor.Commands(@case.Unit, register);
        return Table[action].Any(row => actor.Has(row.Role)
            && (row.Relation is null || row.Relation == relation || (row.Relation == Relation.UnitCommander && commands)));
    }

    // Who proposed never approves; who sat in the case, or would sit there, neither closes it nor approves seats. Who opened it
    // has decided nothing in it: a commander who opens what comes in may also close what was proposed, but never without an outcome.
    static bool EarlierRole(CaseAction action, Guid person, Case @case) => action switch
    {
        CaseAction.ApproveClosing => @case.EverSeated.Contains(person) || @case.Closing?.By == person,
        CaseAction.ApproveAssignment => @case.EverSeated.Contains(person)
            || @case.SeatProposals.Values.Any(p => p.By == person || p.Person == person),
        _ => false,
    };

    // Reroutes go to those who may and are not barred; where nobody is left, to the external overseer.
    static Reroute? WhoMay(CaseAction action, Case @case, Register register, DateTimeOffset now)
    {
        if (!@case.Exists) return null;
        var roles = Table[action].Select(row => row.Role).Distinct().Append(Role.Overseer);
        foreach (var role in roles)
        {
            var people = register.Holders(role, now).Where(p => IsFree(action, p, @case, register, now)).ToList();
            if (people.Count > 0) return new Reroute(role.ToString(), people);
        }

        return new Reroute(nameof(Role.Overseer), register.Holders(Role.Overseer, now));
    }

    static bool IsFree(CaseAction action, Guid person, Case @case, Register register, DateTimeOffset now) =>
        Allows(action, Actor.From(register, person, now), @case, register)
        && Recusal.Between(person, BarringFor(action, @case), register, now) is null
        && !EarlierRole(action, person, @case);
}
