using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Access.Staffing;

/// <summary>An integrity officer or the overseer says yes or no: never whoever asked, never about themselves; to some posts the overseer alone says yes.</summary>
internal static class ApprovePosting
{
    public const string TakesOverseer = "posting.takes-overseer";

    /// <summary>The code where a competition did not choose the person.</summary>
    public const string NotChosen = "posting.not-chosen";

    /// <summary>The code where it did, and an appeal can still come.</summary>
    public const string AppealsRun = "posting.appeals-run";

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
        var (register, posting) = (facts.Register, facts.Register.Postings[id]);
        var post = register.Posts[posting.Post];
        if (!MayApprove(facts.Actor, post, register, facts.Now))
            return new Decision.Refused(new Refusal(TakesOverseer, new Reroute(nameof(Role.Overseer), [.. register.Holders(Role.Overseer, facts.Now).Where(p => p != posting.Person)])));
        if (facts.Competition?.Says == CompetitionSays.Appealed) return Decision.Refuse(RegisterDesk.Appealed);
        if (AsksOverseer(facts.Actor, facts.Competition, register, facts.Now) is { } code)
            return new Refusal(code, new Reroute(nameof(Role.Overseer), [.. register.Holders(Role.Overseer, facts.Now).Where(p => p != posting.Person)]), facts.Competition!.AppealUntil);
        if (register.Departures.Of(posting.Person)?.From is not null) return Decision.Refuse(RegisterDesk.Leaves);
        // What the person holds, and whether they are cleared and trained for it, may have changed since it was proposed.
        if (RegisterDesk.RefusesLack(facts) is { } lack) return lack;
        return PostsApart.Clash(register, posting.Person, post, facts.Now) is { } clash
            ? Decision.Refuse(clash) : Decision.Accept(Register.Stream, new PostingApproved(id));
    }

    static readonly Role[] s_feared = [Role.Judge, Role.Registry, Role.Integrity, Role.Vetting, Role.Investigator, Role.Overseer];

    /// <summary>
    /// Whether somebody's post is enough: whom a custodian or an integrity officer has to fear, the court, the integrity office and those who oversee, takes an overseer; so does a post under one of
    /// theirs, at any height, for who holds it bars them.
    /// Only where there is none left may an integrity officer approve the first again.
    /// </summary>
    internal static bool MayApprove(Actor actor, Post post, Register register, DateTimeOffset now) =>
        (!s_feared.Contains(post.Role) && !register.Above(post.Id).Any(p => s_feared.Contains(register.Posts[p].Role)))
        || actor.Has(Role.Overseer) || (post.Role == Role.Overseer && register.Holders(Role.Overseer, now).Count == 0);

    /// <summary>
    /// Why an overseer alone agrees, as a competition for the post has it, or null: it did not choose the person, or an appeal can still come. Where no overseer is left, an integrity officer may.
    /// </summary>
    internal static string? AsksOverseer(Actor actor, CompetitionStanding? competition, Register register, DateTimeOffset now) =>
        actor.Has(Role.Overseer) || register.Holders(Role.Overseer, now).Count == 0 ? null
        : competition?.Says switch { CompetitionSays.NotChosen => NotChosen, CompetitionSays.Appealable => AppealsRun, _ => null };

    internal static Decision DecideRejection(RegisterFacts facts, Guid id, string reason) =>
        (Refuses(facts, id, RegisterAction.RejectPosting) ?? PlainText.Refuses(reason, PlainText.MaxReason, "text.reason-missing")) is { } refusal
            ? refusal : Decision.Accept(Reasons.File(new PostingRejected(id), facts.Register.Postings[id].Person, id, PostingMove.Rejected, reason));

    static Refusal? Refuses(RegisterFacts facts, Guid id, RegisterAction action)
    {
        if (!facts.Register.Postings.TryGetValue(id, out var posting)) return new Refusal("posting.unknown");
        if (posting.From is not null || posting.Until is not null) return new Refusal("posting.settled");
        var bar = posting.Person == facts.Actor.Person ? Bars.Self : posting.ProposedBy == facts.Actor.Person ? Bars.EarlierRole : Recusal.Tied(facts.Actor.Person, posting.Person, facts.Register);
        return bar is null ? null : RegisterAccess.Refusal(bar, action, facts, posting.Person, posting.ProposedBy);
    }
}

/// <summary>Why.</summary>
internal sealed record Reason(string Text);
