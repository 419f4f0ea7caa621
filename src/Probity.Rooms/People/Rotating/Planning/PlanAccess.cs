using System.Security.Claims;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Rotating.Planning;

/// <summary>What can be done about the plan of rotation.</summary>
internal enum PlanAction { See, DrawUp, Answer }

/// <summary>Who may what, as a table: integrity draws a plan up and asks that it be adopted, an overseer agrees or does not; nobody whom it moves does either. Everything else is denied.</summary>
internal static class PlanAccess
{
    static readonly Dictionary<PlanAction, Role[]> Table = new()
    {
        [PlanAction.See] = [Role.Integrity, Role.Overseer],
        [PlanAction.DrawUp] = [Role.Integrity],
        [PlanAction.Answer] = [Role.Overseer],
    };

    /// <summary>The refusal of this action to this person, or null where it is allowed.</summary>
    /// <param name="action">What.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="moves">Whom the plan moves.</param>
    /// <param name="askedBy">Who asked that it be adopted, where that is answered.</param>
    /// <param name="register">Who is who.</param>
    /// <param name="now">The time.</param>
    public static Refusal? Refuses(PlanAction action, Actor actor, IReadOnlyList<PlannedMove> moves, Guid? askedBy, Register register, DateTimeOffset now)
    {
        if (Bar(action, actor, moves, askedBy, register) is not { } bar) return null;
        var others = Table[action].SelectMany(role => register.Holders(role, now)).Distinct().Where(p => p != actor.Person && Bar(action, Actor.From(register, p, now), moves, askedBy, register) is null).ToList();
        return others.Count > 0 ? new Refusal(bar, new Reroute(Table[action][0].ToString(), others)) : new Refusal(bar);
    }

    /// <summary>Whether somebody signed in sees plans.</summary>
    public static bool Sees(ClaimsPrincipal user) => Table[PlanAction.See].Any(role => SignedInPerson.Has(user, role));

    static string? Bar(PlanAction action, Actor actor, IReadOnlyList<PlannedMove> moves, Guid? askedBy, Register register) =>
        !Table[action].Any(actor.Has) ? Bars.Role
        : action == PlanAction.See ? null
        : moves.Any(m => m.Person == actor.Person) ? Bars.Self
        : askedBy == actor.Person ? Bars.EarlierRole
        : action == PlanAction.Answer ? moves.Select(m => m.Person).Concat(askedBy is { } by ? [by] : (Guid[])[]).Distinct().Select(p => Recusal.Tied(actor.Person, p, register)).FirstOrDefault(b => b is not null) : null;
}
