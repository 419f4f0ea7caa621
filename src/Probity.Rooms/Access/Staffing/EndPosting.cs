using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Access.Staffing;

/// <summary>Ends a posting at once: the next request of the person finds it gone. Of those who watch, charge, command or run the machine it asks for the end alone, and a second person answers.</summary>
internal static class EndPosting
{
    /// <summary>The code where the end was asked for already.</summary>
    public const string Exists = "posting.end-asked";

    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder pages)
    {
        api.MapPost("/postings/{id:guid}/end", (Guid id, HttpContext context, RegisterDesk desk) =>
        {
            var asked = false;
            return RegisterApi.RunAsync<Reason>(
                context,
                async (by, reason, cancel) =>
                {
                    (var outcome, asked) = await RunAsync(desk, by, id, reason.Text, cancel);
                    return outcome;
                },
                () => asked ? Results.Accepted() : Results.NoContent());
        }).Command("endPosting", "End a posting at once (204); where that takes two people, ask for its end (202): it ends when a second person agrees.")
            .Takes<Reason>().Produces(204).Produces(StatusCodes.Status202Accepted);
        pages.MapPost("/people/{person:guid}/postings/{id:guid}/end", async (
            Guid person, Guid id, [FromForm] string? reason, ClaimsPrincipal user, HttpContext context, RegisterDesk desk, PeopleReader people,
            CancellationToken cancel) =>
            await people.AnswerAsync(context, user, person, (await RunAsync(desk, SignedInPerson.Of(user)!.Value, id, reason ?? "", cancel)).Outcome, cancel,
                code => code.StartsWith("text.", StringComparison.Ordinal) ? $"end-{id:D}" : ""));
    }

    static async Task<(Outcome Outcome, bool Asked)> RunAsync(RegisterDesk desk, Guid by, Guid id, string reason, CancellationToken cancel)
    {
        var asked = false;
        var outcome = await desk.RunAsync(by, RegisterAction.EndPosting, facts =>
        {
            var decision = Decide(facts, id, reason);
            asked = decision is Decision.Accepted { Filings: var filings } && filings.Any(f => f.Event is PostingEndAsked);
            return decision;
        }, cancel);
        return (outcome, asked);
    }

    internal static Decision Decide(RegisterFacts facts, Guid id, string reason)
    {
        if ((Refuses(facts, id) ?? PlainText.Refuses(reason, PlainText.MaxReason, "text.reason-missing")) is { } refusal) return refusal;
        var posting = facts.Register.Postings[id];
        return Decision.Accept(AnswerPostingEnd.TakesTwo(facts.Register.Posts[posting.Post].Role)
            ? Reasons.File(new PostingEndAsked(id, posting.Person), posting.Person, id, PostingMove.EndAsked, reason)
            : Reasons.File(new PostingEnded(id), posting.Person, id, PostingMove.Ended, reason));
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
        return facts.Register.EndsAsked.Of(id) is null ? null : new Refusal(Exists);
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
