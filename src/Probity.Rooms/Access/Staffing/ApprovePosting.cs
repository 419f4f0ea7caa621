using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Access.Staffing;

/// <summary>An integrity officer or the overseer says yes or no: never whoever asked, never about themselves.</summary>
internal static class ApprovePosting
{
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder pages)
    {
        api.MapPost("/postings/{id:guid}/approve", (Guid id, HttpContext context, RegisterDesk desk) => RegisterApi.RunAsync(
            context, (by, cancel) => ApproveAsync(desk, by, id, cancel), Results.NoContent))
            .Command("approvePosting", "Approve a posting that somebody else proposed. Takes no body.").Produces(204);
        api.MapPost("/postings/{id:guid}/reject", (Guid id, HttpContext context, RegisterDesk desk) => RegisterApi.RunAsync<Reason>(
            context, (by, reason, cancel) => RejectAsync(desk, by, id, reason.Text, cancel), Results.NoContent))
            .Command("rejectPosting", "Reject a posting that somebody else proposed.").Takes<Reason>().Produces(204);
        pages.MapPost("/people/{person:guid}/postings/{id:guid}/approve", async (
            Guid person, Guid id, [FromForm] string? from, ClaimsPrincipal user, HttpContext context, RegisterDesk desk, PeopleReader people,
            CancellationToken cancel) =>
        {
            _ = from;
            return await people.AnswerAsync(context, user, person, await ApproveAsync(desk, SignedInPerson.Of(user)!.Value, id, cancel), cancel);
        });
        pages.MapPost("/people/{person:guid}/postings/{id:guid}/reject", async (
            Guid person, Guid id, [FromForm] string? reason, ClaimsPrincipal user, HttpContext context, RegisterDesk desk, PeopleReader people,
            CancellationToken cancel) =>
            await people.AnswerAsync(context, user, person, await RejectAsync(desk, SignedInPerson.Of(user)!.Value, id, reason ?? "", cancel), cancel));
    }

    static Task<Outcome> ApproveAsync(RegisterDesk desk, Guid by, Guid id, CancellationToken cancel) =>
        desk.RunAsync(
            by, RegisterAction.ApprovePosting, register => register.Postings.TryGetValue(id, out var posting) ? (posting.Person, posting.Post) : null, facts => Decide(facts, id), cancel);

    static Task<Outcome> RejectAsync(RegisterDesk desk, Guid by, Guid id, string reason, CancellationToken cancel) =>
        desk.RunAsync(by, RegisterAction.RejectPosting, facts => DecideRejection(facts, id, reason), cancel);

    internal static Decision Decide(RegisterFacts facts, Guid id)
    {
        if (Refuses(facts, id, RegisterAction.ApprovePosting) is { } refusal) return refusal;
        var posting = facts.Register.Postings[id];
        // What the person holds, and whether they are cleared for it, may have changed since it was proposed.
        if (!facts.MayHold) return RegisterDesk.RefusesUncleared(facts);
        return ProposePosting.Clashes(facts, posting.Person, facts.Register.Posts[posting.Post].Role)
            ? Decision.Refuse("posting.clashes") : Decision.Accept(Register.Stream, new PostingApproved(id));
    }

    internal static Decision DecideRejection(RegisterFacts facts, Guid id, string reason) =>
        (Refuses(facts, id, RegisterAction.RejectPosting) ?? PlainText.Refuses(reason, PlainText.MaxReason, "text.reason-missing")) is { } refusal
            ? refusal : Decision.Accept(Reasons.File(new PostingRejected(id), facts.Register.Postings[id].Person, id, PostingMove.Rejected, reason));

    static Refusal? Refuses(RegisterFacts facts, Guid id, RegisterAction action)
    {
        if (!facts.Register.Postings.TryGetValue(id, out var posting)) return new Refusal("posting.unknown");
        if (posting.From is not null || posting.Until is not null) return new Refusal("posting.settled");
        var bar = posting.Person == facts.Actor.Person ? Bars.Self : posting.ProposedBy == facts.Actor.Person ? Bars.EarlierRole : null;
        return bar is null ? null : RegisterAccess.Refusal(bar, action, facts, posting.Person, posting.ProposedBy);
    }
}

/// <summary>Why.</summary>
internal sealed record Reason(string Text);
