using System.Security.Claims;

namespace Probity.Access.Contract;

/// <summary>Who a session belongs to: the only thing that a session says of a person is their id in the register.</summary>
internal static class SignedInPerson
{
    /// <summary>The claim that holds the person's id.</summary>
    public const string Claim = "probity:person";

    /// <summary>The id of the signed-in person, or null.</summary>
    public static Guid? Of(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && Guid.TryParseExact(user.FindFirstValue(Claim), "D", out var id) ? id : null;
}
