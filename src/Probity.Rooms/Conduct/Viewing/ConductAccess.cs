using System.Security.Claims;
using Probity.Access.Contract;

namespace Probity.Conduct.Viewing;

/// <summary>Who may see what others acknowledged: integrity and the overseers everybody, a commander the own units. Everybody else sees their own alone.</summary>
internal static class ConductAccess
{
    static readonly (Role Role, bool All)[] Table = [(Role.Integrity, true), (Role.Overseer, true), (Role.Commander, false)];

    /// <summary>Whether a role of this person sees others at all.</summary>
    public static bool SeesOthers(ClaimsPrincipal user) => Table.Any(row => SignedInPerson.Has(user, row.Role));

    /// <summary>The units whose people this person sees; null for everybody, none for nobody.</summary>
    public static IReadOnlyList<Guid>? UnitsOf(Actor actor, Register register) =>
        Table.Any(row => row.All && actor.Has(row.Role)) ? null : [.. register.Units.Keys.Where(u => actor.Commands(u, register))];
}
