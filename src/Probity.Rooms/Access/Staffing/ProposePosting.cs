using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Access.Staffing;

/// <summary>An administrator asks that a person be given a post. It gives nothing until a second person approves.</summary>
internal sealed record ProposePosting(Guid Post, string Reason)
{
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder pages)
    {
        api.MapPost("/people/{person:guid}/postings", (Guid person, HttpContext context, RegisterDesk desk) =>
        {
            var id = Guid.CreateVersion7();
            return RegisterApi.RunAsync<ProposePosting>(
                context, (by, command, cancel) => RunAsync(desk, by, person, command, id, cancel), () => RegisterApi.Created(id));
        }).Command("proposePosting", "Ask that a person be given a post.").Takes<ProposePosting>().Produces<Made>(201);
        pages.MapPost("/people/{person:guid}/postings", async (
            Guid person, [FromForm] string? post, [FromForm] string? reason, ClaimsPrincipal user, HttpContext context, RegisterDesk desk,
            PeopleReader people, CancellationToken cancel) =>
        {
            var command = new ProposePosting(Guid.TryParse(post, out var id) ? id : Guid.Empty, reason ?? "");
            var outcome = await RunAsync(desk, SignedInPerson.Of(user)!.Value, person, command, Guid.CreateVersion7(), cancel);
            return await people.AnswerAsync(context, user, person, outcome, cancel, FieldOf);
        });
    }

    static string FieldOf(string refusal) => refusal switch
    {
        "post.none-chosen" or "post.unknown" or "posting.exists" or RegisterDesk.NotCleared or RegisterDesk.NotTrained or RegisterDesk.NotDeclared or RegisterDesk.TenureOver or RegisterDesk.Leaves or RegisterDesk.Appealed => "post",
        _ when refusal.StartsWith(PostsApart.Alone, StringComparison.Ordinal) => "post",
        "text.reason-missing" or "text.too-long" or "text.characters" => "reason",
        _ => "",
    };

    static Task<Outcome> RunAsync(
        RegisterDesk desk, Guid by, Guid person, ProposePosting command, Guid id, CancellationToken cancel) =>
        desk.RunAsync(by, RegisterAction.ProposePosting, _ => (person, command.Post), facts => Decide(facts, person, command, id), cancel);

    internal static Decision Decide(RegisterFacts facts, Guid person, ProposePosting command, Guid id)
    {
        if (command.Post == Guid.Empty) return Decision.Refuse("post.none-chosen");
        if (PlainText.Refuses(command.Reason, PlainText.MaxReason, "text.reason-missing") is { } bad) return bad;
        if (!facts.Register.People.TryGetValue(person, out var known)) return Decision.Refuse("person.unknown");
        if (known.IsErased) return Decision.Refuse("person.was-erased");
        if (!facts.Register.Posts.TryGetValue(command.Post, out var post)) return Decision.Refuse("post.unknown");
        if (facts.Register.PostingsOf(person).Any(p => p.Post == command.Post && p.Until is null))
            return Decision.Refuse("posting.exists");
        if (facts.Register.Departures.Of(person)?.From is not null) return Decision.Refuse(RegisterDesk.Leaves);
        if (PostsApart.Clash(facts.Register, person, post, facts.Now) is { } clash) return Decision.Refuse(clash);
        if (RegisterDesk.RefusesLack(facts) is { } lack) return lack;
        if (facts.Competition?.Says == CompetitionSays.Appealed) return Decision.Refuse(RegisterDesk.Appealed);
        return Decision.Accept(Reasons.File(new PostingProposed(id, person, command.Post), person, id, PostingMove.Proposed, command.Reason));
    }
}
