using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Access.Staffing;

/// <summary>An administrator makes a person known to the house; that alone gives them nothing.</summary>
internal sealed record RegisterPerson(string Name)
{
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder pages)
    {
        api.MapPost("/people", async (
            RegisterPerson command, ClaimsPrincipal user, HttpContext context, RegisterDesk desk, CancellationToken cancel) =>
        {
            var id = Guid.CreateVersion7();
            var outcome = await RunAsync(desk, user, command, id, cancel);
            return RegisterAnswer.Of(context, outcome, () => Results.Created($"/api/people/{id}", new Made(id)));
        });
        pages.MapPost("/people", async (
            [FromForm] string? name, ClaimsPrincipal user, HttpContext context, RegisterDesk desk, PeopleReader people, CancellationToken cancel) =>
        {
            var id = Guid.CreateVersion7();
            var outcome = await RunAsync(desk, user, new RegisterPerson(name ?? ""), id, cancel);
            if (outcome is not Outcome.Done(var index)) return await people.ShowAllAsync(user, outcome, name, cancel);
            context.Wrote(index);
            return new SeeOther($"/people/{id}");
        });
    }

    static Task<Outcome> RunAsync(RegisterDesk desk, ClaimsPrincipal user, RegisterPerson command, Guid id, CancellationToken cancel) =>
        desk.RunAsync(SignedInPerson.Of(user)!.Value, RegisterAction.RegisterPerson, _ => Decide(command, id), cancel);

    internal static Decision Decide(RegisterPerson command, Guid id) =>
        PlainText.Refuses(command.Name, PlainText.MaxName, "text.name-missing") is { } bad
            ? bad : Decision.Accept(Register.Stream, new PersonRegistered(id, command.Name.Trim()));
}
