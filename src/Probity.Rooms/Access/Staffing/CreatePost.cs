using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Access.Staffing;

/// <summary>An administrator adds a post to a unit; it gives nobody anything until somebody holds it.</summary>
internal sealed record CreatePost(Guid Unit, string Title, Role Role, Guid? ReportsTo)
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/posts", async (
        CreatePost command, ClaimsPrincipal user, HttpContext context, RegisterDesk desk, CancellationToken cancel) =>
    {
        var id = Guid.CreateVersion7();
        var outcome = await desk.RunAsync(SignedInPerson.Of(user)!.Value, RegisterAction.CreatePost, facts => Decide(facts, command, id), cancel);
        return RegisterAnswer.Of(context, outcome, () => Results.Created((string?)null, new Made(id)));
    });

    internal static Decision Decide(RegisterFacts facts, CreatePost command, Guid id)
    {
        if (PlainText.Refuses(command.Title, PlainText.MaxName, "text.name-missing") is { } bad) return bad;
        if (!facts.Register.Units.ContainsKey(command.Unit)) return Decision.Refuse("unit.unknown");
        if (command.ReportsTo is { } above && !facts.Register.Posts.ContainsKey(above)) return Decision.Refuse("post.unknown");
        return Decision.Accept(Register.Stream, new PostCreated(id, command.Unit, command.Title.Trim(), command.Role, command.ReportsTo));
    }
}
