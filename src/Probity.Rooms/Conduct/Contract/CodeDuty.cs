using Probity.Access.Contract;

namespace Probity.Conduct.Contract;

/// <summary>
/// Whom the code binds: the agency's own staff. Those who watch over it from outside, prosecutors and courts have rules and oversight of their own, and an administrator
/// has no part in any file.
/// </summary>
internal static class CodeDuty
{
    static readonly Role[] Bound = [Role.Commander, Role.Officer, Role.Custodian, Role.Analyst, Role.Vetting, Role.Integrity, Role.Investigator];

    /// <summary>Whether it binds who holds a post of this role.</summary>
    public static bool Binds(Role role) => Bound.Contains(role);

    /// <summary>Whether it binds this person now.</summary>
    public static bool Binds(Actor actor) => actor.Posts.Any(p => Binds(p.Role));

    /// <summary>Since when somebody has had a post that it binds, or null.</summary>
    public static DateTimeOffset? SinceOf(Guid person, Register register) =>
        register.PostingsOf(person).Where(p => p.From is not null && Binds(register.Posts[p.Post].Role)).Min(p => p.From);
}
