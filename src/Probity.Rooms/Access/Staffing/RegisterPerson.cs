using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Access.Staffing;

/// <summary>An administrator makes a person known to the house; that alone gives them nothing.</summary>
internal sealed record RegisterPerson(string Name)
{
    public static void Map(IEndpointRouteBuilder api, IEndpointRouteBuilder pages)
    {
        api.MapPost("/people", (HttpContext context, RegisterDesk desk) =>
        {
            var id = Guid.CreateVersion7();
            return RegisterApi.RunAsync<RegisterPerson>(
                context, (person, command, cancel) => RunAsync(desk, person, command, id, cancel), () => RegisterApi.Created(id, $"/api/people/{id}"));
        }).Command("registerPerson", "Make a person known to the house.").Takes<RegisterPerson>().Produces<Made>(201);
        pages.MapPost("/people", async (
            [FromForm] string? name, HttpContext context, RegisterDesk desk, PeopleReader people, CancellationToken cancel) =>
        {
            var id = Guid.CreateVersion7();
            var outcome = await RunAsync(desk, SignedInPerson.Of(context.User)!.Value, new RegisterPerson(name ?? ""), id, cancel);
            if (outcome is not Outcome.Done(var index)) return await people.ShowAllAsync(context, outcome, name);
            context.Wrote(index);
            return new SeeOther($"/people/{id}");
        });
    }

    static Task<Outcome> RunAsync(RegisterDesk desk, Guid person, RegisterPerson command, Guid id, CancellationToken cancel) =>
        desk.RunAsync(person, RegisterAction.RegisterPerson, _ => Decide(command, id), cancel);

    internal static Decision Decide(RegisterPerson command, Guid id) =>
        PlainText.Refuses(command.Name, PlainText.MaxName, "text.name-missing") is { } bad
            ? bad : Decision.Accept(new Filing(Register.Stream, new PersonRegistered(id, command.Name.Trim()), Compartment: Compartments.OfPerson(id)));
}
