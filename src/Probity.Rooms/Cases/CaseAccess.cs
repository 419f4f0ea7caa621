using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases;

/// <summary>What can be done in a case.</summary>
internal enum CaseAction
{
    View, RequestAssignment, ProposeAssignment, ApproveAssignment, GiveAccess, RecordStep, EnterStage, Decide,
    ProposeClosing, ApproveClosing,
    BreakGlass, ReviewGlass, SeeReadings, LiftWall, ApproveLift, NameParties, EndParty,
    Charge, Disclose, ViewCourt, RecordCourt,
    OrderExhibits, ConfirmOrder, ProposeOrder, SignOrder,
    SetMatchAside,
}

/// <summary>What somebody is to a case, by what they were given in it. The strongest holds.</summary>
internal enum Relation { None, BrokenGlass, UnitCommander, Opener, Named, Prosecutor, Handler, Judge }

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
            (Role.Officer, Relation.BrokenGlass), (Role.Commander, Relation.BrokenGlass), (Role.Custodian, Relation.BrokenGlass),
            (Role.Prosecutor, Relation.BrokenGlass), (Role.Investigator, Relation.BrokenGlass),
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

        // Those whose post sees cases when they have something to do with them. Who watches over cases sees them as it is.
        [CaseAction.BreakGlass] =
        [
            (Role.Officer, null), (Role.Commander, null), (Role.Custodian, null), (Role.Prosecutor, null), (Role.Investigator, null),
        ],
        [CaseAction.ReviewGlass] = [(Role.Integrity, null), (Role.Overseer, null)],
        [CaseAction.SeeReadings] = [(Role.Commander, Relation.UnitCommander), (Role.Integrity, null), (Role.Overseer, null)],
        [CaseAction.SetMatchAside] = [(Role.Integrity, null), (Role.Overseer, null)],
        [CaseAction.LiftWall] = [(Role.Integrity, null), (Role.Overseer, null)],
        [CaseAction.ApproveLift] = [(Role.Overseer, null), (Role.Integrity, null)],
        // The overseer names nobody but whom an overseer let back: else that could not be undone.
        [CaseAction.NameParties] =
        [
            (Role.Officer, Relation.Handler), (Role.Investigator, Relation.Handler), (Role.Prosecutor, Relation.Prosecutor), (Role.Integrity, null), (Role.Overseer, null),
        ],
        // The overseer takes off nobody but who watches over cases: whoever works one could name all who look at what they do.
        [CaseAction.EndParty] =
        [
            (Role.Officer, Relation.Handler), (Role.Investigator, Relation.Handler), (Role.Prosecutor, Relation.Prosecutor), (Role.Integrity, null), (Role.Overseer, null),
        ],
        [CaseAction.Charge] = [(Role.Prosecutor, Relation.Prosecutor)],
        [CaseAction.Disclose] = [(Role.Prosecutor, Relation.Prosecutor)],

        // The court's part alone, once the case is before a court. A judge sees what is theirs to judge, the registry all of it.
        [CaseAction.ViewCourt] =
        [
            (Role.Registry, null), (Role.Judge, Relation.Judge), (Role.Prosecutor, Relation.Prosecutor), (Role.Officer, Relation.Handler),
            (Role.Investigator, Relation.Handler), (Role.Integrity, null), (Role.Overseer, null),
        ],
        [CaseAction.RecordCourt] = [(Role.Registry, null)],

        // What becomes of exhibits: the court's to order, the judge of the case themselves or the registry; where no court has the case, the prosecutor's
        // with somebody who watches over both.
        [CaseAction.OrderExhibits] = [(Role.Judge, Relation.Judge), (Role.Registry, null)],
        [CaseAction.ConfirmOrder] = [(Role.Judge, Relation.Judge)],
        [CaseAction.ProposeOrder] = [(Role.Prosecutor, Relation.Prosecutor)],
        [CaseAction.SignOrder] = [(Role.Overseer, null), (Role.Integrity, null)],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    public static Refusal? Refuses(CaseAction action, Actor actor, Case @case, Register register, DateTimeOffset now)
    {
        // The bar first: on the record a suspect's own attempt reads as one, whatever their role.
        if (Bar(action, actor.Person, @case, register, now) is { } bar)
            return new Refusal(bar, WhoMay(action, @case, register, now));
        if (!Allows(action, actor, @case, register, now)) return new Refusal(Bars.Role, WhoMay(action, @case, register, now));
        return EarlierRole(action, actor.Person, @case) ? new Refusal(Bars.EarlierRole, WhoMay(action, @case, register, now)) : null;
    }

    /// <summary>The bar that keeps a person from an action in this case whatever their role, or null.</summary>
    public static string? Bar(CaseAction action, Guid person, Case @case, Register register, DateTimeOffset now) =>
        Recusal.Between(person, BarringFor(action, @case), register, now) ?? (@case.Walls.ContainsKey(person) ? Bars.Declared : null);

    /// <summary>
    /// By which right somebody sees the case, as a reading of it is recorded: what they are to it, <c>office</c> for a post that watches
    /// over all cases, <c>brokenGlass</c> for nothing but their own word that it had to be. Null where they do not see it.
    /// </summary>
    public static string? RightOf(Actor actor, Case @case, Register register, DateTimeOffset now)
    {
        var relation = RelationOf(actor, @case, register);
        return SeesAs(actor, relation) ? CaseWords.Camel(relation.ToString())
            : SeesAs(actor, Relation.UnitCommander) && actor.Commands(@case.Unit, register) ? CaseWords.Camel(nameof(Relation.UnitCommander))
            : SeesAs(actor, null) ? "office"
            : SeesAs(actor, Relation.BrokenGlass) && @case.HasBrokenGlass(actor.Person, now) ? CaseWords.Camel(nameof(Relation.BrokenGlass))
            : null;
    }

    /// <summary>Whether a role of this person sees the court's part of cases.</summary>
    public static bool SeesCourt(ClaimsPrincipal user) => Table[CaseAction.ViewCourt].Any(row => SignedInPerson.Has(user, row.Role));

    /// <summary>Whether a post of this person sees the court's part by this relation; null asks for what it sees without any.</summary>
    public static bool SeesCourtAs(Actor actor, Relation? relation) => Table[CaseAction.ViewCourt].Any(row => row.Relation == relation && actor.Has(row.Role));

    /// <summary>Whether a post of this person opens cases that are not theirs, when it has to be.</summary>
    public static bool MayBreakGlass(ClaimsPrincipal user) => Table[CaseAction.BreakGlass].Any(row => SignedInPerson.Has(user, row.Role));

    /// <summary>Whether a post of this person watches over all cases.</summary>
    public static bool Watches(ClaimsPrincipal user) => Table[CaseAction.ReviewGlass].Any(row => SignedInPerson.Has(user, row.Role));

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
        @case.Court.Judge?.Person == actor.Person ? Relation.Judge
        : @case.Handler == actor.Person ? Relation.Handler
        : @case.Prosecutor == actor.Person ? Relation.Prosecutor
        : @case.Named.Contains(actor.Person) ? Relation.Named
        : @case.OpenedBy == actor.Person ? Relation.Opener
        : actor.Commands(@case.Unit, register) ? Relation.UnitCommander
        : Relation.None;

    /// <summary>
    /// Whether somebody writes down what the court decided because its registry has nobody on this record: the overseer, who belongs to neither the unit nor
    /// the prosecution. With the first registrar that ends.
    /// </summary>
    public static bool StandsInForRegistry(Actor actor, Register register, DateTimeOffset now) => actor.Has(Role.Overseer) && !register.Holders(Role.Registry, now).Any();

    static IEnumerable<Guid> BarringFor(CaseAction action, Case @case) =>
        action is CaseAction.View or CaseAction.BreakGlass or CaseAction.SeeReadings or CaseAction.ViewCourt ? @case.StaffSubjects : @case.StaffParties;

    static bool Allows(CaseAction action, Actor actor, Case @case, Register register, DateTimeOffset now)
    {
        if (!@case.Exists) return false;
        if (action is CaseAction.ViewCourt or CaseAction.RecordCourt or CaseAction.OrderExhibits or CaseAction.ConfirmOrder && @case.Stage < Stage.Adjudicate) return false;
        if (action is CaseAction.RecordCourt or CaseAction.OrderExhibits && StandsInForRegistry(actor, register, now)) return !@case.EverSeated.Contains(actor.Person);
        var relation = RelationOf(actor, @case, register);
        var commands = actor.Commands(@case.Unit, register);
        var glass = @case.HasBrokenGlass(actor.Person, now);
        return Table[action].Any(row => actor.Has(row.Role)
            && (row.Relation is null || row.Relation == relation || (row.Relation == Relation.UnitCommander && commands)
                || (row.Relation == Relation.BrokenGlass && glass)));
    }

    // Who proposed never approves; who sat in the case, or would sit there, neither closes it nor approves seats. Who opened it
    // has decided nothing in it: a commander who opens what comes in may also close what was proposed, but never without an outcome.
    static bool EarlierRole(CaseAction action, Guid person, Case @case) => action switch
    {
        CaseAction.ApproveClosing => @case.EverSeated.Contains(person) || @case.Closing?.By == person,
        CaseAction.ApproveAssignment => @case.EverSeated.Contains(person)
            || @case.SeatProposals.Values.Any(p => p.By == person || p.Person == person),
        CaseAction.SignOrder => @case.EverSeated.Contains(person),
        // Nobody says for the court what becomes of what they found or kept themselves, whatever post they hold by now.
        CaseAction.OrderExhibits or CaseAction.ConfirmOrder => @case.WasWorkedBy(person),
        CaseAction.ApproveLift => @case.Walls.Values.Any(w => w.LiftAskedBy == person),
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
        Allows(action, Actor.From(register, person, now), @case, register, now)
        && Bar(action, person, @case, register, now) is null
        && !EarlierRole(action, person, @case);
}
