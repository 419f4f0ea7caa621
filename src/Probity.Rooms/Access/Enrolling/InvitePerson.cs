using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Access.Staffing;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Access.Enrolling;

/// <summary>
/// An administrator invites a person to choose a password and a second factor; an administrator is invited by another, or by an integrity officer. Whoever has one already is invited anew only
/// when two of the integrity officers and overseers ask for it, neither of them that person: or one of them, or who runs the
/// machine, could sign in as anybody and be both halves of every rule that takes two.
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
                () => sent is null ? Results.Accepted() : Results.Ok(sent));
        }).Command("invitePerson", "Invite a person to choose a password and a second factor.").Takes<InvitePerson>().Produces<InvitationSent>().Produces(StatusCodes.Status202Accepted);
        pages.MapPost("/people/{person:guid}/invitations", async (
            Guid person, [FromForm] string? signInName, ClaimsPrincipal user, HttpContext context, Inviting inviting, PeopleReader people,
            CancellationToken cancel) =>
        {
            var (outcome, sent) = await inviting.RunAsync(SignedInPerson.Of(user)!.Value, person, signInName?.Trim() ?? "", cancel);
            context.Response.Headers.CacheControl = "no-store";
            if (sent is not null) context.Response.Cookies.Append(Shown, sent.Path[(sent.Path.LastIndexOf('/') + 1)..], Options(context));
            return await people.ShowOneAsync(
                user, person, outcome, sent, cancel, PeopleReader.ErrorOf(outcome) is "invite.name" ? "signInName" : "");
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
        if (!facts.Register.People.TryGetValue(person, out var known)) return Decision.Refuse("person.unknown");
        if (known.IsErased) return Decision.Refuse("person.was-erased");
        if (facts.Register.HasLeft(person, facts.Now)) return Decision.Refuse("invite.left");
        if (facts.Actor.Person == person) return RegisterAccess.Refusal(Bars.Self, RegisterAction.Invite, facts);
        // An integrity officer invites who runs the machine and nobody else: with a link to an overseer who never signed in they would
        // be both halves of what takes two.
        if (!enrolled && !facts.Actor.Has(Role.Administrator) && !(facts.Actor.Has(Role.Integrity) && RunsTheMachine(facts, person)))
            return RegisterAccess.Refusal(Bars.Role, RegisterAction.Invite, facts);
        if (enrolled && !MayRenew(facts.Actor)) return Decision.Refuse("invite.enrolled", Renewers(facts, person));
        if (!nameFree) return Decision.Refuse("invite.name");
        if (!enrolled) return Decision.Accept(SignIns.File(person, new Invited(person, false)));
        if (!Waits(person, facts.Register, facts.Now, out var asked)) return Decision.Accept(Register.Stream, new RenewalAsked(person));
        return asked.By == facts.Actor.Person
            ? Decision.Refuse("invite.second-person", Renewers(facts, person))
            : Decision.Accept(new Filing(Register.Stream, new RenewalAgreed(person)), SignIns.File(person, new Invited(person, true)));
    }

    static bool RunsTheMachine(RegisterFacts facts, Guid person) =>
        facts.Register.PostsOf(person, facts.Now).Any(p => p.Role == Role.Administrator);

    /// <summary>Whether this person is one of those who invite anew.</summary>
    internal static bool MayRenew(Actor actor) => actor.Has(Role.Integrity) || actor.Has(Role.Overseer);

    /// <summary>Whether an invitation anew waits for a second person; what was asked three days ago does no longer.</summary>
    internal static bool Waits(Guid person, Register register, DateTimeOffset now, [NotNullWhen(true)] out Renewal? asked) =>
        register.Renewals.TryGetValue(person, out asked) && now < asked.At + Invitations.Valid;

    static Reroute Renewers(RegisterFacts facts, Guid person) => new(nameof(Role.Integrity),
    [
        .. facts.Register.Holders(Role.Integrity, facts.Now).Concat(facts.Register.Holders(Role.Overseer, facts.Now))
            .Except([person, facts.Actor.Person]).Order(),
    ]);
}

/// <summary>What an invitation answers: to be given to the person by a safe way.</summary>
public sealed record InvitationSent(string Path, DateTimeOffset Until);

/// <summary>Files an invitation and makes its link; no link where a second person has to ask first.</summary>
internal sealed class Inviting(
    RegisterDesk desk, TransparencyLog log, UserManager<Credential> users, Invitations invitations, TimeProvider time)
{
    public async Task<(Outcome Outcome, InvitationSent? Sent)> RunAsync(Guid by, Guid person, string signInName, CancellationToken cancel)
    {
        var credential = await users.FindByIdAsync(person.ToString("D"));
        var holder = await users.FindByNameAsync(signInName);
        var free = (holder is null || holder.Id == person) && signInName.Length is > 1 and <= 64
            && signInName.All(users.Options.User.AllowedUserNameCharacters.Contains);
        // The record says whether somebody ever enrolled: a password that was taken out of the database makes nobody new.
        var enrolled = credential?.PasswordHash is not null
            || (await log.ReadStreamAsync(SignIns.StreamOf(person), 0, cancel)).Any(e => e.Header.Type == EventTypes.NameOf(typeof(Enrolled)));
        var asksOnly = false;
        var outcome = await desk.RunAsync(by, RegisterAction.Invite, facts =>
        {
            var decision = InvitePerson.Decide(facts, person, free, enrolled);
            asksOnly = decision is Decision.Accepted { Filings: var filings } && filings.All(f => f.Event is RenewalAsked);
            return decision;
        }, cancel);
        if (outcome is not Outcome.Done || asksOnly) return (outcome, null);

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
