using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Web;

namespace Probity.Access.SigningOut;

/// <summary>Signing out ends every session of the person: a copy of the cookie opens nothing either.</summary>
internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/sign-out", SignOutAsync).ExcludeFromDescription();
        endpoints.MapGet("/sign-out", () => new SeeOther("/")).ExcludeFromDescription();
    }

    // The form says nothing; asking for it makes the framework ask for its token.
    static async Task<IResult> SignOutAsync(HttpContext context, UserManager<Credential> users, IEnumerable<ISessionEnd> ends, IFormCollection form)
    {
        _ = form;
        if (SignedInPerson.Of(context.User) is { } person)
        {
            foreach (var end in ends) end.End(person);
            if (await users.FindByIdAsync(person.ToString("D")) is { } credential) await users.UpdateSecurityStampAsync(credential);
        }

        await context.SignOutAsync(Sessions.Scheme);
        return new SeeOther("/");
    }
}
