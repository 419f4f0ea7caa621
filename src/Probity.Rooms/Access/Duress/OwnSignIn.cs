using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Access.Enrolling;
using Probity.Access.SigningIn;
using Probity.Shared.Stopping;
using Probity.Shared.Web;

namespace Probity.Access.Duress;

/// <summary>
/// A person sets or takes away their second password, on a page that never says whether they have one. It asks for the password and a code; the second password passes for the first here too, and
/// then nothing changes: whoever forces somebody to take it away sees it done.
/// </summary>
internal static class OwnSignIn
{
    public const string Address = "/me/sign-in";

    const string SavedMark = "saved";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, UserManager<Credential> users, string? done) => Show(await CredentialOfAsync(http, users), null, done == SavedMark));
        pages.MapPost(Address, TakeAsync).RequireRateLimiting(SignIn.RateLimit).OnlyWhileRecording();
    }

    static async Task<IResult> TakeAsync(
        HttpContext http, UserManager<Credential> users, Doorkeeper door, [FromForm] string? password, [FromForm] string? second, [FromForm] string? again, [FromForm] string? code, CancellationToken cancel)
    {
        if (await CredentialOfAsync(http, users) is not { } credential) return Show(null, null, false);
        if (string.IsNullOrEmpty(password)) return Show(credential, "signin.password-missing", false);
        // The same rules, asked of what was typed alone: an answer says nothing of which password it was.
        if (!string.IsNullOrEmpty(second))
        {
            if (await Enrol.RefusesAsync(users, credential, second, again) is { } unfit) return Show(credential, unfit == "enrol.password-again" ? "second.again" : unfit == "enrol.password-name" ? "second.name" : "second.short", false);
            if (second == password) return Show(credential, "second.same", false);
        }

        if (!await door.ChangeSecondAsync(credential.UserName!, password, code, string.IsNullOrEmpty(second) ? null : second, cancel)) return Show(credential, "second.wrong", false);
        return new SeeOther($"{Address}?done={SavedMark}");
    }

    static async Task<Credential?> CredentialOfAsync(HttpContext http, UserManager<Credential> users) =>
        SignedInPerson.Of(http.User) is { } person && await users.FindByIdAsync(person.ToString("D")) is { PasswordHash: not null } credential ? credential : null;

    static IResult Show(Credential? credential, string? error, bool saved) => Rendered.Page<OwnSignInPage>(
        new { Name = credential?.UserName, Error = error, Saved = saved }, error is null ? null : StatusCodes.Status422UnprocessableEntity);
}
