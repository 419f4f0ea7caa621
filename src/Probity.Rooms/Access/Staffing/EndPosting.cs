using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Access.Staffing;

/// <summary>Asks that a posting end. Until a second person agrees the person holds it: an end can be what somebody gets for having reported, and nobody may be able to tell for whom that is looked at.</summary>
internal static class EndPosting
{
    /// <summary>The code where the end was asked for already.</summary>
    public const string Exists = "posting.end-asked";

    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder pages)
    {
        api.MapPost("/postings/{id:guid}/end", (Guid id, HttpContext context, RegisterDesk desk) => RegisterApi.RunAsync<Reason>(
            context, (by, reason, cancel) => RunAsync(desk, by, id, reason.Text, cancel), () => Results.Accepted()))
            .Command("endPosting", "Ask that a posting end. It ends when a second person agrees, three days later at the earliest.").Takes<Reason>().Produces(StatusCodes.Status202Accepted);
        pages.MapPost("/people/{person:guid}/postings/{id:guid}/end", async (
            Guid person, Guid id, [FromForm] string? reason, ClaimsPrincipal user, HttpContext context, RegisterDesk desk, PeopleReader people,
            CancellationToken cancel) =>
            await people.AnswerAsync(context, user, person, await RunAsync(desk, SignedInPerson.Of(user)!.Value, id, reason ?? "", cancel), cancel,
                code => code.StartsWith("text.", StringComparison.Ordinal) ? $"end-{id:D}" : ""));
    }

    static Task<Outcome> RunAsync(RegisterDesk desk, Guid by, Guid id, string reason, CancellationToken cancel) =>
        desk.RunAsync(by, RegisterAction.EndPosting, facts => Decide(facts, id, reason), cancel);

    internal static Decision Decide(RegisterFacts facts, Guid id, string reason)
    {
        if ((Refuses(facts, id) ?? PlainText.Refuses(reason, PlainText.MaxReason, "text.reason-missing")) is { } refusal) return refusal;
        var posting = facts.Register.Postings[id];
        return Decision.Accept([
            .. Reasons.File(new PostingEndAsked(id, posting.Person), posting.Person, id, PostingMove.EndAsked, reason),
            HeldActs.File(posting.Person, new ActHeld(id, posting.Person, AdverseAct.PostingEnd)),
        ]);
    }

    /// <summary>The refusal to end a posting, whatever the reason, or null.</summary>
    internal static Refusal? Refuses(RegisterFacts facts, Guid id)
    {
        if (!facts.Register.Postings.TryGetValue(id, out var posting)) return new Refusal("posting.unknown");
        var post = facts.Register.Posts[posting.Post];
        if (posting.Person == facts.Actor.Person) return RegisterAccess.Refusal(Bars.Self, RegisterAction.EndPosting, facts);
        if (Recusal.Tied(facts.Actor.Person, posting.Person, facts.Register) is { } tied) return RegisterAccess.Refusal(tied, RegisterAction.EndPosting, facts, posting.Person);
        if (!MayEnd(facts, post)) return RegisterAccess.Refusal(Bars.Role, RegisterAction.EndPosting, facts, posting.Person);
        if (posting.From is null || posting.Until is not null) return new Refusal("posting.not-in-force");
        // What nobody answered for long is asked for anew.
        return facts.Register.EndsAsked.Of(id) is { } asked && facts.Now < asked.At + HeldActs.Lapse ? new Refusal(Exists) : null;
    }

    // Nobody removes those who watch over them: a commander ends the posts of the line, not those of the integrity office
    // in their unit; the integrity officer ends all but the overseer's.
    internal static bool MayEnd(RegisterFacts facts, Post post) => post.Role switch
    {
        Role.Overseer or Role.Monitor => facts.Actor.Has(Role.Overseer),
        Role.Commander or Role.Officer or Role.Custodian =>
            facts.Actor.Has(Role.Integrity) || facts.Actor.Commands(post.Unit, facts.Register),
        _ => facts.Actor.Has(Role.Integrity) || (post.Role == Role.Integrity && facts.Actor.Has(Role.Overseer)),
    };
}
