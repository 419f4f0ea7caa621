using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.People.Leave;

/// <summary>
/// Who may what about leave: integrity and overseers see all, commanders that of their units; holders enter and take back their own. A commander of the unit agrees, and integrity where the leave is
/// a commander's own or no commander may; never in their own matter, nor in that of kin, of somebody tied to them, or of who commands them. Everything else is denied.
/// </summary>
internal static class LeaveAccess
{
    static readonly Dictionary<Role, bool> Seers = new() { [Role.Integrity] = false, [Role.Overseer] = false, [Role.Commander] = true };

    /// <summary>Whether somebody signed in sees the leave of others.</summary>
    public static bool Lists(ClaimsPrincipal user) => Seers.Keys.Any(role => SignedInPerson.Has(user, role));

    /// <summary>Whether an actor sees that of a post's holders.</summary>
    public static bool Sees(Actor actor, Guid post, Register register) =>
        Seers.Any(s => actor.Has(s.Key) && (!s.Value || actor.Commands(register.Posts[post].Unit, register)));

    /// <summary>The refusal to answer somebody's leave, with whom to turn to; or null where it is allowed.</summary>
    public static Refusal? RefusesAnswer(Actor actor, Guid person, Register register, DateTimeOffset now)
    {
        var commanders = Commanders(person, register, now);
        if (Bar(actor, person, commanders, register, now) is not { } bar) return null;
        var role = commanders.Count > 0 ? Role.Commander : Role.Integrity;
        var others = register.Holders(role, now).Where(p => p != actor.Person && Bar(Actor.From(register, p, now), person, commanders, register, now) is null).ToList();
        return others.Count > 0 ? new Refusal(bar, new Reroute(role.ToString(), others)) : new Refusal(bar);
    }

    /// <summary>
    /// Those who may stand in for somebody: whoever holds a post in their unit, or in another of the nearest commander above, themselves left out. Sorted by id.
    /// </summary>
    public static IReadOnlyList<Guid> StandIns(Guid person, Register register, DateTimeOffset now) =>
    [
        .. register.PostsOf(person, now).Select(p => CommandOf(p.Unit, person, register, now)).Distinct().SelectMany(unit => register.Posts.Values.Where(p => register.IsWithin(p.Unit, unit)))
            .SelectMany(p => register.PostingsOn(p.Id)).Where(p => p.InForceAt(now) && p.Person != person && !register.IsShutOut(p.Person)).Select(p => p.Person).Distinct().Order(),
    ];

    static string? Bar(Actor actor, Guid person, List<Guid> commanders, Register register, DateTimeOffset now) =>
        actor.Person == person ? Bars.Self
        : commanders.Contains(actor.Person) ? null
        : commanders.Count == 0 && actor.Has(Role.Integrity) ? Conflict(actor.Person, person, register, now)
        : IsCommanderOf(actor, person, register, now) ? Conflict(actor.Person, person, register, now) ?? Bars.Role : Bars.Role;

    // A commander knows whom they command, and that is no bar; whoever was commanded by them is.
    static string? Conflict(Guid actor, Guid person, Register register, DateTimeOffset now) =>
        Recusal.Tied(actor, person, register) ?? (Recusal.Between(actor, [person], register, now) is Bars.Subordinate ? Bars.Subordinate : null);

    static bool IsCommanderOf(Actor actor, Guid person, Register register, DateTimeOffset now) => register.PostsOf(person, now).Any(p => actor.Commands(p.Unit, register));

    // Of a commander's own leave no commander decides: those above and beside them owe each other too much.
    static List<Guid> Commanders(Guid person, Register register, DateTimeOffset now) =>
        register.PostsOf(person, now).Any(p => p.Role == Role.Commander) ? []
        : [.. register.Holders(Role.Commander, now).Where(c => c != person && IsCommanderOf(Actor.From(register, c, now), person, register, now) && Conflict(c, person, register, now) is null)];

    static Guid CommandOf(Guid unit, Guid person, Register register, DateTimeOffset now)
    {
        for (Guid? above = unit; above is { } id; above = register.Units.GetValueOrDefault(id)?.Parent)
        {
            if (register.PostsIn(id).Where(p => p.Role == Role.Commander).SelectMany(p => register.PostingsOn(p.Id)).Any(p => p.InForceAt(now) && p.Person != person)) return id;
        }

        return unit;
    }
}
