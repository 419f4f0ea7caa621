using System.Security.Claims;

namespace Probity.Access.Contract;

/// <summary>Who a session belongs to: a cookie says a person's id in the register, and the roles are read from there at each request.</summary>
internal static class SignedInPerson
{
    /// <summary>The claim that holds the person's id.</summary>
    public const string Claim = "probity:person";

    /// <summary>The claim of a role, one for each.</summary>
    public const string RoleClaim = "probity:role";

    /// <summary>The claim that tells one sign-in of a person from another: 128 random bits.</summary>
    public const string SessionClaim = "probity:session";

    /// <summary>Which sign-in a request belongs to, or null.</summary>
    public static string? SessionOf(ClaimsPrincipal user) => user.FindFirstValue(SessionClaim);

    /// <summary>Whether a post of the signed-in person has the role. For what is shown; a decision reads the register itself.</summary>
    public static bool Has(ClaimsPrincipal user, Role role) => user.HasClaim(RoleClaim, role.ToString());

    /// <summary>The id of the signed-in person, or null.</summary>
    public static Guid? Of(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && Guid.TryParseExact(user.FindFirstValue(Claim), "D", out var id) ? id : null;
}
