using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Duress;
using Probity.Access.SigningIn;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Stopping;
using Probity.Shared.Web;

namespace Probity.Access.Enrolling;

/// <summary>Enrolling: an invited person chooses a password and a second factor.</summary>
internal static class Enrol
{
    const string SecretCookie = "probity-enrol";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("/enrol").AllowAnonymous().ExcludeFromDescription().OnlyWhileRecording();
        pages.MapGet("/{token}", async Task<IResult> (string token, HttpContext context, Invitations invitations, TotpSecrets secrets) =>
            await invitations.FindAsync(token) is { } credential
                ? Show(context, token, credential, SecretOf(context, credential, secrets), secrets, null)
                : Gone(context));
        pages.MapPost("/{token}", EnrolAsync).RequireRateLimiting(SignIn.RateLimit);
    }

    static async Task<IResult> EnrolAsync(
        string token, HttpContext context, Invitations invitations, TotpSecrets secrets, UserManager<Credential> users, SecondPasswords seconds, Clerk clerk,
        TimeProvider time,
        [FromForm] string? seal, [FromForm] string? password, [FromForm] string? again, [FromForm] string? code, CancellationToken cancel)
    {
        if (await invitations.FindAsync(token) is not { } credential) return Gone(context);
        if (secrets.Open(credential.Id, seal) is not { } secret)
            return Show(context, token, credential, SecretOf(context, credential, secrets), secrets, "enrol.code-wrong");
        if (await RefusesAsync(users, credential, password, again) is { } refusal) return Show(context, token, credential, secret, secrets, refusal);
        if (Totp.StepOf(secret, code, time.GetUtcNow()) is not { } step) return Show(context, token, credential, secret, secrets, "enrol.code-wrong");

        var stream = SignIns.StreamOf(credential.Id);
        await clerk.FileAsync(
            new ActorId(credential.Id), stream, "access.enrol", _ => new(Decision.Accept(SignIns.File(credential.Id, new Enrolled()))), cancel: cancel);
        credential.PasswordHash = users.PasswordHasher.HashPassword(credential, password!);
        credential.SealedTotp = secrets.Seal(credential.Id, secret);
        credential.LastTotpStep = step;
        (credential.AccessFailedCount, credential.LockoutEnd) = (0, null);
        // A new stamp ends the invitation and every older session; saved under the old one's, so that of two at once one wins.
        if (!(await users.UpdateSecurityStampAsync(credential)).Succeeded) return Gone(context);
        await seconds.SetAsync(credential, null);
        context.Response.Cookies.Delete(SecretCookie, Options(context));
        return new SeeOther("/sign-in?done=" + SignIn.EnrolledMark);
    }

    // The app that scanned the picture has to fit the page after a reload or in another language. The secret stays with this
    // browser, not with the invitation: whoever opened the address before the person did would know it too.
    static byte[] SecretOf(HttpContext context, Credential credential, TotpSecrets secrets) =>
        secrets.Open(credential.Id, context.Request.Cookies[SecretCookie]) ?? RandomNumberGenerator.GetBytes(Totp.SecretSize);

    static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, Path = context.Request.Path, MaxAge = Invitations.Valid,
    };

    /// <summary>The refusal of a password, or null.</summary>
    internal static async Task<string?> RefusesAsync(UserManager<Credential> users, Credential credential, string? password, string? again)
    {
        if (password is null || password.Length > Doorkeeper.MaxPassword) return "enrol.password-short";
        foreach (var validator in users.PasswordValidators)
        {
            if (!(await validator.ValidateAsync(users, credential, password)).Succeeded) return "enrol.password-short";
        }

        if (password.Contains(credential.UserName!, StringComparison.OrdinalIgnoreCase)) return "enrol.password-name";
        return password == again ? null : "enrol.password-again";
    }

    static IResult Show(
        HttpContext context, string token, Credential credential, byte[] secret, TotpSecrets secrets, string? error)
    {
        Keep(context);
        var text = Totp.Text(secret);
        var seal = secrets.Seal(credential.Id, secret);
        context.Response.Cookies.Append(SecretCookie, seal, Options(context));
        var (side, path) = QrPicture.Draw(
            $"otpauth://totp/Probity:{Uri.EscapeDataString(credential.UserName!)}?secret={text}&issuer=Probity");
        return Rendered.Page<EnrolPage>(new
        {
            Token = token, Name = credential.UserName, Secret = text, Seal = seal, Side = side, Path = path, Error = error,
        }, error is null ? null : StatusCodes.Status422UnprocessableEntity);
    }

    static IResult Gone(HttpContext context)
    {
        Keep(context);
        return Rendered.Page<InvitationGonePage>(status: StatusCodes.Status404NotFound);
    }

    // The address is a secret and the page shows another: neither may stay in a cache.
    static void Keep(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
    }
}
