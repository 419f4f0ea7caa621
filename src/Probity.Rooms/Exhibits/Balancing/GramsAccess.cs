using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Balancing;

/// <summary>What can be done with the grams of a unit.</summary>
internal enum GramsAction
{
    /// <summary>See its sums.</summary>
    See,

    /// <summary>See which exhibits they come from, of the cases that one sees.</summary>
    Trace,

    /// <summary>Publish its balance.</summary>
    Publish,

    /// <summary>Have a published balance computed again.</summary>
    Check,
}

/// <summary>
/// Who may, as one table. A commander sees their own units; they and who keeps exhibits publish nothing, since it is their account that is published. What
/// stands in no line is denied.
/// </summary>
internal static class GramsAccess
{
    static readonly Dictionary<GramsAction, Role[]> Table = new()
    {
        [GramsAction.See] = [Role.Commander, Role.Integrity, Role.Overseer],
        [GramsAction.Trace] = [Role.Integrity, Role.Overseer],
        [GramsAction.Publish] = [Role.Integrity, Role.Overseer],
        [GramsAction.Check] = [Role.Commander, Role.Integrity, Role.Overseer, Role.Monitor],
    };

    /// <summary>The refusal of this to this person for a unit, or null where it is allowed.</summary>
    public static Refusal? Refuses(GramsAction action, Actor actor, Guid unit, Register register, DateTimeOffset now)
    {
        if (!Table[action].Any(role => role == Role.Commander ? actor.Commands(unit, register) : actor.Has(role)))
            return new Refusal(Bars.Role, new Reroute(nameof(Role.Integrity), register.Holders(Role.Integrity, now)));
        if (action != GramsAction.Publish) return null;
        IReadOnlyList<Guid> theirs = [.. register.Holders(Role.Commander, now, unit), .. register.Holders(Role.Custodian, now, unit)];
        return Recusal.Between(actor.Person, theirs, register, now) is { } bar ? new Refusal(bar, new Reroute(nameof(Role.Overseer), register.Holders(Role.Overseer, now))) : null;
    }

    /// <summary>Whether a role of this person sees sums of any unit.</summary>
    public static bool Serves(System.Security.Claims.ClaimsPrincipal user) => Table[GramsAction.See].Any(role => SignedInPerson.Has(user, role));
}
