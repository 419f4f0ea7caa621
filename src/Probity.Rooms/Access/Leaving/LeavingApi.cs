using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Access.Staffing;
using Probity.Shared.Web;

namespace Probity.Access.Leaving;

/// <summary>The same commands for programs.</summary>
internal static class LeavingApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/people/{person:guid}/leaving", (Guid person, HttpContext context, Leave slice) =>
        {
            var id = Guid.CreateVersion7();
            return RegisterApi.RunAsync<Leave.Asking>(context, (by, command, cancel) => slice.AskAsync(by, person, command, id, cancel), () => RegisterApi.Created(id));
        }).Command("askLeaving", "Ask that a person leave the service on a day.").Takes<Leave.Asking>().Produces<Made>(201);
        api.MapPost("/people/{person:guid}/leaving/answer", (Guid person, HttpContext context, Leave slice, IProtectedPeople people) => RegisterApi.RunAsync<Leave.Answer>(
            context, async (by, command, cancel) => await slice.AnswerAsync(by, person, command, await people.LookAsync(context.User, person, command.Why, cancel), cancel), Results.NoContent))
            .Command("answerLeaving", "Agree that a person leaves, as somebody else asked three days ago or more, with your key for reports unlocked; or say why not.").Takes<Leave.Answer>().Produces(204);
        api.MapPost("/people/{person:guid}/leaving/carry-out", (Guid person, HttpContext context, Leave slice) => RegisterApi.RunAsync(
            context, (by, cancel) => slice.CarryOutAsync(by, person, cancel), Results.NoContent))
            .Command("carryOutLeaving", "Remove what a person who has left signed in with. Takes no body.").Produces(204);
        api.MapPost("/people/{person:guid}/return", (Guid person, HttpContext context, Leave slice) => RegisterApi.RunAsync<Leave.Returning>(
            context, (by, command, cancel) => slice.AskReturnAsync(by, person, command, cancel), Results.NoContent))
            .Command("askReturn", "Ask that a person who leaves or has left be of the service again.").Takes<Leave.Returning>().Produces(204);
        api.MapPost("/people/{person:guid}/return/answer", (Guid person, HttpContext context, Leave slice) => RegisterApi.RunAsync<Leave.Answer>(
            context, (by, command, cancel) => slice.AnswerReturnAsync(by, person, command, cancel), Results.NoContent))
            .Command("answerReturn", "Agree that a person comes back, or say why not.").Takes<Leave.Answer>().Produces(204);
    }
}
