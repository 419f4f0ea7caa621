using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Access.Staffing;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Access.Enrolling;

/// <summary>
/// An administrator invites a person to choose a password and a second factor. Whoever has one already is invited anew only
/// by the integrity officer: or who runs the machine could sign in as anybody.
/// </summary>
internal sealed record InvitePerson(string SignInName)
{
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder pages)
    {
        api.MapPost("/people/{person:guid}/invitations", (Guid person, HttpContext context, Inviting inviting) =>
        {
            InvitationSent? sent = null;
            return RegisterApi.RunAsync<InvitePerson>(
                context,
                async (by, command, cancel) =>
                {
                    (var outcome, sent) = await inviting.RunAsync(by, person, command.SignInName, cancel);
                    return outcome;
                },
                () => Results.Ok(sent));
        }).Command("invitePerson", "Invite a person to choose a password and a second factor.").Takes<InvitePerson>().Produces<InvitationSent>();
        pages.MapPost("/people/{person:guid}/invitations", async (
            Guid person, [FromForm] string? signInName, ClaimsPrincipal user, HttpContext context, Inviting inviting, PeopleReader people,
            CancellationToken cancel) =>
        {
            var (outcome, sent) = await inviting.RunAsync(SignedInPerson.Of(user)!.Value, person, signInName?.Trim() ?? "", cancel);
            context.Response.Headers.CacheControl = "no-store";
            if (sent is not null) context.Response.Cookies.Append(Shown, sent.Path[(sent.Path.LastIndexOf('/') + 1)..], Options(context));
            return await people.ShowOneAsync(
                user, person, outcome, sent, cancel, PeopleReader.ErrorOf(outcome) is "invite.name" or "invite.enrolled" ? "signInName" : "");
        });
        pages.MapGet("/people/{person:guid}/invitations", async Task<IResult> (
            Guid person, ClaimsPrincipal user, HttpContext context, Invitations invitations, PeopleReader people, CancellationToken cancel) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return await invitations.SentAsync(context.Request.Cookies[Shown], person) is { } sent
                ? await people.ShowOneAsync(user, person, null, sent, cancel) : new SeeOther($"/people/{person}");
        });
    }

    // Whoever made the invitation can read it again for a moment, in another language; it lies with their browser alone.
    const string Shown = "probity-invitation";

    static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, IsEssential = true,
        Path = context.Request.Path, MaxAge = TimeSpan.FromMinutes(10),
    };

    internal static Decision Decide(RegisterFacts facts, Guid person, bool nameFree, bool enrolled)
    {
        if (!facts.Register.People.ContainsKey(person)) return Decision.Refuse("person.unknown");
        if (facts.Actor.Person == person) return RegisterAccess.Refusal(Bars.Self, RegisterAction.Invite, facts);
        if (enrolled && !facts.Actor.Has(Role.Integrity))
            return Decision.Refuse("invite.enrolled", new Reroute(nameof(Role.Integrity), facts.Register.Holders(Role.Integrity, facts.Now)));
        return nameFree
            ? Decision.Accept(SignIns.StreamOf(person), new Invited(person, enrolled)) : Decision.Refuse("invite.name");
    }
}

/// <summary>What an invitation answers: to be given to the person by a safe way.</summary>
public sealed record InvitationSent(string Path, DateTimeOffset Until);

/// <summary>Files an invitation and makes its link.</summary>
internal sealed class Inviting(RegisterDesk desk, UserManager<Credential> users, Invitations invitations, TimeProvider time)
{
    public async Task<(Outcome Outcome, InvitationSent? Sent)> RunAsync(Guid by, Guid person, string signInName, CancellationToken cancel)
    {
        var credential = await users.FindByIdAsync(person.ToString("D"));
        var holder = await users.FindByNameAsync(signInName);
        var free = (holder is null || holder.Id == person) && signInName.Length is > 1 and <= 64
            && signInName.All(users.Options.User.AllowedUserNameCharacters.Contains);
        var outcome = await desk.RunAsync(by, RegisterAction.Invite, facts =>
            InvitePerson.Decide(facts, person, free, credential?.PasswordHash is not null), cancel);
        if (outcome is not Outcome.Done) return (outcome, null);

        var saved = credential is null
            ? await users.CreateAsync(credential = new Credential { Id = person, UserName = signInName })
            : await RenewAsync(credential, signInName);
        return saved.Succeeded
            ? (outcome, new InvitationSent("/enrol/" + invitations.Issue(credential), time.GetUtcNow() + Invitations.Valid))
            : (new Outcome.Stale(), null);
    }

    // The stamp is renewed: older invitations end, and with them the sessions of a device that was lost.
    async Task<IdentityResult> RenewAsync(Credential credential, string signInName)
    {
        credential.UserName = signInName;
        return await users.UpdateSecurityStampAsync(credential);
    }
}
