using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Procedures.Deviating;

/// <summary>
/// Who may countersign that a step was left out: a post of the table, of somebody who sees the case and is barred from nobody named in it,
/// and never whoever recorded it. Who may record it is whom the case lets record steps.
/// </summary>
internal static class DeviationAccess
{
    static readonly Role[] Countersigns = [Role.Commander, Role.Integrity, Role.Overseer];

    /// <summary>Whether a post of this person countersigns at all.</summary>
    public static bool Has(ClaimsPrincipal user) => Countersigns.Any(role => SignedInPerson.Has(user, role));

    /// <summary>Whether to somebody it is shown only once it is overdue: who oversees from outside steps in where nobody nearer did.</summary>
    public static bool OnlyOverdue(Actor actor) => !actor.Has(Role.Commander) && !actor.Has(Role.Integrity);

    /// <summary>The refusal of a countersignature to this person, or null where it is theirs to give.</summary>
    public static Refusal? Refuses(Actor actor, Deviation deviation, IReadOnlyList<Guid> staff, Register register, DateTimeOffset now) =>
        Bar(actor, deviation, staff, register, now) is { } bar ? new Refusal(bar, WhoMay(deviation, staff, register, now)) : null;

    static string? Bar(Actor actor, Deviation deviation, IReadOnlyList<Guid> staff, Register register, DateTimeOffset now) =>
        Recusal.Between(actor.Person, staff, register, now)
        ?? (!Countersigns.Any(actor.Has) ? Bars.Role : deviation.By == actor.Person ? Bars.EarlierRole : null);

    // Those from outside the unit see every case; whether a commander sees this one is the case's to say.
    static Reroute WhoMay(Deviation deviation, IReadOnlyList<Guid> staff, Register register, DateTimeOffset now)
    {
        foreach (var role in (Role[])[Role.Integrity, Role.Overseer])
        {
            var people = register.Holders(role, now).Where(p => Bar(Actor.From(register, p, now), deviation, staff, register, now) is null).ToList();
            if (people.Count > 0) return new Reroute(role.ToString(), people);
        }

        return new Reroute(nameof(Role.Overseer), register.Holders(Role.Overseer, now));
    }
}
