using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Access.Staffing;

/// <summary>An administrator adds a post to a unit; it gives nobody anything until somebody holds it. Nobody but overseers reports to overseers.</summary>
internal sealed record CreatePost(Guid Unit, string Title, Role Role, Guid? ReportsTo)
{
    public const string UnderOverseer = "post.under-overseer";

    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder pages)
    {
        api.MapPost("/posts", (HttpContext context, RegisterDesk desk) =>
        {
            var id = Guid.CreateVersion7();
            return RegisterApi.RunAsync<CreatePost>(
                context, (person, command, cancel) => RunAsync(desk, person, command, id, cancel), () => RegisterApi.Created(id));
        }).Command("createPost", "Add a post to a unit.").Takes<CreatePost>().Produces<Made>(201);
        pages.MapGet("/posts", () => new SeeOther("/units"));
        pages.MapPost("/posts", async (
            [FromForm] string? unit, [FromForm] string? title, [FromForm] string? role, [FromForm] string? reportsTo, ClaimsPrincipal user,
            HttpContext context, RegisterDesk desk, ShowUnits units, IRegister registers, PostTitles titles, CancellationToken cancel) =>
        {
            if (!Enum.GetNames<Role>().Contains(role)) return Results.BadRequest();
            var above = string.IsNullOrEmpty(reportsTo) ? default(Guid?) : Guid.TryParse(reportsTo, out var known) ? known : titles.Find(await registers.ReadAsync(cancel), reportsTo) ?? Guid.Empty;
            var command = new CreatePost(Guid.TryParse(unit, out var of) ? of : Guid.Empty, title ?? "", Enum.Parse<Role>(role!), above);
            var outcome = await RunAsync(desk, SignedInPerson.Of(user)!.Value, command, Guid.CreateVersion7(), cancel);
            return await units.AnswerAsync(context, user, outcome, FieldOf, cancel);
        });
    }

    static string FieldOf(string refusal) => refusal switch
    {
        "unit.unknown" => "unit",
        "post.unknown" or UnderOverseer => "reportsTo",
        "text.name-missing" or "text.too-long" or "text.characters" => "title",
        _ => "",
    };

    static Task<Outcome> RunAsync(RegisterDesk desk, Guid person, CreatePost command, Guid id, CancellationToken cancel) =>
        desk.RunAsync(person, RegisterAction.CreatePost, facts => Decide(facts, command, id), cancel);

    internal static Decision Decide(RegisterFacts facts, CreatePost command, Guid id)
    {
        if (PlainText.Refuses(command.Title, PlainText.MaxName, "text.name-missing") is { } bad) return bad;
        if (!facts.Register.Units.ContainsKey(command.Unit)) return Decision.Refuse("unit.unknown");
        if (command.ReportsTo is { } above)
        {
            if (!facts.Register.Posts.TryGetValue(above, out var over)) return Decision.Refuse("post.unknown");
            // A superior is barred from what concerns those below: posts under the overseers' would bar them all.
            if (over.Role == Role.Overseer && command.Role != Role.Overseer) return Decision.Refuse(UnderOverseer);
        }

        return Decision.Accept(Register.Stream, new PostCreated(id, command.Unit, command.Title.Trim(), command.Role, command.ReportsTo));
    }
}
