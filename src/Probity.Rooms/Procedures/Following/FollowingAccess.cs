using System.Security.Claims;
using Probity.Access.Contract;

namespace Probity.Procedures.Following;

/// <summary>Who sees how much of what was found: besides the pages of single cases, which each case guards itself.</summary>
internal static class FollowingAccess
{
    /// <summary>Whether a post of this person sees every case: only they see small figures beside each other, and who handed over to whom.</summary>
    public static bool SeesAll(ClaimsPrincipal user) => SignedInPerson.Has(user, Role.Integrity) || SignedInPerson.Has(user, Role.Overseer);
}
