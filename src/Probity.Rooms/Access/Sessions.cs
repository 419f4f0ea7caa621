using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Access.SigningIn;
using Probity.Shared.Web;

namespace Probity.Access;

/// <summary>
/// Sessions: 30 minutes without use, 12 hours at most. The cookie says who and since when; what the person may do is read
/// from the register at each request, so that a posting that ended opens nothing any more.
/// </summary>
internal static class Sessions
{
    public const string Scheme = "probity";
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    const string Stamp = "probity:stamp";
    const string Since = "probity:since";
    const string Subject = "sub";

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = Scheme;
        cookie.Cookie.HttpOnly = true;
        // Lax: a link in a message opens the page it names. Strict would show a sign-in page to people who are signed in;
        // what changes anything is a POST, which Lax keeps from other sites and which needs a form's token besides.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = Idle;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/sign-in";
        cookie.ReturnUrlParameter = "return";
        cookie.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
        cookie.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>Begins a session. The sign-in stands on the record before.</summary>
    /// <param name="context">The request that signs in.</param>
    /// <param name="person">Who.</param>
    /// <param name="stamp">The credential's security stamp; null for a demo link.</param>
    /// <param name="now">When.</param>
    public static Task BeginAsync(HttpContext context, Guid person, string? stamp, DateTimeOffset now)
    {
        var claims = new List<Claim>
        {
            new(SignedInPerson.Claim, person.ToString("D")),
            new(Since, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            new(SignedInPerson.SessionClaim, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))),
        };
        if (stamp is not null) claims.Add(new Claim(Stamp, stamp));
        return context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme)));
    }

    static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (ForPrograms.Asked(context.Request))
            context.Response.StatusCode = status;
        else
            // A form that was filled in for longer than the session lasted is gone: that is said, and it opens again by its own address.
            context.Response.Redirect(HttpMethods.IsPost(context.Request.Method) ? $"{context.RedirectUri}&{SignIn.FormMark}=lost" : context.RedirectUri);
        return Task.CompletedTask;
    }

    static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var register = await services.GetRequiredService<IRegister>().ReadAsync(context.HttpContext.RequestAborted);
        // Whose access ended, or who has left, has no session any more, and none from before goes on when it is restored.
        if (await PersonAsync(context, services, now) is not { } session || register.IsShutOut(session.Person) || register.HasLeft(session.Person, now) || register.WasShutOutSince(session.Person, session.Since))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
            return;
        }

        var person = session.Person;
        var actor = Actor.From(register, person, now);
        // The subject claim is what a form's token is bound to: with the roles in it, a change of posts would break forms.
        var claims = new List<Claim>
        {
            new(Subject, person.ToString("D")), new(SignedInPerson.Claim, person.ToString("D")), new(ClaimTypes.Name, actor.Name),
            new(SignedInPerson.SessionClaim, session.Id),
        };
        claims.AddRange(actor.Roles.Select(role => new Claim(SignedInPerson.RoleClaim, role.ToString())));
        context.ReplacePrincipal(new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme, ClaimTypes.Name, SignedInPerson.RoleClaim)));
    }

    static async Task<(Guid Person, DateTimeOffset Since, string Id)?> PersonAsync(CookieValidatePrincipalContext context, IServiceProvider services, DateTimeOffset now)
    {
        if (context.Principal is not { } ticket || SignedInPerson.Of(ticket) is not { } person) return null;
        if (SignedInPerson.SessionOf(ticket) is not { } id) return null;
        if (!long.TryParse(ticket.FindFirstValue(Since), NumberStyles.None, CultureInfo.InvariantCulture, out var since)) return null;
        var begun = DateTimeOffset.FromUnixTimeSeconds(since);
        if (now - begun >= Longest) return null;
        if (ticket.FindFirstValue(Stamp) is not { } stamp)
            return services.GetService<DemoSignIn>()?.Knows(person) == true ? (person, begun, id) : null;

        var credential = await services.GetRequiredService<UserManager<Credential>>().FindByIdAsync(person.ToString("D"));
        return credential is { PasswordHash: not null } && credential.SecurityStamp == stamp ? (person, begun, id) : null;
    }
}
