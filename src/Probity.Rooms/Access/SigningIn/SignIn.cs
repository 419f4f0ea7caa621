using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Probity.Shared.Record;
using Probity.Shared.Stopping;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Access.SigningIn;

/// <summary>Signing in: name and password on one page, the code on the next.</summary>
internal static class SignIn
{
    public const string RateLimit = "sign-in";

    /// <summary>What <c>done</c> says in the address after enrolling.</summary>
    public const string EnrolledMark = "enrolled";

    /// <summary>The name of what says in the address that a form was sent without a session.</summary>
    public const string FormMark = "form";

    static readonly TimeSpan CodeWithin = TimeSpan.FromMinutes(5);

    const string PendingCookie = "probity-pending";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("/sign-in").AllowAnonymous().ExcludeFromDescription().OnlyWhileRecording();
        pages.MapGet("", ([FromQuery(Name = "return")] string? back, string? done, [FromQuery(Name = FormMark)] string? form) =>
            Show(SeeOther.Local(back), enrolled: done == EnrolledMark, lost: form is not null));
        pages.MapPost("", PasswordAsync).RequireRateLimiting(RateLimit);
        pages.MapGet("/code", (HttpContext context, PendingSignIns pending) =>
            pending.Read(context.Request.Cookies[PendingCookie]) is null ? new SeeOther("/sign-in") : (IResult)ShowCode(failed: false));
        pages.MapPost("/code", CodeAsync).RequireRateLimiting(RateLimit);
    }

    static async Task<IResult> PasswordAsync(
        HttpContext context, Doorkeeper door, PendingSignIns pending,
        [FromForm] string? name, [FromForm] string? password, [FromForm(Name = "return")] string? back, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(name)) return Show(SeeOther.Local(back), name, "signin.name-missing", "name");
        if (string.IsNullOrEmpty(password)) return Show(SeeOther.Local(back), name, "signin.password-missing", "password");
        if (await door.CheckPasswordAsync(name.Trim(), password, cancel) is not var (credential, forced))
            return Show(SeeOther.Local(back), name, "signin.failed");
        context.Response.Cookies.Append(
            PendingCookie, pending.Write(credential.Id, credential.SecurityStamp!, SeeOther.Local(back), CodeWithin, forced ? 1 : 0), Options(context));
        return new SeeOther("/sign-in/code");
    }

    static async Task<IResult> CodeAsync(
        HttpContext context, Doorkeeper door, PendingSignIns pending, TimeProvider time, [FromForm] string? code, CancellationToken cancel)
    {
        if (pending.Read(context.Request.Cookies[PendingCookie]) is not { } begun) return new SeeOther("/sign-in");
        if (await door.CheckCodeAsync(begun.Person, begun.Stamp, code, begun.Mark, cancel) is not { } entered) return ShowCode(failed: true);
        context.Response.Cookies.Delete(PendingCookie, Options(context));
        if (entered.Filed is not Outcome.Done(var index)) return ShowShutOut((entered.Filed as Outcome.Refused)?.Refusal.Code ?? SignIns.ShutOut);
        context.Wrote(index);
        await Sessions.BeginAsync(context, begun.Person, entered.Credential.SecurityStamp, time.GetUtcNow());
        return new SeeOther(SeeOther.Local(begun.Return));
    }

    static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/sign-in", IsEssential = true,
    };

    static IResult Show(string back, string? name = null, string? error = null, string field = "", bool enrolled = false, bool lost = false) =>
        Rendered.Page<SignInPage>(new { Return = back, Name = name, Error = error, ErrorField = field, Enrolled = enrolled, Lost = lost },
            error is null ? null : StatusCodes.Status422UnprocessableEntity);

    /// <summary>What whoever's access ended, or who has left, is told.</summary>
    internal static IResult ShowShutOut(string code) => Show("/", error: code);

    static IResult ShowCode(bool failed) => Rendered.Page<CodePage>(new { Failed = failed }, failed ? StatusCodes.Status422UnprocessableEntity : null);
}

/// <summary>A sign-in between password and code, sealed in a cookie of its own: no session yet.</summary>
internal sealed class PendingSignIns(IDataProtectionProvider protection, TimeProvider time)
{
    readonly IDataProtector _protector = protection.CreateProtector("Probity.Access.PendingSignIn");

    public string Write(Guid person, string stamp, string back, TimeSpan within, int mark) =>
        _protector.Protect(JsonSerializer.Serialize(new PendingSignIn(person, stamp, back, time.GetUtcNow() + within, mark)));

    public PendingSignIn? Read(string? cookie)
    {
        if (string.IsNullOrEmpty(cookie)) return null;
        try
        {
            var pending = JsonSerializer.Deserialize<PendingSignIn>(_protector.Unprotect(cookie));
            return pending?.Until > time.GetUtcNow() ? pending : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>Whose password was right, until when the code is awaited, and the mark of the sign-in: a digit, so that the cookie is as long either way.</summary>
internal sealed record PendingSignIn(Guid Person, string Stamp, string Return, DateTimeOffset Until, int Mark);
